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
const FLUSH_AT = 1 << 15

/** Rows become lines of the same number, all of the same width as the widest row before the first full one. */
export const readSheet = (xml: Uint8Array, context: SheetContext, sink: SheetSink): void => {
  const writer = new RowWriter(sink)
  let cells: Array<string> = []
  let row = 0
  let column = 0
  let type = ""
  let style = 0
  let value = ""
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
      } else if (name === "v" || name === "t") capturing = true
    },
    close: (name) => {
      if (name === "v" || name === "t") capturing = false
      else if (name === "c" && column >= 0 && column < MAX_COLUMNS) {
        while (cells.length < column) cells.push("")
        cells[column] = shown(value, type, context.formats[style] ?? "general", context)
      } else if (name === "row" && row <= MAX_ROWS) writer.row(row, cells)
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
