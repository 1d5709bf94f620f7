import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type CertivoError, createClient } from "@certivo/api/client"
import type { Job, PreviewEvent } from "@certivo/api/types"
import { verifyTrail } from "@certivo/core"
import { afterAll, assert, describe, it, vi } from "vitest"
import { freePort, type Server, startServer } from "./server.ts"

const folders: Array<string> = []
const servers: Array<Server> = []
const newFolder = () => {
  const folder = mkdtempSync(join(tmpdir(), "certivo-serve-"))
  folders.push(folder)
  return folder
}
const start = async (args: ReadonlyArray<string>, env?: NodeJS.ProcessEnv) => {
  const server = await startServer(args, env)
  servers.push(server)
  return server
}

afterAll(async () => {
  await Promise.all(servers.map((server) => server.stop("SIGKILL")))
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

const secretOf = (data: string): string => JSON.parse(readFileSync(join(data, "secrets.json"), "utf8")).signInSecret

const clientOf = (base: string, data: string) =>
  createClient({
    baseUrl: base,
    fetchSession: async () => {
      const response = await fetch(`${base}/v1/auth/token`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ secret: secretOf(data) })
      })
      return response.json()
    }
  })

const finish = async (client: ReturnType<typeof clientOf>, job: Job): Promise<ReadonlyArray<Job>> => {
  const states: Array<Job> = []
  for await (const state of client.watchJob(job.id)) states.push(state)
  return states
}

const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
const bom = (parts: number) =>
  JSON.stringify({
    bom_id: "EG-1",
    product_name: "Gateway",
    parts: Array.from({ length: parts }, (_, index) => ({ part_number: `P-${index}`, weight_g: 10, material: "Steel" }))
  })
const declarations = (rows: number, parts: number) =>
  header +
  Array.from({ length: rows }, (_, index) => `P-${index % parts},S${index},1000,${index % 5 ? 1 : 20}\n`).join("")

