/** Facts × rules → findings. Pure, and exact: a concentration is compared without dividing. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { type FindingStatus, rank } from "../domain/Status.ts"
import type { Evidence, Finding, Reason } from "../domain/Verdict.ts"
import { arithmeticOf, shown } from "./Arithmetic.ts"
import { isExpired, statedOn, statementsOn } from "./Claims.ts"
import { type Concentration, isNothing, ppmText, presence, type Standing, standing, sum } from "./Concentration.ts"
import { exemptionFor } from "./Exempt.ts"
import type { Facts } from "./Facts.ts"
import { type Match, matchesOf } from "./Match.ts"
import { inPart, type Ranges } from "./Measure.ts"
import { type Place, placesOf } from "./Place.ts"
import type { Rule, RuleSet } from "./Rule.ts"
import { type Contribution, isCovered, weigh } from "./Weigh.ts"

export interface JudgeOptions {
  /** The day whose law applies, `YYYY-MM-DD`. */
  readonly asOf: string
  /** How a range that a supplier states with two ends counts; as it is when left out. */
  readonly ranges?: Ranges | undefined
  /** Categories of the equipment, by which some exemptions are limited: `8`, `9-industrial`. */
  readonly categories?: ReadonlyArray<string> | undefined
}

/** A finding with what it rests on, for its explanation. */
export interface Judgement {
  readonly finding: Finding
  /** None for a row's own limit, and for a statement about a whole list. */
  readonly rule?: Rule | undefined
  readonly working?: Working | undefined
}

/** What was compared with the limit. */
export interface Working {
  readonly contributions: ReadonlyArray<Contribution>
  /** What substances that nobody mentions may add. */
  readonly undeclared: Concentration | undefined
  readonly concentration: Concentration
  readonly limit: Decimal.Decimal | undefined
  readonly place: Place | undefined
}

interface Context extends JudgeOptions {
  readonly facts: Facts
  readonly ruleSet: RuleSet
  readonly statements: ReadonlyArray<Declaration>
}

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
): ReadonlyArray<Judgement> => {
  const context: Context = { ...options, facts, ruleSet, statements: statementsOn(facts.declarations, ruleSet) }
  const matches = matchesOf(facts.declarations, ruleSet)
  const limits =
    ruleSet.documentLimits === true
      ? facts.declarations.flatMap((d) => (d.limitPpm === undefined ? [] : [documentLimit(context, d, d.limitPpm)]))
      : []
  const restrictions = ruleSet.rules.flatMap((rule) => {
    if (!isInForce(rule, options.asOf)) return []
    const places = placesOf(facts, rule, matches.get(rule) ?? [], options.ranges ?? "indeterminate", isProduct)
    return places.length === 0 ? [] : judgeRule(context, rule, places)
  })
  return [...limits, ...statedFailures(context).map((finding) => ({ finding })), ...restrictions]
}

const isInForce = ({ effectiveFrom, effectiveTo }: Rule, asOf: string): boolean =>
  (effectiveFrom === undefined || effectiveFrom <= asOf) && (effectiveTo === undefined || asOf <= effectiveTo)

type Base = Omit<Finding, "status" | "ppm" | "range" | "reason" | "arithmetic" | "notes" | "override">

/** What the judgement of one place needs of a rule; a row's own limit is such a rule too. */
type Judged = Pick<Rule, "comparison" | "outcome" | "element" | "name"> & {
  readonly limit: Decimal.Decimal | undefined
}

