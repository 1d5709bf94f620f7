/** Reads lists page by page, as every list must be readable. */
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { InvalidCursor, Page, RepositoryError } from "../ports/Repository.ts"

type Read<A> = (cursor: string | undefined) => Effect.Effect<Page<A>, RepositoryError | InvalidCursor>

/** All rows by pages, forwards; then backwards from the last page, which must give the same. */
export const allOf = Effect.fnUntraced(function* <A>(read: Read<A>) {
  const pages: Array<Page<A>> = []
  do pages.push(yield* read(pages.at(-1)?.next))
  while (pages.at(-1)?.next !== undefined)
  const forwards = pages.flatMap(({ items }) => items)
  const backwards: Array<Page<A>> = []
  for (let cursor = pages.at(-1)?.previous; cursor !== undefined; cursor = backwards[0]?.previous)
    backwards.unshift(yield* read(cursor))
  assert.deepStrictEqual(
    backwards.flatMap(({ items }) => items),
    forwards.slice(0, forwards.length - (pages.at(-1)?.items.length ?? 0))
  )
  for (const { total } of pages) assert.deepStrictEqual(total, { count: forwards.length, atLeast: false })
  return forwards
})
