/** How the cells of a declaration table become values: one reader a column, run once a distinct text. */
import * as Decimal from "../../domain/Decimal.ts"
import { MAX_PART_NUMBER, partKey } from "../../domain/Part.ts"
import { casOfEc, casOfName, nameOfCas } from "../../domain/SubstanceNames.ts"
import { type Unit, unitOf } from "../../domain/Unit.ts"
import { detach } from "../Interner.ts"
import { readAmount } from "../values/Amounts.ts"
import { readDate } from "../values/Dates.ts"
import { type IdProblem, type ReadIds, readCas, readEc } from "../values/Identifiers.ts"
import type { DecimalStyle } from "../values/Numbers.ts"
import { isFormulaError, readExemption, saysNothing } from "../values/Words.ts"
import { CAREFUL, type CellReader, UNWANTED } from "./Dictionary.ts"

/** A cell's value, with the code of what keeps the row out, or of what is to be said of it. */
export interface Cell {
  readonly text: string
  readonly problem: string | undefined
  readonly warning: string | undefined
  readonly suggestion: string | undefined
}

const good = 0

const cell = (text: string, problem?: string, warning?: string, suggestion?: string): Cell => ({
  text: detach(text),
  problem,
  warning,
  suggestion
})

const flag = (value: Cell): number => (value.problem === undefined && value.warning === undefined ? good : CAREFUL)

const NUL = "\u0000"

/** Text without blanks around it, and without the apostrophe that keeps a spreadsheet from running it as a formula. */
export const tidy = (text: string): string => {
  const trimmed = text.trim()
  return trimmed.startsWith("'") ? trimmed.replace(/^'(?=[=+\-@'])/, "") : trimmed
}

const spoiled = (text: string): string | undefined => (text.includes(NUL) ? "value.control_character" : undefined)

/** Why a text cannot be a part number. */
export const partNumberProblem = (text: string): string | undefined =>
  text.length > MAX_PART_NUMBER
    ? "part_number.too_long"
    : saysNothing(text)
      ? "value.missing"
      : isFormulaError(text)
        ? "value.formula_error"
        : /^\d([.,]\d+)?e\+\d+$/i.test(text)
          ? "part_number.corrupted"
          : spoiled(text)

/** Text that may be left out, and is when the cell says nothing. */
const optionalText = (text: string): Cell =>
  isFormulaError(text) ? cell("", undefined, "value.formula_error") : cell(saysNothing(text) ? "" : text, spoiled(text))

export interface PartCell extends Cell {
  readonly key: string
  readonly wanted: boolean
}

export const partCells = (wanted: ((key: string) => boolean) | undefined): CellReader<PartCell> => ({
  read: (written) => {
    const text = tidy(written)
    const key = detach(partKey(text))
    const problem = partNumberProblem(text)
    // Written out and not spread: this runs for every part of a document.
    return {
      text: detach(text),
      problem,
      warning: undefined,
      suggestion: undefined,
      key,
      wanted: wanted === undefined || wanted(key)
    }
  },
  flag: (value) => flag(value) | (value.wanted ? good : UNWANTED)
})

export interface SubstanceCell extends Cell {
  /** CAS number that the name alone settles. */
  readonly cas: string | undefined
}

export const substanceCells: CellReader<SubstanceCell> = {
  read: (written) => {
    const named = optionalText(tidy(written))
    return { ...named, cas: casOfName(named.text) }
  },
  flag: (value) => (value.text === "" ? CAREFUL : flag(value))
}

export interface IdCell extends Cell {
  readonly ids: ReadIds
  readonly cas: string | undefined
}

const noIds: ReadIds = { cas: [], ec: [], warning: undefined }

const idCells = (read: (text: string) => ReadIds | IdProblem, kind: "cas" | "ec"): CellReader<IdCell> => ({
  read: (written) => {
    const found =
      spoiled(written) === undefined ? read(tidy(written)) : { code: "value.control_character", suggestion: undefined }
    if ("code" in found)
      return { ...cell(written, found.code, undefined, found.suggestion), ids: noIds, cas: undefined }
    const cas = found.cas[0] ?? (found.ec[0] === undefined ? undefined : casOfEc(found.ec[0]))
    return { ...cell((kind === "cas" ? cas : found.ec[0]) ?? "", undefined, found.warning), ids: found, cas }
  },
  flag: (value) =>
    value.text === "" && value.cas === undefined
      ? flag(value)
      : flag(value) || (value.ids.cas.length > 1 ? CAREFUL : good)
})

