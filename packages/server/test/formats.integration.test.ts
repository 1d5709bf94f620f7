/** Each example of the documentation through the command, the SDK and the HTTP API: one outcome. */
import { spawnSync } from "node:child_process"
import { mkdtempSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@certivo/api/client"
import { type Certivo, check, checkDocument, createCertivo, type Mapping } from "@certivo/core/promise"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { freePort, type Server, startServer } from "./server.ts"

const root = fileURLToPath(new URL("../../..", import.meta.url))
const main = join(root, "packages/server/src/main.ts")
const folder = join(root, "examples/formats")
const asOf = "2026-11-23"

interface Example {
  readonly name: string
  readonly mapping: string | undefined
  readonly isBom: boolean
  readonly counts: ReadonlyArray<number>
}

/** The table of examples, as the documentation has it. */
const examples: ReadonlyArray<Example> = [
  ...readFileSync(join(root, "docs/reference/formats/README.md"), "utf8").matchAll(
    /^\| \[(\S+)\]\S+(?: with \[(\S+)\]\S+)?\s*\| (BOM|declarations)\s*\|\s*(\d+) \|\s*(\d+) \|\s*(\d+) \|$/gm
  )
].map(([, name = "", mapping, kind, ...counts]) => ({
  name,
  mapping,
  isBom: kind === "BOM",
  counts: counts.map(Number)
}))

const bytesOf = (name: string) => new Uint8Array(readFileSync(join(folder, name)))
const mappingOf = ({ mapping }: Example): Mapping | undefined =>
  mapping === undefined ? undefined : JSON.parse(readFileSync(join(folder, mapping), "utf8"))

/** The BOM and the declarations that an example is checked with. */
const filesOf = ({ name, isBom }: Example) => (isBom ? [name, "declarations.csv"] : ["bom.json", name])

const command = (example: Example) => {
  const files = filesOf(example).map((file) => join(folder, file))
  const map = example.mapping === undefined ? [] : ["--map", join(folder, example.mapping)]
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [main, "check", ...files, "--format", "json", "--as-of", asOf, ...map],
    { encoding: "utf8", maxBuffer: 1 << 26 }
  )
  assert.strictEqual(stderr, "")
  return JSON.parse(stdout)
}

const sdk = async (example: Example) => {
  const [bom = "", declarations = ""] = filesOf(example)
  const result = await check({
    bom: { name: bom, bytes: bytesOf(bom) },
    declarations: [{ name: declarations, bytes: bytesOf(declarations) }],
    mapping: mappingOf(example),
    asOf
  })
  return JSON.parse(JSON.stringify(checkDocument(result)))
}

type Remark = { readonly line: number; readonly column: string; readonly code: string }
const placed = (found: ReadonlyArray<Remark>) =>
  found.map(({ line, column, code }) => `${line} ${column} ${code}`).sort()

const countsOf = ({ accepted, rejected, warned, codes, sha256 }: Record<string, unknown>) => ({
  accepted,
  rejected,
  warned,
  codes,
  sha256
})

describe("every example through the command, the SDK and the API", () => {
  const data = mkdtempSync(join(tmpdir(), "certivo-formats-"))
  let server: Server
  let client: ReturnType<typeof createClient>
  let certivo: Certivo

  beforeAll(async () => {
    server = await startServer([
      "--port",
      await freePort(),
      "--data",
      data,
      "--demo",
      "--demo-files",
      join(folder, "declarations.csv")
    ])
    const fetchSession = async () => (await fetch(`${server.base}/v1/auth/demo`)).json()
    client = createClient({ baseUrl: server.base, fetchSession })
    certivo = createCertivo()
  })

  afterAll(async () => {
    await certivo[Symbol.asyncDispose]()
    await server.stop("SIGTERM")
    rmSync(data, { recursive: true, force: true })
  })

  const imported = async (example: Example) => {
    const name = example.mapping?.replace(".json", "")
    if (name !== undefined) await client.saveMapping(name, mappingOf(example) as Mapping)
    const { id } = await client.importFile(new Blob([bytesOf(example.name)]), example.name, undefined, {
      mapping: name
    })
    for await (const _state of client.watchJob(id));
    return client.job(id)
  }

  it("has examples", () => assert.isAbove(examples.length, 20))

  it.each(examples.map((example) => [example.name, example] as const))("%s", async (_name, example) => {
    const checked = command(example)
    assert.deepStrictEqual(await sdk(example), checked)
    const report = checked.documents[example.isBom ? 0 : 1]
    assert.deepStrictEqual([report.accepted, report.rejected, report.warned], example.counts)

    const own = await certivo.import(example.name, bytesOf(example.name), { mapping: mappingOf(example) })
    const job = await imported(example)
    assert.deepStrictEqual(countsOf(own as never), countsOf(report))
    assert.deepStrictEqual(countsOf(job as never), countsOf(report))
    assert.deepStrictEqual(placed((await client.rejects(job.id)).items), placed(report.rejects))
    assert.deepStrictEqual(placed((await client.warnings(job.id)).items), placed(report.warnings))
  })

  it("the parts have the same status in the end", async () => {
    const plain = examples.filter(({ isBom, mapping }) => !isBom && mapping === undefined).map(({ name }) => name)
    const files = ["bom.json", ...plain].map((file) => join(folder, file))
    const { stdout } = spawnSync(process.execPath, [main, "check", ...files, "--format", "json"], { encoding: "utf8" })
    const statuses = (parts: ReadonlyArray<{ readonly partNumber: string; readonly status: string }>) =>
      parts.map(({ partNumber, status }) => `${partNumber}: ${status}`).sort()
    const expected = statuses(JSON.parse(stdout).parts)
    const own: Array<{ readonly partNumber: string; readonly status: string }> = []
    for await (const part of certivo.parts("FX-100")) own.push(part)
    assert.deepStrictEqual(statuses(own), expected)
    assert.deepStrictEqual(statuses((await client.parts("FX-100", { limit: 100 })).items), expected)
  })
})
