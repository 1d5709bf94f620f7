/** Findings as the decisions of people about their part leave them. */
import type { Override } from "../domain/Override.ts"
import { partKey } from "../domain/Part.ts"
import type { FindingStatus } from "../domain/Status.ts"
import type { Finding } from "../domain/Verdict.ts"

const duties: ReadonlySet<FindingStatus> = new Set(["not-contained", "below-threshold", "above-threshold"])
const restrictions: ReadonlySet<FindingStatus> = new Set(["compliant", "exempt", "non-compliant"])

const fits = ({ outcome }: Finding, status: FindingStatus): boolean =>
  outcome === undefined ? !duties.has(status) : !restrictions.has(status)

export interface OverrideOptions {
  readonly overrides?: ReadonlyArray<Override> | undefined
  readonly asOf: string
  readonly knownAt?: string | undefined
}

const grouped = new WeakMap<ReadonlyArray<Override>, ReadonlyMap<string, ReadonlyArray<Override>>>()

/** The decisions about a part, from a list that is put in order once. */
export const overridesOn = (key: string, overrides: ReadonlyArray<Override> = none): ReadonlyArray<Override> => {
  const byPart = grouped.get(overrides) ?? Map.groupBy(overrides, ({ part }) => partKey(part))
  grouped.set(overrides, byPart)
  return byPart.get(key) ?? none
}

const none: ReadonlyArray<Override> = []

/** Whether any decision is about the part. */
export const isOverridden = (key: string, { overrides }: OverrideOptions): boolean =>
  overridesOn(key, overrides).length > 0

/** The finding with the latest decision that holds on the day; a decision of the other lattice does not apply. */
export const overridden = (finding: Finding, key: string, { overrides, asOf, knownAt }: OverrideOptions): Finding => {
  const holding = overridesOn(key, overrides).filter(
    ({ rule, status, on, until }) =>
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
