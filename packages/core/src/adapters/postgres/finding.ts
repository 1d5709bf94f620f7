/** Declarations and documents that are looked for: pages in the order of an index. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SqlClient, SqlError } from "effect/sql"
import { substancesNamed } from "../../domain/SubstanceNames.ts"
import {
  type DeclarationsBy,
  type DeclarationsRequest,
  type DocumentsRequest,
  InvalidCursor,
  MAX_COUNTED,
  type Page,
  type PageRequest,
  type TenantId
} from "../../ports/Repository.ts"
import { decodeBy, encodeCursor } from "./cursor.ts"
import * as Rows from "./rows.ts"

/** Where the rows of a page lie: behind or before the one with these values in the columns of the order. */
const Cursor = Schema.fromJsonString(
  Schema.Struct({
    reads: Schema.Literals(["after", "before"]),
    at: Schema.Array(Schema.String.check(Schema.isPattern(/^[^\0]*$/)))
  })
)
type Cursor = typeof Cursor.Type

const cursorOf = decodeBy(Cursor)

interface OrderColumn {
  readonly column: string
  readonly type: "bigint" | "text"
}

interface Order {
  readonly columns: ReadonlyArray<OrderColumn>
  readonly downwards: boolean
}

/** An entry of an index holds 2704 bytes; by a longer name nothing is found. */
const MAX_INDEXED_BYTES = 2000

type Fragment = ReturnType<SqlClient.SqlClient["and"]>

export const finding = (sql: SqlClient.SqlClient) => {
  /** What rows lie beyond a cursor, and in which order they are read. */
  const reading = ({ columns, downwards }: Order, cursor: Cursor | undefined) => {
    const backwards = cursor?.reads === "before"
    const falls = downwards !== backwards
    const names = columns.map(({ column }) => column)
    const values = sql.csv(columns.map(({ type }, index) => sql`${cursor?.at[index] ?? ""}::text::${sql.unsafe(type)}`))
    return {
      backwards,
      beyond:
        cursor === undefined
          ? sql`true`
          : sql`(${sql.unsafe(names.join(", "))}) ${sql.unsafe(falls ? "<" : ">")} (${values})`,
      order: sql.unsafe(names.map((name) => (falls ? `${name} DESC` : name)).join(", "))
    }
  }

  const page = <Row extends object, A>(
    order: Order,
    request: Pick<PageRequest, "cursor" | "limit">,
    rowsOf: (beyond: Fragment, order: Fragment, limit: number) => Effect.Effect<ReadonlyArray<Row>, SqlError.SqlError>,
    counted: Effect.Effect<ReadonlyArray<{ readonly n: number }>, SqlError.SqlError>,
    itemOf: (row: Row) => A
  ): Effect.Effect<Page<A>, SqlError.SqlError | InvalidCursor> =>
    Effect.gen(function* () {
      const cursor = request.cursor === undefined ? undefined : yield* cursorOf(request.cursor)
      if (cursor !== undefined && !fits(order, cursor)) return yield* new InvalidCursor()
      const { backwards, beyond, order: by } = reading(order, cursor)
      const found = yield* rowsOf(beyond, by, request.limit + 1)
      const rows = found.slice(0, request.limit)
      if (backwards) rows.reverse()
      const cursorAt = (reads: Cursor["reads"], row: Row | undefined) =>
        row &&
        encodeCursor({ reads, at: order.columns.map(({ column }) => String((row as Record<string, unknown>)[column])) })
      const hasMore = found.length > request.limit
      const n = (yield* counted)[0]?.n ?? 0
      return {
        items: rows.map(itemOf),
        next: hasMore || backwards ? cursorAt("after", rows.at(-1)) : undefined,
        previous: (backwards ? hasMore : cursor !== undefined) ? cursorAt("before", rows[0]) : undefined,
        total: { count: Math.min(n, MAX_COUNTED), atLeast: n > MAX_COUNTED }
      }
    })

  const declarations = (tenant: TenantId, { by, ...request }: DeclarationsRequest) => {
    const { column, isIndexed, values, columns } = soughtIn(by)
    // An offset keeps the planner from reading all documents for a few rows.
    const committed = sql`declaration WHERE declaration.tenant_id = ${tenant} AND ${sql.unsafe(column)} = sought.value
      AND ${sql.unsafe(isIndexed)} AND EXISTS (SELECT FROM document
        WHERE document.tenant_id = ${tenant} AND document.sha256 = declaration.sha256 OFFSET 0)`
    const sought = sql`unnest(${[...values]}::text[]) AS sought (value)`
    const inOrder = sql.unsafe(columns.map(({ column }) => column).join(", "))
    return page(
      { columns, downwards: false },
      request,
      (beyond, order, limit) => sql<Rows.DeclarationRow>`SELECT found.*, document.arrived FROM ${sought}, LATERAL (
        SELECT declaration.* FROM ${committed} AND ${beyond} ORDER BY ${order} LIMIT ${limit}) AS found
        JOIN document USING (tenant_id, sha256) ORDER BY ${order} LIMIT ${limit}`,
      sql<{ n: number }>`SELECT count(*)::int AS n FROM ${sought}, LATERAL (
        SELECT FROM ${committed} ORDER BY ${inOrder} LIMIT ${MAX_COUNTED + 1}) AS found`,
      Rows.declarationOf
    )
  }

  const documents = (tenant: TenantId, { since = "", until = "9999-12-31", ...request }: DocumentsRequest) => {
    const arrived = sql`(SELECT *, ${sql.unsafe(day)} AS day FROM document WHERE tenant_id = ${tenant}) AS dated
      WHERE day >= ${since} AND day <= ${until}`
    return page(
      {
        columns: [
          { column: "day", type: "text" },
          { column: "sha256", type: "text" }
        ],
        downwards: true
      },
      request,
      (beyond, order, limit) => sql<Rows.DocumentRow>`SELECT * FROM ${arrived} AND ${beyond}
        ORDER BY ${order} LIMIT ${limit}`,
      sql<{ n: number }>`SELECT count(*)::int AS n FROM (
        SELECT FROM ${arrived} ORDER BY day DESC, sha256 DESC LIMIT ${MAX_COUNTED + 1}) AS bounded`,
      Rows.documentOf
    )
  }

  return { declarations, documents }
}

/** Whether a list in this order can have made the cursor. */
const fits = ({ columns }: Order, { at }: Cursor): boolean =>
  at.length === columns.length &&
  columns.every(({ type }, index) => type === "text" || /^\d{1,18}$/.test(at[index] as string))

/** What `substanceOf` gives. COALESCE would do, but under row-level security no index is read by it. */
const substance = "CASE WHEN cas IS NOT NULL THEN cas WHEN ec IS NOT NULL THEN ec ELSE substance END"

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
