/** One concentration against one limit: what status follows, why, and from which rows. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { FindingStatus } from "../domain/Status.ts"
import type { Evidence, Finding, Reason } from "../domain/Verdict.ts"
import { arithmeticOf, shown } from "./Arithmetic.ts"
import { isExpired, tooOld } from "./Claims.ts"
import { type Concentration, isNothing, presence, type Standing, standing, sum } from "./Concentration.ts"
import { type Exempted, exemptionFor, refuse } from "./Exempt.ts"
import type { Facts } from "./Facts.ts"
import { countedShare } from "./Match.ts"
import type { Ranges } from "./Measure.ts"
import type { Place } from "./Place.ts"
import { elementsOf, type Rule, type RuleSet } from "./Rule.ts"
import type { Contribution } from "./Weigh.ts"

export interface JudgeOptions {
  /** The day whose law applies, `YYYY-MM-DD`. */
  readonly asOf: string
  /** How a range that a supplier states with two ends counts; as it is when left out. */
  readonly ranges?: Ranges | undefined
  /** Categories of the equipment, by which some exemptions are limited: `8`, `9-industrial`. */
  readonly categories?: ReadonlyArray<string> | undefined
}

export interface Context extends JudgeOptions {
  readonly facts: Facts
  readonly ruleSet: RuleSet
  /** What is stated of the whole list. */
  readonly statements: ReadonlyArray<Declaration>
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

/** What a finding of a rule says whatever comes of it. */
export type Base = Omit<
  Finding,
  "status" | "ppm" | "range" | "reason" | "arithmetic" | "notes" | "override" | "evidence"
>

/** What the judgement of one place needs of a rule; a row's own limit is such a rule too. */
export type Judged = Pick<Rule, "comparison" | "outcome"> &
  Partial<Pick<Rule, "basis" | "element">> & { readonly limit: Decimal.Decimal | undefined }

export interface Weight {
  readonly contributions: ReadonlyArray<Contribution>
  readonly concentration: Concentration
  readonly notes: ReadonlyArray<Reason>
  readonly place?: Place | undefined
  /** What substances that nobody mentions may add, and what the others come to without it. */
  readonly undeclared?: Concentration | undefined
  readonly declared?: Concentration | undefined
}

const limits = new WeakMap<object, Decimal.Decimal>()

export const limitOf = (rule: Rule): Decimal.Decimal | undefined => {
  const known = limits.get(rule)
  if (known !== undefined || rule.limitPpm === undefined) return known
  const limit = Decimal.parse(rule.limitPpm) ?? Decimal.zero
  limits.set(rule, limit)
  return limit
}

export const standingOf = (
  { comparison }: Pick<Rule, "comparison">,
  concentration: Concentration,
  limit: Decimal.Decimal | undefined
): Standing =>
  limit === undefined ? presence(concentration) : standing(concentration, limit, comparison === "at-or-above")

export const broken = (outcome: Rule["outcome"]): FindingStatus =>
  outcome === "non-compliant" ? "non-compliant" : "above-threshold"

/** Compares a concentration with the limit, and what breaks it with the exemptions that are claimed. */
export const decide = (context: Context, base: Base, rule: Judged, weight: Weight): Judgement => {
  const { contributions, concentration, undeclared, place } = weight
  const rows = rowsOf(contributions)
  const remarks = [...weight.notes, ...(rows.some((row) => isExpired(row, context.asOf)) ? [tooOld] : [])]
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
    working: { contributions, undeclared, concentration, limit: rule.limit, place }
  })
  const stands = standingOf(rule, concentration, rule.limit)
  if (stands === "open") return finding("unknown", openReason(base, rule, weight))
  if (stands === "within") {
    if (contributions.some(({ expired }) => expired)) return finding("unknown", tooOld)
    if (rule.outcome === "non-compliant") return finding("compliant")
    return finding(isNothing(concentration) ? "not-contained" : "below-threshold")
  }
  const contradicted = context.statements.some(({ claim }) => claim?.says === "compliant") ? [contradicts] : []
  if (rule.outcome !== "non-compliant") return finding("above-threshold", undefined, contradicted)
  const exempted = exemptions(context, rule, weight)
  if (exempted === undefined) return finding("non-compliant", undefined, contradicted)
  if (exempted.says === "covers") return finding("exempt", exempted.reason, exempted.notes)
  return finding(exempted.says === "open" ? "unknown" : "non-compliant", exempted.reason, contradicted)
}

