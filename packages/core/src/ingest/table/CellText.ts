/** The text of cells. */
import { MAX_CELLS, type Records } from "./Records.ts"

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true })
const legacy = new TextDecoder("windows-1252")

/** Texts this short are put together faster than decoded. */
const SHORT = 12

export interface ReadText {
  readonly text: string
  /** Whether the bytes are no UTF-8. */
  readonly guessed: boolean
}

/** Text of bytes that are UTF-8, or else windows-1252. */
export const textOfBytes = (bytes: Uint8Array, start: number, end: number): ReadText => {
  const short = end - start <= SHORT ? asciiOf(bytes, start, end) : undefined
  if (short !== undefined) return { text: short, guessed: false }
  const stretch = bytes.subarray(start, end)
  try {
    return { text: decoder.decode(stretch), guessed: false }
  } catch {
    return { text: legacy.decode(stretch), guessed: true }
  }
}

const asciiOf = (bytes: Uint8Array, start: number, end: number): string | undefined => {
  let text = ""
  for (let at = start; at < end; at++) {
    const byte = bytes[at] as number
    if (byte > 127) return undefined
    text += String.fromCharCode(byte)
  }
  return text
}

const unquoted = (text: string, doubled: number | undefined): string =>
  doubled === 1 ? text.replaceAll('""', '"') : text

/** Text of a cell, quotes removed and doubled quotes made single. */
export const cellText = ({ bytes, starts, ends, doubled }: Records, cell: number): string =>
  unquoted(textOfBytes(bytes, starts[cell] as number, ends[cell] as number).text, doubled[cell])

/** Cells of a record no longer than this are cut from its text, which they keep alive. */
const TOGETHER_BYTES = 4096

/** Texts of the first cells of a record, at most `limit`. */
export const cellTexts = (records: Records, record: number, limit: number): ReadonlyArray<string> => {
  const { bytes, starts, ends, doubled } = records
  const first = records.first[record] as number
  const length = Math.min(records.counts[record] as number, MAX_CELLS, limit)
  const start = starts[first] as number
  const end = ends[first + length - 1] as number
  const whole = end - start <= TOGETHER_BYTES ? textOfBytes(bytes, start, end).text : ""
  // Only where each byte is a character does a cell stand at the same place in both.
  const isAscii = whole.length === end - start && !/[^\0-\x7f]/.test(whole)
  return Array.from({ length }, (_, index) => {
    const cell = first + index
    return isAscii
      ? unquoted(whole.slice((starts[cell] as number) - start, (ends[cell] as number) - start), doubled[cell])
      : cellText(records, cell)
  })
}
