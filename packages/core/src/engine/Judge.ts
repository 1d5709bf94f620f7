/** Facts × rules → findings. Pure, and exact: a concentration is compared without dividing. */
import * as Decimal from "../domain/Decimal.ts"
import { type Declaration, substanceKey } from "../domain/Declaration.ts"
import { rank } from "../domain/Status.ts"
import type { Finding, Reason } from "../domain/Verdict.ts"
import {
  against,
  bounds,
  type Concentration,
  concentrationAt,
  isExact,
  ppmText,
  standing,
  sum,
  type Unknown,
  worst
} from "./Concentration.ts"
import type { Facts } from "./Facts.ts"
import type { Exemption, Member, Rule, RuleSet } from "./Rule.ts"

/** Findings of one rule set on one part, as of a day (`YYYY-MM-DD`). Empty when nothing was declared. */
export const judge = (facts: Facts, ruleSet: RuleSet, asOf: string): ReadonlyArray<Finding> => {
  if (facts.declarations.length === 0) return []
  const limits = ruleSet.documentLimits
    ? facts.declarations.flatMap((d) =>
        d.limitPpm === undefined ? [] : [documentLimit(facts, d, d.limitPpm, ruleSet, asOf)]
      )
    : []
  const restrictions = ruleSet.rules.map((rule) => restriction(facts, rule, ruleSet, asOf))
  return [...limits, ...claimedFailures(facts, ruleSet), ...restrictions]
}

const documentLimit = (
  facts: Facts,
  declaration: Declaration,
  limitPpm: Decimal.Decimal,
  ruleSet: RuleSet,
  asOf: string
): Finding => {
  const base = {
    rule: `${ruleSet.id}/${facts.part.partNumber}/${declaration.substance.toLowerCase()}`,
    regulation: ruleSet.id,
    level: "article",
    substance: { name: declaration.substance, ...(declaration.cas === undefined ? {} : { cas: declaration.cas }) },
    limitPpm: Decimal.toText(limitPpm),
    comparison: "above",
    evidence: []
  } as const
  return compareWithLimit(facts, base, limitPpm, [declaration], ruleSet, asOf)
}

const restriction = (facts: Facts, rule: Rule, ruleSet: RuleSet, asOf: string): Finding => {
  const first = rule.members[0] as Member
  const base = {
    rule: `${ruleSet.id}/${rule.id}`,
    regulation: ruleSet.id,
    level: rule.level,
    substance: { name: rule.name, ...(first.cas === undefined ? {} : { cas: first.cas }) },
    limitPpm: rule.limitPpm,
    comparison: "above",
    evidence: []
  } as const
  const members = facts.declarations.filter(
    (declaration) => declaration.claim === undefined && isMember(declaration, rule.members)
  )
  if (members.length === 0) return undeclared(facts, base, rule, ruleSet)
  const limit = Decimal.parse(rule.limitPpm) as Decimal.Decimal
  const groups =
    rule.level === "article" ? [members] : [...Map.groupBy(members, (declaration) => declaration.material).values()]
  return groups
    .map((group) => compareWithLimit(facts, base, limit, group, ruleSet, asOf))
    .reduce((before, finding) => (rank(finding.status) > rank(before.status) ? finding : before))
}

/** Nothing is said of the rule's substances; a statement about the whole list may still settle it. */
const undeclared = (facts: Facts, base: Base, rule: Rule, ruleSet: RuleSet): Finding => {
  const claims = facts.declarations.filter((declaration) => declaration.claim?.list === ruleSet.id)
  const stated = claims.filter(({ claim }) => claim?.says === "compliant" || claim?.says === "exempt")
  const evidence = stated.map(evidenceOf)
  if (stated.length === 0)
    return unknown(base, "substance.undeclared", `No declaration says whether the part holds ${rule.name}.`)
  if (claims.some(({ claim }) => claim?.says === "non-compliant"))
    return unknown(
      { ...base, evidence },
      "evidence.conflicting",
      "Statements about the whole list contradict each other."
    )
  if (stated.every(({ claim }) => /2002\/95/.test(claim?.version ?? "")) && rule.addedLater === true)
    return unknown(
      { ...base, evidence },
      "claim.stale_list",
      "The statement was made against a list that did not name the substance yet."
    )
  return {
    ...base,
    evidence,
    status: stated.some(({ claim }) => claim?.says === "exempt") ? "exempt" : "compliant",
    reason: { code: "claim.list", message: `The supplier states that the part meets ${ruleSet.title}.` }
  }
}

