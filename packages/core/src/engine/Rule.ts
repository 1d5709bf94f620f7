/** Rules as data: what is limited, where a concentration is taken, and which exemptions there are. */
import { hashOf } from "../domain/Hash.ts"
import type { Level } from "../domain/Verdict.ts"

/** A substance that counts towards a rule. */
export interface Member {
  readonly cas: string | undefined
  /** Names it is declared by, lower case. */
  readonly names: ReadonlyArray<string>
}

export interface Rule {
  readonly id: string
  readonly name: string
  readonly level: Level
  readonly limitPpm: string
  readonly members: ReadonlyArray<Member>
  /** Set when the first version of the list, which old statements still name, did not hold the rule. */
  readonly addedLater?: boolean | undefined
  /** Legal source of the limit. */
  readonly source: string
}

export interface Exemption {
  readonly id: string
  readonly substance: Member
  readonly scope: string
  /** Highest concentration covered, inclusive; none when the exemption sets none. */
  readonly maxPpm: string | undefined
  /** Last day on which a product may be placed on the market with it, `YYYY-MM-DD`. */
  readonly lastDay: string
  readonly source: string
}

export interface RuleSet {
  readonly id: string
  readonly version: string
  readonly title: string
  /** Judges each declaration against the limit its own row states. */
  readonly documentLimits: boolean
  readonly rules: ReadonlyArray<Rule>
  readonly exemptions: ReadonlyArray<Exemption>
}

/** Names the rule set by its content: every limit, member and date. */
export const ruleSetHash = (ruleSet: RuleSet): string =>
  hashOf("rules/1", [
    ruleSet.id,
    ruleSet.version,
    ruleSet.documentLimits,
    ruleSet.rules.map((rule) => [
      rule.id,
      rule.level,
      rule.limitPpm,
      rule.members.map((m) => [m.cas ?? null, m.names]),
      rule.addedLater ?? false
    ]),
    ruleSet.exemptions.map((e) => [e.id, e.substance.cas ?? null, e.substance.names, e.maxPpm ?? null, e.lastDay])
  ])
