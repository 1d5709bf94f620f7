/** What can be stated of the product about each substance category of a list: class C of IPC-1752A. */
import * as Decimal from "../domain/Decimal.ts"
import type { Finding, PartVerdict, Reason } from "../domain/Verdict.ts"
import { concerns } from "../engine/ByRegulation.ts"
import { claimsOf } from "../engine/Exempt.ts"
import { isInForce, type Rule, type RuleSet } from "../engine/Rule.ts"
import { type Judgement, nodesOf, rowsBehind } from "./Judgement.ts"
import { percentOf, percentRange } from "./Percent.ts"

export interface ListId {
  readonly identity: string
  readonly authority: string
}

export interface DeclaredCategory {
  readonly rule: string
  readonly name: string
  readonly cas: string | undefined
  /** Whether the product, in some part of it, is above the threshold; a category that is unknown is not stated. */
  readonly above: boolean
  readonly threshold: string
  /** Percent by mass, the worst there is, of the homogeneous material or of the part; left out when not above, or not stated. */
  readonly percent: string | undefined
  readonly of: "material" | "part"
  /** The part with the worst concentration. */
  readonly partNumber: string | undefined
  /** Exemptions that cover every part that is above; none when one is not covered. */
  readonly exemptions: ReadonlyArray<{ readonly id: string; readonly scope: string | undefined }>
}

export interface UnstatedCategory {
  readonly rule: string
  readonly name: string
  readonly reason: Reason
  /** Parts that leave it open. */
  readonly parts: number
}

export interface DeclaredList extends ListId {
  readonly regulation: string
  readonly title: string
  readonly categories: ReadonlyArray<DeclaredCategory>
  readonly unstated: ReadonlyArray<UnstatedCategory>
}

interface Located {
  readonly part: PartVerdict
  readonly finding: Finding
}

/** Limits of single documents are no list that a recipient knows. */
export const declaredLists = (
  judgement: Judgement,
  ids: Readonly<Record<string, ListId>> = {}
): ReadonlyArray<DeclaredList> => {
  const byRule = new Map<string, Array<Located>>()
  for (const part of nodesOf(judgement))
    for (const finding of part.findings) {
      const known = byRule.get(finding.rule)
      if (known === undefined) byRule.set(finding.rule, [{ part, finding }])
      else known.push({ part, finding })
    }
  return judgement.rules.flatMap((ruleSet) =>
    ruleSet.documentLimits === true
      ? []
      : [declaredList(judgement, ruleSet, byRule, ids[ruleSet.id] ?? listId(ruleSet, judgement.asOf))]
  )
}

/** Names that IPC-1752A files give to lists: `EUROHS-1907`, and `EUREACH-0624` for the candidate list of June 2024. */
export const listId = (ruleSet: RuleSet, asOf: string): ListId => {
  if (ruleSet.id === "eu-rohs") return { identity: "EUROHS-1907", authority: "IPC" }
  const days = ruleSet.rules.flatMap((rule) => (isInForce(rule, asOf) ? (rule.listedOn ?? []) : []))
  const latest = days.sort().at(-1)
  return ruleSet.id === "eu-reach-svhc" && latest !== undefined
    ? { identity: `EUREACH-${latest.slice(5, 7)}${latest.slice(2, 4)}`, authority: "IPC" }
    : { identity: `${ruleSet.id} ${ruleSet.version}`, authority: "Certivo" }
}

const declaredList = (
  judgement: Judgement,
  ruleSet: RuleSet,
  byRule: ReadonlyMap<string, ReadonlyArray<Located>>,
  id: ListId
): DeclaredList => {
  const failing = byRule.get(`${ruleSet.id}/statement`) ?? []
  const silent = nodesOf(judgement).filter(({ reasons }) => reasons.length > 0)
  const said = ruleSet.rules.flatMap((rule) => {
    if (!isInForce(rule, judgement.asOf)) return []
    const mute = silent.filter(({ key }) => {
      const facts = judgement.facts.get(key)
      return facts !== undefined && concerns(rule, facts, key === judgement.root.key)
    })
    return categoryOf(judgement, ruleSet, rule, byRule.get(`${ruleSet.id}/${rule.id}`) ?? [], failing, mute)
  })
  return {
    ...id,
    regulation: ruleSet.id,
    title: ruleSet.title,
    categories: said.flatMap((one) => ("above" in one ? [one] : [])),
    unstated: said.flatMap((one) => ("above" in one ? [] : [one]))
  }
}

