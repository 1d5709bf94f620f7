/** The stable, versioned JSON document of a check. Numbers that matter are decimal strings. */
import type { CheckResult, DocumentReport } from "./check.ts"
import type { PartVerdict } from "./domain/Verdict.ts"
import { ENGINE_VERSION } from "./engine/Version.ts"

export { ENGINE_VERSION }

/** The document as plain data, ready for `JSON.stringify`. */
export const checkDocument = (result: CheckResult) => ({
  schemaVersion: 1,
  engine: ENGINE_VERSION,
  asOf: result.asOf,
  ...optionsDocument(result),
  ruleSets: result.ruleSets,
  product: {
    id: result.product.partNumber,
    ...(result.product.name === undefined ? {} : { name: result.product.name }),
    status: result.product.status,
    duty: result.product.duty,
    factsHash: result.product.factsHash,
    reasons: result.root.reasons,
    ...(result.root.notes === undefined ? {} : { notes: result.root.notes }),
    findings: result.root.findings
  },
  summary: result.product.summary,
  parts: result.product.parts.map(partDocument),
  documents: result.documents.map(reportDocument)
})

/** The choices that were made beside the day. */
const optionsDocument = ({ judged: { options } }: CheckResult) => {
  const { knownAt, ranges, rollup, categories } = options
  return {
    ...(knownAt === undefined ? {} : { knownAt }),
    ...(ranges === undefined ? {} : { ranges }),
    ...(rollup === undefined ? {} : { rollup }),
    ...(categories === undefined ? {} : { categories })
  }
}

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
  duty: part.duty,
  reasons: part.reasons,
  ...(part.notes === undefined ? {} : { notes: part.notes }),
  findings: part.findings,
  ...(part.findingsOmitted > 0 ? { findingsOmitted: part.findingsOmitted } : {})
})
