import { execFileSync, spawnSync } from "node:child_process"
import { randomBytes } from "node:crypto"
import { appendFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { Compliance } from "@certivo/core"
import {
  exportStore,
  layer as fileDocuments,
  repository as fileRepository,
  importStore
} from "@certivo/core/adapters/file"
import { type DocumentStore, Repository, TenantId } from "@certivo/core/ports"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"
import { afterAll, assert, beforeAll, describe, it } from "vitest"
import { importAll } from "../../core/test/crash/importer.ts"
import { storeOf } from "../src/store.ts"

const root = mkdtempSync(join(tmpdir(), "certivo-transfer-"))
const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))
const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"
const database = `certivo_transfer_${randomBytes(6).toString("hex")}`
const url = new URL(server)
url.pathname = `/${database}`

const admin = (statement: string) =>
  Effect.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(server) }))
    )
  )

beforeAll(() => admin(`CREATE DATABASE ${database}`))
afterAll(async () => {
  await admin(`DROP DATABASE ${database} WITH (FORCE)`)
  rmSync(root, { recursive: true, force: true })
})

const at = (name: string) => join(root, name)

/** The command as a process of its own, on the embedded store or on PostgreSQL. */
const certivo = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) => {
  const { DATABASE_URL: _unused, ...inherited } = process.env
  return spawnSync(process.execPath, [main, ...args], { env: { ...inherited, ...env }, encoding: "utf8" })
}

const done = (args: ReadonlyArray<string>, env: NodeJS.ProcessEnv = {}) => {
  const { status, stderr, stdout } = certivo(args, env)
  assert.deepStrictEqual([status, stderr], [0, ""])
  return stdout
}

const postgres = { DATABASE_URL: url.toString() }

/** Every file of a directory with its bytes. */
const contents = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .sort()
    .map((path) => [path.slice(directory.length), readFileSync(path, "base64")])

const imported = (tenant: string) =>
  importAll({ tenant, jobs: "a", atOnce: false }).pipe(Effect.provide(Compliance.layer))

const plain = Layer.merge(fileRepository(at("plain/repository")), fileDocuments(at("plain/documents")))

describe("a whole store", () => {
  it("moves from the embedded store to PostgreSQL and back, byte for byte", { timeout: 300_000 }, async () => {
    const data = at("embedded")
    await Effect.runPromise(
      Effect.andThen(imported("default"), imported("other")).pipe(
        Effect.provide(storeOf({ data, databaseUrl: undefined }))
      )
    )
    assert.strictEqual(
      done(["export", at("first"), "--data", data]),
      "default: 5 documents, 29 entries\nother: 5 documents, 29 entries\n"
    )
    done(["import", "--store", at("first"), "--data", at("files")], postgres)
    done(["export", at("second"), "--data", at("files")], postgres)
    done(["import", "--store", at("second"), "--data", at("back")])
    done(["export", at("third"), "--data", at("back")])
    assert.deepStrictEqual(contents(at("second")), contents(at("first")))
    assert.deepStrictEqual(contents(at("third")), contents(at("first")))
    execFileSync("sha256sum", ["--check", "--quiet", "manifest-sha256.txt"], { cwd: at("third") })
  })

  it("is imported again after a kill, gives the same export from plain files, and one tenant alone", {
    timeout: 300_000
  }, async () => {
    /** Dies where everything would become visible. */
    const killed = Effect.flatMap(Repository, (repository) =>
      Effect.provideService(importStore(at("first")), Repository, {
        ...repository,
        putVerdict: () => Effect.die(new Error("killed"))
      })
    )
    await Effect.runPromise(
      Effect.gen(function* () {
        yield* Effect.exit(killed)
        const repository = yield* Repository
        assert.strictEqual(yield* repository.revision(TenantId.make("default")), 0)
        yield* importStore(at("first"))
        yield* exportStore(at("fourth"))
      }).pipe(Effect.provide(plain))
    )
    assert.deepStrictEqual(contents(at("fourth")), contents(at("first")))
    done(["export", at("one"), "--data", at("back"), "--tenant", "other"])
    assert.deepStrictEqual(readdirSync(at("one/data")), ["other"])
  })

  it("is not written over, not imported twice, and not imported when it was changed", {
    timeout: 300_000
  }, async () => {
    const refused = async (
      effect: Effect.Effect<unknown, { readonly message: string }, Repository | DocumentStore>,
      message: string
    ) => {
      const error = await Effect.runPromise(Effect.flip(effect).pipe(Effect.provide(plain)))
      assert.include(error.message, message)
    }
    await refused(exportStore(at("first")), "it is there already, and not empty")
    await refused(exportStore(at("never"), [TenantId.make("nobody")]), "the tenant nobody has nothing")
    await refused(importStore(at("first")), "has data of the tenant default already")
    const manifest = readFileSync(at("one/manifest-sha256.txt"), "utf8")
    const [path] = /data\/other\/documents\/\w+/.exec(manifest) ?? []
    appendFileSync(at(`one/${path}`), "\n")
    await refused(importStore(at("one")), `${path} was changed`)
    writeFileSync(at("one/data/other/more"), "")
    await refused(importStore(at("one")), "its manifest does not know data/other/more")
    writeFileSync(at("one/manifest-sha256.txt"), "nonsense\n")
    await refused(importStore(at("one")), "a line that is none: nonsense")
    rmSync(at("one/manifest-sha256.txt"))
    await refused(importStore(at("one")), "manifest-sha256.txt")
    assert.isFalse(existsSync(at("never")))
  })

  it("the command says what is wrong, and makes no store of a mistyped path", { timeout: 300_000 }, () => {
    const missing = certivo(["export", at("never"), "--data", at("missing")])
    assert.deepStrictEqual([missing.status, missing.stderr], [65, `certivo: There is no store in ${at("missing")}\n`])
    assert.isFalse(existsSync(at("missing")))
    assert.strictEqual(certivo(["export", at("never"), "--tenant", "A B"]).status, 64)
    const twice = certivo(["import", "--store", at("first"), "--data", at("back")])
    assert.deepStrictEqual([twice.status, twice.stderr.includes("has data of the tenant default already")], [65, true])
  })
})
