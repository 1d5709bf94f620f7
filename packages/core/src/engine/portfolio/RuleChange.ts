/** Which parts a change of a rule set, or of the day, can give another status. */
import { hasSameContent } from "../../domain/Hash.ts"
import type { Exemption, Rule } from "../Rule.ts"
import { addBetween, buildFactIndex, type FactIndex } from "./FactIndex.ts"
import { type EditLog, type Holders, Kept } from "./Holders.ts"
import type { Inputs } from "./Inputs.ts"
import type { RuleTable } from "./RuleTable.ts"

/** Nodes to judge again: some, be they named more than once, or every one. */
export type Affected = Iterable<number> | "all"

/** Up to this limit a disclosure that leaves less than it undeclared is complete anyway. */
const ALWAYS_DISCLOSED_PPM = 5000

/** The indexes of facts of a rule set, by rule; each outlives changes of the rule's limit. */
export class FactIndexes {
  readonly #inputs: Inputs
  readonly #log: EditLog
  readonly #holders: Holders
  readonly #kept: ReadonlyMap<string, Kept<FactIndex>>
  readonly #added = new Map<string, Kept<FactIndex>>()

  constructor(inputs: Inputs, log: EditLog, holders: Holders, kept: ReadonlyMap<string, Kept<FactIndex>> = new Map()) {
    this.#inputs = inputs
    this.#log = log
    this.#holders = holders
    this.#kept = kept
  }

  /** Adds the parts that hold something between the limit of a rule and another one. */
  addBetween(table: RuleTable, rule: number, limit: number, found: Array<number>): void {
    const { id } = table.rules[rule] as Rule
    let kept = this.#added.get(id) ?? this.#kept.get(id)
    if (kept === undefined) {
      kept = new Kept(this.#log)
      this.#added.set(id, kept)
    }
    const { value, edited } = kept.read(() =>
      buildFactIndex(this.#inputs, table, rule, this.#holders.of(substancesOf(table, [rule])))
    )
    addBetween(value, table.limit[rule] as number, limit, found)
    for (const node of edited) found.push(node)
  }

  /** Those of the rules whose facts are the same in another version of the set. */
  keep(unchanged: (id: string) => boolean): FactIndexes {
    const kept = [...this.#kept, ...this.#added].filter(([id]) => unchanged(id))
    return new FactIndexes(this.#inputs, this.#log, this.#holders, new Map(kept))
  }
}

const substancesOf = ({ entryRule, first }: RuleTable, rules: ReadonlyArray<number>): ReadonlyArray<number> => {
  const wanted = new Set(rules)
  const found: Array<number> = []
  for (let substance = 0; substance + 1 < first.length; substance++)
    for (let entry = first[substance] as number; entry < (first[substance + 1] as number); entry++)
      if (wanted.has(entryRule[entry] as number)) {
        found.push(substance)
        break
      }
  return found
}

/** What of a rule set is about all its rules. */
const general = ({ rules, exemptions, title, notice, version, ...rest }: RuleTable["ruleSet"]) => rest

/** What decides which parts a rule is about and whether it is a duty. */
const bearing = ({ level, outcome, scope, listedOn }: Rule) => ({ level, outcome, scope, listedOn })

/** What a rule compares, whatever its limit. */
const compared = ({ level, basis, element, aggregation, members, scope, comparison }: Rule) => ({
  ...{ level, basis, element, aggregation, members, scope },
  numeric: comparison === "above" || comparison === "at-or-above"
})

export const hasSameFacts = (a: Rule | undefined, b: Rule | undefined): boolean =>
  a !== undefined && b !== undefined && (a === b || hasSameContent(compared(a), compared(b)))

/** Nodes that one version of a rule set and another may judge differently. */
export const affectedBy = (before: RuleTable, after: RuleTable, indexes: FactIndexes, holders: Holders): Affected => {
  if (before.empty !== after.empty) return "all"
  if (before.ruleSet !== after.ruleSet && !hasSameContent(general(before.ruleSet), general(after.ruleSet))) return "all"
  if ([before, after].some(({ batteryRules, productRules }) => batteryRules.length + productRules.length > 0))
    return "all"
  if (hasRepeatedIds(before) || hasRepeatedIds(after)) return "all"
  const found: Array<number> = []
  const old = new Map(before.rules.map((rule, index) => [rule.id, index]))
  const held = new Set<number>()
  for (const [index, rule] of after.rules.entries()) {
    const was = old.get(rule.id)
    old.delete(rule.id)
    const past = was === undefined ? undefined : before.rules[was]
    if (past === rule || (past !== undefined && hasSameContent(past, rule))) continue
    if (was === undefined || past === undefined || !hasSameContent(bearing(past), bearing(rule))) {
      if (after.asksUndeclared) return holders.declared()
      for (const substance of substancesOf(after, [index])) held.add(substance)
      if (was !== undefined) for (const substance of substancesOf(before, [was])) held.add(substance)
      continue
    }
    const [from, to] = [before.limit[was] as number, after.limit[index] as number]
    if (Math.max(from, to) > ALWAYS_DISCLOSED_PPM) return holders.declared()
    if (hasSameFacts(past, rule) && past.comparison === rule.comparison && rule.limitPpm !== undefined) {
      if (past.limitPpm !== rule.limitPpm) indexes.addBetween(before, was, to, found)
    } else
      for (const substance of [...substancesOf(before, [was]), ...substancesOf(after, [index])]) held.add(substance)
  }
  for (const index of old.values()) {
    if (before.asksUndeclared) return holders.declared()
    for (const substance of substancesOf(before, [index])) held.add(substance)
  }
  if (held.size > 0) for (const node of holders.of(held)) found.push(node)
  if (exemptionsDiffer(before, after) || isDutyList(before) !== isDutyList(after))
    for (const node of holders.special()) found.push(node)
  return found
}

/** Whether a statement that a part does not meet the list is one about a duty. */
const isDutyList = ({ ruleSet }: RuleTable): boolean =>
  ruleSet.rules.every(({ outcome }) => outcome !== "non-compliant")

const hasRepeatedIds = ({ rules }: RuleTable): boolean => new Set(rules.map(({ id }) => id)).size < rules.length

const exemptionsDiffer = (before: RuleTable, after: RuleTable): boolean =>
  (before.ruleSet.exemptions !== after.ruleSet.exemptions &&
    !hasSameContent(before.ruleSet.exemptions, after.ruleSet.exemptions)) ||
  (before.asOf !== after.asOf &&
    after.ruleSet.exemptions.some((exemption) => isValid(exemption, before.asOf) !== isValid(exemption, after.asOf)))

const isValid = ({ validFrom, lastDay, renewalPending }: Exemption, asOf: string): boolean =>
  (validFrom === undefined || validFrom <= asOf) &&
  (lastDay === undefined || asOf <= lastDay || renewalPending === true)
