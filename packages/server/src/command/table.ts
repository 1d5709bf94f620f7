/** A check as people read it in a terminal of 80 columns. */
import { type CheckResult, type PartVerdict, type Reject, type RuleSet, rank, standingOf } from "@certivo/core"
import { cell, WIDTH, wrapped } from "./text.ts"

const MAX_PARTS = 100
const MAX_DUTIES = 50
/** Rows named for one code. */
const MAX_ROWS = 5

type Finding = PartVerdict["findings"][number]

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
    ...dutyLines(result),
    ...result.judged.ruleSets.flatMap((ruleSet) => ruleSetLines(ruleSet, result.asOf)),
    "",
    ...documents.flatMap(documentLines),
    ""
  ].join("\n")
}

const worstOf = (findings: ReadonlyArray<Finding>): Finding | undefined =>
  findings.reduce<Finding | undefined>(
    (before, finding) => (before === undefined || rank(finding.status) > rank(before.status) ? finding : before),
    undefined
  )

const partLine = (part: PartVerdict): string => {
  const worst = worstOf(part.findings.filter(({ outcome }) => outcome === undefined))
  const decisive = part.ownStatus === part.status ? worst : undefined
  const what = decisive?.substance.name ?? part.reasons[0]?.code ?? (part.assembly ? "its parts" : "")
  return decisive === undefined
    ? line(part.status, part.partNumber, what, "", "")
    : line(marked(decisive), part.partNumber, what, shownPpm(decisive), limitOf(decisive))
}

/** A person's decision is told from what the evidence gives. */
const marked = ({ status, override }: Finding): string => (override === undefined ? status : `${status} *`)

const limitOf = ({ ppm, range, limitPpm }: Finding): string =>
  ppm === undefined && range === undefined ? "" : (limitPpm ?? "")

/** A duty is nothing that fails: parts that bring one stand by themselves. */
const dutyLines = ({ product, root }: CheckResult): ReadonlyArray<string> => {
  if (product.duty === "not-applicable") return []
  const found = [root, ...product.parts].flatMap((part) =>
    part.findings.flatMap((finding) =>
      finding.outcome !== undefined && finding.status === "above-threshold" ? [{ part, finding }] : []
    )
  )
  const open = product.parts.filter(({ assembly, duty }) => !assembly && duty === "unknown").length
  if (found.length === 0 && open === 0) return ["No duty to inform or to warn.", ""]
  return [
    ...(found.length === 0
      ? []
      : [
          line("duty", "part", "substance", "ppm", "threshold"),
          "-".repeat(77),
          ...found
            .slice(0, MAX_DUTIES)
            .map(({ part, finding }) =>
              line(
                finding.outcome === "warning" ? "to warn" : "to inform",
                part.partNumber,
                finding.substance.name,
                shownPpm(finding),
                limitOf(finding)
              )
            ),
          ...(found.length > MAX_DUTIES ? [`… and ${found.length - MAX_DUTIES} more; --format json lists all`] : [])
        ]),
    ...(open === 0 ? [] : [`Of ${open} ${open === 1 ? "part" : "parts"} it is unknown whether a duty arises.`]),
    ""
  ]
}

const standings = {
  primary: "",
  secondary: "; in part as others report it, not read in the acts",
  unchecked: "; not all checked against the acts"
} as const

const ruleSetLines = (ruleSet: RuleSet, asOf: string): ReadonlyArray<string> => {
  const { id, version, rules, notice } = ruleSet
  const taken = rules.flatMap(({ source }) => source.taken ?? []).sort()
  const last = taken[taken.length - 1]
  const age = last === undefined ? "" : `; taken over on ${last}${last < asOf ? ", later changes are not in it" : ""}`
  return [
    wrapped(`Rules ${id}, version ${version}${age}${rules.length === 0 ? "" : standings[standingOf(ruleSet)]}`, "  "),
    ...(notice === undefined ? [] : [wrapped(`  ${notice}`, "  ")])
  ]
}

/** A concentration that differs from its limit by less than the digits shown must not read as equal to it. */
const shownPpm = (finding: Finding): string => {
  const { range } = finding
  if (range !== undefined) {
    if (range.high === undefined) return range.low === "0" ? "?" : `>${range.low}`
    return range.low === "0" ? `${range.highOpen ? "<" : "≤"}${range.high}` : `${range.low}-${range.high}`
  }
  const isAbove = ["non-compliant", "exempt", "above-threshold"].includes(
    finding.override?.calculated ?? finding.status
  )
  return isAbove && finding.comparison === "above" && finding.ppm === finding.limitPpm
    ? `>${finding.ppm}`
    : (finding.ppm ?? "")
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
