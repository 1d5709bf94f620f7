/** One sheet of a workbook to CSV bytes. */
import * as Decimal from "../../domain/Decimal.ts"
import { XmlReader } from "../xml/XmlReader.ts"
import type { CellFormat, SheetSink } from "./Xlsx.ts"

export interface SheetContext {
  readonly document: string
  readonly strings: ReadonlyArray<string>
  readonly formats: ReadonlyArray<CellFormat>
  /** Whether day 0 is 1 January 1904 instead of 30 December 1899. */
  readonly date1904: boolean
}

/** Columns beyond are no table. */
const MAX_COLUMNS = 1024
const MAX_ROWS = 1 << 20
const MAX_MERGES = 100_000
const FLUSH_AT = 1 << 15

/** What a cell shows whose formula was never calculated. */
const NOT_CALCULATED = "#CALC!"

/** A cell that a person has merged over rows: what stands in its first row stands in all of them. */
interface Merged {
  readonly column: number
  readonly first: number
  readonly last: number
  value: string
}

/** The merges over rows; they stand behind the rows, so they are looked up first. */
const mergedIn = (document: string, xml: Uint8Array): ReadonlyArray<Merged> => {
  const at = lastIndexOf(xml, "<mergeCells")
  if (at < 0) return []
  const text = new TextDecoder().decode(xml.subarray(at))
  const end = text.indexOf("</mergeCells>")
  if (end < 0) return []
  const found: Array<Merged> = []
  const reader = new XmlReader(document, {
    open: (name, { ref }) => {
      const match = /^([A-Z]{1,3})(\d+):[A-Z]{1,3}(\d+)$/.exec(name === "mergeCell" ? (ref ?? "") : "")
      if (match === null || match[2] === match[3] || found.length === MAX_MERGES) return
      found.push({ column: columnOf(match[1] ?? ""), first: Number(match[2]), last: Number(match[3]), value: "" })
    },
    close: () => {}
  })
  reader.push(new TextEncoder().encode(text.slice(0, end + "</mergeCells>".length)))
  reader.end()
  return found.sort((a, b) => a.first - b.first)
}

const lastIndexOf = (bytes: Uint8Array, text: string): number => {
  const sought = new TextEncoder().encode(text)
  for (let at = bytes.lastIndexOf(sought[0] as number); at >= 0; at = bytes.lastIndexOf(sought[0] as number, at - 1)) {
    if (sought.every((byte, index) => bytes[at + index] === byte)) return at
    if (at === 0) return -1
  }
  return -1
}

/** Gives cells that were merged over rows their value in each of them. */
class Merges {
  readonly #waiting: ReadonlyArray<Merged>
  #next = 0
  #open: Array<Merged> = []

  constructor(merged: ReadonlyArray<Merged>) {
    this.#waiting = merged
  }

