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

/** Of verdicts from before rule sets were kept with them. */
export const noRuleSets: RuleSetNames = { hash: "", ruleSets: [] }
