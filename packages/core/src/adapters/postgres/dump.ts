/** All that a tenant has, as entries in a fixed order, read piece by piece. */
import * as Effect from "effect/Effect"
import type { SqlClient, SqlError } from "effect/sql"
import type { Mapping } from "../../domain/Mapping.ts"
import type { Override } from "../../domain/Override.ts"
import type { Entry, Job, PartRow, TenantId } from "../../ports/Repository.ts"
import { verdictOfRows } from "../../ports/verdicts.ts"
import * as Audit from "./audit.ts"
import * as Rows from "./rows.ts"
import * as Rules from "./rules.ts"
import * as Staging from "./staging.ts"

/** Declarations, and parts, of one entry. */
const ROWS_PER_ENTRY = 5000

type Dumping<E, R> = Effect.Effect<void, E | SqlError.SqlError, R>

export const entries = <E, R>(
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  take: (entry: Entry) => Effect.Effect<void, E, R>
): Dumping<E, R> =>
  Effect.gen(function* () {
    const staged = yield* sql<{ sha256: string }>`SELECT sha256 FROM staged_chunk WHERE tenant_id = ${tenant}
      UNION SELECT sha256 FROM document WHERE tenant_id = ${tenant} ORDER BY sha256`
    for (const { sha256 } of staged) yield* rows(sql, tenant, sha256, take)
    const [head] = yield* sql<{ revision: bigint }>`SELECT revision FROM tenant_head WHERE tenant_id = ${tenant}`
    yield* take({ is: "revision", revision: Number(head?.revision ?? 0) })
    const documents = yield* sql<Rows.DocumentRow>`SELECT * FROM document WHERE tenant_id = ${tenant}
      ORDER BY revision, sha256`
    for (const row of documents) yield* take({ is: "document", document: Rows.documentOf(row) })
    yield* boms(sql, tenant, take)
    yield* Effect.forEach(yield* Rules.history(sql, tenant), take, { discard: true })
    yield* pages(
      (after) => sql<{ id: string; body: string }>`SELECT id, body FROM override
        WHERE tenant_id = ${tenant} AND id > ${after} ORDER BY id LIMIT ${ROWS_PER_ENTRY}`,
      (row) => row.id,
      "",
      (some) =>
        Effect.forEach(some, ({ body }) => take({ is: "override", override: JSON.parse(body) as Override }), {
          discard: true
        })
    )
    yield* verdicts(sql, tenant, take)
    const mappings = yield* sql<{ name: string; body: string }>`SELECT name, body FROM mapping
      WHERE tenant_id = ${tenant} ORDER BY name`
    for (const { name, body } of mappings) yield* take({ is: "mapping", name, mapping: JSON.parse(body) as Mapping })
    yield* pages(
      (after) => sql<{ id: string; body: string }>`SELECT id, body FROM job
        WHERE tenant_id = ${tenant} AND id COLLATE "C" > ${after} ORDER BY id COLLATE "C" LIMIT ${ROWS_PER_ENTRY}`,
      (row) => row.id,
      "",
      (some) => Effect.forEach(some, ({ body }) => take({ is: "job", job: Rows.unpack<Job>(body) }), { discard: true })
    )
    yield* pages(
      (after) => Audit.read(sql, tenant, { after, limit: ROWS_PER_ENTRY }),
      ({ revision }) => revision,
      0,
      (some) => Effect.forEach(some, (entry) => take({ is: "audit", entry }), { discard: true })
    )
  })

/** Reads on from the key of the last row until there are no more. */
const pages = <Row, Key, E, E2, R2>(
  read: (after: Key) => Effect.Effect<ReadonlyArray<Row>, E>,
  keyOf: (row: Row) => Key,
  before: Key,
  body: (rows: ReadonlyArray<Row>) => Effect.Effect<void, E2, R2>
): Effect.Effect<void, E | E2, R2> =>
  Effect.gen(function* () {
    for (let after = before; ; ) {
      const rows = yield* read(after)
      const last = rows.at(-1)
      if (last === undefined) return
      yield* body(rows)
      after = keyOf(last)
    }
  })

