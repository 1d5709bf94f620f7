import { execFileSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Compliance } from "@certivo/core"
import { exportStore, layer as fileDocuments, repository as fileRepository } from "@certivo/core/adapters/file"
import type { DocumentStore, Repository } from "@certivo/core/ports"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"
import { afterAll, assert, describe, it } from "vitest"
import { importAll } from "../../core/test/crash/importer.ts"
import { storeOf } from "../src/store.ts"

const root = mkdtempSync(join(tmpdir(), "certivo-backup-"))
const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const name = `certivo_backup_${randomBytes(6).toString("hex")}`

const databaseOf = (database: string) => {
  const url = new URL(server)
  url.pathname = `/${database}`
  return url.toString()
}

const admin = (statement: string) =>
  Effect.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(server) }))
    )
  )

afterAll(async () => {
  for (const database of [name, `${name}_restored`]) await admin(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`)
  rmSync(root, { recursive: true, force: true })
})

const at = (path: string) => join(root, path)

type Store = Layer.Layer<Repository | DocumentStore, { readonly message: string }>

const fill = (store: Store) =>
  Effect.runPromise(
    importAll({ tenant: "default", jobs: "a", atOnce: false }).pipe(
      Effect.provide(Compliance.layer.pipe(Layer.provideMerge(store)))
    )
  )

/** All that a store has, by its export. */
const contentsOf = async (store: Store, directory: string) => {
  await Effect.runPromise(exportStore(directory).pipe(Effect.provide(store)))
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => [path.slice(directory.length), readFileSync(path, "base64")])
}

describe("a backup, restored", () => {
  it("from PostgreSQL into another database is the same store", { timeout: 300_000 }, async () => {
    const on = (database: string, data: string) =>
      storeOf({ data: at(data), databaseUrl: Redacted.make(databaseOf(database)) })
    await admin(`CREATE DATABASE ${name}`)
    await fill(on(name, "postgres"))
    execFileSync("pg_dump", ["--format=custom", `--file=${at("certivo.dump")}`, databaseOf(name)])
    cpSync(at("postgres"), at("postgres-restored"), { recursive: true })
    const restored = `${name}_restored`
    await admin(`CREATE DATABASE ${restored}`)
    const into = ["--exit-on-error", "--no-owner", `--dbname=${databaseOf(restored)}`]
    execFileSync("pg_restore", [...into, at("certivo.dump")])
    const before = await contentsOf(on(name, "postgres"), at("export-1"))
    assert.deepStrictEqual(await contentsOf(on(restored, "postgres-restored"), at("export-2")), before)
    assert.isAbove(before.length, 7)
  })

  it("of the embedded store is a copy of its directory", { timeout: 300_000 }, async () => {
    const store = (data: string) => storeOf({ data: at(data), databaseUrl: undefined })
    await fill(store("embedded"))
    cpSync(at("embedded"), at("embedded-copy"), { recursive: true })
    const before = await contentsOf(store("embedded"), at("export-3"))
    rmSync(at("embedded"), { recursive: true })
    assert.deepStrictEqual(await contentsOf(store("embedded-copy"), at("export-4")), before)
  })

  it("of the file adapter is a copy of its directory", { timeout: 300_000 }, async () => {
    const store = (data: string) =>
      Layer.merge(
        fileRepository(at(`${data}/repository`), { snapshotAfterBytes: 100_000 }),
        fileDocuments(at(`${data}/documents`))
      )
    await fill(store("files"))
    cpSync(at("files"), at("files-copy"), { recursive: true })
    const before = await contentsOf(store("files"), at("export-5"))
    assert.deepStrictEqual(await contentsOf(store("files-copy"), at("export-6")), before)
  })
})
