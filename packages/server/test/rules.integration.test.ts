import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createClient } from "@certivo/api/client"
import { afterAll, assert, describe, it } from "vitest"
import { certivo as run } from "./command.ts"
import { freePort, startServer } from "./server.ts"

const root = mkdtempSync(join(tmpdir(), "certivo-rules-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const data = join(root, "data")

const certivo = (...args: ReadonlyArray<string>) => run(...args, "--data", data)

const written = (name: string, text: string) => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}

const bom = written("bom.json", JSON.stringify({ bom_id: "P", parts: [{ part_number: "A", weight_g: 1 }] }))
const rows = "part_number,material,substance,cas,concentration,unit\n"
const leaded = written("leaded.csv", `${rows}A,Solder,Lead,7439-92-1,5000,ppm\n`)
const acme = written("acme.csv", "rule,substance,limit,unit,level\nlead,Lead,10,ppm,homogeneous-material\n")

describe("the rule sets of a store", () => {
  it("are chosen at an import and by a command, stay in force, and what was judged by others is judged again", {
    timeout: 300_000
  }, () => {
    const first = certivo("import", bom, leaded)
    assert.deepStrictEqual([first.status, first.stderr], [0, ""])
    const again = certivo("import", bom, "--rules", "eu-rohs")
    assert.deepStrictEqual([again.status, again.stderr], [0, ""])
    assert.strictEqual(again.stdout.split("\n")[0], "1 product judged again")
    assert.notInclude(certivo("import", bom).stdout, "judged again")
    const used = certivo("rules", "use", "eu-rohs", "eu-reach-svhc")
    assert.deepStrictEqual([used.status, used.stderr], [0, ""])
    assert.match(
      used.stdout,
      /^In force: document-limits \(.+\), eu-rohs \(.+\), eu-reach-svhc \(.+\)\n1 product judged again\n$/
    )
    assert.include(certivo("rules", "use", "eu-rohs", "eu-reach-svhc").stdout, "\n0 products judged again\n")
    const { stdout: trail } = certivo("audit")
    assert.match(trail, /rules\.changed +document-limits, eu-…/)
    assert.match(trail, /products\.judged +document-limits, eu-…/)
  })

  it("are previewed with declarations and on a day, and the store stays as it is", { timeout: 120_000 }, () => {
    const trail = certivo("audit").stdout
    const worse = written("worse.csv", `${rows}A,Solder,Cadmium,7440-43-9,900,ppm\nA,Solder,Lead,,x,ppm\n`)
    const text = certivo("preview", worse, "--rules", acme, "--as-of", "2027-01-01")
    assert.deepStrictEqual([text.status, text.stderr], [0, ""])
    assert.match(text.stdout, /^worse\.csv: 1 of 2 rows acceptable\n\nproduct or part +now +then\n-{80}\nP +/)
    assert.match(text.stdout, /\n1 product would stand otherwise or hold parts that would: 1 in all\n$/)
    for (const line of text.stdout.split("\n")) assert.isAtMost(line.length, 80)
    const json = JSON.parse(certivo("preview", "--rules", acme, "--format", "json").stdout)
    assert.deepStrictEqual(
      json.products.map(({ partNumber }: { partNumber: string }) => partNumber),
      ["P"]
    )
    const csv = certivo("preview", "--rules", acme, "--format", "csv").stdout.split("\r\n")
    assert.include(csv[0], "product,part_number,name,before_status")
    assert.match(csv[2] ?? "", /^P,A,,/)
    assert.include(certivo("preview", leaded).stdout, "leaded.csv: 1 of 1 rows acceptable; there already\n")
    assert.include(certivo("preview", leaded).stdout, "Nothing would change.\n")
    assert.strictEqual(certivo("preview").status, 64)
    assert.strictEqual(certivo("audit").stdout, trail)
  })

  it("are refused when there are none of the name, and the store stays as it is", { timeout: 120_000 }, () => {
    const { status, stderr } = certivo("rules", "use", "eu-roh")
    assert.strictEqual(status, 64)
    assert.include(stderr, "No rule pack or file is named eu-roh.")
    const twice = certivo("rules", "use", "eu-rohs", "eu-rohs")
    assert.include(twice.stderr, "Two of the rule sets have the id eu-rohs.")
  })

  it("are put in force by the server too, which judges again beside serving and lists by regulation", {
    timeout: 120_000
  }, async () => {
    const server = await startServer([
      "--data",
      data,
      "--port",
      await freePort(),
      "--demo",
      "--rules",
      `eu-rohs,${acme}`
    ])
    try {
      const fetchSession = async () => (await fetch(`${server.base}/v1/auth/demo`)).json()
      const client = createClient({ baseUrl: server.base, fetchSession })
      let products = await client.products()
      while (!products.page.current) products = await client.products()
      assert.deepStrictEqual(
        products.items[0]?.ruleSets.map(({ id }) => id),
        ["document-limits", "eu-rohs", "acme"]
      )
      for (const regulation of ["eu-rohs", "acme"]) {
        const failing = { regulation, status: "non-compliant" } as const
        assert.deepStrictEqual((await client.products(failing)).page.total, { count: 1, type: "exact" })
        assert.deepStrictEqual((await client.parts("P", failing)).items[0]?.partNumber, "A")
      }
      const none = await client.products({ regulation: "eu-rohs", status: "compliant" })
      assert.deepStrictEqual(none.items, [])
      const part = await client.part("A")
      assert.deepInclude(part.byRegulation, { regulation: "eu-rohs", status: "non-compliant" })
    } finally {
      await server.stop("SIGTERM")
    }
  })
})
