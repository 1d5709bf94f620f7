/** Facts × rules → findings. Pure, and exact: a concentration is compared without dividing. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { elementOfCas } from "../domain/Formula.ts"
import { type FindingStatus, rank } from "../domain/Status.ts"
import type { Finding } from "../domain/Verdict.ts"
import { isExpired, type Stated, statementsOn, tooOld } from "./Claims.ts"
import { isNothing, nothing, sum } from "./Concentration.ts"
import {
  type Base,
  broken,
  type Context,
  decide,
  evidenceOf,
  type Judgement,
  type JudgeOptions,
  limitOf,
  standingOf
} from "./Decide.ts"
import type { Facts } from "./Facts.ts"
import { matchesOf } from "./Match.ts"
import { inPart } from "./Measure.ts"
import { type Place, placesOf } from "./Place.ts"
import { elementsOf, isInForce, type Rule, type RuleSet } from "./Rule.ts"
import { Alike, findingOf, settle, settledBy, undeclared } from "./Undeclared.ts"
import { alone, total, unmeasuredOf, weigh } from "./Weigh.ts"

export type { Judgement, JudgeOptions, Working } from "./Decide.ts"

/**
 * Findings of one rule set on one part. Empty when none of its rules apply, or nothing was declared.
 *
 * @param isProduct whether the part is the product itself, at which rules on the whole product are judged
 */
export const judge = (
  facts: Facts,
  ruleSet: RuleSet,
  options: JudgeOptions,
  isProduct = false
): ReadonlyArray<Finding> => judgements(facts, ruleSet, options, isProduct).map(({ finding }) => finding)

/** The findings as {@link judge} gives them, each with its working. */
export const judgements = (
  facts: Facts,
  ruleSet: RuleSet,
  options: JudgeOptions,
  isProduct = false
): ReadonlyArray<Judgement> => judgeAll(facts, ruleSet, options, isProduct, undefined)

/** The findings of {@link judge} without those that say of one more substance what {@link Alike} has heard of others. */
export const judgeBriefly = (
  facts: Facts,
  ruleSet: RuleSet,
  options: JudgeOptions,
  isProduct: boolean
): { readonly findings: ReadonlyArray<Finding>; readonly omitted: number } => {
  const alike = new Alike()
  const findings = judgeAll(facts, ruleSet, options, isProduct, alike).map(({ finding }) => finding)
  return { findings, omitted: alike.omitted }
}

const judgeAll = (
  facts: Facts,
  ruleSet: RuleSet,
  options: JudgeOptions,
  isProduct: boolean,
  alike: Alike | undefined
): ReadonlyArray<Judgement> => {
  const context: Context = { ...options, facts, ruleSet, statements: statementsOn(facts.declarations, ruleSet) }
  const matches = matchesOf(facts.declarations, ruleSet)
  const limits =
    ruleSet.documentLimits === true
      ? facts.declarations.flatMap((d) => (d.limitPpm === undefined ? [] : [documentLimit(context, d, d.limitPpm)]))
      : []
  const at = { ruleSet, asOf: options.asOf, ranges: options.ranges ?? "indeterminate", isProduct }
  const restrictions = ruleSet.rules.flatMap((rule) =>
    isInForce(rule, options.asOf)
      ? judgeRule(context, rule, placesOf(facts, rule, matches.get(rule) ?? [], at), alike)
      : []
  )
  return [...limits, ...statedFailures(context).map((finding) => ({ finding })), ...restrictions]
}

const documentLimit = (context: Context, declaration: Declaration, limit: Decimal.Decimal): Judgement => {
  const { facts, ruleSet, asOf } = context
  const { cas, substance } = declaration
  const base: Base = {
    rule: `${ruleSet.id}/${facts.part.partNumber}/${substance.toLowerCase()}`,
    regulation: ruleSet.id,
    level: "article",
    substance: { name: substance, ...(cas === undefined ? {} : { cas }) },
    limitPpm: Decimal.toText(limit),
    comparison: "above"
  }
  const measured = inPart(facts, declaration, context.ranges ?? "indeterminate")
  const isMissing = "code" in measured
  const concentration = isMissing ? unmeasuredOf([declaration]) : measured
  const contribution = {
    concentration,
    witnesses: [{ declaration, member: {} }],
    unmeasured: isMissing ? measured : undefined,
    expired: isExpired(declaration, asOf)
  }
  return decide(
    context,
    base,
    { comparison: "above", outcome: "non-compliant", limit },
    {
      contributions: [contribution],
      concentration,
      notes: []
    }
  )
}

