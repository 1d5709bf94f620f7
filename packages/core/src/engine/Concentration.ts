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

/**
 * The worse of two statements about the same thing: the higher of the lows, and the higher of the highs. One that states
 * no high leaves that of the other standing, unless it lies below what is surely there.
 */
export const worst = (a: Concentration, b: Concentration): Concentration => {
  const { low, lowOpen } = higherLow(a, b)
  const { high, highOpen } = a.high === undefined ? b : b.high === undefined ? a : higherHigh(a, b)
  const both = { low, lowOpen, high, highOpen }
  return isEmpty(both) ? atLeast(both) : both
}

/**
 * What parts come to when the whole they make up is stated as well: the higher of the lows, and the high of the whole,
 * which those of the parts, taken together, need not come near.
 */
export const within = (parts: Concentration, whole: Concentration): Concentration =>
  whole.high === undefined || exceeds(parts, whole)
    ? worst(parts, whole)
    : { ...higherLow(parts, whole), high: whole.high, highOpen: whole.highOpen }

const higherLow = (a: Concentration, b: Concentration): Concentration => {
  const by = order(a.low, b.low)
  return by > 0 || (by === 0 && a.lowOpen) ? a : b
}

const higherHigh = (a: Concentration, b: Concentration): Concentration => {
  const by = a.high === undefined || b.high === undefined ? 0 : order(a.high, b.high)
  return by > 0 || (by === 0 && !a.highOpen) ? a : b
}

/** Two statements that may be about the same amount, or about two: at least the larger of them is there, at most both. */
export const overlapping = (a: Concentration, b: Concentration): Concentration => {
  const { high, highOpen } = sum([a, b])
  const { low, lowOpen } = higherLow(a, b)
  return { low, lowOpen, high, highOpen }
}

/** The same without its upper end. */
export const atLeast = ({ low, lowOpen }: Concentration): Concentration => ({
  low,
  lowOpen,
  high: undefined,
  highOpen: false
})

/** Anything; with something surely there when `contained`. */
export const unboundedOf = (contained: boolean): Concentration => ({
  low: zeroFraction,
  lowOpen: contained,
  high: undefined,
  highOpen: false
})

/** Whether a statement gives one of the ends of the whole. */
export const bounds = (statement: Concentration, whole: Concentration): boolean =>
  statement.high === whole.high ||
  order(statement.low, whole.low) === 0 ||
  (statement.high !== undefined && whole.high !== undefined && order(statement.high, whole.high) === 0)

/** Whether some value fits all of the statements. */
export const agree = (statements: ReadonlyArray<Concentration>): boolean => {
  const shared = statements.reduce((a, b) => {
    const { low, lowOpen } = higherLow(a, b)
    const { high, highOpen } = a.high === undefined ? b : b.high === undefined || higherHigh(a, b) === b ? a : b
    return { low, lowOpen, high, highOpen }
  })
  return !isEmpty(shared)
}

/** Whether more is surely there by one statement than there can be by another. */
export const exceeds = (
  { low, lowOpen }: Pick<Concentration, "low" | "lowOpen">,
  { high, highOpen }: Concentration
): boolean => isEmpty({ low, lowOpen, high, highOpen })

const isEmpty = ({ low, lowOpen, high, highOpen }: Concentration): boolean => {
  if (high === undefined) return false
  const by = order(high, low)
  return by < 0 || (by === 0 && (highOpen || lowOpen))
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
