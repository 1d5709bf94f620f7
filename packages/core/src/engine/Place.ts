/** Where in a part a rule takes the concentration: in each material, over the part, or over all that is below it. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import { type Concentration, type Fraction, fractionOf, nothing, sum, times, upToFraction } from "./Concentration.ts"
import {
  type Disclosure,
  leavesMaterialsOut,
  materialDisclosure,
  otherMaterials,
  partDisclosure
} from "./Disclosure.ts"
import type { Facts } from "./Facts.ts"
import { type Match, memberOf } from "./Match.ts"
import { inMaterial, inPart, isReason, type Ranges } from "./Measure.ts"
import type { Rule } from "./Rule.ts"
import type { Measure } from "./Weigh.ts"

export interface Place {
  readonly matches: ReadonlyArray<Match>
  readonly measure: Measure
  /** Where a row comes from, when the place is all that is below a part. */
  readonly origin?: ((row: Declaration) => Origin | undefined) | undefined
  /** What nobody declares at this place. */
  readonly disclosure: () => Disclosure
}

export interface Origin {
  readonly facts: Facts
  /** Pieces in one of the whole, over all paths. */
  readonly pieces: Decimal.Decimal
  /** The row as it is declared. */
  readonly row: Declaration
}

/** No places when the rule does not apply to the part, or nothing is declared of it. */
export const placesOf = (
  facts: Facts,
  rule: Rule,
  matches: ReadonlyArray<Match>,
  ranges: Ranges,
  isProduct: boolean
): ReadonlyArray<Place> => {
  if (!isInScope(facts, rule)) return []
  switch (rule.level) {
    case "product":
      return isProduct ? [everythingBelow(facts, rule, ranges)] : []
    case "battery":
      return has(facts, "battery") ? [everythingBelow(facts, rule, ranges)] : []
    case "packaging-component":
      return has(facts, "packaging") ? thePart(facts, matches, ranges) : []
    case "article":
      return thePart(facts, matches, ranges)
    case "presence":
      return facts.declarations.length === 0
        ? []
        : [{ matches, measure: ({ amount }) => contained(amount), disclosure: () => partDisclosure(facts) }]
    case "homogeneous-material":
      return materials(facts, rule, matches, ranges)
  }
}

const has = (facts: Facts, category: string): boolean => facts.part.categories?.includes(category) === true

const isInScope = (facts: Facts, { scope }: Rule): boolean =>
  (scope?.categories === undefined || scope.categories.some((category) => has(facts, category))) &&
  scope?.exceptCategories?.some((category) => has(facts, category)) !== true

const contained = ({ low, lowOpen, high, highOpen }: Declaration["amount"]): Concentration => ({
  low: fractionOf(low),
  lowOpen,
  high: high === undefined ? undefined : fractionOf(high),
  highOpen
})

const thePart = (facts: Facts, matches: ReadonlyArray<Match>, ranges: Ranges): ReadonlyArray<Place> =>
  facts.declarations.length === 0
    ? []
    : [{ matches, measure: (row) => inPart(facts, row, ranges), disclosure: () => partDisclosure(facts) }]

/**
 * Each material that a row names; and the part as a whole, for rows without a material and for what the masses of the
 * named materials leave out. Without masses a supplier's materials are taken to be all there are.
 */
const materials = (facts: Facts, rule: Rule, matches: ReadonlyArray<Match>, ranges: Ranges): ReadonlyArray<Place> => {
  if (facts.declarations.length === 0) return []
  const measure: Measure = (row) => inMaterial(facts, row, ranges)
  const names = new Set(facts.declarations.flatMap(({ material }) => (material === undefined ? [] : [material])))
  const inNamed = [...names].flatMap((name): ReadonlyArray<Place> => {
    const own = matches.filter(({ declaration }) => declaration.material === name)
    return isMaterialInScope(rule, name)
      ? [{ matches: own, measure, disclosure: () => materialDisclosure(facts, name) }]
      : []
  })
  const whole = matches.filter(({ declaration }) => declaration.material === undefined)
  const rest: Place = { matches: whole, measure, disclosure: () => otherMaterials(facts) }
  if (whole.length > 0 || inNamed.length === 0) return [...inNamed.filter((place) => place.matches.length > 0), rest]
  return leavesMaterialsOut(facts) ? [...inNamed, rest] : inNamed
}

