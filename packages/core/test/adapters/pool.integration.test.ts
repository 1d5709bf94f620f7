/** Behind PgBouncer in transaction mode: many clients share few sessions, each for a transaction at a time. */
import { once } from "node:events"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { documents, layer, layerUrl } from "@certivo/core/adapters/postgres"
import { Repository, TenantId } from "@certivo/core/ports"
import { documentStoreContract, repositoryContract } from "@certivo/core/testing"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it, layer as withLayer } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"
import { jobOf } from "../../src/testing/samples.ts"
import { difference, expected, look, newImporter } from "../crash/crash.ts"
import type { Task } from "../crash/importer.ts"
import { layerOf, type Store } from "../crash/store.ts"
import { newDatabase } from "./database.ts"
import { isolation } from "./isolation.ts"
import { pooled } from "./servers.ts"

/** A client of a database of its own, behind so many sessions. */
const behind = (sessions: number) =>
  Layer.unwrap(Effect.map(poolOf(sessions), (url) => PgClient.layer({ url, prepare: false, maxConnections: 8 })))

const poolOf = (sessions: number) => Effect.flatMap(newDatabase, (url) => pooled(url, sessions))

repositoryContract("PgBouncer", Layer.unwrap(Effect.map(poolOf(3), (url) => layerUrl({ url, prepare: false }))))
documentStoreContract("PgBouncer", documents.pipe(Layer.provide(behind(3))))
isolation("PgBouncer", behind(3))

const tenantOf = (index: number) => TenantId.make(`turn-${index}`)

/** What the one session holds beyond transactions, and which it is. */
const session = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql<{ pid: number }>`SELECT pg_backend_pid() AS pid, current_user = session_user AS is_itself,
    COALESCE(current_setting('certivo.tenant', true), '') AS tenant, current_setting('role') AS role,
    (SELECT count(*)::int FROM pg_settings WHERE source = 'session' AND name ~ '_timeout$') AS limits,
    (SELECT count(*)::int FROM pg_class WHERE relpersistence = 't') AS temporary,
    (SELECT count(*)::int FROM pg_prepared_statements WHERE name <> '') AS prepared,
    (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory') AS locks`
)

const nothing = { is_itself: true, tenant: "", role: "none", limits: 0, temporary: 0, prepared: 0, locks: 0 }

/** An importer that takes all documents into the store. */
const imports = async (task: Task) => {
  const { child, ready } = newImporter()
  await ready
  const ended = once(child, "exit")
  child.send(task)
  const [code] = await ended
  assert.strictEqual(code, 0, task.jobs)
}

describe("a session that clients share", () => {
  withLayer(layer.pipe(Layer.provideMerge(behind(1))), { timeout: 60_000 })((it) => {
    it.effect("holds nothing of a transaction that was kept, failed or interrupted", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const tenant = TenantId.make("before")
        const take = repository.nextRevision(tenant)
        const [{ pid } = { pid: 0 }] = yield* repository.transaction(tenant, session)
        const begun = yield* Deferred.make<void>()
        const waiting = Effect.andThen(take, Effect.andThen(Deferred.succeed(begun, undefined), Effect.never))
        const ends = {
          kept: repository.transaction(tenant, take),
          failed: Effect.exit(repository.transaction(tenant, Effect.andThen(take, Effect.fail("no")))),
          interrupted: Effect.gen(function* () {
            const fiber = yield* Effect.forkChild(repository.transaction(tenant, waiting))
            yield* Deferred.await(begun)
            yield* Fiber.interrupt(fiber)
          })
        }
        for (const [name, end] of Object.entries(ends)) {
          yield* end
          assert.deepStrictEqual(yield* session, [{ pid, ...nothing }], name)
        }
        assert.strictEqual(yield* repository.revision(tenant), 1)
      })
    )

    it.effect("shows each of the tenants that take turns in it its own rows", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const sql = yield* SqlClient.SqlClient
        const seen = yield* Effect.forEach(
          Array.from({ length: 60 }, (_, turn) => turn),
          (turn) => {
            const tenant = tenantOf(turn % 12)
            return repository.transaction(
              tenant,
              Effect.andThen(repository.putJob(tenant, jobOf(`turn-${turn}`)), sql`SELECT DISTINCT tenant_id FROM job`)
            )
          },
          { concurrency: "unbounded" }
        )
        assert.deepStrictEqual(
          seen,
          seen.map((_, turn) => [{ tenant_id: tenantOf(turn % 12) }])
        )
      })
    )
  })
})

it.live("two processes import into one tenant at once, as if one had", () =>
  Effect.gen(function* () {
    const directory = yield* Effect.acquireRelease(
      Effect.sync(() => mkdtempSync(join(tmpdir(), "certivo-pool-"))),
      (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
    )
    const url = Redacted.value(yield* poolOf(2))
    const store: Store = { kind: "PostgreSQL", directory, url, prepare: false }
    const task = { store, tenant: "shared", atOnce: true }
    yield* Effect.promise(() => Promise.all(["a", "b"].map((jobs) => imports({ ...task, jobs }))))
    const { content, wrong } = yield* Effect.provide(look(task.tenant), layerOf(store), { local: true })
    assert.deepStrictEqual(wrong, [])
    const wanted = yield* Effect.promise(expected)
    assert.isUndefined(difference(content, wanted.content))
  }).pipe(Effect.scoped)
)
