/** The amount a row states, from whichever of its columns states it. */
import type { Amount } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import { readAmount } from "../values/Amounts.ts"
import type { DecimalStyle } from "../values/Numbers.ts"
import type { Records } from "./Batch.ts"
import { cellText } from "./CellText.ts"
import { tidy, type UnitCell } from "./DeclarationCells.ts"
import type { AmountColumn, DeclarationPlan } from "./DeclarationPlan.ts"

export interface RowAmount {
  readonly amount: Amount
  /** As written, with its unit. */
  readonly text: string
  /** Place in its row. */
  readonly cell: number
  readonly warning: string | undefined
  /** Whether the unit stands outside the cell. */
  readonly bare: boolean
  readonly intentional?: boolean | undefined
}

export interface AmountRefused {
  readonly code: string
  readonly cell: number
}

/** Reads the first column that states an amount, or else the two ends of a range; the row's cells are those from `first` on. */
export const readRowAmount = (
  records: Records,
  first: number,
  plan: DeclarationPlan,
  style: DecimalStyle | undefined,
  unitCell: UnitCell | undefined
): RowAmount | AmountRefused => {
  const readAt = ({ cell, unit }: AmountColumn): RowAmount | AmountRefused => {
    const text = tidy(cellText(records, first + cell))
    const read = readAmount(text, { style, unit: unit?.unit ?? unitCell?.unit })
    return "code" in read
      ? { code: read.code, cell }
      : { ...read, cell, text: withUnit(text, unit?.text ?? unitCell?.text), bare: !namesUnit(text) }
  }
  const isStated = (column: AmountColumn | undefined): column is AmountColumn =>
    column !== undefined && tidy(cellText(records, first + column.cell)) !== ""
  const stated = plan.amounts.find(isStated)
  if (stated !== undefined) return readAt(stated)
  const low = isStated(plan.min) ? readAt(plan.min) : undefined
  const high = isStated(plan.max) ? readAt(plan.max) : undefined
  if (low !== undefined && "code" in low) return low
  if (high !== undefined && "code" in high) return high
  if (low !== undefined && high !== undefined) return between(low, high)
  if (low !== undefined) return { ...low, amount: { ...low.amount, high: undefined, highOpen: false } }
  if (high !== undefined) return { ...high, amount: { ...high.amount, low: Decimal.zero, lowOpen: false } }
  return { code: "value.missing", cell: (plan.amounts[0] ?? plan.max ?? plan.min)?.cell ?? 0 }
}

const withUnit = (text: string, unit: string | undefined): string =>
  unit === undefined || namesUnit(text) ? text : `${text} ${unit}`

const namesUnit = (text: string): boolean => /[a-df-z%‰µ]|[a-z]{2}/i.test(text)

const between = (low: RowAmount, high: RowAmount): RowAmount | AmountRefused => {
  const top = high.amount.high
  if (low.amount.unit !== high.amount.unit || top === undefined) return { code: "unit.unsupported", cell: high.cell }
  const reversed = Decimal.compare(low.amount.low, top) > 0
  return {
    ...high,
    amount: {
      unit: high.amount.unit,
      low: reversed ? top : low.amount.low,
      high: reversed ? low.amount.low : top,
      lowOpen: low.amount.lowOpen,
      highOpen: high.amount.highOpen
    },
    text: `${low.text}–${high.text}`,
    warning: reversed ? "value.reversed_range" : (low.warning ?? high.warning)
  }
}
