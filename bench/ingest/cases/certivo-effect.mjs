/** Certivo's decoder behind an Effect stream, with one step a chunk. */
import { createReadStream } from "node:fs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { PIECE } from "../piece.mjs"
import { decoding } from "./decode.mjs"

export const read = (file) => {
  const { push, end, result } = decoding()
  const chunks = Stream.fromAsyncIterable(
    createReadStream(file, { highWaterMark: PIECE }),
    (cause) => new Error(`Cannot read ${file}`, { cause })
  )
  return Stream.runForEachArray(chunks, (pieces) =>
    Effect.sync(() => {
      for (const piece of pieces) push(piece)
    })
  ).pipe(
    Effect.map(() => {
      end()
      return result()
    }),
    Effect.runPromise
  )
}
