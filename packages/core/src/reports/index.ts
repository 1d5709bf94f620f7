/** Reports on a judged product, as pure functions: each a typed result that is its own JSON, with its CSV and its text. */

export * from "./Coverage.ts"
export * from "./Diff.ts"
export * from "./DiffText.ts"
export * from "./Exemptions.ts"
export * from "./Findings.ts"
export type { Judgement, ReportedDocument, ReportHead } from "./Judgement.ts"
export type { Path } from "./Paths.ts"
export * from "./Sarif.ts"
export * from "./Scip.ts"
export * from "./Status.ts"
