/** Findings and verdicts as they are stored, sent and printed; every number that matters is a decimal string. */
import * as Schema from "effect/Schema"
import { DutyStatus, FindingStatus, Status } from "./Status.ts"

export const Evidence = Schema.Struct({
  document: Schema.String,
  sha256: Schema.String,
  line: Schema.Int,
  /** The amount as it is written there. */
  text: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "Evidence" })
export type Evidence = typeof Evidence.Type

export const Reason = Schema.Struct({ code: Schema.String, message: Schema.String }).annotate({ identifier: "Reason" })
export type Reason = typeof Reason.Type

/** Where a concentration is taken: in each homogeneous material, over an article, a packaging component, a battery or the whole product, or nowhere, where mere presence counts. */
export const Level = Schema.Literals([
  "homogeneous-material",
  "article",
  "packaging-component",
  "battery",
  "product",
  "presence"
])
export type Level = typeof Level.Type

export const SubstanceName = Schema.Struct({
  name: Schema.String,
  cas: Schema.optionalKey(Schema.String)
}).annotate({ identifier: "SubstanceName" })

/** The judgement of one rule on one part, with the numbers and rows it rests on. */
export const Finding = Schema.Struct({
  rule: Schema.String,
  regulation: Schema.String,
  level: Level,
  /** The homogeneous material it is about, when the declarations name one. */
  material: Schema.optionalKey(Schema.String),
  substance: SubstanceName,
  /** Concentration, rounded half-even to 6 significant digits for display; absent when it cannot be calculated. */
  ppm: Schema.optionalKey(Schema.String),
  /** Bounds of the concentration in ppm when it is not known exactly; no `high` when nothing bounds it. */
  range: Schema.optionalKey(
    Schema.Struct({
      low: Schema.String,
      lowOpen: Schema.Boolean,
      high: Schema.optionalKey(Schema.String),
      highOpen: Schema.Boolean
    })
  ),
  limitPpm: Schema.optionalKey(Schema.String),
  comparison: Schema.Literals(["above", "at-or-above", "present", "intentional"]),
  /** What follows when the rule is met: a prohibition broken, a duty to inform, or a warning; a prohibition when left out. */
  outcome: Schema.optionalKey(Schema.Literals(["declare", "warning"])),
  /** The calculation as a person would check it, with exact numbers. */
  arithmetic: Schema.optionalKey(Schema.String),
  status: FindingStatus,
  /** Set when a person has decided otherwise; `status` is then theirs, and `calculated` what the evidence gives. */
  override: Schema.optionalKey(
    Schema.Struct({
      id: Schema.String,
      calculated: FindingStatus,
      by: Schema.String,
      on: Schema.String,
      reason: Schema.String
    })
  ),
  /** Why a status is `unknown`, or which exemption applies: a stable code and a sentence. */
  reason: Schema.optionalKey(Schema.Struct({ code: Schema.String, message: Schema.String })),
  /** What else is to be said: evidence that is old, conflicting or partial without changing the status. */
  notes: Schema.optionalKey(Schema.Array(Reason)),
  evidence: Schema.Array(Evidence)
}).annotate({ identifier: "Finding" })
export type Finding = typeof Finding.Type

/** How a part or product stands by one rule set alone, with all that is below it. */
export const RegulationStanding = Schema.Struct({
  /** The id of the rule set. */
  regulation: Schema.String,
  /** Left out when the set restricts nothing. */
  status: Schema.optionalKey(Status),
  /** Left out when the set holds no duty to inform. */
  duty: Schema.optionalKey(DutyStatus)
}).annotate({ identifier: "RegulationStanding" })
export type RegulationStanding = typeof RegulationStanding.Type

/** The verdict on one part of a product: the worst of its own findings and of its children. */
export interface PartVerdict {
  readonly key: string
  readonly partNumber: string
  readonly name: string | undefined
  readonly material: string | undefined
  readonly massGrams: string | undefined
  /** Pieces in one product, over all paths. */
  readonly quantity: string
  readonly assembly: boolean
  /** Whether an accepted declaration names the part. */
  readonly declared: boolean
  /** Of the restrictions. */
  readonly status: Status
  /** Worst of the part's own findings on restrictions alone. */
  readonly ownStatus: Status
  /** Of the duties to inform; `not-applicable` when no rule set has any. */
  readonly duty: DutyStatus
  /** The same by each rule set, in their order. */
  readonly byRegulation: ReadonlyArray<RegulationStanding>
  readonly reasons: ReadonlyArray<Reason>
  /** What else is to be said of the part, without changing its status: masses that do not fit. */
  readonly notes?: ReadonlyArray<Reason> | undefined
  readonly findings: ReadonlyArray<Finding>
  /** Findings beyond the bound that are counted but not listed; the worst are always listed. */
  readonly findingsOmitted: number
  readonly factsHash: string
}

export interface StatusCounts {
  readonly parts: number
  readonly compliant: number
  readonly exempt: number
  readonly unknown: number
  readonly nonCompliant: number
  /** Share of the parts without children that a declaration names, in percent, for display. */
  readonly declaredPartsPercent: string
}

export interface ProductVerdict {
  readonly key: string
  readonly partNumber: string
  readonly name: string | undefined
  readonly status: Status
  readonly duty: DutyStatus
  /** The same by each rule set, in their order. */
  readonly byRegulation: ReadonlyArray<RegulationStanding>
  readonly factsHash: string
  readonly summary: StatusCounts
  /** Every distinct part below the product, in BOM order. */
  readonly parts: ReadonlyArray<PartVerdict>
}
