/** How the columns of a declaration table are read: which cell is what, and through which dictionary. */
import { isPercent, type Unit, unitOf } from "../../domain/Unit.ts"
import type { DecodeOptions } from "../Decoded.ts"
import { CLEAR_COLUMN } from "../RejectsFile.ts"
import { type AnswerColumn, answersOf, claimsOf } from "./Answers.ts"
import * as Cells from "./DeclarationCells.ts"
import type { IdColumn } from "./DeclarationColumns.ts"
import { type CellReader, Dictionary } from "./Dictionary.ts"
import { type Layout, type Missing, missingColumns, settle } from "./Layout.ts"
import { headerUnit } from "./Mapping.ts"

/** A column that states the amount, with the unit its header states. */
export interface AmountColumn {
  readonly cell: number
  readonly unit: { readonly unit: Unit; readonly text: string } | undefined
}

/** A column whose cells come from a dictionary. */
export interface KeyedColumn<A extends Cells.Cell = Cells.Cell> {
  readonly id: IdColumn
  readonly cell: number
  readonly dictionary: Dictionary<A>
  /** The numbers of the records at hand; a longer array when there are more of them than ever before. */
  ids: Int32Array<ArrayBuffer>
}

export interface DeclarationPlan {
  readonly part: KeyedColumn<Cells.PartCell>
  /** The others. */
  readonly keyed: ReadonlyArray<KeyedColumn>
  readonly byId: Partial<Record<IdColumn, KeyedColumn>>
  /** In the order they are asked; the first that is not empty counts. */
  readonly amounts: ReadonlyArray<AmountColumn>
  readonly min: AmountColumn | undefined
  readonly max: AmountColumn | undefined
  /** Yes/no columns; rows of tables with a substance column have none. */
  readonly answers: ReadonlyArray<AnswerColumn>
  /** Columns that answer for a whole list beside numbers; the numbers are judged, the answers compared with them. */
  readonly claims: ReadonlyArray<AnswerColumn>
}

const none = new Int32Array(0)

const amountFields = ["substance_mass", "concentration", "amount", "amount_min", "amount_max"] as const

/** @throws UnreadableDocument when columns are missing or not sure */
export const planOf = (document: string, layout: Layout, options: DecodeOptions): DeclarationPlan => {
  const at = settle(document, layout)
  const partCell = at.get("part_number")
  const amountAt = (field: string): ReadonlyArray<AmountColumn> => {
    const cell = at.get(field)
    return cell === undefined ? [] : [{ cell, unit: unitAt(layout, cell) }]
  }
  const amounts = amountFields.slice(0, 3).flatMap(amountAt)
  const min = amountAt("amount_min")[0]
  const max = amountAt("amount_max")[0]
  const named = ["substance", "cas", "ec"].some((field) => at.has(field))
  const answers = named ? [] : answersOf(document, layout)
  const missing: Array<Missing> = []
  if (partCell === undefined) missing.push({ fields: ["part_number"], what: "part_number" })
  if (!named && answers.length === 0)
    missing.push({ fields: ["substance", "cas", "ec"], what: "substance (a name, CAS or EC number)" })
  if (answers.length === 0 && amounts.length === 0 && min === undefined && max === undefined)
    missing.push({ fields: amountFields, what: "the amount (substance_mass_mg, concentration or amount)" })
  if (partCell === undefined || missing.length > 0) throw missingColumns(document, layout, missing)
  const clear = layout.headers.indexOf(CLEAR_COLUMN)
  const keyed = readersOf(layout, at, options.today).flatMap(([id, field, reader]) => {
    const cell = field === CLEAR_COLUMN && clear >= 0 ? clear : at.get(field)
    return cell === undefined ? [] : [{ id, cell, dictionary: new Dictionary(reader), ids: none }]
  })
  return {
    part: { id: "part", cell: partCell, dictionary: new Dictionary(Cells.partCells(options.wanted)), ids: none },
    keyed,
    byId: Object.fromEntries(keyed.map((column) => [column.id, column])),
    amounts,
    min,
    max,
    answers,
    claims: named ? claimsOf(layout) : []
  }
}

const readersOf = (
  layout: Layout,
  at: ReadonlyMap<string, number>,
  today: string | undefined
): ReadonlyArray<readonly [IdColumn, string, CellReader<Cells.Cell>]> => {
  const quantity = (field: string, canonical: Unit["canonical"]) => {
    const cell = at.get(field)
    const unit = cell === undefined ? undefined : unitAt(layout, cell)?.unit
    const implied = canonical === "ppm" ? unitOf("ppm") : undefined
    return Cells.quantityCells(layout.style, unit ?? implied, canonical, canonical === "ppm")
  }
  return [
    ["substance", "substance", Cells.substanceCells],
    ["cas", "cas", Cells.casCells],
    ["ec", "ec", Cells.ecCells],
    ["limit", "threshold", quantity("threshold", "ppm")],
    ["material", "material", Cells.textCells],
    ["exemption", "exemption", Cells.exemptionCells],
    ["basis", "basis", Cells.basisCells],
    ["issued", "issued", Cells.dateCells(today)],
    ["supplier", "supplier", Cells.supplierCells],
    ["partMass", "part_mass", quantity("part_mass", "mg")],
    ["materialMass", "material_mass", quantity("material_mass", "mg")],
    ["unit", "unit", Cells.unitCells],
    ["clear", CLEAR_COLUMN, Cells.clearCells]
  ]
}

/** The unit a mapping or the header gives a column. */
const unitAt = (layout: Layout, cell: number): AmountColumn["unit"] => {
  const mapping = layout.columns[cell]?.mapping
  const text =
    (mapping !== undefined && "unit" in mapping ? mapping.unit : undefined) ?? headerUnit(layout.headers[cell] ?? "")
  const unit = text === undefined ? undefined : unitOf(text)
  return unit === undefined || text === undefined ? undefined : { unit, text }
}

/** Header of the amounts, when it says that they are percent. */
export const percentHeaderOf = ({ amounts }: Pick<DeclarationPlan, "amounts">, layout: Layout): string | undefined => {
  const percent = amounts.find(({ unit }) => unit !== undefined && isPercent(unit.unit))
  return percent === undefined ? undefined : layout.headers[percent.cell]
}
