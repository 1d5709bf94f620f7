/**
 * RFC 4180 records from a stream of bytes, in constant memory. A record that cannot be read
 * is reported once and reading goes on at the line after the one it began on, so a stray
 * quote never swallows the good rows behind it.
 */

/** Longest record in characters; a longer one is reported and skipped. */
export const MAX_RECORD_LENGTH = 1 << 20

export type RecordProblem = "row.too_long" | "quote.unterminated" | "quote.invalid"

export interface RecordSink {
  /** Read cells with {@link CsvReader.cell} before returning; they are gone afterwards. */
  readonly record: (cells: number, line: number) => void
  readonly problem: (code: RecordProblem, line: number, excerpt: string) => void
}

const COMMA = 44
const QUOTE = 34
const LF = 10
const CR = 13
const MAX_CELLS_KEPT = 4096

/** Outcome of scanning one record: its end, or why there is none. */
const INCOMPLETE = -1
const UNTERMINATED = -2
const INVALID_QUOTE = -3

export class CsvReader {
  readonly #sink: RecordSink
  readonly #decoder = new TextDecoder()
  readonly #starts = new Int32Array(MAX_CELLS_KEPT)
  readonly #ends = new Int32Array(MAX_CELLS_KEPT)
  #text = ""
  #line = 1
  #cells = 0
  #skipping = false

  constructor(sink: RecordSink) {
    this.#sink = sink
  }

  push(chunk: Uint8Array): void {
    this.#scan(this.#text + this.#decoder.decode(chunk, { stream: true }), false)
  }

  end(): void {
    this.#scan(this.#text + this.#decoder.decode(), true)
  }

  /** Text of a cell of the current record; quotes removed, doubled quotes made single. Empty beyond the last cell. */
  cell(index: number): string {
    if (index >= this.#cells || index >= MAX_CELLS_KEPT) return ""
    const start = this.#starts[index] as number
    const text = this.#text
    if (start >= 0) return text.slice(start, this.#ends[index])
    return text.slice(~start, this.#ends[index]).replaceAll('""', '"')
  }

  #scan(text: string, final: boolean): void {
    this.#text = text
    let position = this.#skipping ? this.#skipLine(0, final) : 0
    while (position < text.length) {
      const next = this.#record(position, final)
      if (next >= 0) {
        if (!this.#isBlank(position)) this.#sink.record(this.#cells, this.#line)
        this.#line += this.#linesBetween(position, next)
        position = next
        continue
      }
      const tooLong = text.length - position > MAX_RECORD_LENGTH
      if (next === INCOMPLETE && !tooLong) break
      const code =
        next === INVALID_QUOTE
          ? "quote.invalid"
          : next === UNTERMINATED
            ? "quote.unterminated"
            : this.#longCode(position)
      this.#sink.problem(code, this.#line, text.slice(position, position + 200).split("\n", 1)[0] as string)
      position = this.#skipLine(position, final)
    }
    this.#text = text.slice(position)
  }

  #longCode(position: number): RecordProblem {
    const newline = this.#text.indexOf("\n", position)
    return newline >= 0 && newline - position <= MAX_RECORD_LENGTH ? "quote.unterminated" : "row.too_long"
  }

  /** Moves behind the next newline; without one, drops what is there and goes on skipping in the next chunk. */
  #skipLine(position: number, final: boolean): number {
    const newline = this.#text.indexOf("\n", position)
    this.#skipping = newline < 0 && !final
    if (newline < 0) return this.#text.length
    this.#line++
    return newline + 1
  }

  #isBlank(start: number): boolean {
    return this.#cells === 1 && this.#starts[0] === start && this.#ends[0] === start
  }

  #linesBetween(start: number, end: number): number {
    if (!this.#quoted) return 1
    let lines = 0
    for (let at = this.#text.indexOf("\n", start); at >= 0 && at < end; at = this.#text.indexOf("\n", at + 1)) lines++
    return lines
  }

  #quoted = false

  #keep(start: number, end: number): void {
    if (this.#cells < MAX_CELLS_KEPT) {
      this.#starts[this.#cells] = start
      this.#ends[this.#cells] = end
    }
    this.#cells++
  }

  /** Finds the cells of the record at `from`; returns the position behind it or a negative outcome. */
  #record(from: number, final: boolean): number {
    const text = this.#text
    const length = text.length
    this.#cells = 0
    this.#quoted = false
    let position = from
    for (;;) {
      if (text.charCodeAt(position) === QUOTE) {
        const end = this.#quotedCell(position, final)
        if (end < 0) return end
        position = end
      } else {
        const start = position
        let code = 0
        while (position < length) {
          code = text.charCodeAt(position)
          if (code === COMMA || code === LF) break
          position++
        }
        if (position >= length && !final) return INCOMPLETE
        const end = code === LF && position > start && text.charCodeAt(position - 1) === CR ? position - 1 : position
        this.#keep(start, end)
      }
      if (position >= length || text.charCodeAt(position) === LF) return Math.min(position + 1, length)
      position++
      if (position >= length) {
        if (!final) return INCOMPLETE
        this.#keep(position, position)
        return position
      }
    }
  }

  /** Position of the delimiter behind the quoted cell at `from`, or a negative outcome. */
  #quotedCell(from: number, final: boolean): number {
    const text = this.#text
    this.#quoted = true
    let doubled = false
    let close = from
    for (;;) {
      close = text.indexOf('"', close + 1)
      if (close < 0) return final ? UNTERMINATED : INCOMPLETE
      if (text.charCodeAt(close + 1) !== QUOTE) break
      doubled = true
      close++
    }
    let after = close + 1
    if (text.charCodeAt(after) === CR) after++
    if (after >= text.length && !final) return INCOMPLETE
    const code = text.charCodeAt(after)
    if (after < text.length && code !== COMMA && code !== LF) return INVALID_QUOTE
    this.#keep(doubled ? ~(from + 1) : from + 1, close)
    return after
  }
}
