/**
 * Reports on a judged product, as pure functions. Each gives plain data that is its own JSON, and has a function that
 * writes it as CSV for a spreadsheet and one that writes it as text of 80 columns.
 */
export type { DeclaredCategory, DeclaredList, ListId, UnstatedCategory } from "./Categories.ts"
export type {
  DeclaredAmount,
  DeclaredMaterial,
  DeclaredPart,
  DeclaredSubstance,
  UnstatedSubstance
} from "./Composition.ts"
export * from "./Coverage.ts"
export * from "./Diff.ts"
export { diffCsv, diffText } from "./DiffText.ts"
export * from "./Evidence.ts"
export * from "./Exemptions.ts"
export * from "./Findings.ts"
export * from "./Ipc1752Xml.ts"
export type { Judgement, ReportedDocument, ReportHead } from "./Judgement.ts"
export * from "./Outgoing.ts"
export type { Path } from "./Paths.ts"
export type { PercentRange } from "./Percent.ts"
export { type SarifLog, type SarifOptions, type SarifResult, sarif } from "./Sarif.ts"
export * from "./Scip.ts"
export {
  type Cause,
  type CausingPart,
  type Counted,
  type RegulationStatus,
  type StatusReport,
  statusCsv,
  statusReport,
  statusText
} from "./Status.ts"
