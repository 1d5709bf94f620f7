/** What suppliers declare of each part, by homogeneous material: class D of IPC-1752A. */
import * as Decimal from "../domain/Decimal.ts"
import { type Declaration, substanceKey } from "../domain/Declaration.ts"
import type { PartVerdict } from "../domain/Verdict.ts"
import { type Fraction, order } from "../engine/Concentration.ts"
import { materialDisclosure, partDisclosure } from "../engine/Disclosure.ts"
import { claimsOf } from "../engine/Exempt.ts"
import type { Facts } from "../engine/Facts.ts"
import { inMaterial, isReason } from "../engine/Measure.ts"
import { type Judgement, nodesOf } from "./Judgement.ts"
import { percentOf } from "./Percent.ts"

/** An exact mass, or percent by mass of the material, exact or within bounds. */
export type DeclaredAmount =
  | { readonly mg: string }
  | { readonly percent: string }
  | { readonly minPercent: string; readonly maxPercent: string }

export interface DeclaredSubstance {
  readonly name: string
  readonly cas: string | undefined
  readonly ec: string | undefined
  readonly amount: DeclaredAmount
  readonly exemptions: ReadonlyArray<string>
}

export interface DeclaredMaterial {
  readonly name: string
  readonly mg: string | undefined
  readonly substances: ReadonlyArray<DeclaredSubstance>
  /** Whether the substances make up the whole mass, as far as it is known. */
  readonly complete: boolean
}

export interface DeclaredPart {
  readonly partNumber: string
  readonly name: string | undefined
  /** Pieces in one product. */
  readonly quantity: string
  readonly massGrams: string | undefined
  /** None when nothing is declared of the part that belongs to a material. */
  readonly materials: ReadonlyArray<DeclaredMaterial>
}

/** A declared amount that class D has no place for. */
export interface UnstatedSubstance {
  readonly partNumber: string
  readonly substance: string
  readonly code: "material.unstated" | "amount.unstated" | "mass.missing"
  readonly message: string
}

export interface Composition {
  /** Parts without children, and assemblies that declare materials of their own. */
  readonly parts: ReadonlyArray<DeclaredPart>
  readonly unstated: ReadonlyArray<UnstatedSubstance>
}

export const compositionOf = (judgement: Judgement): Composition => {
  const unstated: Array<UnstatedSubstance> = []
  const parts = nodesOf(judgement).flatMap((part) => {
    const facts = judgement.facts.get(part.key)
    if (facts === undefined) return []
    const materials = materialsOf(part, facts, judgement.asOf, unstated)
    return part.assembly && materials.length === 0
      ? []
      : [
          {
            partNumber: part.partNumber,
            name: part.name,
            quantity: part.quantity,
            massGrams: part.massGrams,
            materials
          }
        ]
  })
  return { parts, unstated }
}

const materialsOf = (
  part: PartVerdict,
  facts: Facts,
  asOf: string,
  unstated: Array<UnstatedSubstance>
): ReadonlyArray<DeclaredMaterial> => {
  const whole = facts.homogeneous ? facts.part.material : undefined
  const rows = facts.declarations.filter(({ claim }) => claim === undefined)
  const groups = Map.groupBy(rows, ({ material }) => material ?? whole)
  return [...groups].flatMap(([name, own]) => {
    if (name === undefined) {
      for (const { substance } of own)
        unstated.push({
          partNumber: part.partNumber,
          substance,
          code: "material.unstated",
          message: "It is declared for the whole part, not for one of its homogeneous materials."
        })
      return []
    }
    const mass = massOf(facts, name, own)
    const substances = [...Map.groupBy(own, ({ substance, cas }) => substanceKey(substance, cas)).values()].flatMap(
      (alike) => substanceOf(part, worstOf(facts, alike), mass, unstated)
    )
    const { complete } = name === whole ? partDisclosure(facts, asOf) : materialDisclosure(facts, name, asOf)
    return [{ name, mg: mass === undefined ? undefined : Decimal.toText(mass), substances, complete }]
  })
}

/** Milligrams of a material: as a row states it, or those of the part that consists of it. */
const massOf = (facts: Facts, name: string, rows: ReadonlyArray<Declaration>): Decimal.Decimal | undefined =>
  rows.find(({ materialMassMg }) => materialMassMg !== undefined)?.materialMassMg ??
  (facts.homogeneous && name === facts.part.material && facts.massGrams !== undefined
    ? Decimal.shift(facts.massGrams, 3)
    : undefined)

/** Of several statements about one substance in one material the one with the highest upper end; never their sum. */
const worstOf = (facts: Facts, rows: ReadonlyArray<Declaration>): Declaration =>
  rows.reduce((worst, row) => {
    const [a, b] = [upperOf(facts, worst), upperOf(facts, row)]
    if (a === "unknown" || a === "unbounded") return worst
    return b === "unknown" ? worst : b === "unbounded" || order(b, a) > 0 ? row : worst
  })

const upperOf = (facts: Facts, row: Declaration): Fraction | "unknown" | "unbounded" => {
  const measured = inMaterial(facts, row, "indeterminate")
  return isReason(measured) ? "unknown" : (measured.high ?? "unbounded")
}

const substanceOf = (
  { partNumber }: PartVerdict,
  row: Declaration,
  mass: Decimal.Decimal | undefined,
  unstated: Array<UnstatedSubstance>
): ReadonlyArray<DeclaredSubstance> => {
  const amount = amountOf(row, mass)
  const { substance, cas, ec } = row
  if ("code" in amount) {
    unstated.push({ partNumber, substance, ...amount })
    return []
  }
  return [{ name: substance, cas, ec, amount, exemptions: claimsOf(row) }]
}

const amountOf = (
  { amount: { unit, low, lowOpen, high, highOpen } }: Declaration,
  mass: Decimal.Decimal | undefined
): DeclaredAmount | Pick<UnstatedSubstance, "code" | "message"> => {
  if (high === undefined) return { code: "amount.unstated", message: "Nobody states how much of it there is at most." }
  const exact = !lowOpen && !highOpen && Decimal.compare(low, high) === 0
  if (unit === "ppm")
    return exact
      ? { percent: percentOf(Decimal.toText(high)) }
      : { minPercent: percentOf(Decimal.toText(low)), maxPercent: percentOf(Decimal.toText(high)) }
  if (exact) return { mg: Decimal.toText(high) }
  if (mass === undefined || Decimal.isZero(mass))
    return {
      code: "mass.missing",
      message: "A range of masses needs the mass of its material to be stated as percent."
    }
  return { minPercent: share(low, mass, false), maxPercent: share(high, mass, true) }
}

/** Decimals of a percentage that has no end. */
const PLACES = 12

/** Percent of a mass, rounded outward where it has no end, so that the range never narrows. */
const share = (part: Decimal.Decimal, mass: Decimal.Decimal, up: boolean): string => {
  const scale = Math.max(part.scale, mass.scale)
  const lift = (value: Decimal.Decimal) => value.coefficient * 10n ** BigInt(scale - value.scale)
  const [top, bottom] = [lift(part) * 10n ** BigInt(PLACES + 2), lift(mass)]
  const quotient = top / bottom + (up && top % bottom !== 0n ? 1n : 0n)
  return Decimal.toText(Decimal.shift(Decimal.fromInteger(quotient), -PLACES))
}
