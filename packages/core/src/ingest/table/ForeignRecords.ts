/**
 * Records of tables in dialects that {@link RecordReader} does not take: other quotes, quotes escaped by
 * a backslash, delimiters of several characters. csv-parse finds the cells, a stretch of whole lines at a
 * time, so that memory stays bounded; lines, offsets and recovery are those of the other reader: a record
 * that cannot be read costs its line and nothing else.
 */
import { parse } from "csv-parse/browser/esm/sync"
import { BATCH_CELLS, Batch, MAX_CELLS } from "./Batch.ts"
import { MAX_RECORD_BYTES, type RecordProblem, type RecordSink } from "./Records.ts"

/** How a table is written when it is not as RFC 4180 has it. */
export interface ForeignDialect {
  readonly delimiter: string
  /** Empty when cells are never quoted. */
  readonly quote: string
  /** What stands before a quote within a cell: the quote itself, or a backslash. */
  readonly escape: string
}

const LF = 10
const CR = 13

/** Bytes of cells after which records are passed on. */
const BATCH_BYTES = 1 << 16

/** One character for each byte. */
const binary = (bytes: Uint8Array): string => {
  let text = ""
  for (const byte of bytes) text += String.fromCharCode(byte)
  return text
}

interface Found {
  readonly cells: ReadonlyArray<string>
  /** Where the next record begins. */
  readonly end: number
}

interface Parsed {
  readonly records: ReadonlyArray<Found>
  /** Why reading ended before the last byte. */
  readonly error: "open" | "invalid" | undefined
}

export class ForeignRecords {
  readonly #dialect: ForeignDialect
  readonly #delimiter: string
  readonly #sink: RecordSink
  readonly #batch = new Batch()
  /** Bytes that the cells of the batch take. */
  #taken = 0
  #bytes = new Uint8Array(1 << 12)
  #length = 0
  /** Bytes that must be there before reading is tried again. */
  #enough = 1
  #line: number
  #base: number
  #skipping = false

  /** @param line 1-based line, and `offset` the byte, that the first byte pushed stands at */
  constructor(dialect: ForeignDialect, sink: RecordSink, line = 1, offset = 0) {
    this.#dialect = dialect
    this.#delimiter = binary(new TextEncoder().encode(dialect.delimiter))
    this.#sink = sink
    this.#line = line
    this.#base = offset
  }

