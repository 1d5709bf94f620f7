/** What differs between two judgements: of two days, of what was known on them, of two rule sets, or of two revisions. */
import type { DutyStatus, FindingStatus, Status } from "../domain/Status.ts"
import type { Evidence, Finding, PartVerdict, Reason } from "../domain/Verdict.ts"
import { ruleSetHash } from "../engine/Rule.ts"
import { causesOfChange } from "./DiffCauses.ts"
import { type Judgement, linesOf, nodesOf } from "./Judgement.ts"
import * as Text from "./Text.ts"

export interface JudgementState {
  readonly asOf: string
  readonly product: { readonly partNumber: string; readonly name: string | undefined }
  readonly status: Status
  readonly duty: DutyStatus
  readonly factsHash: string
  readonly ruleSets: ReadonlyArray<{ readonly id: string; readonly version: string; readonly hash: string }>
  readonly documents: ReadonlyArray<{ readonly name: string; readonly sha256: string }>
}

export interface VerdictState {
  readonly status: Status
  readonly duty: DutyStatus
}

export interface PartChange {
  readonly partNumber: string
  readonly name: string | undefined
  /** Left out where the part is in only one of the two. */
  readonly before: VerdictState | undefined
  readonly after: VerdictState | undefined
  /** Parts directly below whose verdicts changed as well. */
  readonly below: ReadonlyArray<string>
}

export interface FindingState {
  readonly status: FindingStatus
  /** The concentration and its limit in words. */
  readonly measured: string
  readonly reason: Reason | undefined
  readonly evidence: ReadonlyArray<Evidence>
}

export interface FindingChange {
  readonly partNumber: string
  readonly rule: string
  readonly substance: string
  readonly change: "appeared" | "vanished" | "changed"
  readonly before: FindingState | undefined
  readonly after: FindingState | undefined
  readonly causes: ReadonlyArray<Reason>
}

export interface DiffReport {
  readonly schemaVersion: 1
  readonly report: "diff"
  readonly before: JudgementState
  readonly after: JudgementState
  /** Parts whose verdict changed, the product first. */
  readonly parts: ReadonlyArray<PartChange>
  readonly findings: ReadonlyArray<FindingChange>
}

export const diffReport = (before: Judgement, after: Judgement): DiffReport => {
  const [old, now] = [verdictsOf(before), verdictsOf(after)]
  return {
    schemaVersion: 1,
    report: "diff",
    before: stateOf(before),
    after: stateOf(after),
    parts: partChanges({ judgement: before, verdicts: old }, { judgement: after, verdicts: now }),
    findings: [...new Set([...now.keys(), ...old.keys()])].flatMap((key) =>
      findingChanges({ judgement: before, verdicts: old }, { judgement: after, verdicts: now }, key)
    )
  }
}

const stateOf = ({ asOf, product, rules, documents }: Judgement): JudgementState => ({
  asOf,
  product: { partNumber: product.partNumber, name: product.name },
  status: product.status,
  duty: product.duty,
  factsHash: product.factsHash,
  ruleSets: rules.map((ruleSet) => ({ id: ruleSet.id, version: ruleSet.version, hash: ruleSetHash(ruleSet) })),
  documents: documents.map(({ name, sha256 }) => ({ name, sha256 }))
})

interface Judged {
  readonly judgement: Judgement
  /** Of every node, the product first, then in BOM order. */
  readonly verdicts: ReadonlyMap<string, PartVerdict>
}

const verdictsOf = (judgement: Judgement): Judged["verdicts"] =>
  new Map(nodesOf(judgement).map((node) => [node.key, node]))

/** In the order of the later BOM, then what only the earlier one has. */
const partChanges = (before: Judged, after: Judged): ReadonlyArray<PartChange> => {
  const [old, now] = [before.verdicts, after.verdicts]
  const differs = (key: string): boolean => {
    const [a, b] = [old.get(key), now.get(key)]
    return a?.status !== b?.status || a?.duty !== b?.duty
  }
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((key) => {
    if (!differs(key)) return []
    const [a, b] = [old.get(key), now.get(key)]
    const { partNumber, name } = (b ?? a) as PartVerdict
    const children = new Set(
      [...linesOf(after.judgement, key), ...linesOf(before.judgement, key)].map(({ child }) => child)
    )
    return [
      {
        partNumber,
        name,
        before: a && { status: a.status, duty: a.duty },
        after: b && { status: b.status, duty: b.duty },
        below: [...children].filter(differs).map((child) => (now.get(child) ?? old.get(child))?.partNumber ?? child)
      }
    ]
  })
}

const findingChanges = (before: Judged, after: Judged, key: string): ReadonlyArray<FindingChange> => {
  const [old, now] = [before.verdicts.get(key), after.verdicts.get(key)]
  const { partNumber } = (now ?? old) as PartVerdict
  return paired(old?.findings ?? [], now?.findings ?? []).map(([a, b]) => {
    const { rule, substance } = (b ?? a) as Finding
    return {
      partNumber,
      rule,
      substance: substance.name,
      change: a === undefined ? "appeared" : b === undefined ? "vanished" : "changed",
      before: a && findingState(a),
      after: b && findingState(b),
      causes: causesOfChange(
        { judgement: before.judgement, facts: before.judgement.facts.get(key), finding: a },
        { judgement: after.judgement, facts: after.judgement.facts.get(key), finding: b }
      )
    }
  })
}

const findingState = (finding: Finding): FindingState => ({
  status: finding.status,
  measured: Text.measuredText(finding),
  reason: finding.reason,
  evidence: finding.evidence
})

/** What a reader would call another finding: other evidence for the same is none. */
const signature = ({ rule, status, ppm, range, limitPpm, reason, override }: Finding): string =>
  JSON.stringify([
    rule,
    status,
    ppm ?? null,
    range ?? null,
    limitPpm ?? null,
    reason?.code ?? null,
    override?.id ?? null
  ])

/** Findings that differ, those of one rule with each other; a rule may find several things in a part. */
const paired = (
  before: ReadonlyArray<Finding>,
  after: ReadonlyArray<Finding>
): ReadonlyArray<readonly [Finding | undefined, Finding | undefined]> => {
  const [old, now] = [unmatched(before, after), unmatched(after, before)]
  const waiting = Map.groupBy(old, ({ rule }) => rule)
  const pairs = now.map((finding) => [waiting.get(finding.rule)?.shift(), finding] as const)
  return [...pairs, ...[...waiting.values()].flat().map((finding) => [finding, undefined] as const)]
}

/** Findings without an equal one on the other side. */
const unmatched = (findings: ReadonlyArray<Finding>, others: ReadonlyArray<Finding>): ReadonlyArray<Finding> => {
  const counts = new Map<string, number>()
  for (const other of others) counts.set(signature(other), (counts.get(signature(other)) ?? 0) + 1)
  return findings.filter((finding) => {
    const left = counts.get(signature(finding)) ?? 0
    counts.set(signature(finding), left - 1)
    return left <= 0
  })
}
