/** Products, and the parts of each: rows in the order in which they are read, in pages that begin behind a key. */
import { type ProductVerdict, rank, statuses } from "@certivo/core/domain"
import { InvalidCursor, type Page, type PartsRequest, partRowOf, type RepositoryError } from "@certivo/core/ports"
import * as Effect from "effect/Effect"
import { type Database, pack, unpack } from "./database.ts"

const MAX_COUNTED = 10_000

const searchText = (...texts: ReadonlyArray<string | undefined>) => texts.join("\n").toLowerCase()

/** 0 for the worst status, so that ascending order is worst first. */
const place = (status: ProductVerdict["status"]) => statuses.length - 1 - rank(status)

/** The list of products is named by the empty text, that of a product's parts by its key. */
export const putVerdict = (db: Database, tenant: string, verdict: ProductVerdict, revision: number): void => {
  const { parts, ...row } = verdict
  const put = (list: string, rank: number, key: string, search: string, body: unknown) =>
    db.run("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?, ?)", tenant, list, rank, key, search, pack(body))
  put("", 0, verdict.key, searchText(verdict.partNumber, verdict.name), { ...row, revision })
  db.run("DELETE FROM listed WHERE tenant = ? AND list = ?", tenant, verdict.key)
  for (const part of parts)
    put(
      verdict.key,
      place(part.status),
      part.key,
      searchText(part.partNumber, part.name, part.material),
      partRowOf(part)
    )
}

type Cursor = readonly [reads: "after" | "before", rank: number, key: string]

const encodeCursor = (...cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString("base64url")

/** Fails for whatever no list can have made. */
const decodeCursor = (text: string): Effect.Effect<Cursor, InvalidCursor> =>
  Effect.try({
    try: () => {
      const [reads, rank, key] = JSON.parse(Buffer.from(text, "base64url").toString())
      if ((reads !== "after" && reads !== "before") || !Number.isInteger(rank) || typeof key !== "string") throw text
      return [reads, rank, key] as const
    },
    catch: () => new InvalidCursor()
  })

export const page = <A>(
  db: Database,
  tenant: string,
  list: string,
  request: PartsRequest
): Effect.Effect<Page<A>, RepositoryError | InvalidCursor> =>
  Effect.gen(function* () {
    const [reads, rank, key] =
      request.cursor === undefined ? (["after", -1, ""] as const) : yield* decodeCursor(request.cursor)
    const [beyond, order] = reads === "after" ? [">", ""] : ["<", "DESC"]
    const filter = `tenant = ? AND list = ? AND instr(search, ?) > 0 ${request.status === undefined ? "" : "AND rank = ?"}`
    const values = [
      tenant,
      list,
      request.search?.toLowerCase() ?? "",
      ...(request.status === undefined ? [] : [place(request.status)])
    ]
    return yield* db.transaction(
      db.attempt("read a list", () => {
        const rows = db.all(
          `SELECT rank, key, body FROM listed WHERE ${filter} AND (rank, key) ${beyond} (?, ?)
           ORDER BY rank ${order}, key ${order} LIMIT ?`,
          ...values,
          rank,
          key,
          request.limit + 1
        )
        const counted = db.all(
          `SELECT count(*) AS n FROM (SELECT 1 FROM listed WHERE ${filter} LIMIT ?)`,
          ...values,
          MAX_COUNTED + 1
        )
        const items = rows.slice(0, request.limit)
        if (reads === "before") items.reverse()
        const [first, last] = [items[0], items.at(-1)]
        const hasMore = rows.length > request.limit
        const at = (direction: "after" | "before", row: (typeof items)[number] | undefined) =>
          row && encodeCursor(direction, Number(row.rank), String(row.key))
        const n = Number(counted[0]?.n)
        return {
          items: items.map((row) => unpack<A>(row.body)),
          next: hasMore || reads === "before" ? at("after", last) : undefined,
          previous: (reads === "before" ? hasMore : request.cursor !== undefined) ? at("before", first) : undefined,
          total: { count: Math.min(n, MAX_COUNTED), atLeast: n > MAX_COUNTED }
        }
      })
    )
  })
