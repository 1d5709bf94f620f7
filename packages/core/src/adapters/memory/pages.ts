/** Keyset pages over sorted arrays, with the same cursors and bounds as the SQL adapters. */
import * as Effect from "effect/Effect"
import { InvalidCursor, type Page, type PageRequest } from "../../ports/Repository.ts"

const MAX_COUNTED = 10_000

/** A cursor holds the sort key of the last row of its page. */
const encode = (key: ReadonlyArray<string | number>): string => btoa(encodeURIComponent(JSON.stringify(key)))

const decode = (cursor: string): ReadonlyArray<string | number> => JSON.parse(decodeURIComponent(atob(cursor)))

/** Page of rows that are sorted by `keyOf`, ascending and without duplicates. */
export const pageOf = <A>(
  rows: ReadonlyArray<A>,
  keyOf: (row: A) => ReadonlyArray<string | number>,
  request: PageRequest
): Effect.Effect<Page<A>, InvalidCursor> =>
  Effect.try({
    try: () => {
      const after = request.cursor === undefined ? undefined : decode(request.cursor)
      if (after !== undefined && !Array.isArray(after)) throw new Error("no key")
      const from = after === undefined ? 0 : rows.findIndex((row) => compareKeys(keyOf(row), after) > 0)
      const items = from < 0 ? [] : rows.slice(from, from + request.limit)
      const last = items.at(-1)
      const isLastPage = from < 0 || from + items.length >= rows.length
      return {
        items,
        next: last === undefined || isLastPage ? undefined : encode(keyOf(last)),
        total: { count: Math.min(rows.length, MAX_COUNTED), atLeast: rows.length > MAX_COUNTED }
      }
    },
    catch: () => new InvalidCursor()
  })

export const compareKeys = (a: ReadonlyArray<string | number>, b: ReadonlyArray<string | number>): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index] as string | number
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

/** Whether a text is part of any of these, without regard to case. */
export const matches = (search: string | undefined, ...texts: ReadonlyArray<string | undefined>): boolean =>
  search === undefined || search === "" || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))
