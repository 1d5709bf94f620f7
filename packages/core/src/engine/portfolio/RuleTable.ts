/** A rule set on a day as arrays: for each substance the rules it counts towards, and how much of it counts. */
import * as Decimal from "../../domain/Decimal.ts"
import type { DutyStatus, Status } from "../../domain/Status.ts"
import type { Fraction } from "../Concentration.ts"
import { countedShare, type Match, matchesOf, standsForAll } from "../Match.ts"
import { elementsOf, type Rule, type RuleSet } from "../Rule.ts"
import { isCovered } from "../Weigh.ts"
import { type Coverage, coverageOf, MOST_ELEMENTS } from "./Coverage.ts"
import { BATTERY } from "./Inputs.ts"
import { asNumber, margin, type Packed, packedShort } from "./Numbers.ts"
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

export interface RuleTable extends Coverage {
  readonly ruleSet: RuleSet
  readonly asOf: string
  /** Rules in force that a part is judged by on its own. */
  readonly rules: ReadonlyArray<Rule>
  /** Rules in force that are about all that is below a product, and a battery. */
  readonly productRules: ReadonlyArray<Rule>
  readonly batteryRules: ReadonlyArray<Rule>
  readonly bits: Uint8Array
  /** Limits in ppm; zero where mere presence counts. */
  readonly limit: Float64Array
  readonly exactLimit: ReadonlyArray<Decimal.Decimal>
  /** The same as columns hold numbers; nothing for one that they hold in a table. */
  readonly shortLimit: ReadonlyArray<Packed | undefined>
  /** Statuses of content that is nothing, within, open, or breaking the rule. */
  readonly nothing: Uint8Array
  readonly within: Uint8Array
  readonly open: Uint8Array
  readonly breaking: Uint8Array
  /** What the rules mean for parts with a set of categories. */
  readonly scopeOf: (categories: number) => Scope
  /** Entries of substance `s` are those from `first[s]` to `first[s + 1]`. */
  readonly first: Int32Array
  readonly entryRule: Int32Array
  /**
   * In ppm of what a row states: what is less is within the rule by itself, in any part or in one of one material, and
   * what is more breaks it. Nothing is, where the rule asks more than that.
   */
  readonly surelyWithin: Float64Array
  readonly surelyInMaterial: Float64Array
  readonly surelyAbove: Float64Array
  /** By substance, what is less is within all its rules: in any part, and behind those in one of one material. */
  readonly surelyWithinAll: Float64Array
  /** By substance, the statuses of what is within all its rules. */
  readonly withinAll: Uint8Array
  readonly shareLow: Float64Array
  readonly shareHigh: Float64Array
  readonly entries: ReadonlyArray<Entry>
  /** By entry, 1 where the whole of the substance counts. */
  readonly isWhole: Uint8Array
  /** Status of a part without declarations and children. */
  readonly empty: Statuses
  /** Whether a part gets a status for rules whose substances nobody mentions. */
  readonly asksUndeclared: boolean
  /** Below this declared share, in ppm, what is not declared settles no rule. */
  readonly disclosedFrom: number
  /** Whether rows are judged by their own limits. */
  readonly documentLimits: boolean
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

const zero = Decimal.zero

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

export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, asOf: string): boolean =>
  (effectiveFrom === undefined || effectiveFrom <= asOf) && (effectiveTo === undefined || asOf <= effectiveTo)

export const compileRules = (
  ruleSet: RuleSet,
  asOf: string,
  substances: Substances,
  categories: Categories,
  rollup: Rollup
): RuleTable => {
  const inForce = ruleSet.rules.filter((rule) => isInForce(rule, asOf))
  const rules = inForce.filter(({ level }) => level !== "product" && level !== "battery")
  const exactLimit = rules.map(({ limitPpm }) => (limitPpm === undefined ? zero : (Decimal.parse(limitPpm) ?? zero)))
  const limit = Float64Array.from(exactLimit.map(asNumber))
  const perSubstance = entriesOf(ruleSet, substances, new Map(rules.map((rule, index) => [rule, index])))
  const bits = Uint8Array.from(rules.map((rule) => bitsOfRule(rule, rollup)))
  for (const rule of beyondDoubles(limit, perSubstance)) bits[rule] = (bits[rule] as number) | CAREFUL_RULE
  const batteryRules = inForce.filter(({ level }) => level === "battery")
  const columns = { ...statusColumns(rules, ruleSet, rollup), ...entryColumns(perSubstance, bits, limit) }
  return {
    ruleSet,
    asOf,
    rules,
    productRules: inForce.filter(({ level }) => level === "product"),
    batteryRules,
    bits,
    limit,
    exactLimit,
    shortLimit: exactLimit.map(packedShort),
    ...columns,
    withinAll: Uint8Array.from(perSubstance, (own) =>
      own.reduce((all, { rule }) => all | (columns.within[rule] as number), 0)
    ),
    scopeOf: scopes(rules, batteryRules.length > 0, categories),
    ...coverageOf(rules, perSubstance.flat()),
    asksUndeclared: ruleSet.undeclared !== "not-applicable",
    disclosedFrom: Math.min(COMPLETE_PPM, 1e6 - limit.reduce((a, b) => Math.max(a, b), 0) - WIDE_PPM),
    documentLimits: ruleSet.documentLimits === true,
    asksMaterials: rules.some(({ scope }) => scope?.materials !== undefined)
  }
}

