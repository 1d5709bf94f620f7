/** Keyset pages over sorted arrays, with the same cursors and bounds as the SQL adapters. */
import * as Effect from "effect/Effect"
import { InvalidCursor, MAX_COUNTED, MAX_FOUND, type Page, type PageRequest } from "../../ports/Repository.ts"

type SortKey = ReadonlyArray<string | number>

/** A cursor holds the sort key of a row, and whether the page lies after or before it. */
interface Cursor {
  readonly after?: SortKey | undefined
  readonly before?: SortKey | undefined
}

const encode = (cursor: Cursor): string => btoa(encodeURIComponent(JSON.stringify(cursor)))

const decode = (text: string): Cursor => {
  const { after, before } = JSON.parse(decodeURIComponent(atob(text))) as Cursor
  if (!Array.isArray(after ?? before)) throw new Error("no key")
  return { after, before }
}

/** Page of rows that are sorted by `keyOf` in the order of `compare`, without duplicates. */
export const pageOf = <A>(
  rows: ReadonlyArray<A>,
  keyOf: (row: A) => SortKey,
  { cursor, limit, search }: PageRequest,
  compare: (a: SortKey, b: SortKey) => number = compareKeys
): Effect.Effect<Page<A>, InvalidCursor> =>
  Effect.try({
    try: () => {
      const { after, before } = cursor === undefined ? {} : decode(cursor)
      const end = before === undefined ? rows.length : firstFrom(rows, (row) => compare(keyOf(row), before) >= 0)
      const from =
        before === undefined
          ? after === undefined
            ? 0
            : firstFrom(rows, (row) => compare(keyOf(row), after) > 0)
          : Math.max(0, end - limit)
      const most = search ? MAX_FOUND : MAX_COUNTED
      const items = rows.slice(from, Math.min(end, from + limit))
      const [first, last] = [items[0], items.at(-1)]
      return {
        items,
        next: last === undefined || from + items.length >= rows.length ? undefined : encode({ after: keyOf(last) }),
        previous: first === undefined || from === 0 ? undefined : encode({ before: keyOf(first) }),
        total: { count: Math.min(rows.length, most), atLeast: rows.length > most }
      }
    },
    catch: () => new InvalidCursor()
  })

/** Index of the first row of which the test holds; they are sorted so that it holds for all behind it. */
const firstFrom = <A>(rows: ReadonlyArray<A>, holds: (row: A) => boolean): number => {
  let [low, high] = [0, rows.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (holds(rows[middle] as A)) high = middle
    else low = middle + 1
  }
  return low
}

export const compareKeys = (a: ReadonlyArray<string | number>, b: ReadonlyArray<string | number>): number => {
  for (const [index, left] of a.entries()) {
    const right = b[index] as string | number
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

export const downwards = (a: SortKey, b: SortKey): number => compareKeys(b, a)

/** Whether a text is part of any of these, without regard to case. */
export const matches = (search: string | undefined, ...texts: ReadonlyArray<string | undefined>): boolean =>
  search === undefined || search === "" || texts.some((text) => text?.toLowerCase().includes(search.toLowerCase()))