const contradicts: Reason = {
  code: "claim.contradicted",
  message: "A statement says that the part meets the whole list; the declared amount is judged."
}

/** What exemptions do when what they do not cover keeps the limit by itself. */
const exemptions = (
  { ruleSet, asOf, categories = [] }: Context,
  rule: Judged,
  { contributions, undeclared }: Weight
): Exempted | undefined => {
  const claimed = contributions.filter(({ witnesses }) =>
    witnesses.every(({ declaration }) => declaration.exemption !== undefined)
  )
  if (claimed.length === 0) return undefined
  const together = sum(claimed.map(({ concentration }) => concentration))
  const found = claimed.flatMap(({ witnesses }) =>
    witnesses.flatMap(({ declaration }) => exemptionFor(declaration, together, ruleSet, asOf, categories) ?? [])
  )
  const refused = found.find(({ says }) => says === "refuses")
  if (refused !== undefined || found.length === 0) return refused
  const others = contributions.filter((contribution) => !claimed.includes(contribution))
  const left = sum([
    ...others.map(({ concentration }) => concentration),
    ...(undeclared === undefined ? [] : [undeclared])
  ])
  const rest = standingOf(rule, left, rule.limit)
  if (rest === "within") return found.find(({ says }) => says === "open") ?? found[0]
  const unclaimed = refuse(
    "exemption.not_claimed",
    "Without what the claimed exemption covers, the limit is still not kept, or may not be."
  )
  return rest === "breaking" ? unclaimed : { ...unclaimed, says: "open" }
}

const openReason = (
  base: Base,
  rule: Judged,
  { contributions, concentration, undeclared, declared }: Weight
): Reason => {
  const { low, high } = concentration
  const unmeasured = contributions.find((contribution) => contribution.unmeasured !== undefined)?.unmeasured
  if (unmeasured !== undefined) return unmeasured
  if (undeclared !== undefined && declared !== undefined && standingOf(rule, declared, rule.limit) === "within")
    return {
      code: "members.missing",
      message: `Only some of the substances that ${base.substance.name} adds up are declared; the others may be there as well.`
    }
  const rows = rowsOf(contributions)
  if (
    base.level === "homogeneous-material" &&
    high === undefined &&
    rows.every(({ amount }) => amount.high !== undefined)
  )
    return {
      code: "level.too_coarse",
      message: "The amount is stated for the whole part; one of its materials may hold more than the average."
    }
  if (
    high === undefined &&
    rows.some(({ basis, amount }) => rule.basis === "compound" && basis === "element" && amount.high !== undefined)
  )
    return {
      code: "basis.element",
      message: "Only the mass of the element is stated; the compound that is limited weighs more."
    }
  if (high === undefined)
    return { code: "amount.unstated", message: "The substance may be contained; nobody states how much." }
  if (hasUnknownShare(rule, contributions))
    return rule.basis === "ion"
      ? {
          code: "valence.unspecified",
          message: "What is stated does not say which valence the element has; only a part of it may count."
        }
      : {
          code: "share.unknown",
          message: "The share that the element has in the declared compound is not known; state the element's amount."
        }
  return Decimal.isZero(low.numerator)
    ? {
        code: "bound.too_coarse",
        message: "What is stated as an upper bound lies above the limit; a closer one is needed."
      }
    : { code: "interval.straddles_limit", message: "The limit lies within the range that is stated." }
}

const hasUnknownShare = (rule: Judged, contributions: ReadonlyArray<Contribution>): boolean => {
  const elements = elementsOf(rule)
  return (
    elements.length > 0 &&
    contributions.some(({ witnesses }) => witnesses.some((match) => countedShare(match, elements) === undefined))
  )
}

/** The rows behind contributions, each once. */
export const rowsOf = (contributions: ReadonlyArray<Contribution>): ReadonlyArray<Declaration> => {
  const rows = new Map<string, Declaration>()
  for (const { witnesses } of contributions)
    for (const { declaration } of witnesses) {
      const { source, cas, substance } = declaration
      const key = `${source.sha256} ${source.line} ${cas} ${substance}`
      if (!rows.has(key)) rows.set(key, declaration)
    }
  return [...rows.values()]
}

export const evidenceOf = ({ source: { document, sha256, line }, text }: Declaration): Evidence => ({
  document,
  sha256,
  line,
  ...(text === "" ? {} : { text })
})
