/**
 * An append-only log: a record a line, `<CRC-32 in hex> <JSON>`. A record counts only when it is whole, so a
 * write that was cut off leaves nothing behind but bytes that the next opening removes.
 */
import { closeSync, fdatasyncSync, ftruncateSync, openSync, readSync, truncateSync, writeSync } from "node:fs"
import { crc32 } from "node:zlib"
import { decode, encode } from "./codec.ts"

/** Longest record in bytes; a longer line is damage. */
const MAX_RECORD_BYTES = 512 * 1024 * 1024
const PIECE = 1 << 20
const LF = 10

/** A record in the middle of a log is damaged: not the torn end of a write, but something that was changed. */
export class DamagedLog extends Error {
  override readonly name = "DamagedLog"
  constructor(path: string, offset: number) {
    super(
      `${path} is damaged at byte ${offset}, with whole records behind it. Restore it from a backup, or cut the file there to lose what follows.`
    )
  }
}

const lineOf = (value: unknown): Buffer => {
  const json = Buffer.from(encode(value))
  return Buffer.concat([Buffer.from(`${crc32(json).toString(16).padStart(8, "0")} `), json, Buffer.from("\n")])
}

/** The record of a line, or undefined for one that is not whole. */
const recordOf = (line: Buffer): { readonly value: unknown } | undefined => {
  const json = line.subarray(9)
  return line.length > 9 && Number.parseInt(line.toString("latin1", 0, 8), 16) === crc32(json)
    ? { value: decode(json.toString()) }
    : undefined
}

/** Calls back with each whole record in order; returns the length of the log up to its torn end, if it has one. */
export const replay = (path: string, onRecord: (value: unknown) => void): number => {
  const file = openSync(path, "r")
  try {
    let waiting: Buffer = Buffer.alloc(0)
    let good = 0
    let torn: number | undefined
    for (let position = 0; ; ) {
      const piece = Buffer.allocUnsafe(PIECE)
      const read = readSync(file, piece, 0, PIECE, position)
      if (read === 0) return torn ?? good
      position += read
      waiting = Buffer.concat([waiting, piece.subarray(0, read)])
      for (let end = waiting.indexOf(LF); end >= 0; end = waiting.indexOf(LF)) {
        const record = recordOf(waiting.subarray(0, end))
        if (record === undefined) torn ??= good
        else if (torn !== undefined) throw new DamagedLog(path, torn)
        else onRecord(record.value)
        good += end + 1
        waiting = waiting.subarray(end + 1)
      }
      if (waiting.length > MAX_RECORD_BYTES) throw new DamagedLog(path, good)
    }
  } finally {
    closeSync(file)
  }
}

/** A log open for appending. */
export class Log {
  readonly #file: number
  bytes: number

  /** Opens the log and cuts off its torn end. */
  constructor(path: string, bytes: number) {
    this.#file = openSync(path, "a", 0o600)
    truncateSync(path, bytes)
    this.bytes = bytes
  }

  /** Appends a record; a write that fails is taken back. */
  append(value: unknown): void {
    const line = lineOf(value)
    try {
      for (let written = 0; written < line.length; ) written += writeSync(this.#file, line, written)
    } catch (error) {
      ftruncateSync(this.#file, this.bytes)
      throw error
    }
    this.bytes += line.length
  }

  /** When it returns, all records are on the disk. */
  flush(): void {
    fdatasyncSync(this.#file)
  }

  close(): void {
    closeSync(this.#file)
  }
}
