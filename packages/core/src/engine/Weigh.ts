/** Statements about the substances of a rule at one place, weighed against each other and added up. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { atomsOf, elementOfCas } from "../domain/Formula.ts"
import type { Reason } from "../domain/Verdict.ts"
import {
  agree,
  atLeast,
  bounds,
  type Concentration,
  exceeds,
  nothing,
  overlapping,
  shareOf,
  sum,
  unboundedOf,
  within,
  worst,
  zeroFraction
} from "./Concentration.ts"
import { countedShare, isNameOnly, type Match, standsForAll } from "./Match.ts"
import { isReason } from "./Measure.ts"
import type { Place } from "./Place.ts"
import { elementsOf, type Member, type Rule } from "./Rule.ts"

export type Measure = (declaration: Declaration) => Concentration | Reason

/** What is stated of one substance in one material, or in a part as a whole: the worst of the statements, never their sum. */
export interface Contribution {
  readonly concentration: Concentration
  /** The rows that give its ends. */
  readonly witnesses: ReadonlyArray<Match>
  /** Why none of the rows gives a concentration. */
  readonly unmeasured?: Reason | undefined
  /** Whether every row that bounds it is past the day until which it holds. */
  readonly expired: boolean
}

/** All that is stated of one member of the rule at the place. */
export interface Subject {
  readonly contributions: ReadonlyArray<Contribution>
  readonly concentration: Concentration
  readonly member: Member
}

export interface Weighed {
  readonly subjects: ReadonlyArray<Subject>
  readonly notes: ReadonlyArray<Reason>
}

export const weigh = (rule: Rule, place: Place, isOld: (row: Declaration) => boolean): Weighed => {
  const notes: Array<Reason> = [...(place.notes ?? [])]
  const subjects = [...Map.groupBy(place.matches, ({ member }) => member)].map(([member, matches]): Subject => {
    const parts = [...Map.groupBy(matches, ({ declaration }) => place.origin?.(declaration)?.facts).values()].map(
      (rows) => inOnePart(rule, place, rows, isOld, notes)
    )
    return {
      contributions: parts.flatMap(({ contributions }) => contributions),
      concentration: sum(parts.map(({ concentration }) => concentration)),
      member
    }
  })
  return { subjects, notes }
}

/** Materials of a part add up; a statement about the part as a whole is about the same amount as all of them. */
const inOnePart = (
  rule: Rule,
  place: Place,
  matches: ReadonlyArray<Match>,
  isOld: (row: Declaration) => boolean,
  notes: Array<Reason>
): Omit<Subject, "member"> => {
  const materialOf = ({ declaration }: Match) => (place.origin?.(declaration)?.row ?? declaration).material
  const contributions: Array<Contribution> = []
  let whole: Concentration | undefined
  const materials: Array<Concentration> = []
  for (const [material, rows] of Map.groupBy(matches, materialOf)) {
    const contribution = contributionOf(rule, place, rows, isOld, notes)
    contributions.push(contribution)
    if (material === undefined) whole = contribution.concentration
    else materials.push(contribution.concentration)
  }
  if (whole === undefined || materials.length === 0) return { contributions, concentration: whole ?? sum(materials) }
  const added = sum(materials)
  if (!agree([whole, added])) notes.push(partsConflict(matches))
  return { contributions, concentration: within(added, whole) }
}

const partsConflict = (matches: ReadonlyArray<Match>): Reason => ({
  code: "evidence.conflicting",
  message: `What is stated of ${matches[0]?.declaration.substance} in materials contradicts what is stated of the part; the worst is judged.`
})

interface Known {
  readonly match: Match
  readonly concentration: Concentration
}

/**
 * Of old rows only the lower ends count beside newer ones: they may still prove a failure, but no compliance. The same
 * is true of rows that say less than another one proves of the same material.
 */
const contributionOf = (
  rule: Rule,
  { measure, measureInMaterial }: Place,
  matches: ReadonlyArray<Match>,
  isOld: (row: Declaration) => boolean,
  notes: Array<Reason>
): Contribution => {
  const known: Array<Known> = []
  let missing: Reason | undefined
  for (const match of matches) {
    const measured = measure(match.declaration)
    if (isReason(measured)) missing = measured
    else known.push({ match, concentration: counted(rule, match, measured) })
  }
  if (known.length === 0)
    return {
      concentration: unmeasuredOf(matches.map(({ declaration }) => declaration)),
      witnesses: matches,
      unmeasured: missing,
      expired: false
    }
  const valid = known.filter(({ match }) => !isOld(match.declaration))
  const expired = valid.length === 0
  const refuted = measureInMaterial === undefined ? [] : refutedIn(rule, measureInMaterial, known)
  const ends = known.map((one) =>
    (expired || valid.includes(one)) && !refuted.includes(one)
      ? one
      : { ...one, concentration: atLeast(one.concentration) }
  )
  const concentration = ends.map((one) => one.concentration).reduce(worst)
  if (refuted.length > 0 || !agree(known.map((one) => one.concentration))) notes.push(conflict(known))
  return {
    concentration,
    witnesses: ends.filter((one) => bounds(one.concentration, concentration)).map(({ match }) => match),
    expired
  }
}

