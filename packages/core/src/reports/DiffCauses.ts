/** Why a finding differs between two judgements: the rule, an exemption, the evidence, the part, a person, or the day alone. */

import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { hasSameContent } from "../domain/Hash.ts"
import type { Finding, Reason } from "../domain/Verdict.ts"
import { canonicalDeclaration, type Facts } from "../engine/Facts.ts"
import { memberOf } from "../engine/Match.ts"
import { isInForce, type Rule, type RuleSet } from "../engine/Rule.ts"
import type { Judgement } from "./Judgement.ts"
import { evidenceText, plural } from "./Text.ts"

export interface Side {
  readonly judgement: Judgement
  readonly facts: Facts | undefined
  readonly finding: Finding | undefined
}

/** Every cause that is found, most telling first; `day` stands alone when nothing but the day differs. */
export const causesOfChange = (before: Side, after: Side): ReadonlyArray<Reason> => {
  const causes = [
    ...overrideCauses(before, after),
    ...ruleCauses(before, after),
    ...exemptionCauses(before, after),
    ...partCauses(before.facts, after.facts),
    ...evidenceCauses(before, after)
  ]
  if (causes.length > 0) return causes
  const [from, to] = [before.judgement.asOf, after.judgement.asOf]
  return [
    from === to
      ? { code: "options.changed", message: "Only the options of the judgement differ." }
      : { code: "day.changed", message: `Only the day differs, ${from} and ${to}.` }
  ]
}

const overrideCauses = ({ finding: before }: Side, { finding: after }: Side): ReadonlyArray<Reason> => {
  const [old, now] = [before?.override, after?.override]
  if (hasSameContent(old ?? null, now ?? null)) return []
  return [
    now === undefined
      ? { code: "override.ended", message: `The decision of ${old?.by} of ${old?.on} no longer holds.` }
      : { code: "override.decided", message: `${now.by} decided on ${now.on}: ${now.reason}` }
  ]
}

interface Ruled {
  readonly ruleSet: RuleSet | undefined
  readonly rule: Rule | undefined
}

const ruledBy = ({ judgement }: Side, { rule: id, regulation }: Finding): Ruled => {
  const ruleSet = judgement.rules.find((one) => one.id === regulation)
  return { ruleSet, rule: ruleSet?.rules.find((rule) => `${regulation}/${rule.id}` === id) }
}

const ruleCauses = (before: Side, after: Side): ReadonlyArray<Reason> => {
  const finding = (after.finding ?? before.finding) as Finding
  const [old, now] = [ruledBy(before, finding), ruledBy(after, finding)]
  if (old.ruleSet === undefined || now.ruleSet === undefined)
    return old.ruleSet === now.ruleSet
      ? []
      : [
          {
            code: old.ruleSet === undefined ? "rules.added" : "rules.removed",
            message: `The rule set ${finding.regulation} is judged only ${old.ruleSet === undefined ? "after" : "before"}.`
          }
        ]
  const causes: Array<Reason> = []
  if (old.rule === undefined && now.rule !== undefined)
    causes.push({ code: "rule.added", message: `Version ${now.ruleSet.version} adds the rule ${finding.rule}.` })
  else if (old.rule !== undefined && now.rule === undefined)
    causes.push({
      code: "rule.removed",
      message: `Version ${now.ruleSet.version} no longer has the rule ${finding.rule}.`
    })
  else if (old.rule !== undefined && now.rule !== undefined) {
    if (!hasSameContent(old.rule, now.rule))
      causes.push({ code: "rule.changed", message: `Version ${now.ruleSet.version} changes the rule ${finding.rule}.` })
    const [was, is] = [isInForce(old.rule, before.judgement.asOf), isInForce(now.rule, after.judgement.asOf)]
    if (!was && is)
      causes.push({ code: "rule.begins", message: `The rule ${finding.rule} applies since ${now.rule.effectiveFrom}.` })
    if (was && !is)
      causes.push({ code: "rule.ends", message: `The rule ${finding.rule} does not apply on ${after.judgement.asOf}.` })
  }
  return causes
}