export const casCells = idCells(readCas, "cas")
export const ecCells = idCells(readEc, "ec")

export const textCells: CellReader<Cell> = {
  read: (written) => optionalText(tidy(written)),
  flag
}

/** Nothing in the name of a supplier keeps a row out. */
export const supplierCells: CellReader<Cell> = {
  read: (written) => {
    const text = tidy(written)
    return cell(saysNothing(text) || isFormulaError(text) ? "" : text.replaceAll(NUL, " "))
  },
  flag
}

export const exemptionCells: CellReader<Cell> = {
  read: (written) => {
    const text = tidy(written)
    if (isFormulaError(text)) return cell("", undefined, "value.formula_error")
    if (spoiled(text) !== undefined || saysNothing(text) || /^(none|no|keine?)$/i.test(text)) return cell("")
    const read = readExemption(text)
    return cell(read.text, undefined, read.known ? undefined : "exemption.unrecognised")
  },
  flag
}

/** Days on which statements were issued; `today` is when the document arrived. */
export const dateCells = (today: string | undefined): CellReader<Cell> => ({
  read: (written) => {
    const text = tidy(written)
    if (saysNothing(text)) return cell("")
    const read = readDate(text)
    if ("code" in read) return cell(text, read.code)
    return cell(read.day, undefined, today !== undefined && read.day > today ? "date.future" : read.warning)
  },
  flag
})

/** Of a row that did not fit its header when it was first sent: refused until somebody has emptied the cell. */
export const clearCells: CellReader<Cell> = {
  read: (written) => cell("", tidy(written) === "" ? undefined : "row.unconfirmed"),
  flag
}

const elements = /^(as |als )?(elem|metal|ion|元素)/
const compounds = /^(as |als )?(compound|substance|verbindung|compos|化合物)/

export const basisCells: CellReader<Cell> = {
  read: (written) => {
    const text = tidy(written).toLowerCase()
    if (saysNothing(text)) return cell("")
    if (elements.test(text)) return cell("element")
    return compounds.test(text) ? cell("compound") : cell("", undefined, "basis.unknown")
  },
  flag
}

export interface UnitCell extends Cell {
  readonly unit: Unit | undefined
}

export const unitCells: CellReader<UnitCell> = {
  read: (written) => {
    const text = tidy(written)
    const unit = unitOf(text)
    const problem = text === "" ? undefined : unit === undefined ? "unit.unsupported" : undefined
    return { ...cell(text, problem), unit }
  },
  flag: (value) => (value.unit === undefined ? CAREFUL : good)
}

export interface QuantityCell extends Cell {
  /** In milligrams or ppm. */
  readonly value: Decimal.Decimal | undefined
  /** The value as the nearest double. */
  readonly size?: number | undefined
}

/** A single exact quantity: the limit of a row, the mass of a part or a material. An empty cell is a problem when `required`. */
export const quantityCells = (
  style: DecimalStyle | undefined,
  unit: Unit | undefined,
  canonical: Unit["canonical"],
  required: boolean
): CellReader<QuantityCell> => ({
  read: (written) => {
    const text = tidy(written)
    if (text === "" || (!required && saysNothing(text)))
      return { ...cell("", required ? "value.missing" : undefined), value: undefined }
    const read = readAmount(text, { style, unit })
    const refuse = (code: string): QuantityCell => ({
      ...(required ? cell(text, code) : cell(text, undefined, code)),
      value: undefined
    })
    if ("code" in read) return refuse(read.code)
    if (read.amount.unit !== canonical) return refuse("unit.unsupported")
    return read.amount.high === undefined
      ? refuse("value.not_a_number")
      : {
          ...cell(text, undefined, read.warning),
          value: read.amount.high,
          size: Number(Decimal.toText(read.amount.high))
        }
  },
  flag
})

/** The name of a substance that a row names by a number only. */
export const nameOf = (substance: string, cas: string | undefined, ec: string | undefined): string =>
  substance !== "" ? substance : cas === undefined ? (ec ?? "") : (nameOfCas(cas) ?? cas)

export const unitOfHeader = (text: string | undefined): Unit | undefined =>
  text === undefined ? undefined : unitOf(text)