const documentLimit = (context: Context, declaration: Declaration, limit: Decimal.Decimal): Judgement => {
  const { facts, ruleSet } = context
  const { cas, substance } = declaration
  const base: Base = {
    rule: `${ruleSet.id}/${facts.part.partNumber}/${substance.toLowerCase()}`,
    regulation: ruleSet.id,
    level: "article",
    substance: { name: substance, ...(cas === undefined ? {} : { cas }) },
    limitPpm: Decimal.toText(limit),
    comparison: "above",
    evidence: []
  }
  const match: Match = { declaration, member: {} }
  const measured = inPart(facts, declaration, context.ranges ?? "indeterminate")
  if ("code" in measured)
    return { finding: { ...base, evidence: [evidenceOf(declaration)], status: "unknown", reason: measured } }
  const rule: Judged = { comparison: "above", outcome: "non-compliant", name: substance, limit }
  return decide(context, base, rule, [{ concentration: measured, witnesses: [match] }], measured, [])
}

const baseOf = (rule: Rule, ruleSet: RuleSet): Base => {
  const [only] = rule.members
  const cas = rule.members.length === 1 || rule.element !== undefined ? only.cas : undefined
  return {
    rule: `${ruleSet.id}/${rule.id}`,
    regulation: ruleSet.id,
    level: rule.level,
    substance: { name: rule.name, ...(cas === undefined ? {} : { cas }) },
    ...(rule.limitPpm === undefined ? {} : { limitPpm: rule.limitPpm }),
    comparison: rule.comparison,
    ...(rule.outcome === "non-compliant" ? {} : { outcome: rule.outcome }),
    evidence: []
  }
}

/** One finding for a rule: that of the worst place. */
const judgeRule = (context: Context, rule: Rule, places: ReadonlyArray<Place>): ReadonlyArray<Judgement> => {
  const base = baseOf(rule, context.ruleSet)
  const declared = places.some(({ matches }) => matches.length > 0)
  if (!declared && context.ruleSet.undeclared === "not-applicable") return []
  const judged = places.flatMap((place) =>
    place.matches.length === 0
      ? [{ finding: undeclared(context, base, rule, place) }]
      : judgePlace(context, base, rule, place)
  )
  const worst = judged.reduce((a, b) => (rank(b.finding.status) > rank(a.finding.status) ? b : a))
  return [{ ...worst, rule }]
}

const judgePlace = (context: Context, base: Base, rule: Rule, place: Place): ReadonlyArray<Judgement> => {
  if (rule.comparison === "intentional") return [{ finding: intention(base, rule, place) }]
  const { contributions, missing, notes } = weigh(rule, place.matches, place.measure)
  if (missing !== undefined)
    return [
      {
        finding: {
          ...base,
          evidence: evidence(contributions, missing.witness),
          status: "unknown",
          reason: missing.reason
        }
      }
    ]
  const judged: Judged = { ...rule, limit: rule.limitPpm === undefined ? undefined : Decimal.parse(rule.limitPpm) }
  const rest = isCovered(rule, place.matches) ? undefined : undeclared(context, base, rule, place)
  if (rule.aggregation === "single")
    return [
      ...contributions.map((one) => decide(context, base, judged, [one], one.concentration, notes, place)),
      ...(rest === undefined ? [] : [{ finding: rest }])
    ]
  const open = rest !== undefined && rest.status === "unknown" ? place.disclosure().undeclared : undefined
  const total = sum([...contributions.map(({ concentration }) => concentration), ...(open === undefined ? [] : [open])])
  const { finding, working } = decide(context, base, judged, contributions, total, notes, place, open)
  return open !== undefined && finding.status === "unknown"
    ? [{ finding: { ...finding, reason: membersMissing(rule) }, working }]
    : [{ finding, working }]
}

const membersMissing = (rule: Rule): Reason => ({
  code: "members.missing",
  message: `Only some of the substances that ${rule.name} adds up are declared; the others may be there as well.`
})