  fill(row: number, cells: Array<string>): void {
    for (
      let next = this.#waiting[this.#next];
      next !== undefined && next.first <= row;
      next = this.#waiting[++this.#next]
    ) {
      if (next.first === row) next.value = cells[next.column] ?? ""
      this.#open.push(next)
    }
    if (this.#open.length === 0) return
    this.#open = this.#open.filter(({ last }) => last >= row)
    for (const { column, value } of this.#open) {
      while (cells.length <= column) cells.push("")
      if (cells[column] === "") cells[column] = value
    }
  }
}

/** Rows become lines of the same number, all of the same width as the widest row before the first full one. */
export const readSheet = (xml: Uint8Array, context: SheetContext, sink: SheetSink): void => {
  const writer = new RowWriter(sink)
  const merges = new Merges(mergedIn(context.document, xml))
  let cells: Array<string> = []
  let row = 0
  let column = 0
  let type = ""
  let style = 0
  let value = ""
  let formula = false
  let capturing = false
  const reader = new XmlReader(context.document, {
    open: (name, at) => {
      if (name === "row") {
        row = rowAfter(row, at.r)
        cells = []
        column = -1
      } else if (name === "c") {
        column = at.r === undefined ? column + 1 : columnOf(at.r)
        type = at.t ?? "n"
        style = Number(at.s ?? 0)
        value = ""
        formula = false
      } else if (name === "f") formula = true
      else if (name === "v" || name === "t") capturing = true
    },
    close: (name) => {
      if (name === "v" || name === "t") capturing = false
      else if (name === "c" && column >= 0 && column < MAX_COLUMNS) {
        while (cells.length < column) cells.push("")
        if (formula && value === "") value = NOT_CALCULATED
        cells[column] = shown(value, type, context.formats[style] ?? "general", context)
      } else if (name === "row" && row <= MAX_ROWS) {
        merges.fill(row, cells)
        writer.row(row, cells)
      }
    },
    text: (piece) => {
      if (capturing) value += piece
    }
  })
  reader.push(xml)
  reader.end()
  writer.end()
}

/** Rows ascend; one that does not, or says no number, is the next. */
const rowAfter = (row: number, stated: string | undefined): number => {
  const number = Number(stated ?? "")
  return Number.isInteger(number) && number > row && number <= MAX_ROWS ? number : row + 1
}

/** `BC12` to 54. */
const columnOf = (reference: string): number => {
  let column = 0
  for (const letter of reference) {
    const code = letter.charCodeAt(0) - 64
    if (code < 1 || code > 26) break
    column = column * 26 + code
  }
  return column - 1
}

const shown = (value: string, type: string, format: CellFormat, context: SheetContext): string => {
  if (type === "s") return context.strings[Number(value)] ?? ""
  if (type === "b") return value === "1" ? "TRUE" : "FALSE"
  if (type !== "n" || value === "") return value
  const number = Decimal.parse(value)
  if (number === undefined) return value
  const exact = tidyDouble(value, number)
  if (format === "percent") return `${Decimal.toText(Decimal.shift(exact, 2))} %`
  if (format === "date") return dateOf(exact, context.date1904) ?? value
  return Decimal.toText(exact)
}

/** Workbooks keep the double nearest to what was typed, with 17 digits at times; its shortest text is what was typed. */
const tidyDouble = (text: string, number: Decimal.Decimal): Decimal.Decimal =>
  text.replaceAll(/\D/g, "").length < 16 ? number : (Decimal.parse(String(Number(text))) ?? number)

const DAY_MS = 86_400_000

const dateOf = (days: Decimal.Decimal, date1904: boolean): string | undefined => {
  const serial = Math.floor(Number(Decimal.toText(days)))
  const epoch = date1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30)
  const date = new Date(epoch + serial * DAY_MS)
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() > 9999 ? undefined : date.toISOString().slice(0, 10)
}

/** Writes rows as CSV lines of one width: that of the widest of the first rows. */
class RowWriter {
  readonly #sink: SheetSink
  readonly #encoder = new TextEncoder()
  #waiting: Array<{ readonly row: number; readonly cells: ReadonlyArray<string> }> | undefined = []
  #width = 0
  #line = 1
  #text = ""

  constructor(sink: SheetSink) {
    this.#sink = sink
  }

  row(row: number, cells: ReadonlyArray<string>): void {
    let last = cells.length
    while (last > 0 && (cells[last - 1] ?? "").trim() === "") last--
    if (last === 0) return
    if (this.#waiting === undefined) {
      this.#write(row, cells.slice(0, Math.max(last, this.#width)))
      return
    }
    this.#width = Math.max(this.#width, last)
    this.#waiting.push({ row, cells: cells.slice(0, last) })
    if (this.#waiting.length === 100) this.#release()
  }

  end(): void {
    this.#release()
    this.#flush()
    this.#sink.end()
  }

  #release(): void {
    const waiting = this.#waiting ?? []
    this.#waiting = undefined
    for (const { row, cells } of waiting) this.#write(row, cells)
  }

  #write(row: number, cells: ReadonlyArray<string>): void {
    if (row > this.#line) this.#text += "\n".repeat(row - this.#line)
    this.#line = row + 1
    const padded = Array.from({ length: Math.max(cells.length, this.#width) }, (_, cell) => quoted(cells[cell] ?? ""))
    this.#text += `${padded.join(",")}\n`
    if (this.#text.length > FLUSH_AT) this.#flush()
  }

  #flush(): void {
    if (this.#text !== "") this.#sink.push(this.#encoder.encode(this.#text))
    this.#text = ""
  }
}

const quoted = (text: string): string => {
  const line = text.replaceAll(/[\r\n]+/g, " ")
  return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line
}
