/** Verdicts as the rows of lists, and back. */
import { rank } from "../domain/Status.ts"
import type { PartVerdict, ProductVerdict } from "../domain/Verdict.ts"
import type { Entry, PartRow, ProductRow } from "./Repository.ts"

/** A part's row in the list of its product: of its findings the worst, the first of several. */
export const partRowOf = (verdict: PartVerdict): PartRow => {
  const { findings, findingsOmitted: _omitted, reasons: _reasons, ...row } = verdict
  const worst = findings.reduce<PartRow["worst"]>(
    (before, finding) => (before === undefined || rank(finding.status) > rank(before.status) ? finding : before),
    undefined
  )
  return { ...row, worst }
}

/** The verdict of a product, as far as its rows hold it, for a dump. */
export const verdictOfRows = ({ revision, ...row }: ProductRow, parts: ReadonlyArray<PartRow>): Entry => ({
  is: "verdict",
  verdict: { ...row, parts: parts.map(partVerdictOf) } satisfies ProductVerdict,
  revision
})

const partVerdictOf = ({ worst, ...row }: PartRow): PartVerdict => ({
  ...row,
  reasons: [],
  findings: worst === undefined ? [] : [worst],
  findingsOmitted: 0
})
