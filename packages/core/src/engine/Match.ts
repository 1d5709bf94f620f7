/** Which declarations count towards which rules of a set. */

import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { elementOfCas, elementShare } from "../domain/Formula.ts"
import { nameKey } from "../domain/SubstanceNames.ts"
import type { Fraction } from "./Concentration.ts"
import { fractionOf } from "./Concentration.ts"
import type { Member, Rule, RuleSet } from "./Rule.ts"

/** A declaration that counts towards a rule, and which of the rule's members it is about. */
export interface Match {
  readonly declaration: Declaration
  readonly member: Member
}

interface Entry {
  readonly rule: Rule
  readonly member: Member
}

interface Index {
  readonly byCas: ReadonlyMap<string, ReadonlyArray<Entry>>
  readonly byEc: ReadonlyMap<string, ReadonlyArray<Entry>>
  readonly byName: ReadonlyMap<string, ReadonlyArray<Entry>>
}

const indexes = new WeakMap<RuleSet, Index>()

const indexOf = (ruleSet: RuleSet): Index => {
  const known = indexes.get(ruleSet)
  if (known !== undefined) return known
  const byCas = new Map<string, Array<Entry>>()
  const byEc = new Map<string, Array<Entry>>()
  const byName = new Map<string, Array<Entry>>()
  const put = (map: Map<string, Array<Entry>>, key: string, entry: Entry) => {
    const entries = map.get(key)
    if (entries === undefined) map.set(key, [entry])
    else entries.push(entry)
  }
  for (const rule of ruleSet.rules)
    for (const member of rule.members) {
      const entry = { rule, member }
      if (member.cas !== undefined) put(byCas, member.cas, entry)
      if (member.ec !== undefined) put(byEc, member.ec, entry)
      for (const name of member.names ?? []) put(byName, nameKey(name), entry)
    }
  const index = { byCas, byEc, byName }
  indexes.set(ruleSet, index)
  return index
}

/** The member of these that a substance is: by CAS number when both have one, else by EC number, else by name. */
export const memberOf = (
  { substance, cas, ec }: Pick<Declaration, "substance" | "cas" | "ec">,
  members: ReadonlyArray<Member>
): Member | undefined => {
  const name = nameKey(substance)
  return (
    members.find((member) => cas !== undefined && member.cas === cas) ??
    members.find((member) => ec !== undefined && member.ec === ec && (cas === undefined || member.cas === undefined)) ??
    members.find(
      (member) =>
        (cas === undefined || member.cas === undefined) &&
        member.names?.some((other) => nameKey(other) === name) === true
    )
  )
}

type Matches = ReadonlyMap<Rule, ReadonlyArray<Match>>

const found = new WeakMap<RuleSet, WeakMap<ReadonlyArray<Declaration>, Matches>>()

/** The amounts that count towards each rule of the set, in the order of the declarations; sought once. */
export const matchesOf = (declarations: ReadonlyArray<Declaration>, ruleSet: RuleSet): Matches => {
  const known = found.get(ruleSet) ?? new WeakMap<ReadonlyArray<Declaration>, Matches>()
  found.set(ruleSet, known)
  const before = known.get(declarations)
  if (before !== undefined) return before
  const matches = seek(declarations, ruleSet)
  known.set(declarations, matches)
  return matches
}

const seek = (declarations: ReadonlyArray<Declaration>, ruleSet: RuleSet): Matches => {
  const { byCas, byEc, byName } = indexOf(ruleSet)
  const matches = new Map<Rule, Array<Match>>()
  for (const declaration of declarations) {
    if (declaration.claim !== undefined) continue
    const { cas, ec, substance } = declaration
    const candidates = [
      ...((cas !== undefined && byCas.get(cas)) || []),
      ...((ec !== undefined && byEc.get(ec)) || []),
      ...(byName.get(nameKey(substance)) ?? [])
    ]
    for (const rule of new Set(candidates.map((entry) => entry.rule))) {
      const member = memberOf(declaration, rule.members)
      if (member === undefined) continue
      const found = matches.get(rule)
      if (found === undefined) matches.set(rule, [{ declaration, member }])
      else found.push({ declaration, member })
    }
  }
  return matches
}

const whole: Fraction = fractionOf(Decimal.fromInteger(1))

/**
 * How much of what a declaration states counts towards an element rule: all of it when it states the
 * element, the element's share of a compound whose formula is known, else `undefined`.
 */
export const countedShare = ({ declaration, member }: Match, elements: ReadonlyArray<string>): Fraction | undefined => {
  if (elements.length === 0 || declaration.basis === "element") return whole
  if (member.cas !== undefined && elements.includes(elementOfCas(member.cas) ?? "")) return whole
  if (member.formula === undefined) return undefined
  const shares = elements.map((element) => elementShare(member.formula as string, element))
  return shares.reduce<Fraction | undefined>(
    (total, share) =>
      total === undefined || share === undefined
        ? undefined
        : { numerator: Decimal.add(total.numerator, share.numerator), denominator: share.denominator },
    { numerator: Decimal.zero, denominator: Decimal.fromInteger(1) }
  )
}

/** Whether the member has no number: it is a group, or a substance that has none. */
export const isNameOnly = (member: Member): boolean => member.cas === undefined && member.ec === undefined

/** Whether the member's name is that of the rule, and so stands for all that the rule counts. */
export const standsForAll = (rule: Rule, member: Member): boolean => {
  if (!isNameOnly(member)) return false
  const name = nameKey(rule.name)
  return member.names?.some((other) => nameKey(other) === name) === true
}
