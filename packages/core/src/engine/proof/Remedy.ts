/** What would change a status: what is missing, or how far the limit is. */
import * as Decimal from "../../domain/Decimal.ts"
import type { Finding, Reason } from "../../domain/Verdict.ts"
import { against, ppmText, without } from "../Concentration.ts"
import { claimedIn } from "../Exempt.ts"
import type { Facts } from "../Facts.ts"
import type { Working } from "../Judge.ts"
import { isNameOnly } from "../Match.ts"
import type { Rule, RuleSet } from "../Rule.ts"

export interface RemedyContext {
  readonly facts: Facts
  readonly ruleSet: RuleSet
  readonly rule: Rule | undefined
  readonly working: Working | undefined
  readonly asOf: string
}

/** Of a finding, as its evidence has it. */
export const remedies = (context: RemedyContext, finding: Finding): ReadonlyArray<string> => {
  const status = finding.override?.calculated ?? finding.status
  if (status === "unknown") return finding.reason === undefined ? [] : missing(context, finding, finding.reason)
  if (status === "non-compliant" || status === "above-threshold") return excess(context, finding)
  if (status === "exempt") return exemptUntil(context)
  return []
}

/** Of a part about which there is nothing to judge. */
export const partRemedy = (facts: Facts, { code }: Reason): ReadonlyArray<string> =>
  code === "bom.empty"
    ? ["Needed: the parts of the product."]
    : code === "declaration.missing"
      ? [`Needed: a declaration that names ${facts.part.partNumber}.`]
      : []

const MAX_NAMES = 6

const missing = (
  { facts, ruleSet, rule, working, asOf }: RemedyContext,
  finding: Finding,
  { code }: Reason
): ReadonlyArray<string> => {
  const name = finding.substance.name
  const statement = `a statement about the whole of ${ruleSet.title}`
  const limit = finding.limitPpm
  switch (code) {
    case "mass.missing":
      return [
        finding.level === "product" || finding.level === "battery"
          ? `Needed: the mass of ${facts.part.partNumber} and of each part below it.`
          : `Needed: the mass of ${facts.part.partNumber}, in the BOM or in a declaration; or the amount as a share.`
      ]
    case "mass.zero":
      return [`Needed: the true mass of ${facts.part.partNumber}; the one that is stated is zero.`]
    case "substance.undeclared":
      return [`Needed: how much ${name} there is, or ${statement}.`]
    case "claim.version_missing":
      return [`Needed: a statement that says against which version of the list it was made${since(rule)}.`]
    case "claim.stale_list":
      return [`Needed: a statement against a version of the list that names ${name}${since(rule)}.`]
    case "evidence.expired":
      return [`Needed: a statement that still holds on ${asOf}.`]
    case "evidence.conflicting":
      return ["Needed: one statement in place of those that contradict each other."]
    case "members.missing":
      return [`Needed: the amounts of what else ${name} adds up${othersOf(rule, working)}.`]
    case "amount.unstated":
      return [`Needed: how much ${name} there is.`]
    case "level.too_coarse":
      return [
        `Needed: the amount in each homogeneous material; or the BOM's word that ${facts.part.partNumber} is one material.`
      ]
    case "bound.too_coarse":
      return [`Needed: an amount, or an upper bound ${withinText(finding)} ${limit} ppm.`]
    case "interval.straddles_limit":
      return [`Needed: an amount, or a range that lies on one side of ${limit} ppm.`]
    case "basis.element":
      return [`Needed: the amount of ${name} itself, not of the element in it.`]
    case "valence.unspecified":
      return [`Needed: how much of it has the valence that counts as ${name}.`]
    case "share.unknown":
      return [`Needed: the amount of ${rule?.element ?? name} in the declared compound, or the compound's formula.`]
    case "exemption.amount_open":
      return ["Needed: an amount that shows whether the exemption's bounds are kept."]
    case "exemption.not_claimed":
      return [`Needed: a claim for all ${name} above the limit, or closer amounts of what is not claimed.`]
    case "disclosure.excess":
      return ["Needed: amounts that add up to the mass of the part."]
    case "disclosure.partial":
      return [`Needed: how much ${name} there is, ${statement}, or the rest of the substances of the part.`]
    case "intention.unstated":
      return [`Needed: whether ${name} was added on purpose.`]
    default:
      return []
  }
}

const since = (rule: Rule | undefined): string =>
  rule?.listedOn === undefined ? "" : `: that of ${rule.listedOn}, or a later one`

const withinText = ({ comparison }: Finding): string => (comparison === "at-or-above" ? "below" : "of at most")

const othersOf = (rule: Rule | undefined, working: Working | undefined): string => {
  if (rule === undefined) return ""
  const known = new Set(working?.contributions.flatMap(({ witnesses }) => witnesses.map(({ member }) => member)))
  const names = rule.members.flatMap((member) =>
    known.has(member) || isNameOnly(member) ? [] : [member.names?.[0] ?? member.cas ?? member.ec ?? ""]
  )
  if (names.length === 0) return ""
  const more = names.length - MAX_NAMES
  return `: ${names.slice(0, MAX_NAMES).join(", ")}${more > 0 ? `, and ${more} more` : ""}`
}

/** How far the concentration is above the limit, and what would be within. */
const excess = ({ facts, working }: RemedyContext, finding: Finding): ReadonlyArray<string> => {
  const isDuty = finding.outcome !== undefined
  const limit = working?.limit
  if (working === undefined || limit === undefined)
    return finding.reason?.code === "claim.list"
      ? ["Needed: what fails, from the supplier; the statement names no substance."]
      : [`Needed: the part without ${finding.substance.name}.`]
  const { low } = working.concentration
  if (against(low, limit) < 0) return []
  const over = without(low, { numerator: limit, denominator: Decimal.fromInteger(1) })
  const noun = isDuty ? "threshold" : "limit"
  const ratio = Decimal.isZero(limit)
    ? "1"
    : Decimal.quotientText(low.numerator, Decimal.multiply(limit, low.denominator), 4)
  const times = ratio === "1" ? "" : `, ${ratio} times the ${noun}`
  const least = working.concentration.high === undefined || finding.range !== undefined ? "At least " : ""
  const [only, ...others] = working.contributions
  const [witness] = only?.witnesses ?? []
  const isMass =
    others.length === 0 && witness?.declaration.amount.unit === "mg" && witness.declaration.material === undefined
  const mass =
    isMass && facts.massGrams !== undefined && finding.level !== "presence"
      ? `; ${Decimal.toText(Decimal.shift(Decimal.multiply(limit, facts.massGrams), -3))} mg in ${Decimal.toText(facts.massGrams)} g are exactly at it`
      : ""
  return [`${least}${ppmText(over)} ppm above the ${noun}${times}${mass}.`]
}

const exemptUntil = ({ ruleSet, working }: RemedyContext): ReadonlyArray<string> => {
  const days = (working?.contributions ?? []).flatMap(({ witnesses }) =>
    witnesses.flatMap(({ declaration }) =>
      claimedIn(declaration, ruleSet).flatMap(({ exemptions }) => exemptions.flatMap(({ lastDay }) => lastDay ?? []))
    )
  )
  const [first] = days.sort()
  return [
    first === undefined
      ? "Without the exemption the limit is not kept."
      : `Without the exemption the limit is not kept; the claimed ones end on ${[...new Set(days)].join(" and ")}.`
  ]
}
