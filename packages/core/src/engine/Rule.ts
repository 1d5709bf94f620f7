/** Rules as data: what is limited, where and how a concentration is taken, from when, and which exemptions there are. */
import * as Schema from "effect/Schema"
import { Day } from "../domain/Day.ts"
import { canonical, hashOf } from "../domain/Hash.ts"
import { Level } from "../domain/Verdict.ts"

/** A decimal number above or equal to zero, exact, as text: `1000`, `0.025`. */
export const DecimalText = Schema.String.check(
  Schema.isPattern(/^\d{1,30}(\.\d{1,30})?$/, { message: "must be a decimal number such as 1000 or 0.025" })
)

/** Where a fact of the law was taken from. */
export const Source = Schema.Struct({
  text: Schema.String.annotate({ description: "the legal act and its place in it: 2011/65/EU Annex II" }),
  url: Schema.optionalKey(Schema.String),
  standing: Schema.Literals(["primary", "secondary", "unchecked"]).annotate({
    description:
      "primary: read in the act or the authority's own list; secondary: as others report it; unchecked: to be checked against the act"
  }),
  taken: Schema.optionalKey(
    Day.annotate({ description: "the day on which the fact was taken over; left out where a list does not say" })
  )
}).annotate({ identifier: "RuleSource" })
export type Source = typeof Source.Type

/** A substance that counts towards a rule; a declaration counts by CAS number when both have one, else by EC number, else by name. */
export const Member = Schema.Struct({
  cas: Schema.optionalKey(Schema.String),
  ec: Schema.optionalKey(Schema.String),
  names: Schema.optionalKey(
    Schema.Array(Schema.String).annotate({
      description:
        "names it is declared by, lower case; a member without numbers that has the rule's own name stands for all of the rule"
    })
  ),
  formula: Schema.optionalKey(
    Schema.String.annotate({
      description:
        "molecular formula such as PbCrO4; a rule on an element counts that element's share of the compound by atomic masses. The bare symbol, Pb, for a name that stands for the element in all its compounds"
    })
  )
}).annotate({ identifier: "RuleMember" })
export type Member = typeof Member.Type

export const Comparison = Schema.Literals(["above", "at-or-above", "present", "intentional"]).annotate({
  description:
    "what breaks the rule: a concentration above the limit, at or above it, any content, or intentional addition"
})
export type Comparison = typeof Comparison.Type

export const Outcome = Schema.Literals(["non-compliant", "declare", "warning"]).annotate({
  description: "what follows: a prohibition is broken, a duty to inform arises, or a warning is due"
})
export type Outcome = typeof Outcome.Type

export const Scope = Schema.Struct({
  categories: Schema.optionalKey(
    Schema.Array(Schema.String).annotate({
      description: "the rule applies only to parts with one of these categories: packaging, battery, food-contact"
    })
  ),
  exceptCategories: Schema.optionalKey(
    Schema.Array(Schema.String).annotate({
      description: "the rule does not apply to parts with one of these categories: recovered-material"
    })
  ),
  materials: Schema.optionalKey(
    Schema.Array(Schema.String).annotate({
      description: "the rule applies only to materials whose name holds one of these words, lower case"
    })
  ),
  note: Schema.optionalKey(
    Schema.String.annotate({ description: "conditions of the scope that only a person can judge" })
  )
}).annotate({ identifier: "RuleScope" })
export type Scope = typeof Scope.Type

