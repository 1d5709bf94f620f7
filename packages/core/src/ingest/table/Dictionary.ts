/**
 * The distinct values of a column. Each distinct text is decoded and validated once; after that
 * its bytes lead to its number. This is what makes reading a large table cheap: most cells of a
 * declaration file say what another cell has said before.
 */
import type { Record as TableRecord } from "./Records.ts"

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

const FIRST_SLOTS = 1 << 7

/** A dictionary this large starts anew at the next chunk, so that memory stays bounded. */
const MAX_ENTRIES = 1 << 17
const MAX_ARENA = 1 << 24

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const legacy = new TextDecoder("windows-1252")

/** Text of bytes that are UTF-8, or else windows-1252. */
export const textOfBytes = (bytes: Uint8Array): { readonly text: string; readonly guessed: boolean } => {
  try {
    return { text: decoder.decode(bytes), guessed: false }
  } catch {
    return { text: legacy.decode(bytes), guessed: true }
  }
}

export const isUtf8 = (bytes: Uint8Array): boolean => !textOfBytes(bytes).guessed

const QUOTE = 34

/** Text of a cell, quotes removed and doubled quotes made single. */
export const cellText = (record: TableRecord, cell: number): string => {
  const start = record.starts[cell] as number
  const text = textOfBytes(record.bytes.subarray(start, record.ends[cell])).text
  return record.doubled[cell] === 1 ? text.replaceAll('""', '"') : text
}

/** Numbers that a slot holds: id + 1, hash, and where the text stands in the arena. */
const SLOT = 4

export class Dictionary<T> {
  readonly #reader: CellReader<T>
  #table = new Int32Array(SLOT * FIRST_SLOTS)
  #mask = FIRST_SLOTS - 1
  #arena = new Uint8Array(1 << 12)
  #used = 0
  #last = -1
  #lastStart = 0
  #lastLength = 0
  /** By number. */
  values: Array<T> = []
  flags = new Uint8Array(FIRST_SLOTS)
  /** Whether some text was no UTF-8 and its encoding guessed. */
  guessed = false
  #scratch = new Uint8Array(0)

  constructor(reader: CellReader<T>) {
    this.#reader = reader
  }

  /** Forgets everything when it has grown large. Numbers given out before belong to the `values` of then. Tells whether it did. */
  trim(): boolean {
    if (this.values.length < MAX_ENTRIES && this.#used < MAX_ARENA) return false
    this.#table = new Int32Array(SLOT * FIRST_SLOTS)
    this.#mask = FIRST_SLOTS - 1
    this.#arena = new Uint8Array(1 << 12)
    this.#used = 0
    this.#last = -1
    this.values = []
    this.flags = new Uint8Array(FIRST_SLOTS)
    return true
  }

  /** The number of a cell's value. */
  idOf(record: TableRecord, cell: number): number {
    const start = record.starts[cell] as number
    const end = record.ends[cell] as number
    return record.doubled[cell] === 1 ? this.#unquoted(record.bytes, start, end) : this.#find(record.bytes, start, end)
  }

  #unquoted(bytes: Uint8Array, start: number, end: number): number {
    if (this.#scratch.length < end - start) this.#scratch = new Uint8Array(2 * (end - start))
    let length = 0
    for (let at = start; at < end; at++) {
      this.#scratch[length++] = bytes[at] as number
      if (bytes[at] === QUOTE) at++
    }
    return this.#find(this.#scratch, 0, length)
  }

  #find(bytes: Uint8Array, start: number, end: number): number {
    const length = end - start
    if (length === this.#lastLength && this.#last >= 0 && this.#equals(this.#lastStart, bytes, start, end))
      return this.#last
    let hash = length
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash ^= hash >>> 15
    const table = this.#table
    const mask = this.#mask
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const at = SLOT * slot
      const id = (table[at] as number) - 1
      if (id < 0) return this.#insert(bytes, start, end, hash, slot)
      if (table[at + 1] !== hash || table[at + 3] !== length) continue
      const own = table[at + 2] as number
      if (!this.#equals(own, bytes, start, end)) continue
      this.#last = id
      this.#lastStart = own
      this.#lastLength = length
      return id
    }
  }

  #equals(own: number, bytes: Uint8Array, start: number, end: number): boolean {
    const arena = this.#arena
    for (let at = start, from = own; at < end; at++, from++) if (arena[from] !== bytes[at]) return false
    return true
  }

  #insert(bytes: Uint8Array, start: number, end: number, hash: number, slot: number): number {
    const id = this.values.length
    const { text, guessed } = textOfBytes(bytes.subarray(start, end))
    const value = this.#reader.read(text)
    this.guessed ||= guessed
    if (this.#used + end - start > this.#arena.length) {
      const grown = new Uint8Array(2 * (this.#used + end - start))
      grown.set(this.#arena.subarray(0, this.#used))
      this.#arena = grown
    }
    this.#arena.set(bytes.subarray(start, end), this.#used)
    this.#place(slot, id, hash, this.#used, end - start)
    this.#used += end - start
    this.values.push(value)
    this.flags[id] = this.#reader.flag(value)
    if (2 * this.values.length > this.#mask) this.#grow()
    return id
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
    const flags = new Uint8Array(size)
    flags.set(this.flags)
    this.flags = flags
  }
}
