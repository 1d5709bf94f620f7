/** Certivo's core: what compliance is, how documents become verdicts, and the service over a store. */

export * from "./Compliance.ts"
export * from "./check.ts"
export * from "./checkDocument.ts"
export { Decoding, DecodingFailed, type DecodingOptions, type DecodingShape, type OpenDocument } from "./Decoding.ts"
export * from "./domain/index.ts"
export {
  type ChildFacts,
  type Exemption,
  type ExplainedChild,
  type Explanation,
  explain,
  explanationText,
  type Facts,
  type JudgedProduct,
  judge,
  judgeBom,
  type Member,
  makeFacts,
  type Rule,
  type RuleSet,
  ruleSetHash
} from "./engine/index.ts"
export * from "./ingest/index.ts"
export * from "./ports/index.ts"
export * from "./regulations/index.ts"
