/**
 * The proof of a verdict as a tree: from the status down to the document and the line. Each node says in
 * one sentence what it stands for, and carries the same as data.
 */
import type { DutyStatus, FindingStatus, Status } from "../../domain/Status.ts"
import type { Evidence, Finding } from "../../domain/Verdict.ts"
import type { Source } from "../Rule.ts"

interface Node<Kind extends string> {
  readonly kind: Kind
  readonly text: string
  readonly children: ReadonlyArray<ProofNode>
}

export interface PathStep {
  readonly partNumber: string
  /** Pieces in one of the step before. */
  readonly quantity: string
}

export interface PartNode extends Node<"part"> {
  readonly role: "product" | "assembly" | "part"
  readonly partNumber: string
  readonly name?: string
  readonly status: Status
  readonly duty: DutyStatus
  readonly massGrams?: string
  readonly factsHash: string
  /** From the explained part to this one, one way of several; steps in the middle of a long way are left out. */
  readonly path?: ReadonlyArray<PathStep>
  readonly stepsOmitted?: number
  /** Pieces in one explained part, over all ways. */
  readonly quantity?: string
  /** Assemblies that the part is used in directly. */
  readonly usedIn?: number
}

export interface RegulationNode extends Node<"regulation"> {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly hash: string
  readonly status: FindingStatus
}

export interface FindingNode extends Node<"finding"> {
  readonly rule: string
  readonly status: FindingStatus
  readonly finding: Finding
}

/** What the rule asks, in words. */
export interface RuleNode extends Node<"rule"> {
  readonly effectiveFrom?: string
  readonly effectiveTo?: string
  readonly listedOn?: string
}

/** Where the rule, or an exemption, stands in the law. */
export interface SourceNode extends Node<"source"> {
  readonly source: Source
}

/** A number as the fraction it is, and rounded to 6 digits for display. */
export interface Exact {
  readonly numerator: string
  readonly denominator: string
  readonly ppm: string
}

/** One row's share of the concentration. */
export interface TermNode extends Node<"term"> {
  readonly partNumber: string
  readonly substance: string
  readonly cas?: string
  readonly material?: string
  /** As it is written in the document. */
  readonly stated: string
  readonly amount: {
    readonly unit: "mg" | "ppm"
    readonly low: string
    readonly lowOpen: boolean
    readonly high?: string
    readonly highOpen: boolean
  }
  /** What both ends are multiplied by, in this order. */
  readonly factors: ReadonlyArray<{ readonly text: string; readonly numerator: string; readonly denominator: string }>
  readonly low: Exact
  readonly high?: Exact
}

export interface SumNode extends Node<"sum"> {
  readonly low: Exact
  readonly high?: Exact
}

/** Both sides multiplied by the denominator, so that no division hides a remainder. */
export interface ComparisonNode extends Node<"comparison"> {
  readonly end: "value" | "lower" | "upper"
  readonly left: string
  readonly sign: "<" | "=" | ">"
  readonly right: string
}

export interface ExemptionNode extends Node<"exemption"> {
  readonly id: string
  readonly known: boolean
  readonly scope?: string
  readonly maxPpm?: string
  readonly minPpm?: string
  readonly validFrom?: string
  readonly lastDay?: string
}

export interface OverrideNode extends Node<"override"> {
  readonly id: string
  readonly status: FindingStatus
  readonly calculated: FindingStatus
  readonly by: string
  readonly on: string
  readonly reason: string
}

/** Why a status is as it is. */
export interface ReasonNode extends Node<"reason"> {
  readonly code: string
}

/** What else is to be said, without changing the status. */
export interface NoteNode extends Node<"note"> {
  readonly code: string
}

export interface EvidenceNode extends Node<"evidence"> {
  readonly evidence: Evidence
}

/** What would change the status: what is missing, or how far the limit is. */
export interface RemedyNode extends Node<"remedy"> {}

/** Further nodes of a kind that are counted, not listed. */
export interface OmittedNode extends Node<"omitted"> {
  readonly count: number
}

export type ProofNode =
  | PartNode
  | RegulationNode
  | FindingNode
  | RuleNode
  | SourceNode
  | TermNode
  | SumNode
  | ComparisonNode
  | ExemptionNode
  | OverrideNode
  | ReasonNode
  | NoteNode
  | EvidenceNode
  | RemedyNode
  | OmittedNode

/** How many nodes of a kind are listed; those beyond are counted. */
export interface ProofLimits {
  /** Parts below an assembly that decide its status. */
  readonly parts: number
  /** Findings of one part, worst first. */
  readonly findings: number
  /** Rows of one finding. */
  readonly rows: number
  /** Steps of the way from the assembly to a part. */
  readonly steps: number
}

export const proofLimits: ProofLimits = { parts: 25, findings: 50, rows: 25, steps: 12 }

export interface Proof {
  readonly engine: string
  readonly asOf: string
  readonly knownAt?: string
  readonly limits: ProofLimits
  readonly root: PartNode
}
