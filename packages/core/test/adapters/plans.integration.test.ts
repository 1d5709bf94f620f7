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
const DECLARATIONS = 200_000
const DOCUMENTS = 30_000
/** Kinds of parts, of which one in ten stands so by a regulation. */
const KINDS = 60
/** A page, and rows that are counted. */
const MOST = 10_001 + 51

const live = layer.pipe(Layer.provideMerge(database))

const filled = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const name = sql.unsafe(`(ARRAY['gasket','relay','coil'])[n % 3 + 1] || ' ' || lpad(n::text, 7, '0')`)
  yield* sql`DROP INDEX product_search, product_part_search`
  yield* sql`INSERT INTO product_part (tenant_id, product, goodness, key, kind, search, body)
    SELECT ${tenant}, 'P', n % ${statuses.length}, 'K' || lpad(n::text, 7, '0'), n % ${KINDS} + 1, ${name},
      '{"key":"K' || lpad(n::text, 7, '0') || '"}' FROM generate_series(1, ${PARTS}) AS n`
  yield* sql`INSERT INTO product (tenant_id, key, search, body, revision, rules, until, kinds)
    SELECT ${tenant}, 'K' || lpad(n::text, 7, '0'), ${name}, '{}', 1, 'now', '2026-11-20', '[]' FROM generate_series(1, ${PRODUCTS}) AS n`
  const kinds = Array.from({ length: KINDS }, (_, kind) => [
    { regulation: "rohs", status: kind % 10 === 0 ? "non-compliant" : "compliant" },
    { regulation: "svhc", duty: kind === 7 ? "above-threshold" : "not-contained" }
  ])
  yield* sql`INSERT INTO product (tenant_id, key, search, body, revision, rules, until, kinds)
    VALUES (${tenant}, 'P', 'p', '{}', 1, 'now', '2026-11-20', ${JSON.stringify(kinds)}::text::jsonb)`
  yield* sql`INSERT INTO product_standing (tenant_id, regulation, status, product)
    SELECT ${tenant}, regulation, (ARRAY['compliant','unknown','non-compliant'])[n % 3 + 1], 'K' || lpad(n::text, 7, '0')
    FROM generate_series(1, ${PRODUCTS}) AS n, unnest(ARRAY['', 'rohs', 'svhc']) AS regulation`
  yield* sql`CREATE INDEX product_search ON product USING gin (tenant_id, search gin_trgm_ops)`
  yield* sql`CREATE INDEX product_part_search ON product_part USING gin (tenant_id, product, search gin_trgm_ops)`
  yield* sql`VACUUM ANALYZE product`
  yield* sql`VACUUM ANALYZE product_part`
  yield* sql`VACUUM ANALYZE product_standing`
})

const declared = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const ofOne = sql.unsafe(`lpad((n % 10)::text, 64, '0')`)
  yield* sql`INSERT INTO document (tenant_id, sha256, name, kind, bytes, rows, accepted, rejected, revision, arrived)
    SELECT ${tenant}, lpad(n::text, 64, '0'), 'd' || n % 20 || '.csv', 'declarations', 1, 1, 1, 0, n,
      (DATE '2026-01-01' + (n % 300)::int)::text FROM generate_series(0, ${DOCUMENTS}) AS n`
  yield* sql`INSERT INTO declaration
      (tenant_id, sha256, line, part_key, substance, cas, document, amount, scale, unit, material, supplier)
    SELECT ${tenant}, ${ofOne}, n, 'K' || n, 'Lead', (ARRAY['7439-92-1','7440-66-6','7440-50-8'])[n % 3 + 1], 'd.csv', n, 0,
      'mg', (ARRAY['Brass','Steel'])[n % 2 + 1], (ARRAY['Acme','Borg','Cyberdyne'])[n % 3 + 1]
    FROM generate_series(1, ${DECLARATIONS}) AS n`
  yield* sql`VACUUM ANALYZE declaration`
  yield* sql`VACUUM ANALYZE document`
})

