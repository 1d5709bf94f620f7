/** Products, and the parts of each: pages in the order of their index, or of what a text finds. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql"
import { MAX_COUNTED, MAX_FOUND, type Page, type PageRequest, type TenantId } from "../../ports/Repository.ts"
import { type Cursor, decodeCursor, encodeCursor } from "./cursor.ts"
import * as Rows from "./rows.ts"

/** The products of a tenant, or the parts of a product, of one status when it is given. */
interface List {
  readonly tenant: TenantId
  readonly product?: string
  readonly goodness?: number | undefined
}

interface ListRow {
  readonly body: string
  readonly key: string
  readonly goodness?: number | null
  readonly revision?: bigint | null
}

export const listing = (sql: SqlClient.SqlClient) => {
  /** The rows of a page and one more, and how many rows there are in all, counted no further than is shown. */
  const listed = Effect.fnUntraced(function* (list: List, request: PageRequest, from: Cursor) {
    const where = sql.and([
      ...(list.product === undefined ? [] : [sql`product = ${list.product}`]),
      ...(list.goodness === undefined ? [] : [sql`goodness = ${list.goodness}::smallint`]),
      sql`true`
    ])
    const table = sql(list.product === undefined ? "product" : "product_part")
    const backwards = from.reads === "before"
    const beyond = sql.unsafe(backwards ? "<" : ">")
    const here =
      list.product === undefined
        ? sql`key ${beyond} ${from.key}`
        : sql`(goodness, key) ${beyond} (${from.goodness}::smallint, ${from.key})`
    const order = sql.unsafe(
      (list.product === undefined ? ["key"] : ["goodness", "key"])
        .map((column) => (backwards ? `${column} DESC` : column))
        .join(", ")
    )
    const count = sql`(SELECT count(*)::int FROM (
      SELECT 1 FROM ${table} WHERE tenant_id = ${list.tenant} AND ${where} LIMIT ${MAX_COUNTED + 1}) AS bounded) AS n`
    const rows = yield* sql<ListRow & { readonly n: number }>`SELECT *, ${count} FROM ${table}
      WHERE tenant_id = ${list.tenant} AND ${where} AND ${here} ORDER BY ${order} LIMIT ${request.limit + 1}`
    if (rows.length > 0 || request.cursor === undefined) return { rows, n: rows[0]?.n ?? 0 }
    const counted = yield* sql<{ n: number }>`SELECT ${count}`
    return { rows, n: counted[0]?.n ?? 0 }
  })

  /** The same of what is found by a text. */
  const found = Effect.fnUntraced(function* (list: List, request: PageRequest, from: Cursor, text: string) {
    const of = sql`${list.product ?? null}::text, ${Rows.likePattern(text)}, ${list.goodness ?? null}::smallint`
    const rows = yield* sql<ListRow>`SELECT * FROM certivo_search(${of}, ${from.goodness}::smallint, ${from.key},
      ${from.reads === "before"}, ${request.limit + 1})`
    if (request.cursor === undefined && rows.length <= request.limit) return { rows, n: rows.length }
    const counted = yield* sql<{ n: number }>`SELECT certivo_search_count(${of}, ${MAX_FOUND + 1}) AS n`
    return { rows, n: counted[0]?.n ?? 0 }
  })

  return Effect.fnUntraced(function* <A>(list: List, request: PageRequest) {
    const from = yield* decodeCursor(request.cursor)
    const backwards = from.reads === "before"
    const { rows, n } = yield* request.search ? found(list, request, from, request.search) : listed(list, request, from)
    const items = rows.slice(0, request.limit)
    if (backwards) items.reverse()
    const cursorAt = (reads: "after" | "before", row: (typeof items)[number] | undefined) =>
      row && encodeCursor({ reads, goodness: row.goodness ?? 0, key: row.key })
    const hasMore = rows.length > request.limit
    const most = request.search ? MAX_FOUND : MAX_COUNTED
    return {
      items: items.map((row) => ({
        ...Rows.unpack<A>(row.body),
        ...(row.revision == null ? {} : { revision: Number(row.revision) })
      })),
      next: hasMore || backwards ? cursorAt("after", items.at(-1)) : undefined,
      previous: (backwards ? hasMore : request.cursor !== undefined) ? cursorAt("before", items[0]) : undefined,
      total: { count: Math.min(n, most), atLeast: n > most }
    } satisfies Page<A>
  })
}