const exceeds = ({ finding: { status } }: Located): boolean =>
  status === "non-compliant" || status === "exempt" || status === "above-threshold"

/** One category may be both: above in one part and unknown in others, which may be worse. */
const categoryOf = (
  judgement: Judgement,
  ruleSet: RuleSet,
  rule: Rule,
  located: ReadonlyArray<Located>,
  failing: ReadonlyArray<Located>,
  mute: ReadonlyArray<PartVerdict>
): ReadonlyArray<DeclaredCategory | UnstatedCategory> => {
  const above = located.filter(exceeds)
  const open = [...located.filter(({ finding }) => finding.status === "unknown"), ...failing]
  const [first] = open
  const reason = first?.finding.reason ?? mute[0]?.reasons[0]
  const unstated: ReadonlyArray<UnstatedCategory> =
    reason === undefined
      ? []
      : [
          {
            rule: rule.id,
            name: rule.name,
            reason,
            parts: new Set([...open.map(({ part }) => part.key), ...mute.map(({ key }) => key)]).size
          }
        ]
  if (above.length > 0) return [aboveCategory(judgement, ruleSet, rule, above), ...unstated]
  if (unstated.length > 0) return unstated
  return located.length === 0
    ? []
    : [{ ...baseOf(rule), above: false, percent: undefined, partNumber: undefined, exemptions: [] }]
}

const baseOf = (rule: Rule) => {
  const [only, ...others] = rule.members
  return {
    rule: rule.id,
    name: rule.name,
    cas: others.length === 0 || rule.element !== undefined ? only.cas : undefined,
    threshold: thresholdText(rule),
    of: rule.level === "homogeneous-material" ? ("material" as const) : ("part" as const)
  }
}

const wholes: Readonly<Record<Rule["level"], string>> = {
  "homogeneous-material": "homogeneous material",
  article: "article",
  "packaging-component": "packaging component",
  battery: "battery",
  product: "product",
  presence: "product"
}

const thresholdText = ({ comparison, limitPpm, level }: Rule): string =>
  limitPpm === undefined
    ? comparison === "intentional"
      ? "intentionally added"
      : "any content"
    : `${percentOf(limitPpm)} mass% of ${wholes[level]}`

const aboveCategory = (
  judgement: Judgement,
  ruleSet: RuleSet,
  rule: Rule,
  above: ReadonlyArray<Located>
): DeclaredCategory => {
  const measured = above.map((one) => ({ ...one, upper: percentRange(one.finding)?.upper }))
  const worst = measured.reduce((a, b) => (isMore(b.upper, a.upper) ? b : a))
  const covered = above.every(({ finding }) => finding.status === "exempt")
  return {
    ...baseOf(rule),
    above: true,
    percent: worst.upper,
    partNumber: worst.part.partNumber,
    exemptions: covered ? exemptionsOf(judgement, ruleSet, rule, above) : []
  }
}

/** An amount that nobody bounds is more than any other. */
const isMore = (a: string | undefined, b: string | undefined): boolean =>
  b !== undefined &&
  (a === undefined || Decimal.compare(Decimal.parse(a) as Decimal.Decimal, Decimal.parse(b) as Decimal.Decimal) > 0)

const exemptionsOf = (
  { facts }: Judgement,
  { exemptions }: RuleSet,
  rule: Rule,
  above: ReadonlyArray<Located>
): DeclaredCategory["exemptions"] => {
  const applied = above.flatMap(({ part, finding }): DeclaredCategory["exemptions"] => {
    const named = exemptions.filter(({ id }) => finding.reason?.message.startsWith(`Exemption ${id}:`) === true)
    if (named.length > 0) return named.map(({ id, scope }) => ({ id, scope }))
    const claims = rowsBehind(finding, facts.get(part.key), rule).flatMap(claimsOf)
    return claims.map((id) => ({ id, scope: undefined }))
  })
  return [...new Map(applied.map((one) => [one.id, one])).values()]
}
