/** Facts × rules → findings. Pure, and exact: a concentration is compared without dividing. */
import * as Decimal from "../domain/Decimal.ts"
import { type Declaration, substanceKey } from "../domain/Declaration.ts"
import type { Finding, Reason } from "../domain/Verdict.ts"
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
  return [...limits, ...ruleSet.rules.map((rule) => restriction(facts, rule, ruleSet, asOf))]
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
    evidence: [evidenceOf(declaration)]
  } as const
  return compareWithLimit(facts, base, declaration.massMg, limitPpm, [declaration], ruleSet, asOf)
}

const restriction = (facts: Facts, rule: Rule, ruleSet: RuleSet, asOf: string): Finding => {
  const witnesses = worstOfEachMember(facts.declarations, rule.members)
  const first = rule.members[0] as Member
  const base = {
    rule: `${ruleSet.id}/${rule.id}`,
    regulation: ruleSet.id,
    level: rule.level,
    substance: { name: rule.name, ...(first.cas === undefined ? {} : { cas: first.cas }) },
    limitPpm: rule.limitPpm,
    comparison: "above",
    evidence: witnesses.map(evidenceOf)
  } as const
  if (witnesses.length === 0)
    return unknown(base, "substance.undeclared", `No declaration says whether the part holds ${rule.name}.`)
  const total = witnesses.reduce((sum, witness) => Decimal.add(sum, witness.massMg), Decimal.zero)
  const limit = Decimal.parse(rule.limitPpm) as Decimal.Decimal
  const finding = compareWithLimit(facts, base, total, limit, witnesses, ruleSet, asOf)
  const coarse = rule.level === "homogeneous-material" && !facts.homogeneous && !Decimal.isZero(total)
  return finding.status === "compliant" && coarse
    ? {
        ...finding,
        status: "unknown",
        reason: {
          code: "level.too_coarse",
          message: "The mass is stated for the whole part; one of its materials may hold more than the average."
        }
      }
    : finding
}

type Base = Omit<Finding, "status" | "ppm" | "reason" | "arithmetic">

const compareWithLimit = (
  facts: Facts,
  base: Base,
  massMg: Decimal.Decimal,
  limitPpm: Decimal.Decimal,
  witnesses: ReadonlyArray<Declaration>,
  ruleSet: RuleSet,
  asOf: string
): Finding => {
  const grams = facts.massGrams
  if (grams === undefined)
    return unknown(base, "mass.missing", "The mass of the part is not known, so no concentration can be taken.")
  if (Decimal.isZero(grams))
    return unknown(base, "mass.zero", "The mass of the part is zero, so no concentration can be taken.")
  const micrograms = Decimal.shift(massMg, 3)
  const order = Decimal.compare(micrograms, Decimal.multiply(limitPpm, grams))
  const ppm = Decimal.quotientText(micrograms, grams)
  const sign = order > 0 ? ">" : order < 0 ? "<" : "="
  const measured = {
    ...base,
    ppm,
    arithmetic: `${Decimal.toText(massMg)} mg in ${Decimal.toText(grams)} g: ${Decimal.toText(micrograms)} µg ${sign} ${Decimal.toText(limitPpm)} ppm × ${Decimal.toText(grams)} g = ${Decimal.toText(Decimal.multiply(limitPpm, grams))} µg`
  }
  if (order <= 0) return { ...measured, status: "compliant" }
  const claim = judgeClaims(witnesses, micrograms, grams, ruleSet.exemptions, asOf)
  return {
    ...measured,
    status: claim?.valid === true ? "exempt" : "non-compliant",
    ...(claim === undefined ? {} : { reason: claim.reason })
  }
}

const unknown = (base: Base, code: string, message: string): Finding => ({
  ...base,
  status: "unknown",
  reason: { code, message }
})

const evidenceOf = (declaration: Declaration) => declaration.source

/** The row with the highest mass for each member that is declared; several rows of one substance are not summed. */
const worstOfEachMember = (
  declarations: ReadonlyArray<Declaration>,
  members: ReadonlyArray<Member>
): ReadonlyArray<Declaration> => {
  const worst = new Map<string, Declaration>()
  for (const declaration of declarations) {
    if (!isMember(declaration, members)) continue
    const key = substanceKey(declaration.substance, declaration.cas)
    const before = worst.get(key)
    if (before === undefined || Decimal.compare(declaration.massMg, before.massMg) > 0) worst.set(key, declaration)
  }
  return [...worst.values()]
}

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
  micrograms: Decimal.Decimal,
  grams: Decimal.Decimal,
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
  if (max !== undefined && Decimal.compare(micrograms, Decimal.multiply(max, grams)) > 0)
    return refuse("exemption.cap_exceeded", `Exemption ${exemption.id} covers up to ${exemption.maxPpm} ppm.`)
  const message = `Exemption ${exemption.id}: ${exemption.scope}, until ${exemption.lastDay} (${exemption.source}).`
  return { valid: true, reason: { code: "exemption.valid", message } }
}