const bases = new WeakMap<RuleSet, Map<Rule, Base>>()

const baseOf = (rule: Rule, ruleSet: RuleSet): Base => {
  const known = bases.get(ruleSet) ?? new Map<Rule, Base>()
  bases.set(ruleSet, known)
  const base = known.get(rule) ?? makeBase(rule, ruleSet)
  known.set(rule, base)
  return base
}

const makeBase = (rule: Rule, ruleSet: RuleSet): Base => {
  const elements = elementsOf(rule)
  const member =
    rule.members.length === 1
      ? rule.members[0]
      : rule.members.find(({ cas }) => cas !== undefined && elements.length === 1 && elementOfCas(cas) === elements[0])
  return {
    rule: `${ruleSet.id}/${rule.id}`,
    regulation: ruleSet.id,
    level: rule.level,
    substance: { name: rule.name, ...(member?.cas === undefined ? {} : { cas: member.cas }) },
    ...(rule.limitPpm === undefined ? {} : { limitPpm: rule.limitPpm }),
    comparison: rule.comparison,
    ...(rule.outcome === "non-compliant" ? {} : { outcome: rule.outcome })
  }
}

/** One finding for a rule: that of the worst place, which says how many others stand no better. */
const judgeRule = (
  context: Context,
  rule: Rule,
  places: ReadonlyArray<Place>,
  alike: Alike | undefined
): ReadonlyArray<Judgement> => {
  if (places.length === 0) return nothingFound
  const base = baseOf(rule, context.ruleSet)
  if (places.every(({ matches }) => matches.length === 0)) {
    if (context.ruleSet.undeclared === "not-applicable") return nothingFound
    const settled = places
      .map((place) => settle(context, rule, place))
      .reduce((a, b) => (rank(b.status) > rank(a.status) ? b : a))
    return alike === undefined || alike.admits(settled) ? [{ finding: findingOf(base, settled), rule }] : nothingFound
  }
  const judged = places.flatMap((place) => {
    const found = judgePlace(context, basedAt(base, place), rule, place)
    return place.onlyProves === true ? found.filter((one) => isProven(rule, one)) : found
  })
  const worst = judged.reduce((a, b) => (rank(b.finding.status) > rank(a.finding.status) ? b : a))
  return [{ ...worst, finding: withOthers(worst.finding, judged), rule }]
}

/** Whether the limit is surely exceeded, whatever exemptions make of it. */
const isProven = (rule: Rule, { finding, working }: Judgement): boolean =>
  working === undefined
    ? finding.status === broken(rule.outcome)
    : standingOf(rule, working.concentration, working.limit) === "breaking"

const nothingFound: ReadonlyArray<Judgement> = []

const basedAt = (base: Base, { material }: Place): Base => (material === undefined ? base : { ...base, material })

const withOthers = (worst: Finding, judged: ReadonlyArray<Judgement>): Finding => {
  const isBroken = worst.status === "non-compliant" || worst.status === "above-threshold"
  const others = judged.filter(({ finding }) => finding !== worst && finding.status === worst.status)
  if (!isBroken || others.length === 0) return worst
  const materials = [
    ...new Set(others.flatMap(({ finding: { material } }) => (material === undefined ? [] : [material])))
  ]
  const where = materials.length === 0 ? "" : `: ${materials.slice(0, 10).join(", ")}`
  const message = `${others.length === 1 ? "One further material or substance is" : `${others.length} further materials or substances are`} ${worst.status} by the same rule${where}.`
  return { ...worst, notes: [...(worst.notes ?? []), { code: "rule.also_broken", message }] }
}

