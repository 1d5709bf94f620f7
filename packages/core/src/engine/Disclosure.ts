/** How much of a part nobody says anything about: what is not declared can only be in the rest. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import {
  add,
  against,
  type Concentration,
  type Fraction,
  nothing,
  order,
  upToFraction,
  wholePpm,
  without,
  zeroFraction
} from "./Concentration.ts"
import type { Facts } from "./Facts.ts"
import { inMaterial, inPart, isReason } from "./Measure.ts"

/** A full disclosure may leave out this share for rounding, and the masses of materials may miss that of the part by it. */
const COMPLETE_PPM = Decimal.fromInteger(995_000)

/** From this declared share on, what is missing is told as a partial disclosure. */
const PARTIAL_PPM = Decimal.fromInteger(500_000)

export interface Disclosure {
  /** What a substance that is not declared may come to. */
  readonly undeclared: Concentration
  /** Whether the statements are a full disclosure, as far as masses tell. */
  readonly complete: boolean
  readonly partial: boolean
}

const none: Disclosure = { undeclared: upToFraction(undefined), complete: false, partial: false }

const isAmount = (declaration: Declaration): boolean => declaration.claim === undefined

/** Sum of what is surely there. A substance that several rows state counts once, with its lowest statement. */
const declaredOf = (
  declarations: ReadonlyArray<Declaration>,
  measure: (declaration: Declaration) => Fraction | undefined
): Fraction => {
  const lowest = new Map<string, Fraction>()
  for (const declaration of declarations) {
    const low = measure(declaration)
    if (low === undefined) continue
    const key = JSON.stringify([declaration.cas ?? declaration.substance.toLowerCase(), declaration.material ?? null])
    const before = lowest.get(key)
    if (before === undefined || order(low, before) < 0) lowest.set(key, low)
  }
  return [...lowest.values()].reduce(add, zeroFraction)
}

const reaches = (share: Fraction, ppm: Decimal.Decimal): boolean => against(share, ppm) >= 0

const disclosureOf = (declared: Fraction): Disclosure =>
  reaches(declared, COMPLETE_PPM)
    ? { undeclared: nothing, complete: true, partial: false }
    : {
        undeclared: upToFraction(without(wholePpm, declared)),
        complete: false,
        partial: reaches(declared, PARTIAL_PPM)
      }

/** Of the whole part. */
export const partDisclosure = (facts: Facts): Disclosure => {
  const rows = facts.declarations.filter(isAmount)
  if (rows.length === 0) return none
  return disclosureOf(
    declaredOf(rows, (declaration) => {
      const found = inPart(facts, declaration, "indeterminate")
      return isReason(found) ? undefined : found.low
    })
  )
}

/** Of one material of the part, by the name it is declared by. */
export const materialDisclosure = (facts: Facts, material: string): Disclosure => {
  const rows = facts.declarations.filter((declaration) => isAmount(declaration) && declaration.material === material)
  return disclosureOf(
    declaredOf(rows, (declaration) => {
      const found = inMaterial(facts, declaration, "indeterminate")
      return isReason(found) ? undefined : found.low
    })
  )
}

/** Of materials that no row names: nothing when those that are named make up the part, or the part's substances do. */
export const otherMaterials = (facts: Facts): Disclosure => {
  const whole = partDisclosure(facts)
  if (facts.homogeneous || whole.complete) return whole
  const named = namedShare(facts)
  if (named !== undefined && reaches(named, COMPLETE_PPM))
    return { undeclared: nothing, complete: true, partial: false }
  return { ...none, partial: whole.partial }
}

/** Whether the masses of the materials that rows name are known not to make up the part's. */
export const leavesMaterialsOut = (facts: Facts): boolean => {
  const named = namedShare(facts)
  return named !== undefined && !reaches(named, COMPLETE_PPM)
}

/** Share of the part's mass, in ppm, that materials with a stated mass have. */
const namedShare = ({ declarations, massGrams }: Facts): Fraction | undefined => {
  const masses = new Map<string, Decimal.Decimal>()
  for (const { material, materialMassMg } of declarations)
    if (material !== undefined && materialMassMg !== undefined) masses.set(material, materialMassMg)
  if (masses.size === 0 || massGrams === undefined || Decimal.isZero(massGrams)) return undefined
  const total = [...masses.values()].reduce(Decimal.add, Decimal.zero)
  return { numerator: Decimal.shift(total, 3), denominator: massGrams }
}
