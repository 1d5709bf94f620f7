/** Which rule sets judge together, named by their content. */
import { hashOf } from "./Hash.ts"

/** A rule set by its name and by what it holds. */
export interface RuleSetName {
  readonly id: string
  readonly version: string
  /** Of all that it holds. */
  readonly hash: string
}

/** Rule sets in the order in which they judge. */
export interface RuleSetNames {
  /** Of the hashes of all of them. */
  readonly hash: string
  readonly ruleSets: ReadonlyArray<RuleSetName>
}

export const ruleSetNames = (ruleSets: ReadonlyArray<RuleSetName>): RuleSetNames => ({
  hash: hashOf(
    "rule-sets/1",
    ruleSets.map(({ hash }) => hash)
  ),
  ruleSets: ruleSets.map(({ id, version, hash }) => ({ id, version, hash }))
})

/** By what a verdict was judged, and how long that stands. */
export interface JudgedBy extends RuleSetNames {
  /** The day whose law applied, `YYYY-MM-DD`; left out where it was not kept with the verdict. */
  readonly asOf?: string
  /** The last day on which the verdict comes out the same, whatever the law says; left out when no day changes it. */
  readonly until?: string
}

/** The last day on which a verdict holds, to compare with others: after any day when none ends it, before any when it is not known. */
export const lastDayHeld = ({ asOf, until = "9999-12-31" }: JudgedBy): string => (asOf === undefined ? "" : until)

/** Whether a verdict holds on a day by the rule sets of this hash. */
export const holdsOn = (judgedBy: JudgedBy, rules: string, day: string): boolean =>
  judgedBy.hash === rules && day <= lastDayHeld(judgedBy)

/** Of verdicts from before rule sets were kept with them. */
export const noRuleSets: JudgedBy = { hash: "", ruleSets: [] }
