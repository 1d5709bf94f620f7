/** Certivo's core: what compliance is, how documents become verdicts, and the service over a store. */

export * from "./Compliance.ts"
export * from "./certificate/index.ts"
export {
  type CheckInput,
  type CheckResult,
  check,
  type DocumentReport
} from "./check.ts"
export * from "./checkDocument.ts"
export {
  Decoding,
  DecodingFailed,
  type DecodingOptions,
  type DecodingShape,
  type OpenDocument,
  unreadable
} from "./Decoding.ts"
export * from "./domain/index.ts"
export {
  type BomOptions,
  type ChildFacts,
  diffRuleSets,
  type EntriesDiff,
  type EntryChange,
  type Exemption,
  type Explanation,
  explanationOf,
  type Facts,
  type FieldChange,
  InvalidOptions,
  type JudgedProduct,
  judge,
  judgeBom,
  type Member,
  makeFacts,
  type Proof,
  type ProofLimits,
  type ProofNode,
  type ProveOptions,
  proofDocument,
  proofHtml,
  proofLimits,
  proofText,
  prove,
  type Rule,
  type RuleSet,
  type RuleSetDiff,
  ruleSetDiffText,
  ruleSetHash,
  standingOf
} from "./engine/index.ts"
export * from "./ingest/index.ts"
export { type Overridden, RefusedOverride } from "./overrides.ts"
export * from "./ports/index.ts"
export {
  MAX_PROPOSED_ROWS,
  type Preview,
  type PreviewedDocument,
  type PreviewedPart,
  type PreviewedProduct,
  type PreviewFailure,
  type Proposal,
  type ProposedDocument,
  TooManyProposedRows
} from "./preview.ts"
export { MAX_LISTED_REJECTS, MAX_LISTED_WARNINGS } from "./Remarks.ts"
export * from "./regulations/index.ts"
export { type Retention, sweepDocuments } from "./retention.ts"
export * from "./ruleSets/index.ts"