/** Nothing is said of the rule's substances; a statement about the whole list, or a full disclosure, may still settle it. */
const undeclared = (context: Context, base: Base, rule: Rule, place: Place): Finding => {
  const stated = statedOn(rule, context.statements, context.ruleSet, context.asOf)
  const withEvidence = { ...base, evidence: stated.evidence.map(evidenceOf) }
  const isDuty = rule.outcome !== "non-compliant"
  if (stated.says !== "nothing")
    return {
      ...withEvidence,
      status: isDuty ? "below-threshold" : stated.says,
      reason: stated.reason
    }
  const { undeclared: rest, complete, partial } = place.disclosure()
  if (complete)
    return {
      ...withEvidence,
      status: isDuty ? "not-contained" : "compliant",
      reason: {
        code: "disclosure.complete",
        message: `The declared substances make up the whole mass, and ${rule.name} is not among them; impurities are not covered.`
      }
    }
  if (rest.high !== undefined && standingOf(rule, rest, limitOf(rule)) === "within")
    return {
      ...withEvidence,
      ...shown(rest),
      status: isDuty ? "below-threshold" : "compliant",
      reason: {
        code: "disclosure.sufficient",
        message: `What is not declared cannot hold more than ${ppmText(rest.high)} ppm.`
      }
    }
  if (!partial) return { ...withEvidence, status: "unknown", reason: stated.reason }
  return {
    ...withEvidence,
    ...(rest.high === undefined ? {} : shown(rest)),
    status: "unknown",
    reason: {
      code: "disclosure.partial",
      message: `The declared substances do not make up the whole mass; the rest may hold ${rule.name}${rest.high === undefined ? "" : ` up to ${ppmText(rest.high)} ppm`}.`
    }
  }
}

const limitOf = (rule: Rule) => (rule.limitPpm === undefined ? undefined : Decimal.parse(rule.limitPpm))

const standingOf = (
  { comparison }: Pick<Rule, "comparison">,
  concentration: Concentration,
  limit: Decimal.Decimal | undefined
): Standing =>
  limit === undefined ? presence(concentration) : standing(concentration, limit, comparison === "at-or-above")

/** Whether the supplier says that the substance is added on purpose. */
const intention = (base: Base, rule: Rule, { matches, measure }: Place): Finding => {
  const rows = matches.map(({ declaration }) => declaration)
  const added = rows.filter(({ intentional }) => intentional === true)
  if (added.length > 0) return { ...base, evidence: added.map(evidenceOf), status: broken(rule.outcome) }
  const clean = rows.every((row) => {
    const measured = measure(row)
    return row.intentional === false || (!("code" in measured) && isNothing(measured))
  })
  const evidence = rows.map(evidenceOf)
  if (clean) return { ...base, evidence, status: rule.outcome === "non-compliant" ? "compliant" : "not-contained" }
  const message = "The substance is there; nobody states whether it was added on purpose."
  return { ...base, evidence, status: "unknown", reason: { code: "intention.unstated", message } }
}

const broken = (outcome: Rule["outcome"]): FindingStatus =>
  outcome === "non-compliant" ? "non-compliant" : "above-threshold"

/** Compares a concentration with the limit, and what breaks it with the exemptions that are claimed. */
const decide = (
  context: Context,
  base: Base,
  rule: Judged,
  contributions: ReadonlyArray<Contribution>,
  concentration: Concentration,
  notes: ReadonlyArray<Reason>,
  at?: Place,
  undeclared?: Concentration
): Judgement => {
  const { asOf } = context
  const rows = rowsOf(contributions)
  const expired = rows.filter((row) => isExpired(row, asOf))
  const remarks = [...notes, ...(expired.length > 0 ? [tooOld] : [])]
  const finding = (status: FindingStatus, reason?: Reason, more: ReadonlyArray<Reason> = []): Judgement => ({
    finding: {
      ...base,
      evidence: rows.map(evidenceOf),
      ...shown(concentration),
      ...arithmeticOf(rule, concentration, contributions, rule.limit),
      status,
      ...(reason === undefined ? {} : { reason }),
      ...(remarks.length + more.length === 0 ? {} : { notes: [...remarks, ...more] })
    },
    working: { contributions, undeclared, concentration, limit: rule.limit, place: at }
  })
  const place = standingOf(rule, concentration, rule.limit)
  if (place === "open") return finding("unknown", openReason(concentration, contributions, base.level))
  if (place === "within") {
    if (expired.length > 0) return finding("unknown", tooOld)
    if (rule.outcome === "non-compliant") return finding("compliant")
    return finding(isNothing(concentration) ? "not-contained" : "below-threshold")
  }
  if (rule.outcome !== "non-compliant") return finding("above-threshold")
  const exempted = exemptions(context, rule, contributions)
  return exempted?.valid === true
    ? finding("exempt", exempted.reason, exempted.notes)
    : finding("non-compliant", exempted?.reason)
}

