/** Where in a part a rule takes the concentration: in each material, over the part, or over all that is below it. */
import type * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import {
  type Disclosure,
  leavesMaterialsOut,
  materialDisclosure,
  materialsOf,
  otherMaterials,
  partDisclosure
} from "./Disclosure.ts"
import type { Facts } from "./Facts.ts"
import type { Match } from "./Match.ts"
import { inMaterial, inPart, overShare, type Ranges } from "./Measure.ts"
import { everythingBelow } from "./Product.ts"
import type { Rule, RuleSet } from "./Rule.ts"
import { isCovered, type Measure } from "./Weigh.ts"

export interface Place {
  readonly matches: ReadonlyArray<Match>
  readonly measure: Measure
  /** What a row says of the very material it is about, when the place is not that material. */
  readonly measureInMaterial?: Measure | undefined
  /** Whether the rows speak for all substances of the rule. */
  readonly isCovered: boolean
  /** Whether all it can do is to prove that the rule is broken; another place tells of everything else. */
  readonly onlyProves?: boolean | undefined
  /** What is to be said of the rows, whatever comes of them. */
  readonly notes?: ReadonlyArray<Reason> | undefined
  /** The homogeneous material it is. */
  readonly material?: string | undefined
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

export interface PlaceOptions {
  readonly ruleSet: RuleSet
  readonly asOf: string
  readonly ranges: Ranges
  readonly isProduct: boolean
}

/** No places when the rule does not apply to the part, or nothing is declared of it. */
export const placesOf = (
  facts: Facts,
  rule: Rule,
  matches: ReadonlyArray<Match>,
  options: PlaceOptions
): ReadonlyArray<Place> => {
  if (!isInScope(facts, rule)) return []
  if (rule.level === "homogeneous-material") return materials(facts, rule, matches, options)
  if (!isOneMaterialInScope(facts, rule)) return []
  switch (rule.level) {
    case "product":
      return options.isProduct ? everythingBelow(facts, rule, options) : []
    case "battery":
      return has(facts, "battery") ? everythingBelow(facts, rule, options) : []
    case "packaging-component":
      return has(facts, "packaging") ? thePart(facts, rule, matches, options) : []
    case "article":
      return thePart(facts, rule, matches, options)
    case "presence":
      return thePart(facts, rule, matches, options).map((place) => ({
        ...place,
        measure: ({ amount }) => overShare(amount)
      }))
  }
}

const has = (facts: Facts, category: string): boolean => facts.part.categories?.includes(category) === true

const isInScope = (facts: Facts, { scope }: Rule): boolean =>
  (scope?.categories === undefined || scope.categories.some((category) => has(facts, category))) &&
  scope?.exceptCategories?.some((category) => has(facts, category)) !== true

const isMaterialInScope = ({ scope }: Rule, name: string): boolean =>
  scope?.materials === undefined || scope.materials.some((word) => name.toLowerCase().includes(word))

/** A part that is known to be one material is out of the scope of a rule on others; any other part may hold them. */
const isOneMaterialInScope = ({ homogeneous, part }: Facts, rule: Rule): boolean =>
  !homogeneous || part.material === undefined || isMaterialInScope(rule, part.material)

const thePart = (
  facts: Facts,
  rule: Rule,
  matches: ReadonlyArray<Match>,
  { asOf, ranges }: PlaceOptions
): ReadonlyArray<Place> =>
  facts.declarations.length === 0
    ? []
    : [
        {
          matches,
          measure: (row) => inPart(facts, row, ranges),
          measureInMaterial: (row) => inMaterial(facts, row, ranges),
          isCovered: isCovered(rule, matches),
          disclosure: () => partDisclosure(facts, asOf)
        }
      ]

/**
 * Each material that a row names; and the part as a whole, for rows without a material and for what the masses of the
 * named materials leave out. Without masses a supplier's materials are taken to be all there are.
 */
const materials = (
  facts: Facts,
  rule: Rule,
  matches: ReadonlyArray<Match>,
  { asOf, ranges }: PlaceOptions
): ReadonlyArray<Place> => {
  if (facts.declarations.length === 0) return []
  const measure: Measure = (row) => inMaterial(facts, row, ranges)
  const names = materialsOf(facts)
  const named = names
    .filter((name) => isMaterialInScope(rule, name))
    .map((name): Place => {
      const own = matches.filter(({ declaration }) => declaration.material === name)
      return {
        material: name,
        matches: own,
        measure,
        isCovered: isCovered(rule, own),
        disclosure: () => materialDisclosure(facts, name, asOf)
      }
    })
  const whole = matches.filter(({ declaration }) => declaration.material === undefined)
  const rest: Place = {
    matches: whole,
    measure,
    isCovered: isCovered(rule, whole),
    disclosure: () => otherMaterials(facts, asOf)
  }
  if (names.length === 0) return isOneMaterialInScope(facts, rule) ? [rest] : []
  const spoken = rest.isCovered ? named.filter((place) => place.matches.length > 0) : named
  return whole.length > 0 || leavesMaterialsOut(facts) ? [...spoken, rest] : spoken
}
