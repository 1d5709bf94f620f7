/**
 * Records of a delimited table from a stream of bytes, in constant memory. The bytes are ASCII
 * for delimiters, quotes and line ends (UTF-8, windows-1252). A record that cannot be read is
 * reported once and reading goes on at the line after the one it began on, so a stray quote
 * never swallows the good rows behind it.
 */
import { BATCH_CELLS, Batch, MAX_CELLS, type Records } from "./Batch.ts"

/** Longest record in bytes; a longer one is reported and skipped. */
export const MAX_RECORD_BYTES = 1 << 20

export type RecordProblem = "row.too_long" | "quote.unterminated" | "quote.invalid"

export interface RecordSink {
  readonly records: (records: Records) => void
  /**
   * Whether a line within a quoted cell is a row by itself, so that the quote around it must be a stray one.
   * Its cells are the `cells` from `first` on.
   */
  readonly isRow: (records: Records, first: number, cells: number) => boolean
  readonly problem: (code: RecordProblem, line: number, offset: number, excerpt: Uint8Array) => void
}

/** Where a reader stands between two pushes: another one that goes on from there reads what it would have read. */
export interface Unread {
  /** The beginning of a record whose end has not come yet. */
  readonly bytes: Uint8Array
  /** Bytes without which its end is not looked for again. */
  readonly worthwhile: number
  /** Whether the rest of a line that was reported is passed over. */
  readonly skipping: boolean
  /** 1-based line, and offset in the document, of the first of the bytes, or of the byte that comes next. */
  readonly line: number
  readonly offset: number
}

/** Bytes of a record that is reported. */
const EXCERPT_BYTES = 4096

const QUOTE = 34
const LF = 10
const CR = 13

const ONES = 0x01010101
const HIGH_BITS = 0x80808080
const NEWLINES = LF * ONES

/** Outcome of scanning one record: where it ends, or why it does not. */
const INCOMPLETE = -1
const UNTERMINATED = -2
const INVALID_QUOTE = -3
const TOO_LONG = -4
/** It goes on as another one did that began before it. */
const KNOWN = -5

export class RecordReader {
  readonly #delimiter: number
  /** The delimiter in each byte of a word. */
  readonly #delimiters: number
  readonly #sink: RecordSink
  readonly #batch = new Batch()
  #length = 0
  #base = 0
  #line = 1
  #cells = 0
  /** Whether a quoted cell of the record holds a newline. */
  #spans = false
  /** Where scanning a record stopped that has no end. */
  #reached = 0
  #skipping = false
  /** Bytes without which it is not worth looking again for the end of a record. */
  #worthwhile = 0
  /**
   * The last record that was scanned over several lines. A line within it whose quote is open at its end goes on like
   * that record, so it is not scanned again: a file of open quotes would take time by the square of its size.
   */
  #open = { from: 0, to: 0, outcome: 0 }
  /** Lines before this position are no rows within a record, but for the one at `#row`. */
  #checked = 0
  #row = -1

  /** @param line 1-based line, and `offset` the byte, that the first byte pushed stands at */
  constructor(delimiter: number, sink: RecordSink, line = 1, offset = 0) {
    this.#delimiter = delimiter
    this.#delimiters = Math.imul(delimiter, ONES)
    this.#sink = sink
    this.#line = line
    this.#base = offset
  }

  get unread(): Unread {
    return {
      bytes: this.#batch.bytes.slice(0, this.#length),
      worthwhile: this.#worthwhile,
      skipping: this.#skipping,
      line: this.#line,
      offset: this.#base
    }
  }

  /** Goes on where another reader stood; the bytes are looked at with those that come next. */
  resume({ bytes, worthwhile, skipping, line, offset }: Unread): void {
    this.#batch.reserveBytes(bytes.length, 0)
    this.#batch.bytes.set(bytes)
    this.#length = bytes.length
    this.#worthwhile = worthwhile
    this.#skipping = skipping
    this.#line = line
    this.#base = offset
  }

