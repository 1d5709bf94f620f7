/** What one declaration says about the concentration at a level. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import { atLeast, type Concentration, type Fraction, fractionOf, isNothing, zeroFraction } from "./Concentration.ts"
import type { Facts } from "./Facts.ts"

/** How a supplier's two-sided range counts: as it is, or by its upper end alone. */
export type Ranges = "indeterminate" | "worst-case"

/** A concentration, or why none can be taken. */
export type Measured = Concentration | Reason

const massMissing: Reason = {
  code: "mass.missing",
  message: "The mass of the part is not known, so no concentration can be taken."
}
const massZero: Reason = {
  code: "mass.zero",
  message: "The mass of the part is zero, so no concentration can be taken."
}

export const isReason = (value: Measured): value is Reason => "code" in value

type Bounds = Omit<Declaration["amount"], "unit">

const worstCase = (bounds: Bounds): Bounds =>
  bounds.high === undefined || Decimal.isZero(bounds.low)
    ? bounds
    : { low: bounds.high, lowOpen: false, high: bounds.high, highOpen: false }

const boundsOf = ({ amount }: Declaration, ranges: Ranges): Bounds =>
  ranges === "worst-case" ? worstCase(amount) : amount

/** In the homogeneous material that the declaration is about. */
export const inMaterial = (facts: Facts, declaration: Declaration, ranges: Ranges): Measured => {
  const { amount, material, materialMassMg } = declaration
  const stated = boundsOf(declaration, ranges)
  if (amount.unit === "ppm") return material === undefined ? ofPart(facts, overShare(stated)) : overShare(stated)
  if (material !== undefined && materialMassMg !== undefined) return overMass(stated, Decimal.shift(materialMassMg, -3))
  const average = overMass(stated, facts.massGrams)
  return isReason(average) ? average : ofPart(facts, average)
}

/** Over the whole part. Its mass is at least that of each of its materials, so that without it a bound is left. */
export const inPart = (facts: Facts, declaration: Declaration, ranges: Ranges): Measured => {
  const { amount, material, materialMassMg } = declaration
  const { massGrams } = facts
  const stated = boundsOf(declaration, ranges)
  if (amount.unit === "mg")
    return massGrams === undefined && material !== undefined && materialMassMg !== undefined
      ? diluted(overMass(stated, Decimal.shift(materialMassMg, -3)))
      : overMass(stated, massGrams)
  if (material === undefined || facts.homogeneous) return overShare(stated)
  if (materialMassMg === undefined || massGrams === undefined) return diluted(overShare(stated))
  const { low, high } = stated
  return overMass(
    { ...stated, low: share(low, materialMassMg), high: high === undefined ? undefined : share(high, materialMassMg) },
    massGrams
  )
}

/** A concentration in something that is mixed with an unknown amount of other things: any of it, but not none. */
const diluted = (measured: Measured): Measured =>
  isReason(measured)
    ? measured
    : { ...measured, low: zeroFraction, lowOpen: measured.lowOpen || !Decimal.isZero(measured.low.numerator) }

/** Milligrams of a share, in ppm, of a mass in milligrams. */
const share = (ppm: Decimal.Decimal, massMg: Decimal.Decimal): Decimal.Decimal =>
  Decimal.shift(Decimal.multiply(ppm, massMg), -6)

/** A share as it is stated. */
export const overShare = ({ low, lowOpen, high, highOpen }: Bounds): Concentration => ({
  low: fractionOf(low),
  lowOpen,
  high: high === undefined ? undefined : fractionOf(high),
  highOpen
})

/** Milligrams over grams, as ppm: 1 mg in 1 g is 1000 ppm. */
const overMass = ({ low, lowOpen, high, highOpen }: Bounds, grams: Decimal.Decimal | undefined): Measured => {
  if (grams === undefined) return massMissing
  if (Decimal.isZero(grams)) return massZero
  const over = (mg: Decimal.Decimal): Fraction => ({ numerator: Decimal.shift(mg, 3), denominator: grams })
  return { low: over(low), lowOpen, high: high === undefined ? undefined : over(high), highOpen }
}

/** An average over a part of several materials: one of them may hold more, none is known to hold less. */
const ofPart = (facts: Facts, average: Concentration): Concentration =>
  facts.homogeneous || isNothing(average) ? average : atLeast(average)
