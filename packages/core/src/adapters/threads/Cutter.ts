/** Gathers the bytes of a table and cuts them into blocks at the ends of lines. */
import type { Block } from "../../ingest/table/Block.ts"

const LF = 10

/** Bytes that a block may have beyond its size without another array. */
const ROOM = 1 << 17

export type Cut = Pick<Block, "bytes" | "pieces">

export class Cutter {
  readonly #size: number
  readonly #spare: Array<Uint8Array<ArrayBuffer>> = []
  #bytes = new Uint8Array(0)
  #length = 0
  #pieces: Array<number> = []

  /** @param size bytes from which on a block is cut */
  constructor(size: number) {
    this.#size = size
  }

  /** Gives a block when there is enough for one. */
  push(piece: Uint8Array): Cut | undefined {
    this.#reserve(this.#length + piece.length)
    this.#bytes.set(piece, this.#length)
    this.#length += piece.length
    this.#pieces.push(piece.length)
    if (this.#length < this.#size) return undefined
    return this.#cut(this.#bytes.lastIndexOf(LF, this.#length - 1) + 1 || this.#length)
  }

  /** What is left behind the last block. */
  rest(): Cut {
    return { bytes: this.#bytes.subarray(0, this.#length), pieces: this.#pieces }
  }

  /** Takes the bytes of a block that is not needed any more, to be filled again. */
  recycle({ buffer }: Uint8Array<ArrayBuffer>): void {
    this.#spare.push(new Uint8Array(buffer))
  }

  #reserve(needed: number): void {
    if (needed <= this.#bytes.length) return
    const before = this.#bytes.subarray(0, this.#length)
    this.#bytes = new Uint8Array(Math.max(needed, this.#size + ROOM))
    this.#bytes.set(before)
  }

  #cut(end: number): Cut {
    const whole = this.#bytes
    const behind = whole.subarray(end, this.#length)
    const pieces = this.#pieces
    const after: Array<number> = []
    let over = behind.length
    for (let last = pieces.pop() ?? 0; ; last = pieces.pop() ?? 0) {
      if (last > over) {
        pieces.push(last - over)
        break
      }
      over -= last
      after.unshift(last)
    }
    this.#pieces = [over, ...after]
    this.#bytes = this.#spare.pop() ?? new Uint8Array(0)
    this.#length = 0
    this.#reserve(behind.length)
    this.#bytes.set(behind)
    this.#length = behind.length
    return { bytes: whole.subarray(0, end), pieces }
  }
}