  push(chunk: Uint8Array): void {
    const length = this.#length + chunk.length
    this.#batch.reserveBytes(length, this.#length)
    this.#batch.bytes.set(chunk, this.#length)
    this.#length = length
    if (length >= this.#worthwhile) this.#scan(false)
  }

  end(): void {
    this.#scan(true)
  }

  #scan(final: boolean): void {
    const batch = this.#batch
    const length = this.#length
    // Whatever is read ends here.
    batch.bytes[length] = LF
    this.#open = { from: 0, to: 0, outcome: 0 }
    this.#checked = 0
    this.#row = -1
    this.#worthwhile = 0
    let position = this.#skipping ? this.#skipLine(0, final) : 0
    while (position < length) {
      const found = this.#recordAt(position, final)
      if (found >= 0) {
        if (!this.#isBlank(position)) {
          batch.keep(this.#cells, this.#line, this.#base + position)
          if (batch.used >= BATCH_CELLS) this.#flush()
        }
        this.#line += this.#spans ? this.#linesBetween(position, found + 1) : 1
        position = found + 1
      } else if (found === INCOMPLETE) {
        this.#worthwhile = (length - position) * 1.125
        break
      } else {
        this.#flush()
        this.#report(found, position)
        position = this.#skipLine(position, final)
      }
    }
    this.#flush()
    position = Math.min(position, length)
    batch.bytes.copyWithin(0, position, length)
    this.#length = length - position
    this.#base += position
  }

  /** Finds the record at `start`, if it is one: the position of the newline behind it, or why there is none. */
  #recordAt(start: number, final: boolean): number {
    let found = this.#next(start, this.#length, final)
    let reached = found >= 0 ? found : this.#reached
    if (found === KNOWN) {
      found = this.#open.outcome
      reached = this.#open.to
    } else if (this.#spans) this.#open = { from: start, to: reached, outcome: found }
    if (reached - start >= MAX_RECORD_BYTES) return TOO_LONG
    // The whole line is reported.
    if (found === INVALID_QUOTE && !final && this.#newline(start) < 0) return INCOMPLETE
    if (found < 0 || !this.#spans) return found
    if (this.#swallowsRow(start, found)) return UNTERMINATED
    // Scans it once more: looking at its lines has overwritten its cells.
    this.#open = { from: 0, to: 0, outcome: 0 }
    return this.#next(start, this.#length, final)
  }

  #report(outcome: number, position: number): void {
    const newline = this.#newline(position)
    const lineEnd = newline < 0 ? this.#length : newline
    const code =
      outcome === INVALID_QUOTE
        ? "quote.invalid"
        : outcome === UNTERMINATED || lineEnd - position < MAX_RECORD_BYTES
          ? "quote.unterminated"
          : "row.too_long"
    const excerpt = this.#batch.bytes.subarray(position, Math.min(lineEnd, position + EXCERPT_BYTES))
    this.#sink.problem(code, this.#line, this.#base + position, excerpt)
  }

  #flush(): void {
    if (this.#batch.length > 0) this.#sink.records(this.#batch)
    this.#batch.clear()
  }

  #isBlank(start: number): boolean {
    const { starts, ends, used } = this.#batch
    return this.#cells === 1 && starts[used] === start && ends[used] === start
  }

  #newline(from: number): number {
    const at = this.#batch.bytes.subarray(from, this.#length).indexOf(LF)
    return at < 0 ? -1 : from + at
  }

  /** Whether a record of several lines holds one that is a row by itself. */
  #swallowsRow(start: number, end: number): boolean {
    if (this.#row > start && this.#row < end) return true
    let line = Math.max(this.#newline(start) + 1, this.#checked)
    while (line < end) {
      const newline = this.#newline(line)
      const lineEnd = newline < 0 ? this.#length : newline
      this.#checked = lineEnd + 1
      if (this.#isRow(line, lineEnd)) {
        this.#row = line
        return true
      }
      line = this.#checked
    }
    return false
  }

  #isRow(line: number, end: number): boolean {
    const spans = this.#spans
    const found = this.#next(line, end, true)
    this.#spans = spans
    const { used } = this.#batch
    return found === end && !this.#hasBareQuote() && this.#sink.isRow(this.#batch, used, this.#cells)
  }

  /** Whether a quote stands within a cell without quotes: the last line of a quoted cell has one. */
  #hasBareQuote(): boolean {
    const { bytes, starts, ends, used } = this.#batch
    for (let cell = used; cell < used + Math.min(this.#cells, MAX_CELLS); cell++) {
      const start = starts[cell] as number
      if (bytes[start - 1] !== QUOTE && bytes.subarray(start, ends[cell]).includes(QUOTE)) return true
    }
    return false
  }

  /** Moves behind the next newline; without one, drops what is there and goes on skipping in the next chunk. */
  #skipLine(position: number, final: boolean): number {
    const newline = this.#newline(position)
    this.#skipping = newline < 0 && !final
    if (newline < 0) return this.#length
    this.#line++
    return newline + 1
  }

