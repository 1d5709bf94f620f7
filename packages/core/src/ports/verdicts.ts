/** Verdicts as the rows of lists, and back. */
import { noRuleSets } from "../domain/Rules.ts"
import { rank } from "../domain/Status.ts"
import type { PartVerdict, ProductVerdict } from "../domain/Verdict.ts"
import type { Entry, ListRequest, PartRow, ProductRow } from "./Repository.ts"

/** A part's row in the list of its product: of its findings the worst, the first of several. */
export const partRowOf = (verdict: PartVerdict): PartRow => {
  const { findings, findingsOmitted: _omitted, reasons: _reasons, ...row } = verdict
  const worst = findings.reduce<PartRow["worst"]>(
    (before, finding) => (before === undefined || rank(finding.status) > rank(before.status) ? finding : before),
    undefined
  )
  return { ...row, worst }
}

/** Whether a row of a list has the status that is asked for. */
export const hasStatus = (
  row: Pick<PartRow, "status" | "byRegulation">,
  { regulation, status }: Pick<ListRequest, "regulation" | "status">
): boolean => {
  if (status === undefined) return true
  if (regulation === undefined) return row.status === status
  return row.byRegulation.some((by) => by.regulation === regulation && (by.status === status || by.duty === status))
}

/** The verdict of a product, as far as its rows hold it, for a dump. */
export const verdictOfRows = ({ judgedBy, revision, ...row }: ProductRow, parts: ReadonlyArray<PartRow>): Entry => ({
  is: "verdict",
  verdict: { ...row, parts: parts.map(partVerdictOf) } satisfies ProductVerdict,
  revision,
  judgedBy
})

const partVerdictOf = ({ worst, ...row }: PartRow): PartVerdict => ({
  ...row,
  reasons: [],
  findings: worst === undefined ? [] : [worst],
  findingsOmitted: 0
})

/** What was stored before verdicts said how they stand by each regulation says nothing of it. */
export const standingFromBefore = <A extends { readonly byRegulation: PartVerdict["byRegulation"] }>(row: A): A => ({
  ...row,
  byRegulation: row.byRegulation ?? []
})

export const verdictFromBefore = (verdict: ProductVerdict): ProductVerdict => ({
  ...standingFromBefore(verdict),
  parts: verdict.parts.map(standingFromBefore)
})

export const productFromBefore = (row: ProductRow): ProductRow => ({
  ...standingFromBefore(row),
  judgedBy: row.judgedBy ?? noRuleSets
})
