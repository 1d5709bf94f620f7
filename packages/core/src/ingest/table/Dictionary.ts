/**
 * The distinct values of a column. Each distinct text is decoded and validated once; after that
 * its bytes lead to its number. This is what makes reading a large table cheap: most cells of a
 * declaration file say what another cell has said before.
 */
import type { Record as TableRecord } from "./Records.ts"

/** How cells become values. */
export interface CellReader<T> {
  read(text: string): T
  /** 0 when the value can be used as it is; any other number makes the row take the careful path. */
  flag(value: T): number
}

const FIRST_SLOTS = 1 << 10

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

const QUOTE = 34

/** Text of a cell, quotes removed and doubled quotes made single. */
export const cellText = (record: TableRecord, cell: number): string => {
  const start = record.starts[cell] as number
  const text = textOfBytes(record.bytes.subarray(start, record.ends[cell])).text
  return record.doubled[cell] === 1 ? text.replaceAll('""', '"') : text
}

export class Dictionary<T> {
  readonly #reader: CellReader<T>
  #slots = new Int32Array(FIRST_SLOTS)
  #hashes = new Int32Array(FIRST_SLOTS)
  #offsets = new Int32Array(FIRST_SLOTS)
  #arena = new Uint8Array(1 << 14)
  #used = 0
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
    this.#slots = new Int32Array(FIRST_SLOTS)
    this.#hashes = new Int32Array(FIRST_SLOTS)
    this.#offsets = new Int32Array(FIRST_SLOTS)
    this.#arena = new Uint8Array(1 << 14)
    this.#used = 0
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
    let hash = end - start
    for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] as number), 0x01000193)
    hash ^= hash >>> 15
    const slots = this.#slots
    const mask = slots.length - 1
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const id = (slots[slot] as number) - 1
      if (id < 0) return this.#insert(bytes, start, end, hash, slot)
      if (this.#hashes[id] === hash && this.#equals(id, bytes, start, end)) return id
    }
  }

  #equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#offsets[id] as number
    const to = id + 1 < this.values.length ? (this.#offsets[id + 1] as number) : this.#used
    if (to - from !== end - start) return false
    const arena = this.#arena
    for (let at = start, own = from; at < end; at++, own++) if (arena[own] !== bytes[at]) return false
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
    this.#hashes[id] = hash
    this.#offsets[id] = this.#used
    this.#used += end - start
    this.values.push(value)
    this.flags[id] = this.#reader.flag(value)
    this.#slots[slot] = id + 1
    if (2 * this.values.length > this.#slots.length) this.#grow()
    return id
  }

  #grow(): void {
    const size = 2 * this.#slots.length
    const slots = new Int32Array(size)
    for (let id = 0; id < this.values.length; id++) {
      let slot = (this.#hashes[id] as number) & (size - 1)
      while (slots[slot] !== 0) slot = (slot + 1) & (size - 1)
      slots[slot] = id + 1
    }
    this.#slots = slots
    this.#hashes = resized(this.#hashes, size)
    this.#offsets = resized(this.#offsets, size)
    const flags = new Uint8Array(size)
    flags.set(this.flags)
    this.flags = flags
  }
}

const resized = (values: Int32Array<ArrayBuffer>, size: number): Int32Array<ArrayBuffer> => {
  const grown = new Int32Array(size)
  grown.set(values)
  return grown
}
