/** Every list, in both directions, from everywhere, with every filter: PostgreSQL reads little more than it shows. */
import { layer } from "@certivo/core/adapters/postgres"
import { type PageRequest, Repository, TenantId } from "@certivo/core/ports"
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql"
import { CurrentTransformer } from "effect/sql/Statement"
import { statuses } from "../../src/domain/Status.ts"
import { database } from "./database.ts"

const tenant = TenantId.make("plans")
const PARTS = 1_000_000
const PRODUCTS = 60_000
/** A page, and rows that are counted. */
const MOST = 10_001 + 51

const live = layer.pipe(Layer.provideMerge(database))

const filled = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const name = sql.unsafe(`(ARRAY['gasket','relay','coil'])[n % 3 + 1] || ' ' || lpad(n::text, 7, '0')`)
  yield* sql`DROP INDEX product_search, product_part_search`
  yield* sql`INSERT INTO product_part (tenant_id, product, goodness, key, search, body)
    SELECT ${tenant}, 'P', n % ${statuses.length}, 'K' || lpad(n::text, 7, '0'), ${name}, '{}'
    FROM generate_series(1, ${PARTS}) AS n`
  yield* sql`INSERT INTO product (tenant_id, key, search, body, revision)
    SELECT ${tenant}, 'K' || lpad(n::text, 7, '0'), ${name}, '{}', 1 FROM generate_series(1, ${PRODUCTS}) AS n`
  yield* sql`CREATE INDEX product_search ON product USING gin (tenant_id, search gin_trgm_ops)`
  yield* sql`CREATE INDEX product_part_search ON product_part USING gin (tenant_id, product, search gin_trgm_ops)`
  yield* sql`VACUUM ANALYZE product`
  yield* sql`VACUUM ANALYZE product_part`
})

interface Plan {
  readonly "Node Type": string
  readonly "Actual Rows": number
  readonly "Actual Loops": number
  readonly "Rows Removed by Filter"?: number
  readonly "Rows Removed by Index Recheck"?: number
  readonly Plans?: ReadonlyArray<Plan>
}

const nodes = (plan: Plan): ReadonlyArray<Plan> => [plan, ...(plan.Plans ?? []).flatMap(nodes)]

/** The plans of what a list asks the database, with what came to pass. */
const plansOf = Effect.fnUntraced(function* <E>(read: Effect.Effect<unknown, E>) {
  const sql = yield* SqlClient.SqlClient
  const found: Array<Plan> = []
  let explains = false
  yield* Effect.provideService(read, CurrentTransformer, (statement) =>
    Effect.gen(function* () {
      const [text, params] = statement.compile(true)
      if (!explains && /FROM "?product/.test(text)) {
        explains = true
        const rows = yield* sql.unsafe<{ "QUERY PLAN": ReadonlyArray<{ Plan: Plan }> }>(
          `EXPLAIN (ANALYZE, FORMAT JSON) ${text}`,
          params
        )
        explains = false
        for (const { Plan } of rows[0]?.["QUERY PLAN"] ?? []) found.push(Plan)
      }
      return statement
    }).pipe(Effect.orDie)
  )
  return found
})

const cursorAt = (goodness: number, index: number, reads: "after" | "before") =>
  Buffer.from(JSON.stringify({ reads, goodness, key: `K${String(index).padStart(7, "0")}` })).toString("base64url")

const requests: ReadonlyArray<PageRequest> = [
  { limit: 50 },
  { limit: 50, cursor: cursorAt(3, 900_003, "after") },
  { limit: 50, cursor: cursorAt(3, 900_003, "before") }
]

describe("plans of lists", () => {
  withLayer(live, { timeout: 120_000 })((it) => {
    it.effect("pages read an index in its order, whatever the status", () =>
      Effect.gen(function* () {
        yield* filled
        const repository = yield* Repository
        for (const request of requests) {
          const reads = [
            repository.products(tenant, request),
            repository.parts(tenant, "P", request),
            ...statuses.map((status) => repository.parts(tenant, "P", { ...request, status }))
          ]
          for (const [index, read] of reads.entries()) {
            const plans = yield* plansOf(read)
            assert.isNotEmpty(plans)
            for (const node of plans.flatMap(nodes)) {
              const about = `${index}, ${JSON.stringify(request)}: ${JSON.stringify(plans)}`
              assert.notInclude(["Sort", "Incremental Sort", "Bitmap Heap Scan"], node["Node Type"], about)
              assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], MOST, about)
              assert.isAtMost(node["Rows Removed by Filter"] ?? 0, 0, about)
            }
          }
        }
      })
    )

    it.effect("a search for what few rows hold looks it up", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const sql = yield* SqlClient.SqlClient
        const touched = sql<{ n: bigint }>`SELECT seq_tup_read + idx_tup_fetch AS n
          FROM pg_stat_xact_user_tables WHERE relname = ${"product_part"}`
        const [before, page, after] = yield* repository.transaction(
          tenant,
          Effect.all([touched, repository.parts(tenant, "P", { limit: 50, search: "Gasket 00000" }), touched])
        )
        assert.strictEqual(page.items.length, 33)
        assert.isAtMost(Number(after[0]?.n) - Number(before[0]?.n), PARTS / 20)
      })
    )
  })
})
