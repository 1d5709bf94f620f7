/** Concentrations of findings, which are rounded for display, as percent by mass that may be passed on. */
import * as Decimal from "../domain/Decimal.ts"
import type { Finding } from "../domain/Verdict.ts"

/** Bounds in percent by mass as decimal texts; `upper` is left out when nothing bounds it. */
export interface PercentRange {
  readonly lower: string
  readonly upper: string | undefined
}

export const percentOf = (ppm: string): string =>
  Decimal.toText(Decimal.shift(Decimal.parse(ppm) as Decimal.Decimal, -4))

/**
 * Of a finding with a concentration. A value that breaks its limit by less than the digits shown
 * gets an upper end one step above, so that nobody reads it as keeping the limit.
 */
export const percentRange = ({ ppm, range, limitPpm, status }: Finding): PercentRange | undefined => {
  if (ppm !== undefined) {
    const breaks = status !== "compliant" && ppm === limitPpm
    return { lower: percentOf(ppm), upper: percentOf(breaks ? nextAbove(ppm) : ppm) }
  }
  if (range === undefined) return undefined
  return { lower: percentOf(range.low), upper: range.high === undefined ? undefined : percentOf(range.high) }
}

/** The next number of six significant digits. */
export const nextAbove = (ppm: string): string => {
  const value = Decimal.parse(ppm) as Decimal.Decimal
  const places = 6 - (value.coefficient.toString().length - value.scale)
  return Decimal.toText(Decimal.add(value, Decimal.shift(Decimal.fromInteger(1), -places)))
}
