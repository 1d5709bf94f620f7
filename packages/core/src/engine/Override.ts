/** Decisions of people that stand above a finding: dated, reasoned and signed for, and never part of the supplier's data. */
import * as Schema from "effect/Schema"
import { Day } from "../domain/Day.ts"
import { partKey } from "../domain/Part.ts"
import { FindingStatus } from "../domain/Status.ts"
import type { Finding } from "../domain/Verdict.ts"

export const Override = Schema.Struct({
  id: Schema.String,
  part: Schema.String.annotate({ description: "the part number" }),
  rule: Schema.String.annotate({
    description: "a rule's id, eu-rohs/lead, or the beginning of several up to a slash: eu-rohs/"
  }),
  status: FindingStatus,
  reason: Schema.String.check(Schema.isMinLength(1)),
  by: Schema.String.check(Schema.isMinLength(1)).annotate({ description: "who answers for it" }),
  on: Day.annotate({ description: "the day of the decision, from which it holds" }),
  until: Schema.optionalKey(Day.annotate({ description: "the last day on which it holds" }))
}).annotate({ identifier: "Override" })
export type Override = typeof Override.Type

const duties: ReadonlySet<FindingStatus> = new Set(["not-contained", "below-threshold", "above-threshold"])
const restrictions: ReadonlySet<FindingStatus> = new Set(["compliant", "exempt", "non-compliant"])

const fits = ({ outcome }: Finding, status: FindingStatus): boolean =>
  outcome === undefined ? !duties.has(status) : !restrictions.has(status)

export interface OverrideOptions {
  readonly overrides?: ReadonlyArray<Override> | undefined
  readonly asOf: string
  readonly knownAt?: string | undefined
}

const isOf = (part: string, key: string): boolean => partKey(part) === key

/** Whether any decision is about the part. */
export const isOverridden = (key: string, { overrides = [] }: OverrideOptions): boolean =>
  overrides.some(({ part }) => isOf(part, key))

/** The finding with the latest decision that holds on the day; a decision of the other lattice does not apply. */
export const overridden = (
  finding: Finding,
  key: string,
  { overrides = [], asOf, knownAt }: OverrideOptions
): Finding => {
  const holding = overrides.filter(
    ({ part, rule, status, on, until }) =>
      isOf(part, key) &&
      (finding.rule === rule || (rule.endsWith("/") && finding.rule.startsWith(rule))) &&
      fits(finding, status) &&
      on <= asOf &&
      (knownAt === undefined || on <= knownAt) &&
      (until === undefined || asOf <= until)
  )
  if (holding.length === 0) return finding
  const { id, status, by, on, reason } = holding.reduce((a, b) =>
    b.on > a.on || (b.on === a.on && b.id > a.id) ? b : a
  )
  return { ...finding, status, override: { id, calculated: finding.status, by, on, reason } }
}
