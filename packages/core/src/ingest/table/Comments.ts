/** Lines of a table that are remarks of its author and no rows. */
import type { RecordSink, Record as TableRecord } from "./Records.ts"

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
  const isComment = (record: TableRecord, cells: number) =>
    cells !== comments.unlessOfWidth && begins(record.bytes, record.starts[0] as number)
  return {
    record: (record, cells, line, offset) => {
      if (!isComment(record, cells)) sink.record(record, cells, line, offset)
      else {
        const last = record.ends[Math.min(cells, record.ends.length) - 1]
        comment(line, offset, new TextDecoder().decode(record.bytes.subarray(record.starts[0], last)))
      }
    },
    isRow: (record, cells) => !isComment(record, cells) && sink.isRow(record, cells),
    problem: (code, line, offset, excerpt) => {
      if (begins(excerpt, 0)) comment(line, offset, new TextDecoder().decode(excerpt))
      else sink.problem(code, line, offset, excerpt)
    }
  }
}
