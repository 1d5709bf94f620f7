/** The ways tables are written, and the reader for each. */
import type { Dialect } from "../../domain/Mapping.ts"
import type { FileSink } from "../archive/Unpack.ts"
import { type ForeignDialect, ForeignRecords } from "./ForeignRecords.ts"
import { RecordReader, type RecordSink } from "./Records.ts"

/** One way to write a table. */
export interface Written {
  /** Byte between cells; of tables that are written as RFC 4180 has it. */
  readonly delimiter: number
  readonly foreign: ForeignDialect | undefined
  /** Whether several characters part the cells. */
  readonly several?: boolean
}

const marks = [",", ";", "\t", "|", "^", "~"]
const longMarks = ["::", "||", "^^", "~~", "|~|"]

/** @param line 1-based line, and `offset` the byte, that the first byte pushed stands at */
export const openRecords = (written: Written, sink: RecordSink, line = 1, offset = 0): FileSink =>
  written.foreign === undefined
    ? new RecordReader(written.delimiter, sink, line, offset)
    : new ForeignRecords(written.foreign, sink, line, offset)

/** The ways a table may be written, by what is stated of it and the beginning of its text. */
export const waysOf = (dialect: Dialect | undefined, text: string): ReadonlyArray<Written> => {
  const delimiter = dialect?.delimiter
  const quote = dialect?.quote ?? '"'
  const shown = [...marks, ...longMarks].filter((mark) => text.includes(mark))
  const found = shown.length === 0 ? marks.slice(0, 1) : shown
  return (delimiter === undefined ? found : [delimiter]).map((mark) => written(mark, quote, dialect?.escape ?? quote))
}

const written = (delimiter: string, quote: string, escaped: string): Written => {
  const several = delimiter.length > 1
  const foreign = several || delimiter.charCodeAt(0) > 127 || quote !== '"' || escaped !== quote
  return {
    delimiter: delimiter.charCodeAt(0),
    foreign: foreign ? { delimiter, quote, escape: escaped === "" ? '"' : escaped } : undefined,
    ...(several ? { several } : {})
  }
}

/** Other ways to quote cells, when the text shows their marks. */
export const quotedWays = ({ delimiter, foreign }: Written, text: string): ReadonlyArray<Written> => {
  const mark = foreign?.delimiter ?? String.fromCharCode(delimiter)
  const ways: ReadonlyArray<readonly [shows: string, quote: string, escaped: string]> = [
    ['\\"', '"', "\\"],
    ["\\'", "'", "\\"],
    ["'", "'", "'"]
  ]
  return ways.filter(([shows]) => text.includes(shows)).map(([, quote, escaped]) => written(mark, quote, escaped))
}

/** The dialect as a mapping states it. */
export const dialectText = (dialect: ForeignDialect): string =>
  JSON.stringify({
    delimiter: dialect.delimiter,
    quote: dialect.quote,
    ...(dialect.escape === "\\" ? { escape: dialect.escape } : {})
  })
