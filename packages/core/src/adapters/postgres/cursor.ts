/** Cursors: the sort key of the last row of a page. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { InvalidCursor } from "../../ports/Repository.ts"

const Key = Schema.fromJsonString(Schema.Struct({ goodness: Schema.Int, key: Schema.String }))
export type Key = typeof Key.Type

const decode = Schema.decodeUnknownEffect(Key)

export const encodeCursor = (key: Key): string => btoa(encodeURIComponent(JSON.stringify(key)))

/** The key to read on after; before everything when there is no cursor. */
export const decodeCursor = (cursor: string | undefined): Effect.Effect<Key, InvalidCursor> =>
  cursor === undefined
    ? Effect.succeed({ goodness: -1, key: "" })
    : Effect.try({ try: () => decodeURIComponent(atob(cursor)), catch: () => new InvalidCursor() }).pipe(
        Effect.flatMap(decode),
        Effect.mapError(() => new InvalidCursor())
      )