describe("the server on its embedded store", () => {
  const data = newFolder()
  let server: Server

  it("imports, lists, filters, searches, pages and explains", async () => {
    server = await start(["--data", data, "--port", await freePort()])
    const client = clientOf(server.base, data)
    await finish(client, await client.importFile(new Blob([bom(30)]), "bom.json"))
    const csv = `${header}p-0 ,Lead,1000,10\nP-1,Lead,1000,10.000000000001\nP-2,Lead,1000,n/a\n`
    const states = await finish(client, await client.importFile(new Blob([csv]), "a.csv"))
    assert.strictEqual(states.at(-1)?.state, "succeeded-with-rejects")
    const [product] = (await client.products()).items
    assert.deepStrictEqual(product?.summary, {
      parts: 30,
      compliant: 1,
      exempt: 0,
      unknown: 28,
      nonCompliant: 1,
      declaredPartsPercent: "6.66667"
    })
    const numbers: Array<string> = []
    let cursor: string | undefined
    do {
      const page = await client.parts("eg-1", { limit: 7, cursor })
      numbers.push(...page.items.map((part) => part.partNumber))
      cursor = page.page.next
    } while (cursor !== undefined)
    assert.strictEqual(new Set(numbers).size, 30)
    assert.strictEqual(numbers[0], "P-1")
    assert.strictEqual(numbers.at(-1), "P-0")
    const failing = await client.parts("EG-1", { status: "non-compliant" })
    assert.deepStrictEqual(
      failing.items.map((part) => part.partNumber),
      ["P-1"]
    )
    assert.strictEqual((await client.parts("EG-1", { search: "p-2" })).page.total.count, 11)
    const detail = await client.part("P-1")
    assert.include(detail.explanation.steps.map((step) => step.text).join("\n"), "a.csv, line 3")
    const rejects = await client.rejects(states.at(-1)?.id ?? "")
    assert.deepStrictEqual(
      [rejects.total, rejects.items[0]?.line, rejects.items[0]?.code],
      [1, 4, "value.not_a_number"]
    )
  })

  it("lists documents, what they declare and what changed the data", async () => {
    const client = clientOf(server.base, data)
    const [newest] = (await client.documents({ named: "a.csv" })).items
    assert.deepInclude(newest, { name: "a.csv", kind: "declarations", rows: 3, accepted: 2, rejected: 1, revision: 2 })
    const first = await client.documents({ limit: 1 })
    assert.strictEqual(first.page.total.count, 2)
    const second = await client.documents({ limit: 1, cursor: first.page.next })
    assert.deepStrictEqual([...first.items, ...second.items].map(({ name }) => name).toSorted(), ["a.csv", "bom.json"])
    assert.strictEqual((await client.documents({ until: "2000-01-01" })).items.length, 0)

    for (const by of [
      { by: "substance", value: "7439-92-1" },
      { by: "substance", value: "lead" },
      { by: "document", value: newest?.sha256 ?? "" }
    ] as const) {
      const { items, page } = await client.declarations(by)
      assert.strictEqual(page.total.count, 2)
      assert.deepStrictEqual(
        items.map(({ amount, limitPpm, part, source, text }) => [part, text, amount.high, limitPpm, source.line]),
        [
          ["P-0", "10 mg", "10", "1000", 2],
          ["P-1", "10.000000000001 mg", "10.000000000001", "1000", 3]
        ]
      )
    }
    assert.strictEqual((await client.declarations({ by: "supplier", value: "nobody" })).items.length, 0)

    const trail = (await client.auditTrail({ after: 0 })).items
    assert.deepStrictEqual(
      trail.map(({ did, revision }) => [revision, did]),
      [
        [1, "document.imported"],
        [2, "document.imported"]
      ]
    )
    assert.isUndefined(verifyTrail(trail))
    assert.deepStrictEqual((await client.auditTrail({ limit: 1 })).items, trail.slice(1))
    assert.deepStrictEqual((await client.auditTrail({ before: 2 })).items, trail.slice(0, 1))
  })

  it("keeps overrides, and judges by them before it answers", async () => {
    const client = clientOf(server.base, data)
    const override = {
      id: "D-1",
      part: "p-1",
      rule: "document-limits/",
      status: "compliant",
      reason: "measured again",
      by: "Q. Manager",
      on: "2026-11-20"
    } as const
    const odd = { ...override, id: "D/1 (a)+b", part: "P-2" }
    assert.strictEqual((await client.addOverrides([odd])).overrides.length, 1)
    assert.strictEqual((await client.withdrawOverride(odd.id)).overrides.length, 1)
    assert.deepStrictEqual(await client.addOverrides([override]), { overrides: [override], judged: 1 })
    const { findings, status } = await client.part("P-1")
    assert.deepStrictEqual([status, findings[0]?.override?.calculated], ["compliant", "non-compliant"])
    assert.strictEqual((await client.parts("EG-1", { status: "non-compliant" })).items.length, 0)
    assert.deepStrictEqual((await client.overrides({ part: "P-1" })).items, [override])
    assert.strictEqual((await client.overrides({ part: "P-3" })).page.total.count, 0)
    const refused = await client.addOverrides([{ ...override, reason: "another" }]).catch((error) => error)
    assert.deepStrictEqual([refused.status, refused.code], [409, "override-refused"])
    assert.include(refused.message, "another one has its id")
    for (const overrides of [[], [{ ...override, status: "fine" }]])
      assert.strictEqual((await client.addOverrides(overrides as never).catch((error) => error)).status, 400)
    const withdrawn = await client.withdrawOverride("D-1")
    assert.deepStrictEqual([withdrawn.judged, withdrawn.overrides.length], [1, 1])
    assert.strictEqual((await client.part("P-1")).status, "non-compliant")
    assert.strictEqual((await client.withdrawOverride("D-2").catch((error) => error)).status, 404)
    const [last, first] = (await client.auditTrail({ limit: 2 })).items
    assert.deepStrictEqual([first?.did, last?.did, last?.by], ["overrides.added", "override.withdrawn", "admin"])
  })

  it("previews what a change would do, product by product, and changes nothing", async () => {
    const client = clientOf(server.base, data)
    const seen = async (events: AsyncIterable<PreviewEvent>) => {
      const found: Array<PreviewEvent> = []
      for await (const event of events) found.push(event)
      return found
    }
    const [{ revision } = { revision: -1 }] = (await client.auditTrail({ limit: 1 })).items
    const override = {
      id: "D-9",
      part: "P-1",
      rule: "document-limits/",
      status: "compliant",
      reason: "measured",
      by: "Q. Manager",
      on: "2026-11-20"
    } as const
    const [documents, product, ...others] = await seen(client.preview({ overrides: [override] }))
    assert.deepStrictEqual([documents, others], [{ documents: [] }, []])
    assert.isTrue(product !== undefined && "product" in product)
    if (product === undefined || !("product" in product)) return
    assert.deepInclude(product.product, { partNumber: "EG-1" })
    assert.deepStrictEqual(
      product.product.parts.map(({ after, before, partNumber }) => [partNumber, before.status, after.status]),
      [["P-1", "non-compliant", "compliant"]]
    )
    assert.isAbove((await seen(client.preview({ rules: ["eu-rohs"] }))).length, 0)
    const csv = `${header}P-3,Lead,1000,99\nP-3,Tin,1000,x\n`
    const [read, ...changed] = await seen(client.previewFile(new Blob([csv]), "b.csv"))
    assert.deepStrictEqual(read, { documents: [{ name: "b.csv", accepted: 1, rejected: 1, isKnown: false }] })
    assert.strictEqual(changed.length, 1)
    const refused = (events: AsyncIterable<PreviewEvent>) =>
      seen(events).then(
        () => assert.fail("should fail"),
        (error: CertivoError) => [error.status, error.code]
      )
    assert.deepStrictEqual(await refused(client.preview({ rules: ["nonsense"] })), [422, "invalid-proposal"])
    const misplaced = client.preview({ overrides: [{ ...override, part: "\u0000" }] })
    assert.deepStrictEqual(await refused(misplaced), [422, "invalid-proposal"])
    for (const bytes of ["", "what,is,this\n1,2,3\n", "\u0000\u0001\u0002", bom(3), `"${"x".repeat(2e6)}`])
      assert.deepStrictEqual(
        await refused(client.previewFile(new Blob([bytes]), "c.csv")),
        [422, "invalid-proposal"],
        bytes.slice(0, 40)
      )
    assert.deepStrictEqual(
      await refused(client.previewFile(new Blob([csv]), "d.csv", undefined, { mapping: "none" })),
      [404, "not-found"]
    )
    assert.strictEqual((await client.auditTrail({ limit: 1 })).items[0]?.revision, revision)
  })

  it("refuses who has no token of its own making, with a problem and a request id", async () => {
    const tampered = `Bearer ${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString("base64url")}.e30.`
    for (const authorization of ["", "Bearer x", tampered]) {
      const response = await fetch(`${server.base}/v1/products`, { headers: { authorization } })
      assert.strictEqual(response.status, 401)
      assert.include(response.headers.get("content-type") ?? "", "application/problem+json")
      assert.strictEqual((await response.json()).code, "unauthorized")
      assert.isNotNull(response.headers.get("x-request-id"))
    }
    assert.strictEqual((await fetch(`${server.base}/v1/auth/demo`)).status, 404)
  })

  it("answers what is not there, and what makes no sense, with problems", async () => {
    const client = clientOf(server.base, data)
    const failure = (promise: Promise<unknown>) =>
      promise.then(
        () => assert.fail("was accepted"),
        (error) => [error.status, error.code]
      )
    assert.deepStrictEqual(await failure(client.product("NOWHERE")), [404, "not-found"])
    assert.deepStrictEqual(await failure(client.part("NOWHERE")), [404, "not-found"])
    assert.deepStrictEqual(await failure(client.job("NOWHERE")), [404, "not-found"])
    assert.deepStrictEqual(await failure(client.products({ cursor: "nonsense" })), [400, "invalid-cursor"])
    assert.strictEqual((await failure(client.products({ limit: 100_000 })))[0], 400)
    assert.deepStrictEqual(await failure(client.documents({ cursor: "nonsense" })), [400, "invalid-cursor"])
    assert.strictEqual((await failure(client.documents({ since: "2026-99-01" })))[0], 400)
    assert.deepStrictEqual(await failure(client.auditTrail({ after: 1, before: 2 })), [400, "invalid-query"])
    assert.strictEqual((await fetch(`${server.base}/v1/audit`)).status, 401)
    assert.strictEqual((await fetch(`${server.base}/nowhere`)).status, 404)
  })

  it("reads no body beyond 4 MiB, whoever sends it, but for uploads", async () => {
    const send = (body: string) =>
      fetch(`${server.base}/v1/auth/token`, { method: "POST", headers: { "content-type": "application/json" }, body })
    const response = await send(JSON.stringify({ secret: "x".repeat(5 * 1024 ** 2) }))
    assert.deepStrictEqual([response.status, (await response.json()).code], [413, "too-large"])
    assert.strictEqual((await send(JSON.stringify({ secret: "x".repeat(2 * 1024 ** 2) }))).status, 400)
    const client = clientOf(server.base, data)
    const csv = `${header.trimEnd()},remark\n${`P-0,Lead,1000,10,${"x".repeat(500)}\n`.repeat(10_000)}`
    const [, ...states] = await finish(client, await client.importFile(new Blob([csv]), "large.csv"))
    assert.strictEqual(states.at(-1)?.accepted, 10_000)
  })

  it("describes itself and says that it is well", async () => {
    const openapi = await (await fetch(`${server.base}/openapi.json`)).json()
    assert.strictEqual(openapi.openapi, "3.1.0")
    assert.isDefined(openapi.paths["/v1/products/{partNumber}/parts"])
    for (const path of ["/health/live", "/health/ready", "/docs", "/", "/assets/dashboard.js"])
      assert.strictEqual((await fetch(`${server.base}${path}`)).status, 200, path)
  })

  it("logs requests as JSON with their ids and without secrets, and keeps those to itself", async () => {
    await fetch(`${server.base}/health/live`, { headers: { "x-request-id": "request-12345" } })
    const line = await vi.waitFor(() => {
      const logged = server.output.filter((text) => text.startsWith("{")).map((text) => JSON.parse(text))
      const found = logged.find((entry) => entry.annotations.requestId === "request-12345")
      assert.isDefined(found)
      return found
    })
    assert.deepInclude(line.annotations, { method: "GET", path: "/health/live", status: 200 })
    assert.notInclude(server.output.slice(2).join("\n"), secretOf(data))
    assert.strictEqual(statSync(join(data, "secrets.json")).mode & 0o777, 0o600)
  })

  it("refuses a second process on the same data, and a port that is taken", async () => {
    const second = await start(["--data", data, "--port", await freePort()]).catch((error: Error) => error)
    assert.include((second as Error).message, "is open in process")
    const port = new URL(server.base).port
    const taken = await start(["--data", newFolder(), "--port", port]).catch((error: Error) => error)
    assert.include((taken as Error).message, `Port ${port} is taken`)
  })

  it("ends cleanly when asked to", async () => {
    assert.strictEqual(await server.stop("SIGTERM"), 0)
  })
})

