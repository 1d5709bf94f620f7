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
  readonly problem: (code: RecordProblem, line: number, offset: number, excerpt: Uint8Array) => void
}

/** Cells of a record that are kept; those beyond are counted. */
export const MAX_CELLS = 4096

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
  readonly #starts = new Int32Array(MAX_CELLS)
  readonly #ends = new Int32Array(MAX_CELLS)
  readonly #doubled = new Uint8Array(MAX_CELLS)
  #bytes = new Uint8Array(1 << 17)
  #record: Record
  #length = 0
  #base = 0
  #line = 1
  #cells = 0
  #quoted = false
  #skipping = false

  /** @param line 1-based line, and `offset` the byte, that the first byte pushed stands at */
  constructor(delimiter: number, sink: RecordSink, line = 1, offset = 0) {
    this.#delimiter = delimiter
    this.#sink = sink
    this.#line = line
    this.#base = offset
    this.#record = this.#view()
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
      const next = this.#next(position, final)
      if (next >= 0) {
        if (!this.#isBlank(position)) this.#sink.record(this.#record, this.#cells, this.#line, this.#base + position)
        this.#line += this.#quoted ? this.#linesBetween(position, next) : 1
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

  #newline(from: number): number {
    const at = this.#bytes.indexOf(LF, from)
    return at < this.#length ? at : -1
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
    this.#quoted = false
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
        if (cells < MAX_CELLS) {
          starts[cells] = start
          ends[cells] = byte === LF && position > start && bytes[position - 1] === CR ? position - 1 : position
          this.#doubled[cells] = 0
        }
      }
      cells++
      if (position >= length || bytes[position] === LF) break
      position++
      if (position >= length && !final) return INCOMPLETE
    }
    this.#cells = cells
    return Math.min(position + 1, length)
  }

  /** Position of the delimiter behind the quoted cell at `from`, or a negative outcome. */
  #quotedCell(from: number, cell: number, final: boolean): number {
    const bytes = this.#bytes
    const length = this.#length
    this.#quoted = true
    let doubled = 0
    let close = from
    for (;;) {
      close++
      while (close < length && bytes[close] !== QUOTE) close++
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
    if (cell < MAX_CELLS) {
      this.#starts[cell] = from + 1
      this.#ends[cell] = close
      this.#doubled[cell] = doubled
    }
    return after
  }
}
