/** Bytes as people without Effect have them. */
import * as Stream from "effect/Stream"

/** Whole, or in pieces of any size. */
export type Bytes = Uint8Array | AsyncIterable<Uint8Array> | ReadableStream<Uint8Array>

export const streamOf = (bytes: Bytes): Stream.Stream<Uint8Array> =>
  bytes instanceof Uint8Array
    ? Stream.succeed(bytes)
    : Stream.fromAsyncIterable(bytes as AsyncIterable<Uint8Array>, (cause) => cause).pipe(Stream.orDie)