  push(chunk: Uint8Array): void {
    if (this.#length + chunk.length > this.#bytes.length) {
      const grown = new Uint8Array(2 ** Math.ceil(Math.log2(this.#length + chunk.length)))
      grown.set(this.#bytes.subarray(0, this.#length))
      this.#bytes = grown
    }
    this.#bytes.set(chunk, this.#length)
    this.#length += chunk.length
    if (this.#length >= this.#enough && (chunk.includes(LF) || this.#length > MAX_RECORD_BYTES)) this.#read(false)
  }

  end(): void {
    this.#read(true)
  }

  #read(final: boolean): void {
    let from = this.#skipping ? this.#skipLine(0, final) : 0
    const whole = final ? this.#length : this.#bytes.subarray(0, this.#length).lastIndexOf(LF) + 1
    while (from < whole) {
      const { records, error } = this.#parse(this.#bytes.subarray(from, whole))
      const { next, stray } = this.#emit(records, from)
      from = next
      if (stray) from = this.#refuse("quote.unterminated", from, final)
      else if (error === "invalid") from = this.#refuse("quote.invalid", from, final)
      else if (error === "open" && (final || this.#length - from > MAX_RECORD_BYTES))
        from = this.#refuse("quote.unterminated", from, final)
      else break
    }
    if (!final && this.#length - from > MAX_RECORD_BYTES) from = this.#refuse("row.too_long", from, final)
    this.#flush()
    this.#bytes.copyWithin(0, from, this.#length)
    this.#length -= from
    this.#base += from
    this.#enough = 2 * this.#length
  }

  /** Hands over records that begin at `from`, until one has swallowed another by a stray quote. */
  #emit(records: ReadonlyArray<Found>, from: number): { readonly next: number; readonly stray: boolean } {
    let next = from
    for (const { cells, end } of records) {
      next = this.#skipBlank(next)
      const to = from + end
      const spans = this.#bytes.subarray(next, to - 1).includes(LF)
      if (spans && this.#swallowsRow(next, to)) return { next, stray: true }
      if (to - next > MAX_RECORD_BYTES) this.#problem("row.too_long", next)
      else if (this.#isMisquoted(cells, next, to)) this.#problem("quote.invalid", next)
      else this.#keep(cells, this.#base + next)
      this.#line += spans ? this.#linesIn(next, to) : 1
      next = to
    }
    return { next, stray: false }
  }

  /** Whether text follows a closing quote; csv-parse then takes the quotes for text, as it does within a cell. */
  #isMisquoted(cells: ReadonlyArray<string>, start: number, end: number): boolean {
    const { quote } = this.#dialect
    if (quote === "" || !cells.some((cell) => cell.startsWith(quote))) return false
    return this.#parse(this.#bytes.subarray(start, end), false).error !== undefined
  }

  #parse(bytes: Uint8Array, relaxed = true): Parsed {
    const { quote } = this.#dialect
    const records: Array<Found> = []
    try {
      // Typed for Node's buffers; the browser build takes any bytes.
      parse(bytes as never, {
        encoding: "latin1",
        delimiter: this.#delimiter,
        quote: quote === "" ? null : quote,
        escape: this.#dialect.escape,
        record_delimiter: ["\r\n", "\n"],
        relax_column_count: true,
        relax_quotes: relaxed,
        skip_empty_lines: true,
        on_record: (cells: unknown, { bytes: end }) => {
          records.push({ cells: cells as ReadonlyArray<string>, end })
          return null
        }
      })
      return { records, error: undefined }
    } catch (error) {
      return { records, error: (error as { code?: string }).code === "CSV_QUOTE_NOT_CLOSED" ? "open" : "invalid" }
    }
  }

  #keep(cells: ReadonlyArray<string>, offset: number): void {
    this.#taken = this.#put(cells)
    this.#batch.keep(cells.length, this.#line, offset)
    if (this.#batch.used >= BATCH_CELLS || this.#taken >= BATCH_BYTES) this.#flush()
  }

  /** Puts cells behind those of the batch; tells where their bytes end. */
  #put(cells: ReadonlyArray<string>): number {
    const batch = this.#batch
    const kept = Math.min(cells.length, MAX_CELLS)
    let at = this.#taken
    let size = at
    for (let cell = 0; cell < kept; cell++) size += (cells[cell] as string).length
    batch.reserveBytes(size, at)
    batch.reserveCells(batch.used + kept)
    const { bytes, starts, ends, doubled, used } = batch
    for (let cell = 0; cell < kept; cell++) {
      const text = cells[cell] as string
      starts[used + cell] = at
      for (let letter = 0; letter < text.length; letter++) bytes[at++] = text.charCodeAt(letter)
      ends[used + cell] = at
      doubled[used + cell] = 0
    }
    return at
  }

  #flush(): void {
    if (this.#batch.length > 0) this.#sink.records(this.#batch)
    this.#batch.clear()
    this.#taken = 0
  }

  /** Whether a record of several lines holds one that is a row by itself. */
  #swallowsRow(start: number, end: number): boolean {
    for (let line = this.#newline(start) + 1; line > 0 && line < end; line = this.#newline(line) + 1) {
      const close = this.#newline(line)
      const { records, error } = this.#parse(this.#bytes.subarray(line, close < 0 ? end : close))
      const [only] = records
      if (error !== undefined || only === undefined) continue
      this.#put(only.cells)
      if (this.#sink.isRow(this.#batch, this.#batch.used, only.cells.length)) return true
    }
    return false
  }

  #newline(from: number): number {
    const at = this.#bytes.subarray(from, this.#length).indexOf(LF)
    return at < 0 ? -1 : from + at
  }

  #problem(code: RecordProblem, from: number): void {
    this.#flush()
    const newline = this.#newline(from)
    const excerpt = this.#bytes.subarray(from, Math.min(newline < 0 ? this.#length : newline, from + 4096))
    this.#sink.problem(code, this.#line, this.#base + from, excerpt)
  }

  /** Reports the record at `from` and goes on behind its line. */
  #refuse(code: RecordProblem, from: number, final: boolean): number {
    const start = this.#skipBlank(from)
    this.#problem(code, start)
    return this.#skipLine(start, final)
  }

  #skipLine(from: number, final: boolean): number {
    const newline = this.#newline(from)
    this.#skipping = newline < 0 && !final
    if (newline < 0) return this.#length
    this.#line++
    return newline + 1
  }

  #skipBlank(from: number): number {
    let at = from
    for (;;) {
      const next = this.#bytes[at] === CR ? at + 1 : at
      if (next >= this.#length || this.#bytes[next] !== LF) return at
      this.#line++
      at = next + 1
    }
  }

  #linesIn(start: number, end: number): number {
    let lines = 0
    for (let at = start; at < end; at++) if (this.#bytes[at] === LF) lines++
    return lines
  }
}