const rows = <E, R>(
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  sha256: string,
  take: (entry: Entry) => Effect.Effect<void, E, R>
): Dumping<E, R> =>
  Effect.gen(function* () {
    const remarks = {
      rejects: (yield* Staging.remarks(sql, tenant, sha256, ALL, false)).map(Rows.rejectedRowOf),
      warnings: (yield* Staging.remarks(sql, tenant, sha256, ALL, true)).map(Rows.rejectOf)
    }
    let index = 0
    yield* pages(
      ([line, position]) => sql<Rows.DeclarationRow & { position: bigint }>`SELECT declaration.*, document.arrived
        FROM declaration LEFT JOIN document USING (tenant_id, sha256)
        WHERE declaration.tenant_id = ${tenant} AND declaration.sha256 = ${sha256}
          AND (line, position) > (${line}::bigint, ${position}::bigint)
        ORDER BY line, position LIMIT ${ROWS_PER_ENTRY}`,
      (row) => [String(row.line), String(row.position)] as const,
      ["-1", "0"] as readonly [string, string],
      (some) => {
        const declarations = some.map(Rows.declarationOf)
        const chunk = { index, declarations, ...(index === 0 ? remarks : noRemarks) }
        index++
        return take({ is: "rows", sha256, chunk })
      }
    )
    if (index === 0) yield* take({ is: "rows", sha256, chunk: { index, declarations: [], ...remarks } })
  })

/** More than are kept of any document. */
const ALL = 2 ** 31 - 1

const noRemarks = { rejects: [], warnings: [] }

/** Parts with their lines, some at a time; then the products, which every one of these entries makes known. */
const boms = <E, R>(
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  take: (entry: Entry) => Effect.Effect<void, E, R>
): Dumping<E, R> =>
  Effect.gen(function* () {
    const products = yield* sql<Rows.PartRecord>`SELECT * FROM part WHERE tenant_id = ${tenant} AND is_product
      ORDER BY key COLLATE "C"`
    const [first] = products
    if (first === undefined) return
    yield* pages(
      (after) => sql<Rows.PartRecord>`SELECT * FROM part WHERE tenant_id = ${tenant} AND key COLLATE "C" > ${after}
        ORDER BY key COLLATE "C" LIMIT ${ROWS_PER_ENTRY}`,
      (row) => row.key,
      "",
      Effect.fnUntraced(function* (some) {
        const lines = yield* sql<Rows.LineRecord>`SELECT parent, child, quantity, uncounted FROM bom_line
          WHERE tenant_id = ${tenant} AND parent = ANY(${some.map((part) => part.key)}::text[])
          ORDER BY parent COLLATE "C", position`
        yield* take({ is: "bom", bom: Rows.bomOf(first.key, some, lines) })
      })
    )
    for (const part of products) yield* take({ is: "bom", bom: Rows.bomOf(part.key, [part], []) })
  })

interface Verdict extends Rows.ProductRecord {
  readonly kinds: ReadonlyArray<PartRow["byRegulation"]>
}

const verdicts = <E, R>(
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  take: (entry: Entry) => Effect.Effect<void, E, R>
): Dumping<E, R> =>
  pages(
    (after) => sql<Verdict>`SELECT key, body, revision, kinds FROM product
      WHERE tenant_id = ${tenant} AND key > ${after} ORDER BY key LIMIT 100`,
    (row) => row.key,
    "",
    (some) =>
      Effect.forEach(
        some,
        Effect.fnUntraced(function* (row) {
          const parts = yield* sql<{ body: string; kind: number }>`SELECT body, kind FROM product_part
            WHERE tenant_id = ${tenant} AND product = ${row.key} ORDER BY goodness, key`
          yield* take(
            verdictOfRows(
              Rows.productRowOf(row),
              parts.map(({ body, kind }) => Rows.listedPartOf({ body, standings: row.kinds[kind - 1] ?? null }))
            )
          )
        }),
        { discard: true }
      )
  )
