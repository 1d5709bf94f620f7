/** A check as people read it in a terminal of 80 columns. */
import { type CheckResult, type PartVerdict, type Reject, rank } from "@certivo/core"
import { cell, WIDTH, wrapped } from "./text.ts"

const MAX_PARTS = 100
/** Rows named for one code. */
const MAX_ROWS = 5

const line = (status: string, part: string, what: string, ppm: string, limit: string): string =>
  `${cell(status, 14)} ${cell(part, 18)} ${cell(what, 21)} ${ppm.padStart(11)} ${limit.padStart(9)}`.trimEnd()

export const checkTable = (result: CheckResult): string => {
  const { product, documents } = result
  const summary = product.summary
  const parts = [...product.parts].sort((a, b) => rank(b.status) - rank(a.status))
  const shown = parts.slice(0, MAX_PARTS)
  return [
    `${product.partNumber}${product.name === undefined ? "" : `  ${product.name}`}: ${product.status.toUpperCase()} as of ${result.asOf}`,
    `${summary.parts} parts: ${summary.nonCompliant} non-compliant, ${summary.unknown} unknown, ${summary.exempt} exempt, ${summary.compliant} compliant; ${summary.declaredPartsPercent} % declared`,
    "",
    line("status", "part", "worst finding", "ppm", "limit"),
    "-".repeat(77),
    ...shown.map(partLine),
    ...(parts.length > shown.length ? [`… and ${parts.length - shown.length} more; --format json lists all`] : []),
    "",
    ...documents.flatMap(documentLines),
    ""
  ].join("\n")
}

const partLine = (part: PartVerdict): string => {
  const worst = part.findings.reduce<PartVerdict["findings"][number] | undefined>(
    (before, finding) => (before === undefined || rank(finding.status) > rank(before.status) ? finding : before),
    undefined
  )
  const decisive = part.ownStatus === part.status ? worst : undefined
  const what = decisive?.substance.name ?? part.reasons[0]?.code ?? (part.assembly ? "its parts" : "")
  const limit = decisive?.ppm === undefined && decisive?.range === undefined ? "" : (decisive?.limitPpm ?? "")
  return line(part.status, part.partNumber, what, decisive === undefined ? "" : shownPpm(decisive), limit)
}

/** A concentration above its limit by less than the digits shown must not read as equal to it. */
const shownPpm = (finding: PartVerdict["findings"][number]): string => {
  const { range } = finding
  if (range !== undefined) {
    if (range.high === undefined) return range.low === "0" ? "?" : `>${range.low}`
    return range.low === "0" ? `${range.highOpen ? "<" : "≤"}${range.high}` : `${range.low}-${range.high}`
  }
  return finding.status !== "compliant" && finding.ppm === finding.limitPpm ? `>${finding.ppm}` : (finding.ppm ?? "")
}

type Document = CheckResult["documents"][number]

const documentLines = (document: Document): ReadonlyArray<string> => {
  const { name, accepted, rows, rejected, rejects, rejectsOmitted, warned, warnings, table } = document
  const unlisted = rejectsOmitted + warned - warnings.length
  return [
    `${name}: ${accepted} of ${rows} rows accepted, ${rejected} rejected${warned > 0 ? `, ${remarksIn(warned)}` : ""}`,
    ...remarkLines(rejects, (count) => `${count} rejected`),
    ...remarkLines(warnings, remarksIn),
    ...(unlisted > 0 ? [`  ${unlisted} more are counted and not listed`] : []),
    ...(rejected > 0 && table !== undefined
      ? ["  --rejects rejects.csv writes the rejected rows, to correct and send again"]
      : [])
  ]
}

/** What is wrong, each once, with the first rows that have it. */
const remarkLines = (found: ReadonlyArray<Reject>, what: (count: number) => string): ReadonlyArray<string> =>
  [...Map.groupBy(found, ({ code, message }) => `${code}\n${message}`).values()].flatMap((remarks) => {
    const { code, message } = remarks[0] as Reject
    const rows = remarks.slice(0, MAX_ROWS).map(rowLine)
    const more = remarks.length - rows.length
    return [
      ...wrapped(`  ${code}, ${what(remarks.length)}: ${message}`, "    ").split("\n"),
      ...rows,
      ...(more > 0 ? [`    … and ${more} more; --format json lists them`] : [])
    ]
  })

const remarksIn = (count: number): string => `${count} ${count === 1 ? "remark" : "remarks"}`

const rowLine = ({ line, column, value, suggestion, document }: Reject): string => {
  const place = [document, line === 0 ? "" : `line ${line}`, column].filter((text) => text !== undefined && text !== "")
  const probably = suggestion === undefined ? "" : `; probably ${suggestion}`
  const shown = value === "" ? "" : `${JSON.stringify(value)}${probably}`
  return cell(`    ${[place.join(", "), shown].filter((text) => text !== "").join(": ")}`, WIDTH).trimEnd()
}
