/** A check as people read it in a terminal of 80 columns. */
import { type CheckResult, type PartVerdict, rank } from "@certivo/core"

const WIDTH = 80
const MAX_PARTS = 100
const MAX_REJECTS = 20

const cell = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)

const line = (status: string, part: string, what: string, ppm: string, limit: string): string =>
  `${cell(status, 13)} ${cell(part, 18)} ${cell(what, 22)} ${ppm.padStart(11)} ${limit.padStart(9)}`.trimEnd()

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
    ...documents.map(
      (document) =>
        `${document.name}: ${document.accepted} of ${document.rows} rows accepted, ${document.rejected} rejected${document.warned > 0 ? `, ${document.warned} remarks` : ""}`
    ),
    ...documents.flatMap((document) => rejectLines(document)),
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

const rejectLines = (document: CheckResult["documents"][number]): ReadonlyArray<string> => {
  const listed = document.rejects.slice(0, MAX_REJECTS)
  const more = document.rejected - listed.length
  return [
    ...listed.map((reject) => {
      const place = `  line ${reject.line}${reject.column === "" ? "" : `, ${reject.column}`}: ${reject.code} `
      return `${place}${cell(JSON.stringify(reject.value), Math.max(8, WIDTH - place.length)).trimEnd()}`
    }),
    ...(more > 0 ? [`  … and ${more} more; --format json lists them`] : [])
  ]
}
