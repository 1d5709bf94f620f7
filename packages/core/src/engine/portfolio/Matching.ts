/** How substances count towards the rules of a set on a day: all of it that no limit has a part in. */
import * as Decimal from "../../domain/Decimal.ts"
import { hasSameContent } from "../../domain/Hash.ts"
import type { DutyStatus, Status } from "../../domain/Status.ts"
import type { Fraction } from "../Concentration.ts"
import { countedShare, type Match, matchesOf, standsForAll } from "../Match.ts"
import { elementsOf, type Rule, type RuleSet } from "../Rule.ts"
import { isCovered } from "../Weigh.ts"
import { type Coverage, coverageOf, MOST_ELEMENTS } from "./Coverage.ts"
import { BATTERY } from "./Inputs.ts"
import { asNumber } from "./Numbers.ts"
import { type Rollup, type Statuses, statusesOf } from "./Statuses.ts"
import { aboutSubstance, type Substances } from "./Substances.ts"

/** Bits of a rule: the concentration is taken in each homogeneous material. */
export const HOMOGENEOUS = 1
/** Mere amounts count, whatever the mass of the part. */
export const ANY_AMOUNT = 2
/** Each row can be judged by itself. */
export const ROW_BY_ROW = 4
/** The substances are added up. */
export const SUM = 8
/** Only parts of some categories, or not of some. */
export const SCOPED = 16
/** Whoever holds its substances goes to the exact judge. */
export const CAREFUL_RULE = 32
/** A duty to inform. */
export const DUTY = 64
/** Rows speak for the whole rule, whichever of its substances they name. */
export const COVERED = 128

/** How a substance counts towards a rule. */
export interface Entry {
  readonly rule: number
  readonly match: Match
  /** `undefined` when the share is not known: anything between none and all of it counts. */
  readonly share: Fraction | undefined
}

export interface Matching extends Coverage {
  /** Statuses of content that is nothing, within, open, or breaking the rule. */
  readonly nothing: Uint8Array
  readonly within: Uint8Array
  readonly open: Uint8Array
  readonly breaking: Uint8Array
  /** Bits of the rules, but for those that their limits add. */
  readonly bitsBesideLimit: Uint8Array
  /** What the rules mean for parts with a set of categories. */
  readonly scopeOf: (categories: number) => Scope
  /** Entries of substance `s` are those from `first[s]` to `first[s + 1]`. */
  readonly first: Int32Array
  readonly entryRule: Int32Array
  /** By substance, the statuses of what is within all its rules. */
  readonly withinAll: Uint8Array
  readonly shareLow: Float64Array
  readonly shareHigh: Float64Array
  readonly entries: ReadonlyArray<Entry>
  /** By entry, 1 where the whole of the substance counts. */
  readonly isWhole: Uint8Array
  /** Status of a part without declarations and children. */
  readonly empty: Statuses
  /** Whether rules ask of which material a part is, so that only the exact judge tells. */
  readonly asksMaterials: boolean
}

/** Which rules apply to parts of some categories, and how many of them are restrictions and duties. */
export interface Scope {
  /** By rule, 1 where it applies. */
  readonly applies: Uint8Array
  readonly restrictions: number
  readonly duties: number
  /** Whether such a part is judged together with all that is below it. */
  readonly isDeep: boolean
}

/** Numbers of the sets of categories that parts have; 0 is that of none. */
export class Categories {
  readonly #sets: Array<ReadonlyArray<string>> = []
  readonly #numbers = new Map<string, number>()

  constructor() {
    this.numberOf([])
  }

  numberOf(names: ReadonlyArray<string>): number {
    const sorted = [...new Set(names)].sort()
    const key = JSON.stringify(sorted)
    const number = this.#numbers.get(key) ?? this.#sets.push(sorted) - 1
    this.#numbers.set(key, number)
    return number
  }

  namesOf(number: number): ReadonlyArray<string> {
    return this.#sets[number] as ReadonlyArray<string>
  }
}

/** Whether a rule set on the day of a table means the same as the table's, but for limits. */
export const matchesAlike = (
  { ruleSet: before, first }: Pick<Matching, "first"> & { readonly ruleSet: RuleSet },
  ruleSet: RuleSet,
  substances: Substances
): boolean =>
  first.length === substances.named.length + 1 &&
  before.rules.length === ruleSet.rules.length &&
  ruleSet.rules.every((rule, index) => isAlike(rule, before.rules[index] as Rule))

const isAlike = (a: Rule, b: Rule): boolean => a === b || hasSameContent(besideLimit(a), besideLimit(b))

const besideLimit = ({ limitPpm, ...rest }: Rule) => rest

