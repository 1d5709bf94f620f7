/**
 * Supplier declarations as CSV: `part_number,substance,threshold_ppm,substance_mass_mg`, in any
 * order and with any other columns. Of those `cas` and `exemption` are understood.
 */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration, Reject } from "../domain/Declaration.ts"
import { partKey } from "../domain/Part.ts"
import { isCas } from "../domain/Substance.ts"
import { CsvReader, type RecordProblem } from "./Csv.ts"
import { detach, Interner } from "./Interner.ts"
import { reject } from "./Rejects.ts"
import { UnreadableDocument } from "./UnreadableDocument.ts"

const required = ["part_number", "substance", "threshold_ppm", "substance_mass_mg"] as const
const optional = ["cas", "exemption"] as const
type Column = (typeof required)[number] | (typeof optional)[number]

/** What one stretch of bytes gave. */
export interface DecodedRows {
  readonly declarations: ReadonlyArray<Declaration>
  readonly rejects: ReadonlyArray<Reject>
  /** Good rows in this stretch, including those that `wanted` left out. */
  readonly accepted: number
  readonly rejected: number
}

export interface DecodeOptions {
  /** Keeps only rows of these parts; the others are validated and counted all the same. */
  readonly wanted?: ((partKey: string) => boolean) | undefined
}

export interface DeclarationsDecoder {
  /** @throws UnreadableDocument when the header is missing or lacks a required column */
  readonly push: (chunk: Uint8Array) => DecodedRows
  /** @throws UnreadableDocument as for `push` */
  readonly end: () => DecodedRows
}

/** No text of a name, and no database takes it. */
const NUL = "\u0000"

const problems: Record<RecordProblem, string> = {
  "row.too_long": "The row is longer than 1 MiB. Split it, or check for a missing line end.",
  "quote.unterminated": "A quote is opened and never closed. Close it, or double it if it belongs to the text.",
  "quote.invalid": "Text follows a closing quote. Double the quotes that belong to the text."
}

/** Decodes one document. Bytes go in by `push` in any pieces; call `end` once after the last. */
export const decodeDeclarations = (
  document: { readonly name: string; readonly sha256: string },
  options: DecodeOptions = {}
): DeclarationsDecoder => {
  const interner = new Interner()
  const wanted = options.wanted
  let columns: Record<Column, number> | undefined
  let headerCells = 0
  let declarations: Array<Declaration> = []
  let rejects: Array<Reject> = []
  let accepted = 0

  const refuse = (line: number, column: string, code: string, value: string, message: string): void => {
    rejects.push(reject(line, column, code, value, message))
  }

  const number = (column: Column, text: string, line: number): Decimal.Decimal | undefined => {
    const value = Decimal.parse(text)
    if (value !== undefined && !Decimal.isNegative(value)) return value
    if (text === "") refuse(line, column, "value.missing", text, `${column} is empty. Enter a number.`)
    else if (value === undefined)
      refuse(
        line,
        column,
        "value.not_a_number",
        text,
        `${column} is not a plain decimal number such as 12.5 or 1.2E-4.`
      )
    else refuse(line, column, "value.negative", text, `${column} is negative. Enter zero or a positive number.`)
    return undefined
  }

  const name = (column: Column, text: string, line: number): boolean => {
    if (text === "") refuse(line, column, "value.missing", text, `${column} is empty.`)
    else if (text.includes(NUL))
      refuse(line, column, "value.control_character", text, `${column} holds a NUL character.`)
    else return true
    return false
  }

  const row = (cells: number, line: number, at: Record<Column, number>): void => {
    if (cells !== headerCells) {
      const found = `The row has ${cells} cells, the header ${headerCells}. Quote cells that contain commas.`
      refuse(line, "", "row.column_count", String(cells), found)
      return
    }
    const part = reader.cell(at.part_number).trim()
    const substance = reader.cell(at.substance).trim()
    if (!name("part_number", part, line) || !name("substance", substance, line)) return
    const limitPpm = number("threshold_ppm", reader.cell(at.threshold_ppm).trim(), line)
    if (limitPpm === undefined) return
    const massMg = number("substance_mass_mg", reader.cell(at.substance_mass_mg).trim(), line)
    if (massMg === undefined) return
    accepted++
    const key = partKey(part)
    if (wanted !== undefined && !wanted(key)) return
    const cas = at.cas < 0 ? "" : reader.cell(at.cas).trim()
    const exemption = at.exemption < 0 ? "" : reader.cell(at.exemption).trim()
    declarations.push({
      part: detach(key),
      substance: interner.get(substance),
      cas: isCas(cas) ? interner.get(cas) : undefined,
      massMg,
      limitPpm,
      exemption: exemption === "" || exemption.includes(NUL) ? undefined : interner.get(exemption),
      source: { document: document.name, sha256: document.sha256, line }
    })
  }

  const header = (cells: number): void => {
    const names = Array.from({ length: cells }, (_, index) =>
      reader
        .cell(index)
        .replace(/^\uFEFF/, "")
        .trim()
        .toLowerCase()
    )
    const twice = names.find((text, index) => isColumn(text) && names.indexOf(text) !== index)
    if (twice !== undefined) throw unreadable("header.duplicate", `the column ${twice} stands twice in the header`)
    const missing = required.filter((column) => !names.includes(column))
    if (missing.length > 0)
      throw unreadable(
        "header.column_missing",
        `the header lacks ${missing.join(", ")}; it needs ${required.join(", ")} in any order`
      )
    headerCells = cells
    columns = Object.fromEntries([...required, ...optional].map((column) => [column, names.indexOf(column)])) as Record<
      Column,
      number
    >
  }

  const unreadable = (code: string, detail: string) => new UnreadableDocument({ document: document.name, code, detail })

  const reader = new CsvReader({
    record: (cells, line) => (columns === undefined ? header(cells) : row(cells, line, columns)),
    problem: (code, line, excerpt) => {
      if (columns === undefined) throw unreadable("header.missing", `the header cannot be read: ${problems[code]}`)
      refuse(line, "", code, excerpt, problems[code])
    }
  })

  const take = (): DecodedRows => {
    const taken = { declarations, rejects, accepted, rejected: rejects.length }
    declarations = []
    rejects = []
    accepted = 0
    return taken
  }

  return {
    push: (chunk) => {
      reader.push(chunk)
      return take()
    },
    end: () => {
      reader.end()
      if (columns === undefined)
        throw unreadable("header.missing", "the file is empty; its first line must be the header")
      return take()
    }
  }
}

const isColumn = (text: string): text is Column => ([...required, ...optional] as ReadonlyArray<string>).includes(text)
