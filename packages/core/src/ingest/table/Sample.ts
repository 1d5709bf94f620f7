/** The first rows of a table, read to see how it is written. */
import { MAX_CELLS } from "./Batch.ts"
import { allCellTexts, cellText } from "./CellText.ts"
import { type Comments, withoutComments } from "./Comments.ts"
import { openRecords, type Written } from "./Dialects.ts"
import type { RecordSink } from "./Records.ts"

/** A record near the beginning of the document. */
export interface Sampled {
  readonly cells: ReadonlyArray<string>
  readonly line: number
  readonly offset: number
}

export const SAMPLE_ROWS = 400

/** Longer cells tell nothing of how numbers are written. */
const NUMBER_LENGTH = 64

export const isShort = (text: string): boolean => text.length <= NUMBER_LENGTH

/** Bytes that are read between two looks at whether that was enough. */
const SAMPLE_PIECE = 1 << 12

/** The first records, at most `limit`; of those that cannot be read only where they stand. */
export const sample = (
  head: Uint8Array,
  written: Written,
  comments: Comments | undefined,
  limit: number
): ReadonlyArray<Sampled> => {
  const rows: Array<Sampled> = []
  const sink: RecordSink = {
    records: (records) => {
      if (rows.length === limit) return
      for (const [record, cells] of allCellTexts(records, limit - rows.length, MAX_CELLS).entries())
        rows.push({
          cells: cells.map((text) => text.trim()),
          line: records.lines[record] as number,
          offset: records.offsets[record] as number
        })
    },
    isRow: () => false,
    problem: (_code, line, offset) => {
      if (rows.length < limit) rows.push({ cells: [], line, offset })
    }
  }
  readSome(head, written, comments, sink, () => rows.length === limit)
  return rows
}

/** The numbers in some columns of the first rows, as they are written. */
export const numbersIn = (
  bytes: Uint8Array,
  written: Written,
  comments: Comments | undefined,
  columns: ReadonlyArray<number>
): ReadonlyArray<string> => {
  const numbers: Array<string> = []
  let rows = 0
  const sink: RecordSink = {
    records: (records) => {
      for (let record = 0; record < records.length && rows < SAMPLE_ROWS; record++, rows++)
        for (const column of columns)
          if (column < (records.counts[record] as number)) {
            const cell = (records.first[record] as number) + column
            const length = (records.ends[cell] as number) - (records.starts[cell] as number)
            if (length <= NUMBER_LENGTH) numbers.push(cellText(records, cell).trim())
          }
    },
    isRow: () => false,
    problem: () => {}
  }
  readSome(bytes, written, comments, sink, () => rows === SAMPLE_ROWS)
  return numbers
}

const readSome = (
  bytes: Uint8Array,
  written: Written,
  comments: Comments | undefined,
  sink: RecordSink,
  isEnough: () => boolean
): void => {
  const reader = openRecords(
    written,
    withoutComments(comments, sink, () => {})
  )
  for (let at = 0; at < bytes.length; at += SAMPLE_PIECE) {
    if (isEnough()) return
    reader.push(bytes.subarray(at, at + SAMPLE_PIECE))
  }
  reader.end()
}