/** @param rules those in force that a part is judged by on its own */
export const matchingOf = (
  ruleSet: RuleSet,
  rules: ReadonlyArray<Rule>,
  hasBatteryRules: boolean,
  substances: Substances,
  categories: Categories,
  rollup: Rollup
): Matching => {
  const perSubstance = entriesOf(ruleSet, substances, new Map(rules.map((rule, index) => [rule, index])))
  const entries = perSubstance.flat()
  const statuses = statusColumns(rules, ruleSet, rollup)
  const first = new Int32Array(perSubstance.length + 1)
  for (const [substance, own] of perSubstance.entries())
    first[substance + 1] = (first[substance] as number) + own.length
  const bits = Uint8Array.from(rules, (rule) => bitsOfRule(rule, rollup))
  for (const { rule, share } of entries)
    if (Number.isNaN(asShare(share, 0))) bits[rule] = (bits[rule] as number) | CAREFUL_RULE
  return {
    ...statuses,
    ...coverageOf(rules, entries),
    bitsBesideLimit: bits,
    first,
    entries,
    entryRule: Int32Array.from(entries, ({ rule }) => rule),
    isWhole: Uint8Array.from(entries, ({ share }) =>
      share !== undefined && Decimal.compare(share.numerator, share.denominator) === 0 ? 1 : 0
    ),
    shareLow: Float64Array.from(entries, ({ share }) => asShare(share, 0)),
    shareHigh: Float64Array.from(entries, ({ share }) => asShare(share, 1)),
    withinAll: Uint8Array.from(perSubstance, (own) =>
      own.reduce((all, { rule }) => all | (statuses.within[rule] as number), 0)
    ),
    scopeOf: scopes(rules, hasBatteryRules, categories),
    asksMaterials: rules.some(({ scope }) => scope?.materials !== undefined)
  }
}

const isDuty = ({ outcome }: Rule): boolean => outcome !== "non-compliant"

const asShare = (share: Fraction | undefined, unknown: number): number =>
  share === undefined ? unknown : asNumber(share.numerator) / asNumber(share.denominator)

const statusColumns = (rules: ReadonlyArray<Rule>, ruleSet: RuleSet, rollup: Rollup) => {
  const { restriction, duty } = statusesOf(rollup)
  const bytes = (ofDuty: DutyStatus, ofRestriction: Status) =>
    Uint8Array.from(rules.map((rule) => (isDuty(rule) ? duty(ofDuty) : restriction(ofRestriction))))
  return {
    nothing: bytes("not-contained", "compliant"),
    within: bytes("below-threshold", "compliant"),
    open: bytes("unknown", "unknown"),
    breaking: bytes("above-threshold", "non-compliant"),
    empty: restriction("unknown") | (ruleSet.rules.some(isDuty) ? duty("unknown") : 0)
  }
}

const appliesTo = ({ level, scope }: Rule, categories: ReadonlyArray<string>): boolean =>
  (level !== "packaging-component" || categories.includes("packaging")) &&
  (scope?.categories === undefined || scope.categories.some((name) => categories.includes(name))) &&
  scope?.exceptCategories?.some((name) => categories.includes(name)) !== true

const scopes = (rules: ReadonlyArray<Rule>, hasBatteryRules: boolean, categories: Categories): Matching["scopeOf"] => {
  const known: Array<Scope | undefined> = []
  const find = (number: number): Scope => {
    const names = categories.namesOf(number)
    const applying = rules.filter((rule) => appliesTo(rule, names))
    const duties = applying.filter(isDuty).length
    return {
      applies: Uint8Array.from(rules.map((rule) => (appliesTo(rule, names) ? 1 : 0))),
      restrictions: applying.length - duties,
      duties,
      isDeep: hasBatteryRules && names.includes(BATTERY)
    }
  }
  return (number) => {
    const scope = known[number] ?? find(number)
    known[number] = scope
    return scope
  }
}

const bitsOfRule = (rule: Rule, rollup: Rollup): number => {
  const { level, aggregation, comparison, scope, outcome } = rule
  const covered = isAlwaysCovered(rule)
  const isCounted = aggregation === "sum" && elementsOf(rule).length <= MOST_ELEMENTS
  const scoped = scope?.categories !== undefined || scope?.exceptCategories !== undefined
  return (
    (level === "homogeneous-material" ? HOMOGENEOUS : 0) |
    (level === "presence" ? ANY_AMOUNT : 0) |
    (aggregation === "sum" ? SUM : 0) |
    (aggregation === "single" && covered && rollup === "fail-dominates" ? ROW_BY_ROW : 0) |
    (scoped || level === "packaging-component" ? SCOPED : 0) |
    (comparison === "intentional" || (!covered && !isCounted) ? CAREFUL_RULE : 0) |
    (outcome === "non-compliant" ? 0 : DUTY) |
    (covered ? COVERED : 0)
  )
}

/** Whether a row about any one of its substances, even that there is none of it, speaks for all of the rule. */
const isAlwaysCovered = (rule: Rule): boolean =>
  rule.members.every(
    (member) =>
      (rule.members.length === 1 || !standsForAll(rule, member)) &&
      isCovered(rule, [{ declaration: aboutSubstance({ name: "" }), member }])
  )

/** Of each substance. */
const entriesOf = (
  ruleSet: RuleSet,
  substances: Substances,
  byRule: ReadonlyMap<Rule, number>
): ReadonlyArray<ReadonlyArray<Entry>> => {
  const stubs = substances.named.map(aboutSubstance)
  const entries = stubs.map((): Array<Entry> => [])
  const places = new Map(stubs.map((stub, substance) => [stub, substance]))
  for (const [rule, matches] of matchesOf(stubs, ruleSet)) {
    const index = byRule.get(rule)
    if (index === undefined) continue
    for (const match of matches)
      entries[places.get(match.declaration) as number]?.push({
        rule: index,
        match,
        share: countedShare(match, elementsOf(rule))
      })
  }
  return entries
}
