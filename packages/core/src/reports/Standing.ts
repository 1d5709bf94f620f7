/** How each node of a product stands by one rule set alone, rolled up like the whole verdict. */
import { type DutyStatus, rank, type Status } from "../domain/Status.ts"
import type { Finding, PartVerdict } from "../domain/Verdict.ts"
import { dutyStatus, restrictionStatus } from "../engine/Rollup.ts"
import type { RuleSet } from "../engine/Rule.ts"
import { concerns, isInForce, type Judgement, linesOf, nodesOf } from "./Judgement.ts"

export interface Standing<S extends Status | DutyStatus> {
  /** Of the product. */
  readonly status: S
  /** Of each node with all that is below it, by part key. */
  readonly byPart: ReadonlyMap<string, S>
}

export interface RuleSetStanding {
  /** Left out when the set restricts nothing. */
  readonly restriction: Standing<Status> | undefined
  /** Left out when the set holds no duty to inform. */
  readonly duty: Standing<DutyStatus> | undefined
}

export const standingBy = (judgement: Judgement, ruleSet: RuleSet): RuleSetStanding => {
  const restricts = ruleSet.documentLimits === true || ruleSet.rules.some(({ outcome }) => outcome === "non-compliant")
  const informs = ruleSet.rules.some(({ outcome }) => outcome !== "non-compliant")
  return {
    restriction: restricts ? rollUp<Status>(judgement, ruleSet, restrictionStatus, false) : undefined,
    duty: informs ? rollUp<DutyStatus>(judgement, ruleSet, dutyStatus, true) : undefined
  }
}

/** Findings of one rule set on a part. */
export const findingsBy = ({ findings }: PartVerdict, { id }: Pick<RuleSet, "id">): ReadonlyArray<Finding> =>
  findings.filter(({ regulation }) => regulation === id)

/** Whether nothing is declared of a part that the rule set speaks about. */
export const isSilent = (judgement: Judgement, ruleSet: RuleSet, part: PartVerdict, duties?: boolean): boolean => {
  if (part.reasons.length === 0) return false
  if (ruleSet.documentLimits === true && duties !== true) return true
  const facts = judgement.facts.get(part.key)
  return (
    facts !== undefined &&
    ruleSet.rules.some(
      (rule) =>
        (duties === undefined || duties === (rule.outcome !== "non-compliant")) &&
        isInForce(rule, judgement.asOf) &&
        concerns(rule, facts, part.key === judgement.root.key)
    )
  )
}

const rollUp = <S extends Status | DutyStatus>(
  judgement: Judgement,
  ruleSet: RuleSet,
  statusOf: (finding: Finding) => S | undefined,
  duties: boolean
): Standing<S> => {
  const nodes = new Map(nodesOf(judgement).map((node) => [node.key, node]))
  const byPart = new Map<string, S>()
  const height = (status: S) => (status === "unknown" && judgement.rollup === "unknown-dominates" ? 5 : rank(status))
  for (const key of judgement.facts.keys()) {
    const node = nodes.get(key)
    if (node === undefined) continue
    const found: ReadonlyArray<S> = [
      (isSilent(judgement, ruleSet, node, duties) ? "unknown" : "not-applicable") as S,
      ...findingsBy(node, ruleSet).flatMap((finding) => statusOf(finding) ?? []),
      ...linesOf(judgement, key).flatMap(({ child }) => byPart.get(child) ?? [])
    ]
    byPart.set(
      key,
      found.reduce((a, b) => (height(a) >= height(b) ? a : b))
    )
  }
  return { status: byPart.get(judgement.root.key) as S, byPart }
}
