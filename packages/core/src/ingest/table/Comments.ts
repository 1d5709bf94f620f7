/** Lines of a table that are remarks of its author and no rows. */
import { MAX_CELLS, type Records } from "./Batch.ts"
import { excerptOf } from "./CellText.ts"
import type { RecordSink } from "./Records.ts"

export interface Comments {
  /** What such a line begins with. */
  readonly mark: string
  /** Whether a line with as many cells as the header is a row all the same, because nobody has stated the mark. */
  readonly unlessOfWidth: number | undefined
}

/** Passes on all records but comments, which are told to `comment`. */
export const withoutComments = (
  comments: Comments | undefined,
  sink: RecordSink,
  comment: (line: number, offset: number, text: string) => void
): RecordSink => {
  if (comments === undefined) return sink
  const mark = new TextEncoder().encode(comments.mark)
  const begins = (bytes: Uint8Array, start: number) => mark.every((byte, index) => bytes[start + index] === byte)
  const isComment = ({ bytes, starts }: Records, first: number, cells: number) =>
    cells !== comments.unlessOfWidth && begins(bytes, starts[first] as number)
  return {
    records: (records) => {
      const { bytes, starts, ends, first, counts, lines, offsets, length } = records
      const rows: Array<number> = []
      for (let record = 0; record < length; record++) {
        const from = first[record] as number
        const cells = counts[record] as number
        if (isComment(records, from, cells)) {
          const end = ends[from + Math.min(cells, MAX_CELLS) - 1]
          comment(lines[record] as number, offsets[record] as number, excerptOf(bytes.subarray(starts[from], end)))
        } else rows.push(record)
      }
      if (rows.length === length) sink.records(records)
      else if (rows.length > 0) sink.records(only(records, rows))
    },
    isRow: (records, first, cells) => !isComment(records, first, cells) && sink.isRow(records, first, cells),
    problem: (code, line, offset, excerpt) => {
      if (begins(excerpt, 0)) comment(line, offset, excerptOf(excerpt))
      else sink.problem(code, line, offset, excerpt)
    }
  }
}

/** Some of the records. */
const only = (records: Records, kept: ReadonlyArray<number>): Records => {
  const { bytes, view, starts, ends, doubled } = records
  const of = (numbers: ReadonlyArray<number>) => kept.map((record) => numbers[record] as number)
  return {
    bytes,
    view,
    starts,
    ends,
    doubled,
    first: of(records.first),
    counts: of(records.counts),
    lines: of(records.lines),
    offsets: of(records.offsets),
    length: kept.length
  }
}
