/**
 * The distinct values of a column. Each distinct text is decoded and validated once; after that
 * its bytes lead to its number. This is what makes reading a large table cheap: most cells of a
 * declaration file say what another cell has said before.
 */
import { PADDING, type Records } from "./Batch.ts"
import { textOfBytes } from "./CellText.ts"

/** How cells become values. */
export interface CellReader<T> {
  read(text: string): T
  /** Bits of {@link CAREFUL} and {@link UNWANTED}. */
  flag(value: T): number
}

/** The value cannot be used as it is: the row is read cell by cell. */
export const CAREFUL = 1

/** Nobody wants rows with this value; they are counted only. */
export const UNWANTED = 2

/** Few, since many a document has few rows. */
const FIRST_SLOTS = 1 << 2
const FIRST_FLAGS = 1 << 6

/** A dictionary this large starts anew at the next chunk, so that memory stays bounded. */
const MAX_ENTRIES = 1 << 17
const MAX_ARENA = 1 << 24

const QUOTE = 34

/** Numbers that a slot holds: id + 1, hash, and where the text stands in the arena. */
const SLOT = 4

/** Bytes that can be worked on four at a time. */
class Words {
  readonly bytes: Uint8Array
  readonly view: DataView

  constructor(size: number) {
    this.bytes = new Uint8Array(size + PADDING)
    this.view = new DataView(this.bytes.buffer)
  }
}

const nothing = new Words(0)

/** The bytes of a word that belong to a text of which so many are left; the first byte is the lowest. */
const maskOf = (left: number): number => (left >= 4 ? -1 : (1 << (8 * left)) - 1)

export class Dictionary<T> {
  readonly #reader: CellReader<T>
  #table = new Int32Array(SLOT * FIRST_SLOTS)
  #mask = FIRST_SLOTS - 1
  #arena = nothing
  #used = 0
  #last = 0
  #lastStart = 0
  #lastLength = -1
  /** By number. */
  values: Array<T> = []
  flags = new Uint8Array(FIRST_FLAGS)
  /** Whether some text was no UTF-8 and its encoding guessed. */
  guessed = false
  #scratch = nothing

  constructor(reader: CellReader<T>) {
    this.#reader = reader
  }

  /**
   * Forgets everything when it has grown large. Numbers given out before belong to the `values` of then. Tells whether
   * it did.
   */
  trim(maxEntries = MAX_ENTRIES): boolean {
    if (this.values.length < maxEntries && this.#used < MAX_ARENA) return false
    this.#table = new Int32Array(SLOT * FIRST_SLOTS)
    this.#mask = FIRST_SLOTS - 1
    this.#arena = nothing
    this.#used = 0
    this.#lastLength = -1
    this.values = []
    this.flags = new Uint8Array(FIRST_FLAGS)
    return true
  }

  /**
   * The numbers of the values in a column, and the flags of the values added to `flags`; both by record. Records that
   * have not `width` cells are passed over.
   */
  read(records: Records, width: number, column: number, ids: Int32Array, flags: Uint8Array): void {
    const { bytes, view, starts, ends, doubled, first, counts, length } = records
    for (let record = 0; record < length; record++) {
      if (counts[record] !== width) continue
      const cell = (first[record] as number) + column
      const start = starts[cell] as number
      const size = (ends[cell] as number) - start
      const id = doubled[cell] === 0 ? this.#find(view, start, size) : this.#unquoted(bytes, start, size)
      ids[record] = id
      flags[record] = (flags[record] as number) | (this.flags[id] as number)
    }
  }

  /** The texts as they stand in the table, by number; none for one that is not given. */
  texts(): (id: number) => string {
    const slots = new Int32Array(this.values.length)
    for (let at = 0; at < this.#table.length; at += SLOT) {
      const id = (this.#table[at] as number) - 1
      if (id >= 0) slots[id] = at
    }
    return (id) => {
      const at = slots[id]
      if (at === undefined) return ""
      const start = this.#table[at + 2] as number
      return textOfBytes(this.#arena.bytes, start, start + (this.#table[at + 3] as number)).text
    }
  }

  #unquoted(bytes: Uint8Array, start: number, length: number): number {
    if (this.#scratch.bytes.length < length + PADDING) this.#scratch = new Words(2 * length)
    const { bytes: scratch, view } = this.#scratch
    let kept = 0
    for (let at = start; at < start + length; at++) {
      scratch[kept++] = bytes[at] as number
      if (bytes[at] === QUOTE) at++
    }
    return this.#find(view, 0, kept)
  }

  #find(view: DataView, start: number, length: number): number {
    if (length === this.#lastLength && this.#equals(this.#lastStart, view, start, length)) return this.#last
    let hash = length
    for (let left = length; left > 0; left -= 4) {
      const word = view.getInt32(start + length - left, true) & maskOf(left)
      hash = Math.imul(hash ^ word, 0x9e3779b1)
      hash ^= hash >>> 15
    }
    const table = this.#table
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = SLOT * slot
      const id = (table[at] as number) - 1
      if (id < 0) return this.#insert(view, start, length, hash, slot)
      if (table[at + 1] !== hash || table[at + 3] !== length) continue
      const own = table[at + 2] as number
      if (!this.#equals(own, view, start, length)) continue
      this.#last = id
      this.#lastStart = own
      this.#lastLength = length
      return id
    }
  }

  #equals(own: number, view: DataView, start: number, length: number): boolean {
    const arena = this.#arena.view
    for (let at = 0; at < length; at += 4) {
      const differing = arena.getInt32(own + at, true) ^ view.getInt32(start + at, true)
      if ((differing & maskOf(length - at)) !== 0) return false
    }
    return true
  }

  #insert(view: DataView, start: number, length: number, hash: number, slot: number): number {
    const id = this.values.length
    const own = this.#used
    this.#reserve(own + length)
    const { bytes, view: arena } = this.#arena
    for (let at = 0; at < length; at += 4) arena.setInt32(own + at, view.getInt32(start + at, true), true)
    this.#used += length
    this.#place(slot, id, hash, own, length)
    const { text, guessed } = textOfBytes(bytes, own, this.#used)
    const value = this.#reader.read(text)
    this.guessed ||= guessed
    this.values.push(value)
    if (id === this.flags.length) this.flags = grown(this.flags)
    this.flags[id] = this.#reader.flag(value)
    if (2 * this.values.length > this.#mask) this.#grow()
    return id
  }

  #reserve(size: number): void {
    if (size + PADDING <= this.#arena.bytes.length) return
    const larger = new Words(2 * size)
    larger.bytes.set(this.#arena.bytes.subarray(0, this.#used))
    this.#arena = larger
  }

  #place(slot: number, id: number, hash: number, start: number, length: number): void {
    const at = SLOT * slot
    this.#table[at] = id + 1
    this.#table[at + 1] = hash
    this.#table[at + 2] = start
    this.#table[at + 3] = length
  }

  #grow(): void {
    const before = this.#table
    const size = 2 * (this.#mask + 1)
    this.#table = new Int32Array(SLOT * size)
    this.#mask = size - 1
    for (let at = 0; at < before.length; at += SLOT) {
      const id = (before[at] as number) - 1
      if (id < 0) continue
      let slot = (before[at + 1] as number) & this.#mask
      while (this.#table[SLOT * slot] !== 0) slot = (slot + 1) & this.#mask
      this.#place(slot, id, before[at + 1] as number, before[at + 2] as number, before[at + 3] as number)
    }
  }
}

const grown = (flags: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> => {
  const larger = new Uint8Array(2 * flags.length)
  larger.set(flags)
  return larger
}