  #linesBetween(start: number, end: number): number {
    let lines = 0
    for (let at = start; at < end; at++) if (this.#batch.bytes[at] === LF) lines++
    return lines
  }

  /**
   * Finds the cells of the record at `from`, and puts them behind those of the batch. At `end` there is a newline in any
   * case; unless `final`, more bytes may belong to the record.
   */
  #next(from: number, end: number, final: boolean): number {
    const { bytes, starts, ends, doubled, used } = this.#batch
    const delimiter = this.#delimiter
    const room = starts.length
    this.#spans = false
    let cell = used
    let position = from
    for (;;) {
      const start = position
      if (bytes[position] === QUOTE) {
        position = this.#quotedCell(position, end, cell, final)
        if (position < 0) return position
      } else {
        position = this.#cellEnd(position)
        if (position >= end && !final) return this.#stopped(INCOMPLETE, end)
        if (cell < room) {
          starts[cell] = start
          ends[cell] =
            position > start && bytes[position] === LF && bytes[position - 1] === CR ? position - 1 : position
          doubled[cell] = 0
        }
      }
      cell++
      if (bytes[position] !== delimiter) break
      position++
    }
    this.#cells = cell - used
    if (cell > room && room < used + MAX_CELLS) {
      this.#batch.reserveCells(Math.min(cell, used + MAX_CELLS))
      return this.#next(from, end, final)
    }
    return position
  }

  #stopped(outcome: number, at: number): number {
    this.#reached = at
    return outcome
  }

  /** Position of the delimiter or newline at or behind `from`; four bytes are looked at together. */
  #cellEnd(from: number): number {
    const view = this.#batch.view
    const delimiters = this.#delimiters
    for (let position = from; ; position += 4) {
      const word = view.getInt32(position, true)
      const byDelimiter = word ^ delimiters
      const byNewline = word ^ NEWLINES
      // The highest bit of each byte that is zero; of those behind the first such byte, some may be wrong.
      const zeros = (((byDelimiter - ONES) & ~byDelimiter) | ((byNewline - ONES) & ~byNewline)) & HIGH_BITS
      if (zeros !== 0) return position + ((31 - Math.clz32(zeros & -zeros)) >>> 3)
    }
  }

  /** Position of the delimiter behind the quoted cell at `from`, or a negative outcome. */
  #quotedCell(from: number, end: number, cell: number, final: boolean): number {
    const { bytes, starts, ends, doubled } = this.#batch
    const open = this.#open
    let hasDoubled = 0
    let close = from
    for (;;) {
      close++
      let byte = 0
      while (close < end) {
        byte = bytes[close] as number
        if (byte === QUOTE) break
        if (byte === LF) {
          this.#spans = true
          if (close >= open.from && close < open.to) return KNOWN
        }
        close++
      }
      if (close >= end) return this.#stopped(final ? UNTERMINATED : INCOMPLETE, end)
      if (close + 1 >= end && !final) return this.#stopped(INCOMPLETE, end)
      if (bytes[close + 1] !== QUOTE) break
      hasDoubled = 1
      close++
    }
    let after = close + 1
    if (after < end && bytes[after] === CR) after++
    if (after >= end && !final) return this.#stopped(INCOMPLETE, end)
    if (bytes[after] !== this.#delimiter && bytes[after] !== LF) return this.#stopped(INVALID_QUOTE, after)
    if (cell < starts.length) {
      starts[cell] = from + 1
      ends[cell] = close
      doubled[cell] = hasDoubled
    }
    return after
  }
}
