/**
 * Concentrations as exact intervals. An end is a fraction that is never divided: comparing it with
 * a limit multiplies instead, so no rounding can move it across.
 */
import * as Decimal from "../domain/Decimal.ts"
import type { Share } from "../domain/Formula.ts"

/** `numerator / denominator` ppm; the denominator is above zero. */
export type Fraction = Share

export interface Concentration {
  readonly low: Fraction
  readonly lowOpen: boolean
  /** Left out when nothing bounds it. */
  readonly high: Fraction | undefined
  readonly highOpen: boolean
}

const one = Decimal.fromInteger(1)
export const zeroFraction: Fraction = { numerator: Decimal.zero, denominator: one }
export const wholePpm: Fraction = { numerator: Decimal.fromInteger(1_000_000), denominator: one }

export const fractionOf = (value: Decimal.Decimal): Fraction => ({ numerator: value, denominator: one })

/** Nothing at all. */
export const nothing: Concentration = { low: zeroFraction, lowOpen: false, high: zeroFraction, highOpen: false }

/** From nothing up to an end; up to anything without one. */
export const upToFraction = (high: Fraction | undefined, highOpen = false): Concentration => ({
  low: zeroFraction,
  lowOpen: false,
  high,
  highOpen
})

export const add = (a: Fraction, b: Fraction): Fraction =>
  Decimal.compare(a.denominator, b.denominator) === 0
    ? { numerator: Decimal.add(a.numerator, b.numerator), denominator: a.denominator }
    : {
        numerator: Decimal.add(
          Decimal.multiply(a.numerator, b.denominator),
          Decimal.multiply(b.numerator, a.denominator)
        ),
        denominator: Decimal.multiply(a.denominator, b.denominator)
      }

export const times = (a: Fraction, b: Fraction): Fraction => ({
  numerator: Decimal.multiply(a.numerator, b.numerator),
  denominator: Decimal.multiply(a.denominator, b.denominator)
})

/** What is left of a fraction when another is taken away, never below zero. */
export const without = (a: Fraction, b: Fraction): Fraction => {
  const rest = add(a, { numerator: Decimal.negate(b.numerator), denominator: b.denominator })
  return Decimal.isNegative(rest.numerator) ? zeroFraction : rest
}

export const order = (a: Fraction, b: Fraction): -1 | 0 | 1 =>
  Decimal.compare(Decimal.multiply(a.numerator, b.denominator), Decimal.multiply(b.numerator, a.denominator))

/** The part of a concentration that an element has; anything between none and all of it when the share is not known. */
export const shareOf = (concentration: Concentration, share: Fraction | undefined): Concentration =>
  share === undefined
    ? { ...concentration, low: zeroFraction, lowOpen: !Decimal.isZero(concentration.low.numerator) }
    : {
        ...concentration,
        low: times(concentration.low, share),
        high: concentration.high === undefined ? undefined : times(concentration.high, share)
      }

export const sum = (parts: ReadonlyArray<Concentration>): Concentration =>
  parts.length === 0
    ? nothing
    : parts.reduce((total, part) => ({
        low: add(total.low, part.low),
        lowOpen: total.lowOpen || part.lowOpen,
        high: total.high === undefined || part.high === undefined ? undefined : add(total.high, part.high),
        highOpen: total.highOpen || part.highOpen
      }))

/** The worse of two statements about the same thing: the higher of the lows, and the higher of the highs. */
export const worst = (a: Concentration | undefined, b: Concentration): Concentration => {
  if (a === undefined) return b
  const low = order(a.low, b.low)
  const lower = low > 0 || (low === 0 && a.lowOpen) ? a : b
  const high = a.high === undefined || b.high === undefined ? undefined : order(a.high, b.high)
  const higher = high === undefined ? (a.high === undefined ? a : b) : high > 0 || (high === 0 && !a.highOpen) ? a : b
  return { low: lower.low, lowOpen: lower.lowOpen, high: higher.high, highOpen: higher.highOpen }
}

/** Whether a statement gives one of the ends of the whole. */
export const bounds = (statement: Concentration, whole: Concentration): boolean =>
  statement.high === whole.high ||
  order(statement.low, whole.low) === 0 ||
  (statement.high !== undefined && whole.high !== undefined && order(statement.high, whole.high) === 0)

/** Whether no value fits both statements. */
export const contradict = (a: Concentration, b: Concentration): boolean => isBelow(a, b) || isBelow(b, a)

const isBelow = (a: Concentration, b: Concentration): boolean => {
  if (a.high === undefined) return false
  const gap = order(a.high, b.low)
  return gap < 0 || (gap === 0 && (a.highOpen || b.lowOpen))
}

/** Negative, zero or positive as the fraction is below, at or above the limit. */
export const against = (fraction: Fraction, limitPpm: Decimal.Decimal): -1 | 0 | 1 =>
  Decimal.compare(fraction.numerator, Decimal.multiply(limitPpm, fraction.denominator))

/** Where a concentration stands: surely within what is allowed, surely breaking it, or open. */
export type Standing = "within" | "breaking" | "open"

/** Against a limit that may not be exceeded, or with `atLimit` not even be reached. */
export const standing = (concentration: Concentration, limitPpm: Decimal.Decimal, atLimit: boolean): Standing => {
  const { low, lowOpen, high, highOpen } = concentration
  const bottom = against(low, limitPpm)
  if (bottom > 0 || (bottom === 0 && (lowOpen || atLimit))) return "breaking"
  if (high === undefined) return "open"
  const top = against(high, limitPpm)
  return top < 0 || (top === 0 && (highOpen || !atLimit)) ? "within" : "open"
}

/** Against mere presence. */
export const presence = ({ low, lowOpen, high }: Concentration): Standing =>
  lowOpen || !Decimal.isZero(low.numerator)
    ? "breaking"
    : high !== undefined && Decimal.isZero(high.numerator)
      ? "within"
      : "open"

export const isExact = ({ low, lowOpen, high, highOpen }: Concentration): boolean =>
  high !== undefined && !lowOpen && !highOpen && (high === low || order(low, high) === 0)

/** Whether nothing can be in it. */
export const isNothing = ({ high }: Concentration): boolean => high !== undefined && Decimal.isZero(high.numerator)

export const ppmText = (fraction: Fraction): string => Decimal.quotientText(fraction.numerator, fraction.denominator)
