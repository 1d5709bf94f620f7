import { spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { createClient } from "@certivo/api/client"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { freePort, startServer } from "./server.ts"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const bom = fileURLToPath(new URL("../../../examples/edge-gateway/bom.json", import.meta.url))
const data = mkdtempSync(join(tmpdir(), "certivo-audit-"))
const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const database = `certivo_audit_${randomBytes(6).toString("hex")}`
const url = new URL(server)
url.pathname = `/${database}`

const run = (at: string, statement: string) =>
  Effect.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(at) }))
    )
  )

const audit = (...args: ReadonlyArray<string>) => {
  const env = { ...process.env, DATABASE_URL: url.toString() }
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, "audit", "--data", data, ...args], {
    env,
    encoding: "utf8"
  })
  return { status, stderr, stdout }
}

describe("certivo audit", () => {
  beforeAll(async () => {
    await run(server, `CREATE DATABASE ${database}`)
    const args = ["--data", data, "--port", await freePort(), "--demo", "--demo-files", bom]
    const running = await startServer(args, { DATABASE_URL: url.toString() })
    try {
      const fetchSession = async () => (await fetch(`${running.base}/v1/auth/demo`)).json()
      const client = createClient({ baseUrl: running.base, fetchSession })
      await client.saveMapping("acme", { columns: { MPN: { field: "part_number" } } })
      const { id } = await client.importFile(new Blob(["part_number,substance,ppm\nA,Lead,1\n"]), "a.csv")
      for await (const _state of client.watchJob(id));
    } finally {
      await running.stop("SIGTERM")
    }
  }, 60_000)

  afterAll(async () => {
    await run(server, `DROP DATABASE ${database} WITH (FORCE)`)
    rmSync(data, { recursive: true, force: true })
  })

  it("lists who did what, in 80 columns", () => {
    const { status, stderr, stdout } = audit()
    assert.deepStrictEqual([status, stderr], [0, ""])
    const lines = stdout.trimEnd().split("\n")
    assert.isTrue(lines.every((line) => line.length <= 80))
    assert.deepStrictEqual(
      lines.slice(2).map((line) =>
        line
          .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/, "at")
          .trim()
          .split(/\s+/)
      ),
      [
        ["1", "at", "document.imported", "bom.json"],
        ["2", "at", "demo", "mapping.saved", "acme"],
        ["3", "at", "demo", "document.imported", "a.csv"]
      ]
    )
  })

  it("verifies the trail, and names the entry that was changed or is missing", { timeout: 60_000 }, async () => {
    const whole = audit("--verify")
    assert.deepStrictEqual([whole.status, whole.stderr], [0, ""])
    assert.match(whole.stdout, /^3 entries hold, up to revision 3\nsha256:[0-9a-f]{64}\n$/)
    await run(url.toString(), "DELETE FROM audit WHERE revision = 3")
    const cut = audit("--verify")
    assert.deepStrictEqual([cut.status, cut.stdout], [1, ""])
    assert.include(cut.stderr, "revision 3 has no entry: the end is missing")
    await run(url.toString(), "UPDATE audit SET body = replace(body, 'demo', 'nobody') WHERE revision = 2")
    const forged = audit("--verify")
    assert.strictEqual(forged.status, 1)
    assert.include(forged.stderr, "revision 2 is not what its hash was made of: it was changed")
  })
})