const judgePlace = (context: Context, base: Base, rule: Rule, place: Place): ReadonlyArray<Judgement> => {
  if (place.matches.length === 0) return [undeclared(context, base, rule, place)]
  if (rule.comparison === "intentional")
    return [
      { finding: intention(context, base, rule, place) },
      ...(place.isCovered ? [] : [undeclared(context, base, rule, place)])
    ]
  const { subjects, notes } = weigh(rule, place, (row) => isExpired(row, context.asOf))
  const judged = { ...rule, limit: limitOf(rule) }
  const rest = place.isCovered ? undefined : undeclared(context, base, rule, place)
  if (rule.aggregation === "single")
    return [
      ...subjects.map((subject) =>
        decide(context, base, judged, {
          contributions: subject.contributions,
          concentration: alone(rule, subject),
          notes,
          place
        })
      ),
      ...(rest === undefined ? [] : [rest])
    ]
  const stated = rest === undefined ? undefined : settledBy(context, rule)
  const open = rest === undefined || stated !== undefined ? nothing : place.disclosure().undeclared
  const declared = total(subjects)
  const decided = decide(context, base, judged, {
    contributions: subjects.flatMap(({ contributions }) => contributions),
    concentration: isNothing(open) ? declared : sum([declared, open]),
    notes,
    place,
    ...(isNothing(open) ? {} : { undeclared: open, declared })
  })
  return [stated === undefined || rest === undefined ? decided : restingOn(decided, rest.finding, stated)]
}

/** A finding on some of a rule's substances, when a statement about the whole list settles the others. */
const restingOn = (decided: Judgement, rest: Finding, { reason, evidence }: Stated): Judgement => {
  const { finding } = decided
  if (rank(finding.status) > rank(rest.status) || finding.status === "exempt") return decided
  return {
    ...decided,
    finding: { ...finding, status: rest.status, reason, evidence: [...finding.evidence, ...evidence.map(evidenceOf)] }
  }
}

/** Whether the supplier says that the substance is added on purpose. */
const intention = (context: Context, base: Base, rule: Rule, { matches, measure }: Place): Finding => {
  const rows = matches.map(({ declaration }) => declaration)
  const finding = (status: FindingStatus, from: ReadonlyArray<Declaration>, code?: string, message = ""): Finding => ({
    ...base,
    evidence: from.map(evidenceOf),
    status,
    ...(code === undefined ? {} : { reason: { code, message } })
  })
  const added = rows.filter(({ intentional }) => intentional === true)
  if (added.length > 0) return finding(broken(rule.outcome), added)
  const open = rows.filter((row) => {
    const measured = measure(row)
    return row.intentional !== false && ("code" in measured || !isNothing(measured))
  })
  if (open.length > 0)
    return finding(
      "unknown",
      open,
      "intention.unstated",
      "The substance may be there; nobody states whether it is added on purpose."
    )
  if (rows.every((row) => isExpired(row, context.asOf))) return finding("unknown", rows, tooOld.code, tooOld.message)
  return finding(rule.outcome === "non-compliant" ? "compliant" : "not-contained", rows)
}

/** A statement that the part does not meet the list fails it, though not by which substance. */
const statedFailures = ({ statements, ruleSet, asOf }: Context): ReadonlyArray<Finding> => {
  const failing = statements.filter(({ claim }) => claim?.says === "non-compliant")
  if (failing.length === 0) return []
  const isDuty = ruleSet.rules.every(({ outcome }) => outcome !== "non-compliant")
  return [
    {
      rule: `${ruleSet.id}/statement`,
      regulation: ruleSet.id,
      level: "article",
      substance: { name: ruleSet.title },
      comparison: "above",
      ...(isDuty ? { outcome: "declare" as const } : {}),
      evidence: failing.map(evidenceOf),
      status: broken(isDuty ? "declare" : "non-compliant"),
      reason: { code: "claim.list", message: `The supplier states that the part does not meet ${ruleSet.title}.` },
      ...(failing.every((row) => isExpired(row, asOf)) ? { notes: [tooOld] } : {})
    }
  ]
}
