/** Connections that break: each transaction is kept once, or fails and leaves nothing. */
import { Compliance, Repository, RepositoryError, TenantId } from "@certivo/core"
import { documents } from "@certivo/core/adapters/memory"
import { layer, layerUrl, TimeLimits } from "@certivo/core/adapters/postgres"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { SqlClient } from "effect/sql"
import { newDatabase } from "./database.ts"
import { type Fate, proxied } from "./proxy.ts"

const tenant = TenantId.make("lost")

const at = <A, E, R>(url: Redacted.Redacted<string>, effect: Effect.Effect<A, E, R>) =>
  Effect.provide(effect, layerUrl({ url, maxConnections: 2 }), { local: true })

const revision = Effect.flatMap(Repository, (repository) => repository.transaction(tenant, repository.revision(tenant)))
const nextRevision = Effect.flatMap(Repository, (repository) =>
  repository.transaction(tenant, repository.nextRevision(tenant))
)

/** Cuts at the first commit of a transaction that has taken a revision. */
const atCommit = (fate: Fate) => {
  let state: "waits" | "armed" | "met" = "waits"
  return (bytes: Buffer): Fate => {
    if (state === "waits" && bytes.includes("INSERT INTO tenant_head")) state = "armed"
    if (state !== "armed" || !bytes.includes("COMMIT")) return "pass"
    state = "met"
    return fate
  }
}

/** Cuts at one of the messages from the first transaction on. */
const atMessage = (number: number, fate: Fate) => {
  let messages = 0
  return (bytes: Buffer): Fate => {
    if (messages > 0 || bytes.includes("certivo.tenant")) messages++
    return messages === number ? fate : "pass"
  }
}

/** By turns before and behind a message, which the server then works on alone. */
const cuts = Array.from({ length: 10 }, (_, index): Fate => (index % 2 === 0 ? "cut before" : "cut behind"))

const csv = `part_number,substance,threshold_ppm,substance_mass_mg\n${Array.from({ length: 25_000 }, (_, index) => `P${index},Lead,1000,1.5\n`).join("")}`

const imported = Effect.fnUntraced(function* (tenant: TenantId) {
  const compliance = yield* Compliance
  const input = {
    name: "a.csv",
    bytes: Stream.make(new TextEncoder().encode(csv)),
    id: "job",
    now: "2026-11-23T00:00:00.000Z"
  }
  const { id } = yield* compliance.submit(tenant, input)
  return yield* compliance.run(tenant, id, "2026-11-23", () => Effect.void)
})

const compliance = Layer.provide(Compliance.layer, documents)

describe("a connection that is lost", () => {
  for (const fate of ["cut before", "cut behind"] as const)
    it.live(`during a commit, ${fate} it: the transaction is kept once`, () =>
      Effect.gen(function* () {
        const url = yield* newDatabase
        assert.strictEqual(yield* at(url, revision), 0)
        assert.strictEqual(yield* at(yield* proxied(url, atCommit(fate)), nextRevision), 1)
        assert.strictEqual(yield* at(url, revision), 1)
      }).pipe(Effect.scoped)
    )

  it.live(
    "anywhere in an import: it ends as if it had run once",
    () =>
      Effect.gen(function* () {
        const url = yield* newDatabase
        yield* at(url, revision)
        for (const [index, fate] of cuts.entries()) {
          const one = TenantId.make(`cut-${index}`)
          const through = yield* proxied(url, atMessage(1 + 4 * index, fate))
          const job = yield* at(through, Effect.provide(imported(one), compliance, { local: true }))
          assert.deepStrictEqual([job.state, job.accepted, job.revision], ["succeeded", 25_000, 1], `cut ${index}`)
          const rows = Effect.flatMap(
            SqlClient.SqlClient,
            (sql) => sql`SELECT count(*)::int AS n FROM declaration WHERE tenant_id = ${one}`
          )
          const client = PgClient.layer({ url })
          assert.deepStrictEqual(yield* Effect.provide(rows, client, { local: true }), [{ n: 25_000 }], `cut ${index}`)
        }
      }).pipe(Effect.scoped),
    { timeout: 120_000 }
  )
})

describe("time limits", () => {
  it.live("hold in every transaction, and a statement that takes too long leaves nothing behind", () =>
    Effect.gen(function* () {
      const url = yield* newDatabase
      const limits = Layer.succeed(TimeLimits, { statement: "2 seconds", lock: "1 second", idle: "1 minute" })
      const live = layer.pipe(Layer.provide(limits), Layer.provideMerge(PgClient.layer({ url })))
      yield* Effect.gen(function* () {
        const repository = yield* Repository
        const sql = yield* SqlClient.SqlClient
        const settings = sql`SELECT current_setting('statement_timeout') AS statement,
          current_setting('lock_timeout') AS lock, current_setting('idle_in_transaction_session_timeout') AS idle`
        assert.deepStrictEqual(yield* repository.transaction(tenant, settings), [
          { statement: "2s", lock: "1s", idle: "1min" }
        ])
        const slow = Effect.andThen(repository.nextRevision(tenant), sql`SELECT pg_sleep(60)`)
        const error = yield* Effect.flip(repository.transaction(tenant, slow))
        assert.instanceOf(error, RepositoryError)
        assert.strictEqual(yield* repository.revision(tenant), 0)
      }).pipe(Effect.provide(live, { local: true }))
    }).pipe(Effect.scoped)
  )
})