const tooOld: Reason = { code: "evidence.expired", message: "The evidence is past the day until which it holds." }

/** Exempt when the claims cover enough that what they do not cover keeps the limit by itself. */
const exemptions = (context: Context, rule: Judged, contributions: ReadonlyArray<Contribution>) => {
  const { ruleSet, asOf, categories = [] } = context
  const claimed = contributions.filter(({ witnesses }) =>
    witnesses.every(({ declaration }) => declaration.exemption !== undefined)
  )
  if (claimed.length === 0) return undefined
  const together = sum(claimed.map(({ concentration }) => concentration))
  const found = claimed.flatMap(({ witnesses }) =>
    witnesses.flatMap(({ declaration }) => exemptionFor(declaration, together, ruleSet, asOf, categories) ?? [])
  )
  const refused = found.find(({ valid }) => !valid)
  if (refused !== undefined || found.length === 0) return refused
  const others = contributions.filter((contribution) => !claimed.includes(contribution))
  const left = sum(others.map(({ concentration }) => concentration))
  if (others.length > 0 && standingOf(rule, left, rule.limit) !== "within")
    return {
      valid: false,
      reason: {
        code: "exemption.not_claimed",
        message: "Without what the claimed exemption covers, the limit is still not kept."
      },
      notes: []
    }
  return found[0]
}

const openReason = (
  { low, high }: Concentration,
  contributions: ReadonlyArray<Contribution>,
  level: Base["level"]
): Reason => {
  const rows = rowsOf(contributions)
  if (level === "homogeneous-material" && high === undefined && rows.every(({ amount }) => amount.high !== undefined))
    return {
      code: "level.too_coarse",
      message: "The mass is stated for the whole part; one of its materials may hold more than the average."
    }
  if (high === undefined)
    return { code: "amount.unstated", message: "The substance may be contained; nobody states how much." }
  return Decimal.isZero(low.numerator)
    ? {
        code: "bound.too_coarse",
        message: "What is stated as an upper bound lies above the limit; a closer one is needed."
      }
    : { code: "interval.straddles_limit", message: "The limit lies within the range that is stated." }
}

/** A statement that the part does not meet the list fails it, though not by which substance. */
const statedFailures = ({ statements, ruleSet }: Context): ReadonlyArray<Finding> => {
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
      status: isDuty ? "above-threshold" : "non-compliant",
      reason: { code: "claim.list", message: `The supplier states that the part does not meet ${ruleSet.title}.` }
    }
  ]
}

/** The rows behind contributions, each once. */
const rowsOf = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<Declaration> => {
  const rows: Array<Declaration> = []
  for (const { witnesses } of contributions)
    for (const { declaration } of witnesses)
      if (!rows.some((row) => isSameRow(row, declaration))) rows.push(declaration)
  return rows
}

const isSameRow = (a: Declaration, b: Declaration): boolean =>
  a.source.sha256 === b.source.sha256 &&
  a.source.line === b.source.line &&
  a.cas === b.cas &&
  a.substance === b.substance

const evidence = (contributions: ReadonlyArray<Contribution>, extra: Match): ReadonlyArray<Evidence> =>
  [...rowsOf(contributions), extra.declaration].map(evidenceOf)

const evidenceOf = ({ source: { document, sha256, line }, text }: Declaration): Evidence => ({
  document,
  sha256,
  line,
  ...(text === "" ? {} : { text })
})