const isDuty = ({ outcome }: Rule): boolean => outcome !== "non-compliant"

/** Rules whose limit, or a share of whose substances, a double cannot tell. */
const beyondDoubles = (
  limit: Float64Array,
  perSubstance: ReadonlyArray<ReadonlyArray<Entry>>
): ReadonlyArray<number> => [
  ...[...limit.keys()].filter((rule) => Number.isNaN(limit[rule])),
  ...perSubstance.flatMap((entries) =>
    entries.flatMap(({ rule, share }) => (Number.isNaN(asShare(share, 0)) ? [rule] : []))
  )
]

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

/** Bits of which a rule has only the first when each row is compared with its limit, and nothing else matters. */
const PLAIN = ROW_BY_ROW | ANY_AMOUNT | SCOPED | CAREFUL_RULE

const entryColumns = (perSubstance: ReadonlyArray<ReadonlyArray<Entry>>, bits: Uint8Array, limit: Float64Array) => {
  const first = new Int32Array(perSubstance.length + 1)
  for (const [substance, own] of perSubstance.entries())
    first[substance + 1] = (first[substance] as number) + own.length
  const entries = perSubstance.flat()
  const isPlain = (rule: number, more: number) => ((bits[rule] as number) & (PLAIN | more)) === ROW_BY_ROW
  const surelyWithin =
    (more: number) =>
    ({ rule, share }: Entry) => {
      const most = asShare(share, 1)
      return isPlain(rule, more) && most > 0 ? ((limit[rule] as number) / most) * (1 - margin(1)) : 0
    }
  const [anywhere, inMaterial] = [surelyWithin(HOMOGENEOUS), surelyWithin(0)]
  const surelyAbove = entries.map(({ rule, share }) => {
    const least = asShare(share, 0)
    return isPlain(rule, 0) && least > 0
      ? ((limit[rule] as number) / least) * (1 + margin(1))
      : Number.POSITIVE_INFINITY
  })
  return {
    first,
    entries,
    entryRule: Int32Array.from(entries.map(({ rule }) => rule)),
    isWhole: Uint8Array.from(entries, ({ share }) =>
      share !== undefined && Decimal.compare(share.numerator, share.denominator) === 0 ? 1 : 0
    ),
    surelyWithin: Float64Array.from(entries, anywhere),
    surelyInMaterial: Float64Array.from(entries, inMaterial),
    surelyWithinAll: Float64Array.from(
      [anywhere, inMaterial].flatMap((within) => perSubstance.map((own) => Math.min(...own.map(within))))
    ),
    surelyAbove: Float64Array.from(surelyAbove),
    shareLow: Float64Array.from(entries.map(({ share }) => asShare(share, 0))),
    shareHigh: Float64Array.from(entries.map(({ share }) => asShare(share, 1)))
  }
}

/** Far more than a difference of a million and a limit can err. */
const WIDE_PPM = 0.001

/** From this declared share on, in ppm, a disclosure may be complete; below it, the rest may be any limit up to 5000 ppm. */
const COMPLETE_PPM = 995_000

const appliesTo = ({ level, scope }: Rule, categories: ReadonlyArray<string>): boolean =>
  (level !== "packaging-component" || categories.includes("packaging")) &&
  (scope?.categories === undefined || scope.categories.some((name) => categories.includes(name))) &&
  scope?.exceptCategories?.some((name) => categories.includes(name)) !== true

const scopes = (rules: ReadonlyArray<Rule>, hasBatteryRules: boolean, categories: Categories): RuleTable["scopeOf"] => {
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
