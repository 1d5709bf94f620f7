/**
 * Decoding on several threads of Node, for large tables of declarations: the outcome stays the same,
 * and memory bounded. Smaller documents and other formats are decoded in the thread at hand.
 */
import { availableParallelism } from "node:os"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Decoding, type DecodingShape, here } from "../../Decoding.ts"
import type { SentTable } from "./messages.ts"
import type { Decoders } from "./Spread.ts"
import { SpreadDocument } from "./SpreadDocument.ts"
import { Threads } from "./Threads.ts"

/** Bytes of a table from which on threads are worth their start. */
const FROM = 32 * 1024 ** 2

const BLOCK_BYTES = 4 * 1024 ** 2

/** More would wait for the thread that reads and hashes the bytes. */
const MAX_THREADS = 6

export interface ThreadsOptions {
  /** Most threads at a time in the process; 0 for none. As many as there are cores when left out, and none on one core. */
  readonly threads?: number | undefined
  /** Bytes of a table that are decoded before it is spread over the threads that are free; 32 MiB when left out. */
  readonly from?: number | undefined
  /** Bytes that a thread decodes at a time; 4 MiB when left out. */
  readonly blockBytes?: number | undefined
}

/** Provides `Decoding` on threads, which live as long as a table needs them. */
export const layer = (options: ThreadsOptions = {}): Layer.Layer<never> =>
  Layer.sync(Decoding, () => {
    const cores = availableParallelism()
    const threads = options.threads ?? (cores > 1 ? Math.min(cores, MAX_THREADS) : 0)
    return threads === 0 ? here : onThreads(threads, options)
  })

/** Threads at work in this process. */
let working = 0

const onThreads = (most: number, { from = FROM, blockBytes = BLOCK_BYTES }: ThreadsOptions): DecodingShape => {
  const start = (table: SentTable): Decoders | undefined => {
    const count = most - working
    if (count <= 0) return undefined
    const threads = new Threads(count, table)
    working += count
    return {
      capacity: threads.capacity,
      decode: (block) => threads.decode(block),
      close: async () => {
        await threads.close()
        working -= count
      }
    }
  }
  return {
    open: (document, decoding) =>
      Effect.acquireRelease(
        Effect.sync(() => new SpreadDocument(document, decoding, { from, blockBytes, start })),
        (opened) => opened.close
      )
  }
}
