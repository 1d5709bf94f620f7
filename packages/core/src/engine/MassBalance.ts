/** Whether an assembly weighs what its parts do. A mass that is off by a lot is likely stated in another unit. */
import * as Decimal from "../domain/Decimal.ts"
import type { Reason } from "../domain/Verdict.ts"
import type { Facts } from "./Facts.ts"

/** Grams of all children, when every one of them has a mass and a number. */
export const sumOfChildren = (children: Facts["children"]): Decimal.Decimal | undefined => {
  if (children.length === 0) return undefined
  let sum = Decimal.zero
  for (const { facts, quantity, uncounted } of children) {
    if (uncounted === true) return undefined
    if (Decimal.isZero(quantity)) continue
    if (facts.massGrams === undefined) return undefined
    sum = Decimal.add(sum, Decimal.multiply(facts.massGrams, quantity))
  }
  return sum
}

/** From these shares of the stated mass on, in percent, a difference is remarked on, and taken for an error. */
const MISMATCH = Decimal.fromInteger(5)
const IMPLAUSIBLE = Decimal.fromInteger(50)

/** What is to be said of an assembly whose own mass is stated and is not that of its children. */
export const massNotes = ({ part, children }: Facts): ReadonlyArray<Reason> => {
  const stated = part.massGrams
  const sum = sumOfChildren(children)
  if (stated === undefined || sum === undefined) return []
  const gap = Decimal.add(sum, Decimal.negate(stated))
  const size = Decimal.shift(Decimal.isNegative(gap) ? Decimal.negate(gap) : gap, 2)
  const exceeds = (percent: Decimal.Decimal) => Decimal.compare(size, Decimal.multiply(percent, stated)) > 0
  if (!exceeds(MISMATCH)) return []
  const masses = `${Decimal.toText(stated)} g are stated, and what it contains weighs ${Decimal.toText(sum)} g`
  return [
    exceeds(IMPLAUSIBLE)
      ? { code: "mass.implausible", message: `${masses}; one of them is likely in another unit.` }
      : { code: "mass.mismatch", message: `${masses}.` }
  ]
}