describe("an import", () => {
  it("that is killed in the middle ends as if it had run once", { timeout: 240_000 }, async () => {
    const [rows, parts] = [120_000, 40]
    const text = declarations(rows, parts)
    const data = newFolder()
    let server = await start(["--data", data, "--port", await freePort()])
    let client = clientOf(server.base, data)
    await finish(client, await client.importFile(new Blob([bom(parts)]), "bom.json"))
    const job = await client.importFile(new Blob([text]), "big.csv")
    for (const share of [0.1, 0.5]) {
      for await (const state of client.watchJob(job.id)) if (state.progress.done > share * state.progress.total) break
      await server.stop("SIGKILL")
      server = await start(["--data", data, "--port", await freePort()])
      client = clientOf(server.base, data)
    }
    const ended = (await finish(client, await client.job(job.id))).at(-1)
    assert.deepStrictEqual([ended?.state, ended?.rows, ended?.accepted], ["succeeded", rows, rows])
    const [product] = (await client.products()).items
    assert.deepStrictEqual([product?.summary.parts, product?.summary.nonCompliant], [parts, parts / 5])
    const detail = await client.part("P-1")
    assert.strictEqual(detail.findings.length, rows / parts)
    assert.strictEqual(new Set(detail.findings.map((finding) => finding.evidence[0]?.line)).size, rows / parts)
  })
})
