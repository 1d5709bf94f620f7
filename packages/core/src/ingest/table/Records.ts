/**
 * Records of a delimited table from a stream of bytes, in constant memory. The bytes are ASCII
 * for delimiters, quotes and line ends (UTF-8, windows-1252). A record that cannot be read is
 * reported once and reading goes on at the line after the one it began on, so a stray quote
 * never swallows the good rows behind it.
 */

/** Longest record in bytes; a longer one is reported and skipped. */
export const MAX_RECORD_BYTES = 1 << 20

export type RecordProblem = "row.too_long" | "quote.unterminated" | "quote.invalid"

/** Where the cells of the current record are; valid only while {@link RecordSink.record} runs. */
export interface Record {
  readonly bytes: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  /** 1 for a quoted cell that holds doubled quotes, else 0. */
  readonly doubled: Uint8Array
}

export interface RecordSink {
  readonly record: (record: Record, cells: number, line: number, offset: number) => void
  /** Whether a line within a quoted cell is a row by itself, so that the quote around it must be a stray one. */
  readonly isRow: (record: Record, cells: number) => boolean
  readonly problem: (code: RecordProblem, line: number, offset: number, excerpt: Uint8Array) => void
}

/** Where a reader stands between two pushes: another one that goes on from there reads what it would have read. */
export interface Unread {
  /** The beginning of a record whose end has not come yet. */
  readonly bytes: Uint8Array
  /** Whether the rest of a line that was reported is passed over. */
  readonly skipping: boolean
  /** 1-based line, and offset in the document, of the first of the bytes, or of the byte that comes next. */
  readonly line: number
  readonly offset: number
}

/** Cells of a record that are kept; those beyond are counted. */
export const MAX_CELLS = 4096
const FIRST_CELLS = 64

const QUOTE = 34
const LF = 10
const CR = 13

/** Outcome of scanning one record: the position behind it, or why there is none. */
const INCOMPLETE = -1
const UNTERMINATED = -2
const INVALID_QUOTE = -3

export class RecordReader {
  readonly #delimiter: number
  readonly #sink: RecordSink
  #starts = new Int32Array(FIRST_CELLS)
  #ends = new Int32Array(FIRST_CELLS)
  #doubled = new Uint8Array(FIRST_CELLS)
  #bytes = new Uint8Array(1 << 12)
  #record: Record
  #length = 0
  #base = 0
  #line = 1
  #cells = 0
  /** Whether a quoted cell of the record holds a newline. */
  #spans = false
  #skipping = false

  /** @param line 1-based line, and `offset` the byte, that the first byte pushed stands at */
  constructor(delimiter: number, sink: RecordSink, line = 1, offset = 0) {
    this.#delimiter = delimiter
    this.#sink = sink
    this.#line = line
    this.#base = offset
    this.#record = this.#view()
  }

  get unread(): Unread {
    const bytes = this.#bytes.slice(0, this.#length)
    return { bytes, skipping: this.#skipping, line: this.#line, offset: this.#base }
  }

  /** Goes on where another reader stood; the bytes are looked at with those that come next. */
  resume({ bytes, skipping, line, offset }: Unread): void {
    this.#reserve(bytes.length)
    this.#bytes.set(bytes)
    this.#length = bytes.length
    this.#skipping = skipping
    this.#line = line
    this.#base = offset
  }

  push(chunk: Uint8Array): void {
    this.#reserve(this.#length + chunk.length)
    this.#bytes.set(chunk, this.#length)
    this.#length += chunk.length
    this.#scan(false)
  }

  end(): void {
    this.#scan(true)
  }

  #view(): Record {
    return { bytes: this.#bytes, starts: this.#starts, ends: this.#ends, doubled: this.#doubled }
  }

  #reserve(needed: number): void {
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(2 ** Math.ceil(Math.log2(needed)))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
    this.#record = this.#view()
  }

  #scan(final: boolean): void {
    const length = this.#length
    let position = this.#skipping ? this.#skipLine(0, final) : 0
    while (position < length) {
      const found = this.#next(position, final)
      const next = found >= 0 && this.#spans && this.#swallowsRow(position, found) ? UNTERMINATED : found
      if (next >= 0) {
        if (!this.#isBlank(position)) this.#sink.record(this.#record, this.#cells, this.#line, this.#base + position)
        this.#line += this.#spans ? this.#linesBetween(position, next) : 1
        position = next
        continue
      }
      if (next === INCOMPLETE && length - position <= MAX_RECORD_BYTES) break
      const code =
        next === INVALID_QUOTE
          ? "quote.invalid"
          : next === UNTERMINATED
            ? "quote.unterminated"
            : this.#longCode(position)
      const lineEnd = this.#newline(position)
      const excerpt = this.#bytes.subarray(position, Math.min(lineEnd < 0 ? length : lineEnd, position + 4096))
      this.#sink.problem(code, this.#line, this.#base + position, excerpt)
      position = this.#skipLine(position, final)
    }
    this.#bytes.copyWithin(0, position, length)
    this.#length = length - position
    this.#base += position
  }

