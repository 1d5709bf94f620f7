/** Cursors: the sort key of a row, and whether the page lies after or before it. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { statuses } from "../../domain/Status.ts"
import { InvalidCursor } from "../../ports/Repository.ts"

/** Only what a list can have made: the ranks of statuses, and text that PostgreSQL can hold. */
const Cursor = Schema.fromJsonString(
  Schema.Struct({
    reads: Schema.Literals(["after", "before"]),
    goodness: Schema.Literals(statuses.map((_, index) => index)),
    key: Schema.String.check(Schema.isPattern(/^[^\0]*$/))
  })
)

export interface Cursor {
  readonly reads: "after" | "before"
  readonly goodness: number
  readonly key: string
}

/** Before every row. */
const start: Cursor = { reads: "after", goodness: -1, key: "" }

export const encodeCursor = (cursor: object): string => Buffer.from(JSON.stringify(cursor)).toString("base64url")

/** What a text that `encodeCursor` made stands for, by the schema of the list. */
export const decodeBy = <A>(schema: Schema.Codec<A, string>) => {
  const decode = Schema.decodeUnknownEffect(schema)
  return (text: string): Effect.Effect<A, InvalidCursor> =>
    Effect.mapError(decode(Buffer.from(text, "base64url").toString()), () => new InvalidCursor())
}

const decode = decodeBy(Cursor)

/** Where to read on; from the first row when there is no cursor. */
export const decodeCursor = (cursor: string | undefined): Effect.Effect<Cursor, InvalidCursor> =>
  cursor === undefined ? Effect.succeed(start) : decode(cursor)
