/** The stable, versioned JSON document of a check. Numbers that matter are decimal strings. */
import type { CheckResult, DocumentReport } from "./check.ts"
import type { PartVerdict } from "./domain/Verdict.ts"

/** Version of the calculation; two runs of the same version on the same inputs give the same bytes. */
export const ENGINE_VERSION = "1.0.0"

/** The document as plain data, ready for `JSON.stringify`. */
export const checkDocument = (result: CheckResult) => ({
  schemaVersion: 1,
  engine: ENGINE_VERSION,
  asOf: result.asOf,
  ruleSets: result.ruleSets,
  product: {
    id: result.product.partNumber,
    ...(result.product.name === undefined ? {} : { name: result.product.name }),
    status: result.product.status,
    factsHash: result.product.factsHash,
    reasons: result.root.reasons,
    findings: result.root.findings
  },
  summary: result.product.summary,
  parts: result.product.parts.map(partDocument),
  documents: result.documents.map(reportDocument)
})

/** Cells and header serve the file of rejects, not this document. */
const reportDocument = ({ table: _table, rejects, ...report }: DocumentReport) => ({
  ...report,
  rejects: rejects.map(({ cells: _cells, ...reject }) => reject)
})

const partDocument = (part: PartVerdict) => ({
  partNumber: part.partNumber,
  ...(part.name === undefined ? {} : { name: part.name }),
  ...(part.material === undefined ? {} : { material: part.material }),
  quantity: part.quantity,
  ...(part.massGrams === undefined ? {} : { mass: { value: part.massGrams, unit: "g" } }),
  assembly: part.assembly,
  declared: part.declared,
  status: part.status,
  reasons: part.reasons,
  findings: part.findings,
  ...(part.findingsOmitted > 0 ? { findingsOmitted: part.findingsOmitted } : {})
})
