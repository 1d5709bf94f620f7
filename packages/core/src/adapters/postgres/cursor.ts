/** Cursors: the sort key of the last row of a page. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { statuses } from "../../domain/Status.ts"
import { InvalidCursor } from "../../ports/Repository.ts"

/** Only what a list can have made: the ranks of statuses, and text that PostgreSQL can hold. */
const Key = Schema.fromJsonString(
  Schema.Struct({
    goodness: Schema.Literals(statuses.map((_, index) => index)),
    key: Schema.String.check(Schema.isPattern(/^[^\0]*$/))
  })
)
export interface Key {
  readonly goodness: number
  readonly key: string
}

const decode = Schema.decodeUnknownEffect(Key)

export const encodeCursor = (key: Key): string => Buffer.from(JSON.stringify(key)).toString("base64url")

/** The key to read on after; before everything when there is no cursor. */
export const decodeCursor = (cursor: string | undefined): Effect.Effect<Key, InvalidCursor> =>
  cursor === undefined
    ? Effect.succeed({ goodness: -1, key: "" })
    : Effect.try({ try: () => Buffer.from(cursor, "base64url").toString(), catch: () => new InvalidCursor() }).pipe(
        Effect.flatMap(decode),
        Effect.mapError(() => new InvalidCursor())
      )
