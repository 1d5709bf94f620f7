/** Certivo's decoder on two threads. */
import { createReadStream } from "node:fs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { onThreads, openDeclarations } from "../decoder.mjs"
import { PIECE } from "../piece.mjs"
import { keeping } from "./decode.mjs"

export const read = (file) => {
  const { take, result } = keeping()
  const takeAll = (found) => {
    for (const one of found) take(one)
  }
  const chunks = Stream.fromAsyncIterable(
    createReadStream(file, { highWaterMark: PIECE }),
    (cause) => new Error(`Cannot read ${file}`, { cause })
  )
  return Effect.flatMap(openDeclarations, (opened) =>
    Stream.runForEach(chunks, (chunk) => Effect.map(opened.push(chunk), takeAll)).pipe(
      Effect.andThen(opened.end),
      Effect.map(takeAll)
    )
  ).pipe(Effect.scoped, Effect.map(result), onThreads(2), Effect.runPromise)
}