  /** Makes room for a record of more cells than any before; it is then scanned again. */
  #moreCells(cells: number): void {
    const size = Math.min(MAX_CELLS, 2 ** Math.ceil(Math.log2(cells)))
    this.#starts = new Int32Array(size)
    this.#ends = new Int32Array(size)
    this.#doubled = new Uint8Array(size)
    this.#record = this.#view()
  }

  #newline(from: number): number {
    const at = this.#bytes.subarray(from, this.#length).indexOf(LF)
    return at < 0 ? -1 : from + at
  }

  /** Whether a record of several lines holds one that is a row by itself. Leaves the cells of the record in place. */
  #swallowsRow(start: number, end: number): boolean {
    let line = this.#newline(start) + 1
    if (line >= end) return false
    let swallows = false
    for (; !swallows && line > 0 && line < end; line = this.#newline(line) + 1) {
      const next = this.#next(line, true)
      swallows =
        next >= 0 && next <= end && next === this.#newline(line) + 1 && this.#sink.isRow(this.#record, this.#cells)
    }
    if (!swallows) this.#next(start, true)
    return swallows
  }

  #longCode(position: number): RecordProblem {
    const newline = this.#newline(position)
    return newline >= 0 && newline - position <= MAX_RECORD_BYTES ? "quote.unterminated" : "row.too_long"
  }

  /** Moves behind the next newline; without one, drops what is there and goes on skipping in the next chunk. */
  #skipLine(position: number, final: boolean): number {
    const newline = this.#newline(position)
    this.#skipping = newline < 0 && !final
    if (newline < 0) return this.#length
    this.#line++
    return newline + 1
  }

  #isBlank(start: number): boolean {
    return this.#cells === 1 && this.#starts[0] === start && this.#ends[0] === start
  }

  #linesBetween(start: number, end: number): number {
    let lines = 0
    for (let at = start; at < end; at++) if (this.#bytes[at] === LF) lines++
    return lines
  }

  /** Finds the cells of the record at `from`. */
  #next(from: number, final: boolean): number {
    const bytes = this.#bytes
    const length = this.#length
    const delimiter = this.#delimiter
    const starts = this.#starts
    const ends = this.#ends
    const doubled = this.#doubled
    const room = starts.length
    this.#spans = false
    let cells = 0
    let position = from
    for (;;) {
      const start = position
      if (position < length && bytes[position] === QUOTE) {
        const close = this.#quotedCell(position, cells, final)
        if (close < 0) return close
        position = close
      } else {
        let byte = 0
        while (position < length) {
          byte = bytes[position] as number
          if (byte === delimiter || byte === LF) break
          position++
        }
        if (position >= length && !final) return INCOMPLETE
        if (cells < room) {
          starts[cells] = start
          ends[cells] = byte === LF && position > start && bytes[position - 1] === CR ? position - 1 : position
          doubled[cells] = 0
        }
      }
      cells++
      if (position >= length || bytes[position] === LF) break
      position++
      if (position >= length && !final) return INCOMPLETE
    }
    this.#cells = cells
    if (cells > room && room < MAX_CELLS) {
      this.#moreCells(cells)
      return this.#next(from, final)
    }
    return Math.min(position + 1, length)
  }

  /** Position of the delimiter behind the quoted cell at `from`, or a negative outcome. */
  #quotedCell(from: number, cell: number, final: boolean): number {
    const bytes = this.#bytes
    const length = this.#length
    let doubled = 0
    let close = from
    for (;;) {
      close++
      let byte = 0
      while (close < length) {
        byte = bytes[close] as number
        if (byte === QUOTE) break
        if (byte === LF) this.#spans = true
        close++
      }
      if (close >= length) return final ? UNTERMINATED : INCOMPLETE
      if (close + 1 >= length && !final) return INCOMPLETE
      if (close + 1 >= length || bytes[close + 1] !== QUOTE) break
      doubled = 1
      close++
    }
    let after = close + 1
    if (after < length && bytes[after] === CR) after++
    if (after >= length && !final) return INCOMPLETE
    if (after < length && bytes[after] !== this.#delimiter && bytes[after] !== LF) return INVALID_QUOTE
    if (cell < this.#starts.length) {
      this.#starts[cell] = from + 1
      this.#ends[cell] = close
      this.#doubled[cell] = doubled
    }
    return after
  }
}