const middle = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql<{ position: bigint }>`SELECT min(position) + ${DECLARATIONS / 2}::bigint AS position FROM declaration`
)

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
      if (!explains && /FROM \(?"?(product|unnest|audit|override|SELECT)/.test(text)) {
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

const cursorAt = (reads: "after" | "before", ...at: ReadonlyArray<string>) =>
  Buffer.from(JSON.stringify({ reads, at })).toString("base64url")

/** The first page, and those on both sides of a row. */
const around = (...at: ReadonlyArray<string>): ReadonlyArray<PageRequest> => [
  { limit: 50 },
  { limit: 50, cursor: cursorAt("after", ...at) },
  { limit: 50, cursor: cursorAt("before", ...at) }
]

const productRequests = around("K0030003")
const partRequests = around("3", "K0900003")

describe("plans of lists", () => {
  withLayer(live, { timeout: 120_000 })((it) => {
    it.effect("pages read an index in its order, whatever the status", () =>
      Effect.gen(function* () {
        yield* filled
        const repository = yield* Repository
        const reads = [
          ...productRequests.map((request) => repository.products(tenant, request)),
          ...partRequests.flatMap((request) => [
            repository.parts(tenant, "P", request),
            ...statuses.map((status) => repository.parts(tenant, "P", { ...request, status }))
          ])
        ]
        for (const [index, read] of reads.entries()) {
          const plans = yield* plansOf(read)
          assert.isNotEmpty(plans)
          for (const node of plans.flatMap(nodes)) {
            const about = `${index}: ${JSON.stringify(plans)}`
            assert.notInclude(["Sort", "Incremental Sort", "Bitmap Heap Scan"], node["Node Type"], about)
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], MOST, about)
            assert.isAtMost(node["Rows Removed by Filter"] ?? 0, 0, about)
          }
        }
      })
    )

    it.effect("pages behind the first read their own rows and count nothing", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        for (const request of [{}, { search: "gasket" }]) {
          const first = yield* repository.parts(tenant, "P", { limit: 50, ...request })
          const plans = yield* plansOf(repository.parts(tenant, "P", { limit: 50, ...request, cursor: first.next }))
          assert.isNotEmpty(plans)
          for (const node of plans.flatMap(nodes))
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], 51, JSON.stringify(plans))
        }
      })
    )

    it.effect("pages by a regulation read as many rows of each kind that stands so, and no others", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const standings = [
          { regulation: "rohs", status: "non-compliant" },
          { regulation: "svhc", status: "above-threshold" }
        ] as const
        const reads = [
          ...productRequests.flatMap((request) => [
            repository.products(tenant, { ...request, status: "non-compliant" }),
            repository.products(tenant, { ...request, status: "unknown", regulation: "rohs" })
          ]),
          ...partRequests.flatMap((request) =>
            standings.map((standing) => repository.parts(tenant, "P", { ...request, ...standing }))
          )
        ]
        for (const [index, read] of reads.entries()) {
          const plans = yield* plansOf(read)
          assert.isNotEmpty(plans)
          for (const node of plans.flatMap(nodes)) {
            const about = `${index}: ${JSON.stringify(plans)}`
            assert.notInclude(["Seq Scan", "Bitmap Heap Scan"], node["Node Type"], about)
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], MOST, about)
            assert.isAtMost(node["Rows Removed by Filter"] ?? 0, KINDS, about)
          }
        }
      })
    )

    it.effect("whether a verdict does not hold is seen without going over those that do", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        for (const [rules, day, found] of [
          ["now", "2026-11-20", 0],
          ["now", "2026-11-21", 1],
          ["later", "2026-11-20", 1]
        ] as const) {
          const read = repository.productsToJudge(tenant, rules, day, 1)
          assert.strictEqual((yield* read).length, found)
          const plans = yield* plansOf(read)
          assert.strictEqual(plans.length, 1)
          for (const node of plans.flatMap(nodes)) {
            assert.notInclude(["Seq Scan", "Sort"], node["Node Type"], JSON.stringify(plans))
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"] + (node["Rows Removed by Filter"] ?? 0), 1)
          }
        }
      })
    )

    it.effect("declarations and documents are found in the order of an index", () =>
      Effect.gen(function* () {
        yield* declared
        const repository = yield* Repository
        const [sha256, day] = ["5".padStart(64, "0"), "2026-05-05"]
        const cursors = (at: ReadonlyArray<string>) => [
          undefined,
          ...["after", "before"].map((reads) => Buffer.from(JSON.stringify({ reads, at })).toString("base64url"))
        ]
        const [{ position = 0n } = {}] = yield* middle
        const reads = [
          ...cursors([String(position)]).flatMap((cursor) =>
            [{ substance: "Lead" }, { supplier: "Borg" }, { material: "Brass" }].map((by) =>
              repository.findDeclarations(tenant, { by, limit: 50, cursor })
            )
          ),
          ...cursors(["5000", String(position)]).map((cursor) =>
            repository.findDeclarations(tenant, { by: { document: sha256 }, limit: 50, cursor })
          ),
          ...cursors([day, sha256]).flatMap((cursor) => [
            repository.documents(tenant, { limit: 50, cursor }),
            repository.documents(tenant, { limit: 50, cursor, since: "2026-05-01", until: "2026-05-10" }),
            repository.documents(tenant, { limit: 50, cursor, named: "d7.csv" })
          ])
        ]
        for (const [index, read] of reads.entries()) {
          const plans = yield* plansOf(read)
          assert.strictEqual(plans.length, 2)
          for (const node of plans.flatMap(nodes)) {
            const about = `${index}: ${JSON.stringify(plans)}`
            assert.notStrictEqual(node["Node Type"], "Seq Scan", about)
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], MOST, about)
            assert.isAtMost(node["Rows Removed by Filter"] ?? 0, 0, about)
          }
        }
      })
    )

    it.effect("a search gives every row once, in the order of the list, from either end", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const sql = yield* SqlClient.SqlClient
        const keys = yield* sql<{ key: string }>`SELECT key FROM product_part
          WHERE tenant_id = ${tenant} AND search LIKE 'gasket 0000%' ORDER BY goodness, key`
        const read = (cursor: string | undefined) =>
          repository.parts(tenant, "P", { limit: 100, search: "Gasket 0000", cursor })
        const pages = [yield* read(undefined)]
        for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) pages.push(yield* read(next))
        const back = [pages.at(-1)]
        for (let to = back[0]?.previous; to !== undefined; to = back[0]?.previous) back.unshift(yield* read(to))
        for (const found of [pages, back])
          assert.deepStrictEqual(
            found.flatMap((page) => (page?.items ?? []).map(({ key }) => ({ key }))),
            keys
          )
        assert.deepStrictEqual(pages.at(-1)?.total, { count: keys.length, atLeast: false })
      })
    )

    it.effect("the audit trail is read from anywhere, in both directions, without going over the rest", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        yield* sql`INSERT INTO audit (tenant_id, revision, body)
          SELECT ${tenant}, n, '{}' FROM generate_series(1, ${DECLARATIONS}) AS n`
        yield* sql`VACUUM ANALYZE audit`
        const repository = yield* Repository
        for (const from of [{}, { after: 0 }, { after: DECLARATIONS / 2 }, { before: DECLARATIONS / 2 }]) {
          const plans = yield* plansOf(repository.auditTrail(tenant, { ...from, limit: 50 }))
          assert.strictEqual(plans.length, 1)
          for (const node of plans.flatMap(nodes)) {
            assert.notInclude(["Sort", "Seq Scan", "Bitmap Heap Scan"], node["Node Type"])
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], 50)
            assert.isAtMost(node["Rows Removed by Filter"] ?? 0, 0)
          }
        }
      })
    )

    it.effect("overrides are listed, and looked up by part, in the order of an index", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        yield* sql`INSERT INTO override (tenant_id, id, part_key, body)
          SELECT ${tenant}, 'D-' || lpad(n::text, 7, '0'), 'K' || n % 1000, '{}' FROM generate_series(1, ${DECLARATIONS}) AS n`
        yield* sql`VACUUM ANALYZE override`
        const repository = yield* Repository
        const keys = Array.from({ length: 200 }, (_, index) => `K${10 * index}`)
        const reads = [
          repository.overridesOn(tenant, keys.slice(0, 2)),
          ...around("D-0100000").flatMap((request) => [
            repository.overrides(tenant, request),
            repository.overrides(tenant, { ...request, part: "K7" })
          ])
        ]
        for (const [index, read] of reads.entries()) {
          const plans = yield* plansOf(read)
          assert.isNotEmpty(plans)
          for (const node of plans.flatMap(nodes)) {
            const about = `${index}: ${JSON.stringify(plans)}`
            assert.notStrictEqual(node["Node Type"], "Seq Scan", about)
            assert.isAtMost(node["Actual Rows"] * node["Actual Loops"], MOST, about)
            assert.isAtMost(node["Rows Removed by Filter"] ?? 0, 0, about)
          }
        }
      })
    )

    it.effect("a search for what few rows hold looks it up", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const sql = yield* SqlClient.SqlClient
        const filters = [{}, { regulation: "rohs", status: "non-compliant" }] as const
        const touched = sql<{ n: bigint }>`SELECT seq_tup_read + idx_tup_fetch AS n
          FROM pg_stat_xact_user_tables WHERE relname = ${"product_part"}`
        for (const filter of filters) {
          const request = { ...filter, limit: 50, search: "Gasket 00000" }
          const [before, page, after] = yield* repository.transaction(
            tenant,
            Effect.all([touched, repository.parts(tenant, "P", request), touched])
          )
          assert.strictEqual(page.items.length, "status" in filter ? 3 : 33)
          assert.isAtMost(Number(after[0]?.n) - Number(before[0]?.n), PARTS / 20)
        }
      })
    )
  })
})
