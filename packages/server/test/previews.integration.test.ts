import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type CertivoError, createClient } from "@certivo/api/client"
import type { PreviewEvent } from "@certivo/api/types"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { freePort, type Server, startServer } from "./server.ts"

const bom = fileURLToPath(new URL("../../../examples/edge-gateway/bom.json", import.meta.url))
const data = mkdtempSync(join(tmpdir(), "certivo-previews-"))
const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const database = `certivo_previews_${randomBytes(6).toString("hex")}`
const url = new URL(server)
url.pathname = `/${database}`

const run = (at: string, statement: string) =>
  Effect.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(at) }))
    )
  )

describe("a preview over HTTP", () => {
  let running: Server

  beforeAll(async () => {
    await run(server, `CREATE DATABASE ${database}`)
    const args = ["--data", data, "--port", await freePort(), "--demo", "--demo-files", bom]
    running = await startServer(args, { DATABASE_URL: url.toString() })
  }, 60_000)

  afterAll(async () => {
    await running.stop("SIGTERM")
    await run(server, `DROP DATABASE ${database} WITH (FORCE)`)
    rmSync(data, { recursive: true, force: true })
  })

  it("that breaks off on the way fails, and says nothing of why", async () => {
    const fetchSession = async () => (await fetch(`${running.base}/v1/auth/demo`)).json()
    const client = createClient({ baseUrl: running.base, fetchSession })
    await run(url.toString(), "ALTER TABLE bom_line RENAME TO elsewhere")
    const seen: Array<PreviewEvent> = []
    const read = async () => {
      for await (const event of client.preview({ rules: ["eu-rohs"] })) seen.push(event)
    }
    const error: CertivoError = await read().then(
      () => assert.fail("it came to an end"),
      (failure) => failure
    )
    assert.deepStrictEqual([error.code, error.status, error.retryable], ["unavailable", 503, true])
    assert.notInclude(error.message, "bom_line")
    assert.deepStrictEqual(seen, [{ documents: [] }])
    assert.include(running.output.join("\n"), "bom_line")
  })
})
