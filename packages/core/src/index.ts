/** Certivo's core: what compliance is, how documents become verdicts, and the service over a store. */

export * from "./Compliance.ts"
export * from "./certificate/index.ts"
export {
  type CheckInput,
  type CheckResult,
  check,
  type DocumentReport,
  MAX_LISTED_REJECTS,
  MAX_LISTED_WARNINGS,
  unreadable
} from "./check.ts"
export * from "./checkDocument.ts"
export * from "./domain/index.ts"
export {
  type BomOptions,
  type ChildFacts,
  type Exemption,
  type Explanation,
  explanationOf,
  type Facts,
  InvalidOptions,
  type JudgedProduct,
  judge,
  judgeBom,
  type Member,
  makeFacts,
  Override,
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
  ruleSetHash,
  standingOf
} from "./engine/index.ts"
export * from "./ingest/index.ts"
export * from "./ports/index.ts"
export * from "./regulations/index.ts"
