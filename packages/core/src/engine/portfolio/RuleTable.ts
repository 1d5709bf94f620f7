/** A rule set on a day as arrays: for each substance the rules it counts towards, and how much of it counts. */
import * as Decimal from "../../domain/Decimal.ts"
import { isInForce, type Rule, type RuleSet } from "../Rule.ts"
import {
  ANY_AMOUNT,
  CAREFUL_RULE,
  type Categories,
  HOMOGENEOUS,
  type Matching,
  matchesAlike,
  matchingOf,
  ROW_BY_ROW,
  SCOPED
} from "./Matching.ts"
import { asNumber, margin, type Packed, packedShort } from "./Numbers.ts"
import type { Rollup } from "./Statuses.ts"
import type { Substances } from "./Substances.ts"

export interface RuleTable extends Matching {
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
  /**
   * In ppm of what a row states: what is less is within the rule by itself, in any part or in one of one material, and
   * what is more breaks it. Nothing is, where the rule asks more than that.
   */
  readonly surelyWithin: Float64Array
  readonly surelyInMaterial: Float64Array
  readonly surelyAbove: Float64Array
  /** By substance, what is less is within all its rules: in any part, and behind those in one of one material. */
  readonly surelyWithinAll: Float64Array
  /** Whether a part gets a status for rules whose substances nobody mentions. */
  readonly asksUndeclared: boolean
  /** Below this declared share, in ppm, what is not declared settles no rule. */
  readonly disclosedFrom: number
  /** Whether rows are judged by their own limits. */
  readonly documentLimits: boolean
}

const zero = Decimal.zero

/**
 * @param before a table made for the same portfolio: what it says beside its limits is taken over where a rule set
 *   differs from it in limits alone
 */
export const compileRules = (
  ruleSet: RuleSet,
  asOf: string,
  substances: Substances,
  categories: Categories,
  rollup: Rollup,
  before?: RuleTable
): RuleTable => {
  const inForce = ruleSet.rules.filter((rule) => isInForce(rule, asOf))
  const rules = inForce.filter(({ level }) => level !== "product" && level !== "battery")
  const batteryRules = inForce.filter(({ level }) => level === "battery")
  const matching =
    before !== undefined && before.asOf === asOf && matchesAlike(before, ruleSet, substances)
      ? before
      : matchingOf(ruleSet, rules, batteryRules.length > 0, substances, categories, rollup)
  const exactLimit = rules.map(({ limitPpm }) => (limitPpm === undefined ? zero : (Decimal.parse(limitPpm) ?? zero)))
  const limit = Float64Array.from(exactLimit.map(asNumber))
  const bits = matching.bitsBesideLimit.map((own, rule) => (Number.isNaN(limit[rule]) ? own | CAREFUL_RULE : own))
  return {
    ...matching,
    ruleSet,
    asOf,
    rules,
    productRules: inForce.filter(({ level }) => level === "product"),
    batteryRules,
    bits,
    limit,
    exactLimit,
    shortLimit: exactLimit.map(packedShort),
    ...sureColumns(matching, bits, limit),
    asksUndeclared: ruleSet.undeclared !== "not-applicable",
    disclosedFrom: Math.min(COMPLETE_PPM, 1e6 - limit.reduce((a, b) => Math.max(a, b), 0) - WIDE_PPM),
    documentLimits: ruleSet.documentLimits === true
  }
}

/** Bits of which a rule has only the first when each row is compared with its limit, and nothing else matters. */
const PLAIN = ROW_BY_ROW | ANY_AMOUNT | SCOPED | CAREFUL_RULE

const sureColumns = ({ first, entryRule, shareLow, shareHigh }: Matching, bits: Uint8Array, limit: Float64Array) => {
  const isPlain = (rule: number, more: number) => ((bits[rule] as number) & (PLAIN | more)) === ROW_BY_ROW
  const within = (more: number) =>
    Float64Array.from(entryRule, (rule, entry) => {
      const most = shareHigh[entry] as number
      return isPlain(rule, more) && most > 0 ? ((limit[rule] as number) / most) * (1 - margin(1)) : 0
    })
  const [surelyWithin, surelyInMaterial] = [within(HOMOGENEOUS), within(0)]
  const surelyAbove = Float64Array.from(entryRule, (rule, entry) => {
    const least = shareLow[entry] as number
    return isPlain(rule, 0) && least > 0
      ? ((limit[rule] as number) / least) * (1 + margin(1))
      : Number.POSITIVE_INFINITY
  })
  const substances = first.length - 1
  const surelyWithinAll = new Float64Array(2 * substances)
  for (const [half, surely] of [surelyWithin, surelyInMaterial].entries())
    for (let substance = 0; substance < substances; substance++)
      surelyWithinAll[half * substances + substance] = Math.min(
        ...surely.subarray(first[substance], first[substance + 1])
      )
  return { surelyWithin, surelyInMaterial, surelyAbove, surelyWithinAll }
}

/** Far more than a difference of a million and a limit can err. */
const WIDE_PPM = 0.001

/** From this declared share on, in ppm, a disclosure may be complete; below it, the rest may be any limit up to 5000 ppm. */
const COMPLETE_PPM = 995_000