const isMaterialInScope = ({ scope }: Rule, name: string): boolean =>
  scope?.materials === undefined || scope.materials.some((word) => name.toLowerCase().includes(word))

/** The part with all that is below it, each node with the pieces there are of it. */
const everythingBelow = (facts: Facts, rule: Rule, ranges: Ranges): Place => {
  const nodes = flatten(facts)
  const origins = new Map<Declaration, Origin>()
  const matches: Array<Match> = []
  for (const node of nodes)
    for (const declaration of node.facts.declarations) {
      const member = declaration.claim === undefined ? memberOf(declaration, rule.members) : undefined
      if (member === undefined) continue
      const own = { ...declaration, material: JSON.stringify([node.facts.part.key, declaration.material ?? null]) }
      origins.set(own, { ...node, row: declaration })
      matches.push({ declaration: own, member })
    }
  const total = facts.massGrams
  const measure = (row: Declaration): Concentration | Reason => {
    const origin = origins.get(row)
    if (origin === undefined) return nothing
    const measured = inPart(origin.facts, origin.row, ranges)
    if (isReason(measured)) return measured
    const weight = shareOfTotal(origin.facts, origin.pieces, total)
    return weight === undefined ? massMissing : scaled(measured, weight)
  }
  const speaking = new Set([...origins.values()].map(({ facts }) => facts))
  return {
    matches,
    measure,
    origin: (row) => origins.get(row),
    disclosure: () =>
      restOf(
        nodes.filter(
          (node) => !speaking.has(node.facts) && (!node.facts.assembly || node.facts.declarations.length > 0)
        ),
        total
      )
  }
}

const massMissing: Reason = {
  code: "mass.missing",
  message: "The mass of the whole, or of one of its parts, is not known, so no concentration can be taken."
}

const scaled = (concentration: Concentration, weight: Fraction): Concentration => ({
  ...concentration,
  low: times(concentration.low, weight),
  high: concentration.high === undefined ? undefined : times(concentration.high, weight)
})

const shareOfTotal = (
  facts: Facts,
  pieces: Decimal.Decimal,
  total: Decimal.Decimal | undefined
): Fraction | undefined =>
  facts.massGrams === undefined || total === undefined || Decimal.isZero(total)
    ? undefined
    : { numerator: Decimal.multiply(facts.massGrams, pieces), denominator: total }

/** What parts that do not mention the substance may add to the whole. */
const restOf = (
  silent: ReadonlyArray<{ readonly facts: Facts; readonly pieces: Decimal.Decimal }>,
  total: Decimal.Decimal | undefined
): Disclosure => {
  const rests = silent.map(({ facts, pieces }) => {
    const { undeclared } = partDisclosure(facts)
    const weight = shareOfTotal(facts, pieces, total)
    return weight === undefined || undeclared.high === undefined ? upToFraction(undefined) : scaled(undeclared, weight)
  })
  const undeclared = sum(rests)
  const complete = silent.every(({ facts }) => partDisclosure(facts).complete)
  return { undeclared, complete, partial: !complete && undeclared.high !== undefined }
}

/** Every node below once, with its pieces over all paths; children after their parents. */
const flatten = (root: Facts): ReadonlyArray<{ readonly facts: Facts; readonly pieces: Decimal.Decimal }> => {
  const order: Array<Facts> = []
  const seen = new Set([root])
  const path = [{ facts: root, next: 0 }]
  while (path.length > 0) {
    const top = path[path.length - 1] as (typeof path)[number]
    const child = top.facts.children[top.next++]?.facts
    if (child === undefined) {
      order.push(top.facts)
      path.pop()
    } else if (!seen.has(child)) {
      seen.add(child)
      path.push({ facts: child, next: 0 })
    }
  }
  order.reverse()
  const pieces = new Map([[root, Decimal.fromInteger(1)]])
  for (const facts of order) {
    const own = pieces.get(facts) as Decimal.Decimal
    for (const child of facts.children)
      pieces.set(
        child.facts,
        Decimal.add(pieces.get(child.facts) ?? Decimal.zero, Decimal.multiply(own, child.quantity))
      )
  }
  return order.map((facts) => ({ facts, pieces: pieces.get(facts) as Decimal.Decimal }))
}
