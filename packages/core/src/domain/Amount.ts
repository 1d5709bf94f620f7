/** How much of a substance there is: a mass or a share, known exactly or only within bounds. */
import * as Decimal from "./Decimal.ts"
import type { StatedUnit } from "./Unit.ts"

/**
 * An interval of milligrams, or of ppm (mass of the substance over mass of the material or part,
 * in millionths). An exact statement has equal, closed ends.
 */
export interface Amount {
  readonly unit: "mg" | "ppm"
  readonly low: Decimal.Decimal
  /** Unbounded when left out: the substance is contained, nobody says how much. */
  readonly high: Decimal.Decimal | undefined
  /** Whether the value may equal the end, or only come near to it. */
  readonly lowOpen: boolean
  readonly highOpen: boolean
}

export const exactly = (unit: Amount["unit"], value: Decimal.Decimal): Amount => ({
  unit,
  low: value,
  high: value,
  lowOpen: false,
  highOpen: false
})

/** An amount, and the text that states it. */
export interface StatedAmount {
  readonly amount: Amount
  readonly text: string
}

/** What a plain number states: `coefficient / 10^scale` of a unit. */
export const stated = (written: Decimal.Decimal, unit: StatedUnit | undefined): StatedAmount => ({
  amount: exactly(
    unit?.unit?.canonical ?? "mg",
    Decimal.multiply(written, unit?.unit?.factor ?? Decimal.fromInteger(1))
  ),
  text: `${Decimal.toText(written)} ${unit?.text ?? ""}`.trim()
})

/** At most, or below when `open`. */
export const upTo = (unit: Amount["unit"], high: Decimal.Decimal, open: boolean): Amount => ({
  unit,
  low: Decimal.zero,
  high,
  lowOpen: false,
  highOpen: open
})

/** Contained, without a number. */
export const unstated: Amount = { unit: "ppm", low: Decimal.zero, high: undefined, lowOpen: false, highOpen: false }

export const isExact = (amount: Amount): boolean =>
  amount.high !== undefined && !amount.lowOpen && !amount.highOpen && Decimal.compare(amount.low, amount.high) === 0

/** The interval as people write it: `12.5`, `< 100`, `500–900`. */
export const amountText = (amount: Amount): string => {
  const low = Decimal.toText(amount.low)
  if (isExact(amount)) return `${low} ${amount.unit}`
  if (amount.high === undefined)
    return Decimal.isZero(amount.low) && !amount.lowOpen
      ? "an unstated amount"
      : `${amount.lowOpen ? ">" : "≥"} ${low} ${amount.unit}`
  const high = Decimal.toText(amount.high)
  if (Decimal.isZero(amount.low)) return `${amount.highOpen ? "<" : "≤"} ${high} ${amount.unit}`
  return `${low}–${high} ${amount.unit}`
}