/** A statement that the part does not meet the list fails it, though not by which substance. */
const claimedFailures = (facts: Facts, ruleSet: RuleSet): ReadonlyArray<Finding> => {
  const failing = facts.declarations.filter(({ claim }) => claim?.list === ruleSet.id && claim.says === "non-compliant")
  if (failing.length === 0) return []
  return [
    {
      rule: `${ruleSet.id}/statement`,
      regulation: ruleSet.id,
      level: "article",
      substance: { name: ruleSet.title },
      comparison: "above",
      evidence: failing.map(evidenceOf),
      status: "non-compliant",
      reason: { code: "claim.list", message: `The supplier states that the part does not meet ${ruleSet.title}.` }
    }
  ]
}

type Base = Omit<Finding, "status" | "ppm" | "range" | "reason" | "arithmetic">

const compareWithLimit = (
  facts: Facts,
  unproven: Base,
  limitPpm: Decimal.Decimal,
  declarations: ReadonlyArray<Declaration>,
  ruleSet: RuleSet,
  asOf: string
): Finding => {
  const { concentration, witnesses } = concentrationOf(facts, declarations, unproven.level)
  const base = { ...unproven, evidence: witnesses.map(evidenceOf) }
  if ("code" in concentration) return unknown(base, concentration.code, concentration.message)
  const measured = { ...base, ...shown(concentration), ...arithmeticOf(concentration, witnesses, limitPpm) }
  const place = standing(concentration, limitPpm)
  if (place === "within") return { ...measured, status: "compliant" }
  if (place === "open")
    return { ...measured, status: "unknown", reason: openReason(concentration, witnesses, base.level) }
  const claim = judgeClaims(witnesses, concentration, ruleSet.exemptions, asOf)
  return {
    ...measured,
    status: claim?.valid === true ? "exempt" : "non-compliant",
    ...(claim === undefined ? {} : { reason: claim.reason })
  }
}

const shown = (concentration: Concentration): Pick<Finding, "ppm" | "range"> => {
  const { low, lowOpen, high, highOpen } = concentration
  return isExact(concentration)
    ? { ppm: ppmText(low) }
    : { range: { low: ppmText(low), lowOpen, ...(high === undefined ? {} : { high: ppmText(high) }), highOpen } }
}

/** The calculation as a person would check it, for a concentration that is one exact number. */
const arithmeticOf = (
  concentration: Concentration,
  witnesses: ReadonlyArray<Declaration>,
  limitPpm: Decimal.Decimal
): Pick<Finding, "arithmetic"> => {
  if (!isExact(concentration)) return {}
  const { numerator, denominator } = concentration.low
  const text = Decimal.toText
  const order = against(concentration.low, limitPpm)
  const sign = order > 0 ? ">" : order < 0 ? "<" : "="
  if (witnesses.some(({ amount }) => amount.unit === "ppm"))
    return {
      arithmetic: `${text(numerator)}${isOne(denominator) ? "" : ` / ${text(denominator)}`} ppm ${sign} ${text(limitPpm)} ppm`
    }
  const grams = text(denominator)
  const product = text(Decimal.multiply(limitPpm, denominator))
  return {
    arithmetic: `${text(Decimal.shift(numerator, -3))} mg in ${grams} g: ${text(numerator)} µg ${sign} ${text(limitPpm)} ppm × ${grams} g = ${product} µg`
  }
}

const isOne = (value: Decimal.Decimal): boolean => value.coefficient === 1n && value.scale === 0

