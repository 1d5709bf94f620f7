/** Declarations and documents that are looked for: pages in the order of an index. */
import type { SqlClient } from "effect/sql"
import { substancesNamed } from "../../domain/SubstanceNames.ts"
import type { DeclarationsBy, DeclarationsRequest, DocumentsRequest, TenantId } from "../../ports/Repository.ts"
import type { Order, OrderColumn, Paging } from "./pages.ts"
import * as Rows from "./rows.ts"

/** An entry of an index holds 2704 bytes; by a longer name nothing is found. */
const MAX_INDEXED_BYTES = 2000

export const finding = (sql: SqlClient.SqlClient, page: Paging) => {
  const declarations = (tenant: TenantId, { by, ...request }: DeclarationsRequest) => {
    const { column, isIndexed, values, columns } = soughtIn(by)
    // An offset keeps the planner from reading all documents for a few rows.
    const committed = sql`declaration WHERE declaration.tenant_id = ${tenant} AND ${sql.unsafe(column)} = sought.value
      AND ${sql.unsafe(isIndexed)} AND EXISTS (SELECT FROM document
        WHERE document.tenant_id = ${tenant} AND document.sha256 = declaration.sha256 OFFSET 0)`
    const sought = sql`unnest(${[...values]}::text[]) AS sought (value)`
    const inOrder = sql.unsafe(columns.map(({ column }) => column).join(", "))
    return page(
      {
        order: { columns, downwards: false },
        rows: ({ beyond, limit, order }) =>
          sql<Rows.DeclarationRow>`SELECT found.*, document.arrived FROM ${sought}, LATERAL (
            SELECT declaration.* FROM ${committed} AND ${beyond} ORDER BY ${order} LIMIT ${limit}) AS found
            JOIN document USING (tenant_id, sha256) ORDER BY ${order} LIMIT ${limit}`,
        count: (bound) => sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sought}, LATERAL (
          SELECT FROM ${committed} ORDER BY ${inOrder} LIMIT ${bound}) AS found`,
        itemOf: Rows.declarationOf
      },
      request
    )
  }

  const documents = (tenant: TenantId, { named, since = "", until = "9999-12-31", ...request }: DocumentsRequest) => {
    const so = named === undefined ? sql`` : sql`AND name = ${Rows.storable(named)} AND ${sql.unsafe(isNameIndexed)}`
    const arrived = sql`(SELECT *, ${sql.unsafe(day)} AS day FROM document WHERE tenant_id = ${tenant} ${so}) AS dated
      WHERE day >= ${since} AND day <= ${until}`
    return page(
      {
        order: byArrival,
        rows: ({ beyond, limit, order }) => sql<Rows.DocumentRow>`SELECT * FROM ${arrived} AND ${beyond}
          ORDER BY ${order} LIMIT ${limit}`,
        count: (bound) => sql<{ n: number }>`SELECT count(*)::int AS n FROM (
          SELECT FROM ${arrived} ORDER BY day DESC, sha256 DESC LIMIT ${bound}) AS bounded`,
        itemOf: Rows.documentOf
      },
      request
    )
  }

  return { declarations, documents }
}

const byArrival: Order = {
  columns: [
    { column: "day", type: "text" },
    { column: "sha256", type: "text" }
  ],
  downwards: true
}

/** What `substanceOf` gives. COALESCE would do, but under row-level security no index is read by it. */
const substance = "CASE WHEN cas IS NOT NULL THEN cas WHEN ec IS NOT NULL THEN ec ELSE substance END"

const isNameIndexed = `octet_length(name) <= ${MAX_INDEXED_BYTES}`

const day = "CASE WHEN arrived IS NULL THEN '' ELSE arrived END"

const position: OrderColumn = { column: "position", type: "bigint" }

const soughtIn = (by: DeclarationsBy) => {
  const indexed = (column: string, value: ReadonlyArray<string>) => ({
    column,
    isIndexed: `octet_length(${column}) <= ${MAX_INDEXED_BYTES}`,
    values: value.map(Rows.storable),
    columns: [position]
  })
  if ("substance" in by) return indexed(substance, substancesNamed(by.substance))
  if ("supplier" in by) return indexed("supplier", [by.supplier])
  if ("material" in by) return indexed("material", [by.material])
  const line: OrderColumn = { column: "line", type: "bigint" }
  return { column: "sha256", isIndexed: "true", values: [Rows.storable(by.document)], columns: [line, position] }
}

const indexOf = (name: string, column: string) =>
  `CREATE INDEX declaration_${name} ON declaration (tenant_id, (${column}), position)
     WHERE octet_length(${column}) <= ${MAX_INDEXED_BYTES}`

/** What declarations and documents are found by. Rows from before have their material in their detail alone. */
export const indexes = [
  "ALTER TABLE declaration NO FORCE ROW LEVEL SECURITY",
  `UPDATE declaration SET material = detail::jsonb ->> 'material', ec = detail::jsonb ->> 'ec'
     WHERE detail IS NOT NULL AND material IS NULL AND ec IS NULL`,
  "ALTER TABLE declaration FORCE ROW LEVEL SECURITY",
  indexOf("substance", substance),
  indexOf("supplier", "supplier"),
  indexOf("material", "material"),
  `CREATE INDEX document_arrived ON document (tenant_id, (${day}), sha256)`
]

/** What documents are found by that were sent under one name. */
export const names = [
  `CREATE INDEX document_named ON document (tenant_id, name, (${day}), sha256) WHERE ${isNameIndexed}`
]