const isAboutExemption = (reason: Reason | undefined): reason is Reason =>
  reason?.code.startsWith("exemption.") === true

const exemptionCauses = (before: Side, after: Side): ReadonlyArray<Reason> => {
  const [old, now] = [before.finding?.reason, after.finding?.reason]
  if (hasSameContent(old ?? null, now ?? null)) return []
  if (isAboutExemption(now)) return [now]
  return isAboutExemption(old) ? [{ code: "exemption.not_claimed", message: `No longer: ${old.message}` }] : []
}

const partCauses = (before: Facts | undefined, after: Facts | undefined): ReadonlyArray<Reason> => {
  if (before === undefined || after === undefined)
    return [
      before === undefined
        ? { code: "part.added", message: "The part is new in the product." }
        : { code: "part.removed", message: "The part is no longer in the product." }
    ]
  const causes: Array<Reason> = []
  const [mass, newMass] = [massText(before), massText(after)]
  if (mass !== newMass) causes.push({ code: "mass.changed", message: `The mass was ${mass} and is ${newMass}.` })
  if (before.part.material !== after.part.material)
    causes.push({
      code: "material.changed",
      message: `The material was ${before.part.material ?? "not stated"} and is ${after.part.material ?? "not stated"}.`
    })
  if (!hasSameContent([...(before.part.categories ?? [])].sort(), [...(after.part.categories ?? [])].sort()))
    causes.push({ code: "category.changed", message: "The categories of the part differ." })
  return causes
}

const massText = ({ massGrams }: Facts): string =>
  massGrams === undefined ? "not known" : `${Decimal.toText(massGrams)} g`

/** Statements by what they say, wherever they stand. */
const statements = (facts: Facts | undefined): ReadonlyMap<string, Declaration> =>
  new Map(
    (facts?.declarations ?? []).map((row) => {
      const { issued, validTo } = row.source
      return [JSON.stringify([canonicalDeclaration(row).slice(0, -1), issued ?? null, validTo ?? null]), row]
    })
  )

const evidenceCauses = (before: Side, after: Side): ReadonlyArray<Reason> => {
  if (before.facts === undefined || after.facts === undefined) return []
  const [old, now] = [statements(before.facts), statements(after.facts)]
  const counts = countsTowards(before, after)
  const [oldReason, reason] = [before.finding?.reason, after.finding?.reason]
  const expired = reason?.code === "evidence.expired" && oldReason?.code !== "evidence.expired"
  return [
    ...rowsCause("evidence.added", "New", missingIn(now, old), counts),
    ...rowsCause("evidence.removed", "No longer there", missingIn(old, now), counts),
    ...(expired ? [reason] : [])
  ]
}

const missingIn = (
  rows: ReadonlyMap<string, Declaration>,
  others: ReadonlyMap<string, Declaration>
): ReadonlyArray<Declaration> => [...rows].flatMap(([key, row]) => (others.has(key) ? [] : [row]))

/** Whether a row is about what the finding is about. */
const countsTowards = (before: Side, after: Side): ((row: Declaration) => boolean) => {
  const finding = (after.finding ?? before.finding) as Finding
  const rule = ruledBy(after, finding).rule ?? ruledBy(before, finding).rule
  return (row) =>
    row.claim?.list === finding.regulation ||
    (rule === undefined ? row.substance === finding.substance.name : memberOf(row, rule.members) !== undefined)
}

/** Rows about the finding itself when there are any, else all: what is disclosed besides may settle it too. */
const rowsCause = (
  code: string,
  what: string,
  rows: ReadonlyArray<Declaration>,
  counts: (row: Declaration) => boolean
): ReadonlyArray<Reason> => {
  const own = rows.filter(counts)
  const told = own.length > 0 ? own : rows
  const [first] = told
  if (first === undefined) return []
  const more = told.length === 1 ? "" : ` and ${plural(told.length - 1, "other row")}`
  return [{ code, message: `${what}: ${evidenceText(first.source)}${more}.` }]
}