const openReason = (
  { low, high }: Concentration,
  witnesses: ReadonlyArray<Declaration>,
  level: Base["level"]
): Reason => {
  if (
    level === "homogeneous-material" &&
    witnesses.every(({ amount }) => amount.high !== undefined) &&
    high === undefined
  )
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

const unknown = (base: Base, code: string, message: string): Finding => ({
  ...base,
  status: "unknown",
  reason: { code, message }
})

const evidenceOf = ({ source, text }: Declaration) => (text === "" ? source : { ...source, text })

/** What statements about the same substance in the same material come to: the worst of them, never their sum. */
const concentrationOf = (
  facts: Facts,
  declarations: ReadonlyArray<Declaration>,
  level: Base["level"]
): { readonly concentration: Concentration | Unknown; readonly witnesses: ReadonlyArray<Declaration> } => {
  const groups = Map.groupBy(declarations, ({ substance, cas, material }) =>
    JSON.stringify([substanceKey(substance, cas), material ?? null])
  )
  const totals: Array<Concentration> = []
  const witnesses: Array<Declaration> = []
  let missing: Unknown | undefined
  for (const group of groups.values()) {
    const known = group.flatMap((declaration) => {
      const concentration = concentrationAt(facts, declaration, level)
      if ("code" in concentration) missing = concentration
      return "code" in concentration ? [] : [{ declaration, concentration }]
    })
    const total = known.map(({ concentration }) => concentration).reduce<Concentration | undefined>(worst, undefined)
    if (total !== undefined) totals.push(total)
    else witnesses.push(...group.slice(0, 1))
    for (const { declaration, concentration } of known)
      if (
        total !== undefined &&
        bounds(concentration, total) &&
        !witnesses.some((other) => sameRow(other, declaration))
      )
        witnesses.push(declaration)
  }
  return totals.length < groups.size && missing !== undefined
    ? { concentration: missing, witnesses }
    : { concentration: sum(totals), witnesses }
}

const sameRow = (a: Declaration, b: Declaration): boolean =>
  a.source.sha256 === b.source.sha256 &&
  a.source.line === b.source.line &&
  a.cas === b.cas &&
  a.substance === b.substance

/** Whether a row counts towards a rule: by CAS number when it has one, else by name. */
export const isMember = (
  declaration: { readonly substance: string; readonly cas: string | undefined },
  members: ReadonlyArray<Member>
): boolean => {
  const name = declaration.substance.trim().toLowerCase()
  return members.some((member) =>
    declaration.cas !== undefined && member.cas !== undefined
      ? member.cas === declaration.cas
      : member.names.includes(name)
  )
}

/** An exemption counts when every row that adds to the concentration claims it, and it covers substance, amount and day. */
const judgeClaims = (
  witnesses: ReadonlyArray<Declaration>,
  concentration: Concentration,
  exemptions: ReadonlyArray<Exemption>,
  asOf: string
): { readonly valid: boolean; readonly reason: Reason } | undefined => {
  const claims = new Set(witnesses.map((witness) => witness.exemption?.replaceAll(/\s/g, "").toLowerCase()))
  const claim = [...claims][0]
  if (claims.size !== 1 || claim === undefined) return undefined
  const refuse = (code: string, message: string) => ({ valid: false, reason: { code, message } })
  const exemption = exemptions.find((candidate) => candidate.id.toLowerCase() === claim)
  if (exemption === undefined) return refuse("exemption.unknown", `The claimed exemption ${claim} is not known here.`)
  if (!witnesses.every((witness) => isMember(witness, [exemption.substance])))
    return refuse("exemption.other_substance", `Exemption ${exemption.id} does not cover this substance.`)
  if (asOf > exemption.lastDay)
    return refuse("exemption.expired", `Exemption ${exemption.id} ended on ${exemption.lastDay}.`)
  const max = exemption.maxPpm === undefined ? undefined : Decimal.parse(exemption.maxPpm)
  if (max !== undefined && (concentration.high === undefined || against(concentration.high, max) > 0))
    return refuse("exemption.cap_exceeded", `Exemption ${exemption.id} covers up to ${exemption.maxPpm} ppm.`)
  const message = `Exemption ${exemption.id}: ${exemption.scope}, until ${exemption.lastDay} (${exemption.source}).`
  return { valid: true, reason: { code: "exemption.valid", message } }
}
