/** Pages of rows in the order of an index. A cursor holds the key of a row, and whether the page lies behind or before it. */
import {
  InvalidCursor,
  MAX_COUNTED,
  MAX_FOUND,
  type Page,
  type PageRequest,
  type RepositoryError
} from "@certivo/core/ports"
import * as Effect from "effect/Effect"
import { type Database, type Row, unpack } from "./database.ts"

type Key = ReadonlyArray<string | number>

interface Cursor {
  readonly reads: "after" | "before"
  readonly key: Key
}

const encodeCursor = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url")

/** Fails for whatever no list can have made. */
const decodeCursor = (text: string, columns: number): Effect.Effect<Cursor, InvalidCursor> =>
  Effect.try({
    try: () => {
      const { reads, key } = JSON.parse(Buffer.from(text, "base64url").toString())
      const isKey =
        Array.isArray(key) &&
        key.length === columns &&
        key.every((value) => typeof value === "string" || Number.isInteger(value))
      if ((reads !== "after" && reads !== "before") || !isKey) throw text
      return { reads, key }
    },
    catch: () => new InvalidCursor()
  })

export interface List {
  /** Table and condition, with the values of its question marks. */
  readonly from: string
  readonly values: Key
  /** Columns that tell every two rows apart, in the order of an index. */
  readonly order: ReadonlyArray<string>
  readonly downwards: boolean
}

export const keyedPage = <A>(
  db: Database,
  request: PageRequest,
  { from, values, order, downwards }: List
): Effect.Effect<Page<A>, RepositoryError | InvalidCursor> =>
  Effect.gen(function* () {
    const cursor = request.cursor === undefined ? undefined : yield* decodeCursor(request.cursor, order.length)
    const backwards = cursor?.reads === "before"
    const falls = downwards !== backwards
    const beyond =
      cursor === undefined ? "" : `AND (${order.join(", ")}) ${falls ? "<" : ">"} (${order.map(() => "?").join(", ")})`
    const sorted = order.map((column) => `${column} ${falls ? "DESC" : "ASC"}`).join(", ")
    const most = request.search ? MAX_FOUND : MAX_COUNTED
    return yield* db.transaction(
      db.attempt("read a list", () => {
        const rows = db.all(
          `SELECT body, ${order.join(", ")} FROM ${from} ${beyond} ORDER BY ${sorted} LIMIT ?`,
          ...values,
          ...(cursor?.key ?? []),
          request.limit + 1
        )
        const counted = db.all(`SELECT count(*) AS n FROM (SELECT 1 FROM ${from} LIMIT ?)`, ...values, most + 1)
        const items = rows.slice(0, request.limit)
        if (backwards) items.reverse()
        const hasMore = rows.length > request.limit
        const at = (reads: Cursor["reads"], row: Row | undefined) =>
          row && encodeCursor({ reads, key: order.map((column) => row[column] as string | number) })
        const n = Number(counted[0]?.n)
        return {
          items: items.map((row) => unpack<A>(row.body)),
          next: hasMore || backwards ? at("after", items.at(-1)) : undefined,
          previous: (backwards ? hasMore : cursor !== undefined) ? at("before", items[0]) : undefined,
          total: { count: Math.min(n, most), atLeast: n > most }
        }
      })
    )
  })
