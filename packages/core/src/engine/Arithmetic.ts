/** Concentrations and calculations as people read and check them. Display only: nothing here decides. */
import * as Decimal from "../domain/Decimal.ts"
import type { Finding } from "../domain/Verdict.ts"
import { against, type Concentration, isExact, order, ppmText, sum } from "./Concentration.ts"
import { countedShare, type Match } from "./Match.ts"
import { elementsOf, type Rule } from "./Rule.ts"
import type { Contribution } from "./Weigh.ts"

export const shown = (concentration: Concentration): Pick<Finding, "ppm" | "range"> => {
  const { low, lowOpen, high, highOpen } = concentration
  return isExact(concentration)
    ? { ppm: ppmText(low) }
    : { range: { low: ppmText(low), lowOpen, ...(high === undefined ? {} : { high: ppmText(high) }), highOpen } }
}

const text = Decimal.toText

const isOne = (value: Decimal.Decimal): boolean => value.coefficient === 1n && value.scale === 0

/** The calculation with exact numbers, for a concentration that is one exact number. */
export const arithmeticOf = (
  rule: Partial<Pick<Rule, "element">>,
  concentration: Concentration,
  contributions: ReadonlyArray<Contribution>,
  limitPpm: Decimal.Decimal | undefined
): Pick<Finding, "arithmetic"> => {
  if (!isExact(concentration) || limitPpm === undefined) return {}
  const by = against(concentration.low, limitPpm)
  const sign = by > 0 ? ">" : by < 0 ? "<" : "="
  const [only] = contributions
  if (contributions.length === 1 && only !== undefined && isPlainMass(only, concentration))
    return massArithmetic(concentration, limitPpm, sign)
  const total = ppmText(concentration.low)
  const terms = addsUp(contributions, concentration) ? contributions.map((one) => termOf(rule, one)).join(" + ") : total
  const sums = / [+×] /.test(terms) ? ` = ${total}` : ""
  return { arithmetic: `${terms}${sums} ppm ${sign} ${text(limitPpm)} ppm` }
}

const addsUp = (contributions: ReadonlyArray<Contribution>, { low }: Concentration): boolean =>
  order(sum(contributions.map(({ concentration }) => concentration)).low, low) === 0

/** Whether the concentration is a row's mass over a mass, neither of them converted. */
const isPlainMass = ({ witnesses }: Contribution, { low }: Concentration): boolean =>
  witnesses.every(
    ({ declaration: { amount } }) =>
      amount.unit === "mg" && Decimal.compare(low.numerator, Decimal.shift(amount.low, 3)) === 0
  )

/** Both sides in micrograms, so that no division hides a remainder. */
const massArithmetic = (
  { low: { numerator, denominator } }: Concentration,
  limitPpm: Decimal.Decimal,
  sign: string
): Pick<Finding, "arithmetic"> => {
  const grams = text(denominator)
  const product = text(Decimal.multiply(limitPpm, denominator))
  return {
    arithmetic: `${text(Decimal.shift(numerator, -3))} mg in ${grams} g: ${text(numerator)} µg ${sign} ${text(limitPpm)} ppm × ${grams} g = ${product} µg`
  }
}

/** One substance's share: its own number, and the element's part of it. */
const termOf = (rule: Partial<Pick<Rule, "element">>, { concentration, witnesses }: Contribution): string => {
  const { numerator, denominator } = concentration.low
  const [witness] = witnesses
  const share = witness === undefined ? undefined : elementShareOf(rule, witness)
  if (share !== undefined) return share
  return isOne(denominator) ? text(numerator) : ppmText(concentration.low)
}

const elementShareOf = (rule: Partial<Pick<Rule, "element">>, match: Match): string | undefined => {
  const elements = elementsOf(rule)
  const share = countedShare(match, elements)
  const { amount, substance } = match.declaration
  if (elements.length === 0 || share === undefined || isOne(share.denominator) || amount.unit !== "ppm")
    return undefined
  return `${text(amount.low)} × ${text(share.numerator)}/${text(share.denominator)} (${elements.join(" + ")} in ${substance})`
}
