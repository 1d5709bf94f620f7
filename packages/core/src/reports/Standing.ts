/** How each node of a product stands by one rule set alone. */
import type { DutyStatus, Status } from "../domain/Status.ts"
import type { Finding, PartVerdict, RegulationStanding } from "../domain/Verdict.ts"
import { speaksOf } from "../engine/ByRegulation.ts"
import type { RuleSet } from "../engine/Rule.ts"
import { type Judgement, nodesOf } from "./Judgement.ts"

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

export const standingBy = (judgement: Judgement, { id }: Pick<RuleSet, "id">): RuleSetStanding => {
  const index = judgement.root.byRegulation.findIndex(({ regulation }) => regulation === id)
  const standing = <S extends Status | DutyStatus>(
    statusOf: (standing: RegulationStanding) => S | undefined
  ): Standing<S> | undefined => {
    const of = ({ byRegulation }: PartVerdict) => {
      const found = byRegulation[index]
      return found && statusOf(found)
    }
    const status = of(judgement.root)
    return status && { status, byPart: new Map(nodesOf(judgement).map((node) => [node.key, of(node) as S])) }
  }
  return { restriction: standing(({ status }) => status), duty: standing(({ duty }) => duty) }
}

/** Findings of one rule set on a part. */
export const findingsBy = ({ findings }: PartVerdict, { id }: Pick<RuleSet, "id">): ReadonlyArray<Finding> =>
  findings.filter(({ regulation }) => regulation === id)

/** Whether nothing is declared of a part that the rule set speaks about. */
export const isSilent = (judgement: Judgement, ruleSet: RuleSet, part: PartVerdict): boolean => {
  if (part.reasons.length === 0) return false
  const facts = judgement.facts.get(part.key)
  return facts !== undefined && speaksOf(ruleSet, facts, judgement.asOf, part.key === judgement.root.key)
}
