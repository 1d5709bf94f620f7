/** The text of cells. */
import { isAscii } from "../values/Numbers.ts"
import { MAX_CELLS, type Records } from "./Batch.ts"

const decoder = new TextDecoder("utf-8", { ignoreBOM: true })
const legacy = new TextDecoder("windows-1252")

/** Texts this short are put together faster than decoded. */
const SHORT = 12

export interface ReadText {
  readonly text: string
  /** Whether the bytes are no UTF-8. */
  readonly guessed: boolean
}

/** Text of bytes that are UTF-8, or else windows-1252. */
export const textOfBytes = (bytes: Uint8Array, start = 0, end = bytes.length): ReadText => {
  const short = end - start <= SHORT ? asciiOf(bytes, start, end) : undefined
  if (short !== undefined) return { text: short, guessed: false }
  const stretch = bytes.subarray(start, end)
  const text = decoder.decode(stretch)
  return text.includes(REPLACEMENT) && countOf(text) > replacementsIn(stretch)
    ? { text: legacy.decode(stretch), guessed: true }
    : { text, guessed: false }
}

export const isUtf8 = (bytes: Uint8Array): boolean => !textOfBytes(bytes).guessed

/** What stands for bytes that are no UTF-8; a text may also hold it. */
const REPLACEMENT = "\uFFFD"

const countOf = (text: string): number => text.split(REPLACEMENT).length - 1

const replacementsIn = (bytes: Uint8Array): number => {
  let count = 0
  for (let at = bytes.indexOf(0xef); at >= 0; at = bytes.indexOf(0xef, at + 1))
    if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) count++
  return count
}

/** Four characters at a time: each text on the way is one more to collect. */
const asciiOf = (bytes: Uint8Array, start: number, end: number): string | undefined => {
  let text = ""
  let at = start
  for (; at + 4 <= end; at += 4) {
    const a = bytes[at] as number
    const b = bytes[at + 1] as number
    const c = bytes[at + 2] as number
    const d = bytes[at + 3] as number
    if ((a | b | c | d) > 127) return undefined
    text += String.fromCharCode(a, b, c, d)
  }
  for (; at < end; at++) {
    const byte = bytes[at] as number
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

/** Text of bytes that may be cut anywhere. */
export const excerptOf = (bytes: Uint8Array): string => decoder.decode(bytes)

const unquoted = (text: string, doubled: number | undefined): string =>
  doubled === 1 ? text.replaceAll('""', '"') : text

/** Text of a cell, quotes removed and doubled quotes made single. */
export const cellText = ({ bytes, starts, ends, doubled }: Records, cell: number): string =>
  unquoted(textOfBytes(bytes, starts[cell] as number, ends[cell] as number).text, doubled[cell])

/** Cells of a stretch no longer than this are cut from its text, which they keep alive. */
const TOGETHER_BYTES = 4096

type CutText = (start: number, end: number) => string

/** Cuts texts out of a stretch of ASCII, decoded once; only there each byte is a character. */
const cutting = (bytes: Uint8Array, from: number, to: number): CutText | undefined => {
  if (to - from > TOGETHER_BYTES) return undefined
  const { text } = textOfBytes(bytes, from, to)
  return text.length === to - from && isAscii(text) ? (start, end) => text.slice(start - from, end - from) : undefined
}

const textsOf = (records: Records, record: number, limit: number, cut: CutText | undefined): ReadonlyArray<string> => {
  const { starts, ends, doubled } = records
  const first = records.first[record] as number
  const length = Math.min(records.counts[record] as number, MAX_CELLS, limit)
  return Array.from({ length }, (_, index) => {
    const cell = first + index
    return cut === undefined
      ? cellText(records, cell)
      : unquoted(cut(starts[cell] as number, ends[cell] as number), doubled[cell])
  })
}

/** Texts of the first cells of a record, at most `limit`. */
export const cellTexts = (records: Records, record: number, limit: number): ReadonlyArray<string> => {
  const { bytes, starts, ends, first, counts } = records
  const from = first[record] as number
  const last = from + Math.min(counts[record] as number, MAX_CELLS, limit) - 1
  return textsOf(records, record, limit, cutting(bytes, starts[from] as number, ends[last] as number))
}

/** The same for each of the first records, at most `most`. */
export const allCellTexts = (records: Records, most: number, limit: number): ReadonlyArray<ReadonlyArray<string>> => {
  const length = Math.min(records.length, most)
  const last = (records.first[length - 1] as number) + Math.min(records.counts[length - 1] as number, MAX_CELLS) - 1
  const cut = cutting(records.bytes, records.starts[0] as number, records.ends[last] as number)
  return Array.from({ length }, (_, record) =>
    cut === undefined ? cellTexts(records, record, limit) : textsOf(records, record, limit, cut)
  )
}
