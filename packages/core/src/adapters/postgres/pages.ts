/**
 * Pages in the order of an index. A cursor holds the sort key of a row, whether the page lies after or before it, and
 * what was counted: as long as the tenant is at the same revision, the pages that follow need not count again.
 */
import { createHash } from "node:crypto"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { SqlClient, SqlError, Statement } from "effect/sql"
import { InvalidCursor, MAX_COUNTED, type Page, type PageRequest } from "../../ports/Repository.ts"

const Counted = Schema.Struct({
  /** Rows, no more than one beyond those that are counted. */
  n: Schema.Natural,
  revision: Schema.Natural,
  /** Names the statement that counts, for a cursor may be used with another filter. */
  by: Schema.String
})
type Counted = typeof Counted.Type

/** Only what a list can have made: text that PostgreSQL can hold. */
const Cursor = Schema.fromJsonString(
  Schema.Struct({
    reads: Schema.Literals(["after", "before"]),
    at: Schema.Array(Schema.String.check(Schema.isPattern(/^[^\0]*$/))),
    counted: Schema.optionalKey(Counted)
  })
)
type Cursor = typeof Cursor.Type

const decode = Schema.decodeUnknownEffect(Cursor)

const encode = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url")

export interface OrderColumn {
  readonly column: string
  readonly type: "bigint" | "smallint" | "text"
}

export interface Order {
  readonly columns: ReadonlyArray<OrderColumn>
  readonly downwards: boolean
}

const written: Readonly<Record<OrderColumn["type"], RegExp>> = {
  bigint: /^\d{1,18}$/,
  smallint: /^\d{1,4}$/,
  text: /^/
}

/** Where to read on; undefined from the first row. Fails for what no list in this order can have made. */
const cursorOf = Effect.fnUntraced(function* ({ columns }: Order, text: string | undefined) {
  if (text === undefined) return undefined
  const cursor = yield* Effect.mapError(decode(Buffer.from(text, "base64url").toString()), () => new InvalidCursor())
  const fits =
    cursor.at.length === columns.length && columns.every(({ type }, at) => written[type].test(cursor.at[at] as string))
  return fits ? cursor : yield* new InvalidCursor()
})

export type Fragment = ReturnType<SqlClient.SqlClient["and"]>

/** What of a list is read: rows beyond a place, in an order. */
export interface Reading {
  readonly beyond: Fragment
  readonly order: Fragment
  /** The values of the cursor, or none. */
  readonly at: ReadonlyArray<string> | undefined
  readonly backwards: boolean
  readonly limit: Fragment
}

export interface List<Row, A> {
  readonly order: Order
  readonly rows: (reading: Reading) => Effect.Effect<ReadonlyArray<Row>, SqlError.SqlError>
  /** A statement that gives how many rows there are in all, counted no further than a bound. */
  readonly count: (bound: Fragment) => Statement.Statement<{ readonly n: number }>
  readonly itemOf: (row: Row) => A
}

export const paging = (sql: SqlClient.SqlClient) => {
  /** As part of the text: a statement that names its limit is planned once, and not for the values of each page. */
  const literal = (n: number): Fragment => sql.unsafe(String(Math.trunc(n)))

  const readingOf = ({ columns, downwards }: Order, cursor: Cursor | undefined, limit: number): Reading => {
    const backwards = cursor?.reads === "before"
    const falls = downwards !== backwards
    const names = columns.map(({ column }) => column)
    const values = sql.csv(columns.map(({ type }, index) => sql`${cursor?.at[index] ?? ""}::text::${sql.unsafe(type)}`))
    return {
      beyond:
        cursor === undefined
          ? sql`true`
          : sql`(${sql.unsafe(names.join(", "))}) ${sql.unsafe(falls ? "<" : ">")} (${values})`,
      order: sql.unsafe(names.map((name) => (falls ? `${name} DESC` : name)).join(", ")),
      at: cursor?.at,
      backwards,
      limit: literal(limit)
    }
  }

  /** What there is to count, unless the tenant is at the revision at which a cursor's page counted the same. */
  const countedBy = Effect.fnUntraced(function* (
    count: Statement.Statement<{ readonly n: number }>,
    before: Counted | undefined
  ) {
    const by = nameOf(count)
    const known = before?.by === by ? before : undefined
    const [head] = yield* sql<{ revision: bigint; n: number | null }>`SELECT revision,
      CASE WHEN revision = ${known?.revision ?? -1} THEN NULL ELSE (${count}) END AS n
      FROM (SELECT COALESCE((SELECT revision FROM tenant_head
        WHERE tenant_id = (SELECT current_setting('certivo.tenant'))), 0) AS revision) AS head`
    return { n: head?.n ?? known?.n ?? 0, revision: Number(head?.revision ?? 0), by } satisfies Counted
  })

  return Effect.fnUntraced(function* <Row extends object, A>(
    { order, rows, count, itemOf }: List<Row, A>,
    request: Pick<PageRequest, "cursor" | "limit">,
    most = MAX_COUNTED
  ) {
    const cursor = yield* cursorOf(order, request.cursor)
    const reading = readingOf(order, cursor, request.limit + 1)
    const { backwards } = reading
    const found = yield* rows(reading)
    const shown = found.slice(0, request.limit)
    if (backwards) shown.reverse()
    const hasMore = found.length > request.limit
    const isAll = cursor === undefined && !hasMore
    const counted = isAll ? undefined : yield* countedBy(count(literal(most + 1)), cursor?.counted)
    const cursorAt = (reads: Cursor["reads"], row: Row | undefined) =>
      row &&
      encode({
        reads,
        at: order.columns.map(({ column }) => String((row as Record<string, unknown>)[column])),
        ...(counted && { counted })
      })
    const n = counted?.n ?? found.length
    return {
      items: shown.map(itemOf),
      next: hasMore || backwards ? cursorAt("after", shown.at(-1)) : undefined,
      previous: (backwards ? hasMore : cursor !== undefined) ? cursorAt("before", shown[0]) : undefined,
      total: { count: Math.min(n, most), atLeast: n > most }
    } satisfies Page<A>
  })
}

/** Names a statement with its parameters. */
const nameOf = (statement: Statement.Statement<unknown>): string =>
  createHash("sha256").update(JSON.stringify(statement.compile())).digest("base64url").slice(0, 22)

export type Paging = ReturnType<typeof paging>
