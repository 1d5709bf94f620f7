/**
 * Decoding on several threads of Node, for large tables of declarations: the outcome stays the same,
 * and memory bounded. Smaller documents and other formats are decoded in the thread at hand.
 */
import { availableParallelism } from "node:os"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { Decoding, type DecodingShape, here } from "../../Decoding.ts"
import { idleCores } from "./idleCores.ts"
import type { SentTable } from "./messages.ts"
import type { Decoders } from "./Spread.ts"
import { SpreadDocument } from "./SpreadDocument.ts"
import { Threads } from "./Threads.ts"

/** Bytes of a table from which on threads are worth their start. */
const FROM = 32 * 1024 ** 2

const BLOCK_BYTES = 1024 ** 2

/** More would wait for this thread, which reads and hashes the bytes. */
const MAX_THREADS = 4

export interface ThreadsOptions {
  /**
   * Most threads at a time in the process, 0 for none. As many as cores are idle when left out, at most
   * 4, and none when none is.
   */
  readonly threads?: number | undefined
  /** Bytes of a table that are decoded before it is spread; 32 MiB when left out. */
  readonly from?: number | undefined
  /** Bytes that a thread decodes at a time; 1 MiB when left out. */
  readonly blockBytes?: number | undefined
}

/** Provides `Decoding` on threads, which live as long as a table needs them. */
export const layer = ({ threads, from = FROM, blockBytes = BLOCK_BYTES }: ThreadsOptions = {}): Layer.Layer<never> =>
  Layer.sync(Decoding, (): DecodingShape => {
    if (threads === 0 || (threads === undefined && availableParallelism() === 1)) return here
    return {
      open: (document, decoding) =>
        Effect.acquireRelease(
          Effect.sync(() => {
            const wanted = threads === undefined ? worthwhile() : () => threads
            const start = (table: SentTable) => startThreads(wanted() - working, table)
            return new SpreadDocument(document, decoding, { from, blockBytes, start })
          }),
          (opened) => opened.close
        )
    }
  })

/**
 * Tells how many threads would find a core beside this one. One more than that could have the time in which this thread
 * waits: on two cores it took 6 % off a check, for the memory of a thread.
 */
const worthwhile = (): (() => number) => {
  const idle = idleCores()
  return () => Math.min(Math.round(idle()), availableParallelism() - 1, MAX_THREADS)
}

/** Threads at work in this process. */
let working = 0

const startThreads = (count: number, table: SentTable): Decoders | undefined => {
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