export const Rule = Schema.Struct({
  id: Schema.String.check(
    Schema.isPattern(/^[A-Za-z0-9][A-Za-z0-9 ._:()/+-]{0,99}$/, {
      message: "must begin with a letter or digit, and hold up to 100 of them, blanks and . _ : ( ) / + -"
    })
  ),
  name: Schema.String,
  level: Level,
  comparison: Comparison,
  /** In ppm by mass; for `above` and `at-or-above` only. */
  limitPpm: Schema.optionalKey(DecimalText),
  /** What is counted: the substance as declared, or an element or ion of it. */
  basis: Schema.Literals(["compound", "element", "ion"]),
  /** Symbol of the element counted, for the bases `element` and `ion`; several are counted together: `Cl+Br`. */
  element: Schema.optionalKey(
    Schema.String.check(
      Schema.isPattern(/^[A-Z][a-z]?(\+[A-Z][a-z]?)*$/, { message: "must be an element such as Pb, or several: Cl+Br" })
    )
  ),
  /** Each member by itself, or all of them together. */
  aggregation: Schema.Literals(["single", "sum"]),
  members: Schema.NonEmptyArray(Member),
  scope: Schema.optionalKey(Scope),
  /** First day of the law. */
  effectiveFrom: Schema.optionalKey(Day),
  /** Last day of the law. */
  effectiveTo: Schema.optionalKey(Day),
  /** The day the substance came onto the list; statements made against an older list do not cover it. */
  listedOn: Schema.optionalKey(Day),
  outcome: Outcome,
  source: Source
})
  .check(
    Schema.makeFilter((rule) =>
      (rule.comparison === "above" || rule.comparison === "at-or-above") === (rule.limitPpm !== undefined)
        ? undefined
        : `limitPpm must ${rule.limitPpm === undefined ? "be given" : "be left out"} for the comparison ${rule.comparison}`
    ),
    Schema.makeFilter((rule) =>
      (rule.basis === "compound") === (rule.element === undefined)
        ? undefined
        : `element must ${rule.element === undefined ? "name what is counted" : "be left out"} for the basis ${rule.basis}`
    )
  )
  .annotate({ identifier: "Rule" })
export type Rule = typeof Rule.Type

export const isInForce = ({ effectiveFrom, effectiveTo }: Rule, asOf: string): boolean =>
  (effectiveFrom === undefined || effectiveFrom <= asOf) && (effectiveTo === undefined || asOf <= effectiveTo)

/** Symbols of the elements a rule counts: `Cl+Br` are chlorine and bromine; none for the basis `compound`. */
export const elementsOf = ({ element }: Partial<Pick<Rule, "element">>): ReadonlyArray<string> => {
  if (element === undefined) return none
  const known = split.get(element) ?? element.split("+")
  split.set(element, known)
  return known
}

const none: ReadonlyArray<string> = []
const split = new Map<string, ReadonlyArray<string>>()

export const Exemption = Schema.Struct({
  /** Several exemptions have one id when their dates depend on the category; a claim holds when one of them does. */
  id: Schema.String,
  /** The substances it covers. */
  members: Schema.NonEmptyArray(Member),
  /** What it is for, in words. */
  scope: Schema.String,
  /** Words of which one must stand in the material's name; a claim is taken to assert the scope when left out. */
  materials: Schema.optionalKey(Schema.Array(Schema.String)),
  /** Highest concentration covered, inclusive. */
  maxPpm: Schema.optionalKey(DecimalText),
  /** Lowest concentration covered, inclusive. */
  minPpm: Schema.optionalKey(DecimalText),
  /** Categories of equipment it holds for; all when left out. */
  categories: Schema.optionalKey(Schema.Array(Schema.String)),
  validFrom: Schema.optionalKey(Day),
  /** Last day on which a product may be placed on the market with it. */
  lastDay: Schema.optionalKey(Day),
  /** Whether a renewal was applied for in time, so that it stays valid past its last day until that is decided. */
  renewalPending: Schema.optionalKey(Schema.Boolean),
  source: Source
}).annotate({ identifier: "RuleExemption" })
export type Exemption = typeof Exemption.Type

export const RuleSet = Schema.Struct({
  id: Schema.String.check(
    Schema.isPattern(/^[a-z0-9][a-z0-9-]{0,63}$/, {
      message: "must be up to 64 lower-case letters, digits and hyphens"
    })
  ),
  version: Schema.String,
  title: Schema.String,
  /** What must be known of the pack before relying on it. */
  notice: Schema.optionalKey(Schema.String),
  /** Judges each declaration against the limit its own row states. */
  documentLimits: Schema.optionalKey(Schema.Boolean),
  /** What a part gets for a rule whose substances nobody mentions; `unknown` when left out. */
  undeclared: Schema.optionalKey(Schema.Literals(["unknown", "not-applicable"])),
  /** Names that statements give to versions of the list, with the day of each: `2002/95/EC`, `EUREACH-0624`. */
  listVersions: Schema.optionalKey(Schema.Record(Schema.String, Day)),
  /** Whether a statement about the whole list counts only when it says which version; `false` when left out. */
  statementsNeedVersion: Schema.optionalKey(Schema.Boolean),
  rules: Schema.Array(Rule),
  exemptions: Schema.Array(Exemption)
}).annotate({ identifier: "RuleSet" })
export type RuleSet = typeof RuleSet.Type

/** Names the rule set by its content, every limit, member, date and source. */
export const ruleSetHash = (ruleSet: RuleSet): string => hashOf("rules/2", [canonical(ruleSet)])
