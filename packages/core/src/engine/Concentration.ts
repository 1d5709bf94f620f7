/**
 * Concentrations as exact intervals. An end is a fraction that is never divided: comparing it with
 * a limit multiplies instead, so no rounding can move it across.
 */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Level } from "../domain/Verdict.ts"
import type { Facts } from "./Facts.ts"

/** `numerator / denominator` ppm; the denominator is above zero. */
export interface Fraction {
  readonly numerator: Decimal.Decimal
  readonly denominator: Decimal.Decimal
}

export interface Concentration {
  readonly low: Fraction
  readonly lowOpen: boolean
  /** Left out when nothing bounds it. */
  readonly high: Fraction | undefined
  readonly highOpen: boolean
}

/** Why there is no concentration. */
export interface Unknown {
  readonly code: string
  readonly message: string
}

const one = Decimal.fromInteger(1)
const none: Fraction = { numerator: Decimal.zero, denominator: one }

const massMissing: Unknown = {
  code: "mass.missing",
  message: "The mass of the part is not known, so no concentration can be taken."
}
const massZero: Unknown = {
  code: "mass.zero",
  message: "The mass of the part is zero, so no concentration can be taken."
}

/** What a declaration says about the concentration at a level. */
export const concentrationAt = (facts: Facts, declaration: Declaration, level: Level): Concentration | Unknown => {
  const { amount, material, materialMassMg } = declaration
  const wholePart = material === undefined || facts.homogeneous
  if (level === "homogeneous-material") {
    if (amount.unit === "ppm")
      return wholePart && material === undefined ? ofPart(facts, overShare(amount)) : overShare(amount)
    if (material !== undefined && materialMassMg !== undefined)
      return overMass(amount, Decimal.shift(materialMassMg, -3))
    const average = overMass(amount, facts.massGrams)
    return "code" in average ? average : ofPart(facts, average)
  }
  if (amount.unit === "mg") return overMass(amount, facts.massGrams)
  if (wholePart) return overShare(amount)
  if (materialMassMg === undefined) return { ...overShare(amount), low: none, lowOpen: false }
  const shifted = {
    ...amount,
    low: share(amount.low, materialMassMg),
    high: amount.high && share(amount.high, materialMassMg)
  }
  return overMass(shifted, facts.massGrams)
}

/** Milligrams of a share, in ppm, of a mass in milligrams. */
const share = (ppm: Decimal.Decimal, massMg: Decimal.Decimal): Decimal.Decimal =>
  Decimal.shift(Decimal.multiply(ppm, massMg), -6)

type Bounds = Omit<Declaration["amount"], "unit">

const overShare = ({ low, lowOpen, high, highOpen }: Bounds): Concentration => ({
  low: { numerator: low, denominator: one },
  lowOpen,
  high: high === undefined ? undefined : { numerator: high, denominator: one },
  highOpen
})

/** Milligrams over grams, as ppm: 1 mg in 1 g is 1000 ppm. */
const overMass = (
  { low, lowOpen, high, highOpen }: Bounds,
  grams: Decimal.Decimal | undefined
): Concentration | Unknown => {
  if (grams === undefined) return massMissing
  if (Decimal.isZero(grams)) return massZero
  const over = (mg: Decimal.Decimal): Fraction => ({ numerator: Decimal.shift(mg, 3), denominator: grams })
  return { low: over(low), lowOpen, high: high === undefined ? undefined : over(high), highOpen }
}

/** An average over a part of several materials: one of them may hold more, none is known to hold less. */
const ofPart = (facts: Facts, average: Concentration): Concentration =>
  facts.homogeneous || (average.high !== undefined && Decimal.isZero(average.high.numerator))
    ? average
    : { ...average, high: undefined, highOpen: false }

export const sum = (parts: ReadonlyArray<Concentration>): Concentration =>
  parts.length === 1
    ? (parts[0] as Concentration)
    : parts.reduce((total, part) => ({
        low: add(total.low, part.low),
        lowOpen: total.lowOpen || part.lowOpen,
        high: total.high === undefined || part.high === undefined ? undefined : add(total.high, part.high),
        highOpen: total.highOpen || part.highOpen
      }))

const add = (a: Fraction, b: Fraction): Fraction =>
  Decimal.compare(a.denominator, b.denominator) === 0
    ? { numerator: Decimal.add(a.numerator, b.numerator), denominator: a.denominator }
    : {
        numerator: Decimal.add(
          Decimal.multiply(a.numerator, b.denominator),
          Decimal.multiply(b.numerator, a.denominator)
        ),
        denominator: Decimal.multiply(a.denominator, b.denominator)
      }

const order = (a: Fraction, b: Fraction): -1 | 0 | 1 =>
  Decimal.compare(Decimal.multiply(a.numerator, b.denominator), Decimal.multiply(b.numerator, a.denominator))

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

/** Negative, zero or positive as the fraction is below, at or above the limit. */
export const against = (fraction: Fraction, limitPpm: Decimal.Decimal): -1 | 0 | 1 =>
  Decimal.compare(fraction.numerator, Decimal.multiply(limitPpm, fraction.denominator))

/** Where a concentration stands against a limit that may not be exceeded. */
export const standing = (concentration: Concentration, limitPpm: Decimal.Decimal): "within" | "above" | "open" => {
  const low = against(concentration.low, limitPpm)
  if (low > 0 || (low === 0 && concentration.lowOpen)) return "above"
  return concentration.high !== undefined && against(concentration.high, limitPpm) <= 0 ? "within" : "open"
}

export const isExact = ({ low, lowOpen, high, highOpen }: Concentration): boolean =>
  high !== undefined && !lowOpen && !highOpen && (high === low || order(low, high) === 0)

export const ppmText = (fraction: Fraction): string => Decimal.quotientText(fraction.numerator, fraction.denominator)