/** Rows whose upper end lies below what another one proves of the material, where what each says of it is known. */
const refutedIn = (rule: Rule, measureInMaterial: Measure, known: ReadonlyArray<Known>): ReadonlyArray<Known> => {
  if (known.length < 2) return []
  const inMaterial = known.flatMap((one) => {
    const measured = measureInMaterial(one.match.declaration)
    return isReason(measured) ? [] : [{ one, concentration: counted(rule, one.match, measured) }]
  })
  return inMaterial
    .filter(({ concentration }) => inMaterial.some((other) => exceeds(other.concentration, concentration)))
    .map(({ one }) => one)
}

const conflict = (known: ReadonlyArray<Known>): Reason => ({
  code: "evidence.conflicting",
  message: `${known.length} statements about ${known[0]?.match.declaration.substance} contradict each other; the worst is judged.`
})

/** What rows tell of which no concentration can be taken: at most that something is there. */
export const unmeasuredOf = (rows: ReadonlyArray<Declaration>): Concentration => unboundedOf(rows.some(isContained))

const isContained = ({ amount }: Declaration): boolean => amount.lowOpen || !Decimal.isZero(amount.low)

/** What of the concentration the rule counts: the element in a compound, or at least the element when the compound is meant. */
export const counted = (rule: Pick<Rule, "element">, match: Match, measured: Concentration): Concentration => {
  const elements = elementsOf(rule)
  if (elements.length > 0) return shareOf(measured, countedShare(match, elements))
  return isElementOfCompound(match) ? atLeast(measured) : measured
}

const isElementOfCompound = ({ declaration, member }: Match): boolean =>
  declaration.basis === "element" && (member.cas === undefined || elementOfCas(member.cas) === undefined)

/**
 * What all of them come to. A name without a number may be that of a group, whose members are declared by themselves as
 * well: at least the larger of the two is there, at most both.
 */
export const total = (subjects: ReadonlyArray<Subject>): Concentration => {
  const numbered = subjects.filter(({ member }) => !isNameOnly(member))
  const named = subjects.filter(({ member }) => isNameOnly(member))
  const all = named.map(({ concentration }) => concentration)
  if (numbered.length > 0) all.unshift(sum(numbered.map(({ concentration }) => concentration)))
  return all.length === 0 ? nothing : all.reduce(overlapping)
}

/** What one substance by itself comes to: of the whole group anything up to what the group does. */
export const alone = (rule: Rule, { concentration, member }: Subject): Concentration =>
  standsForAll(rule, member) && rule.members.length > 2
    ? { ...concentration, low: zeroFraction, lowOpen: false }
    : concentration

/**
 * Whether the rows speak for the whole rule: under its own name, or else for each element it counts, or for each of its
 * substances. That one compound is not there, or may not be, says nothing of the element.
 */
export const isCovered = (rule: Rule, matches: ReadonlyArray<Match>): boolean => {
  if (matches.length === 0) return false
  if (matches.some(({ member }) => standsForAll(rule, member))) return true
  const elements = elementsOf(rule)
  if (elements.length > 0)
    return elements.every((element) => matches.some((match) => speaksFor(element, match, elements.length === 1)))
  return (
    new Set(matches.map(({ member }) => member)).size ===
    rule.members.filter((member) => !standsForAll(rule, member)).length
  )
}

/**
 * Whether a row speaks for an element in all its compounds.
 *
 * @param isOnly whether the rule counts no other element, so that each of its members holds this one
 */
export const speaksFor = (element: string, { declaration, member }: Match, isOnly: boolean): boolean => {
  const atoms = member.formula === undefined ? undefined : atomsOf(member.formula)
  if (atoms?.size === 1 && atoms.has(element)) return true
  if (member.cas !== undefined && elementOfCas(member.cas) === element) return true
  const isHeld = member.formula === undefined ? isOnly : atoms?.has(element) === true
  return isHeld && (isContained(declaration) || declaration.basis === "element")
}
