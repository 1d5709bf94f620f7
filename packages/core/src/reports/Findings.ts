/** Everything to act on, one line each: failures as errors, what is unknown as warnings, duties to inform as notes. */
import type { Evidence, PartVerdict } from "../domain/Verdict.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, nodesOf, type ReportHead } from "./Judgement.ts"
import { type Path, type Paths, pathsOf } from "./Paths.ts"
import { isSilent } from "./Standing.ts"
import { type Cause, causesOf, substancesText } from "./Status.ts"
import * as Text from "./Text.ts"

export const levels = ["error", "warning", "note"] as const
export type FindingLevel = (typeof levels)[number]

export interface ReportedFinding {
  readonly level: FindingLevel
  /** The rule of a failure or duty; of what is unknown the regulation and the reason's code. */
  readonly id: string
  readonly regulations: ReadonlyArray<string>
  readonly partNumber: string
  readonly name: string | undefined
  readonly path: Path
  readonly message: string
  /** Of what is unknown, or of an exemption that is refused. */
  readonly code: string | undefined
  readonly rules: Cause["rules"]
  readonly evidence: ReadonlyArray<Evidence>
}

export interface FindingsReport extends ReportHead<"findings"> {
  readonly status: Judgement["product"]["status"]
  readonly counts: Readonly<Record<FindingLevel, number>>
  /** Errors first, in BOM order. */
  readonly findings: ReadonlyArray<ReportedFinding>
}

export const findingsReport = (judgement: Judgement): FindingsReport => {
  const paths = pathsOf(judgement)
  const findings = nodesOf(judgement)
    .flatMap((part) => [...silence(judgement, part, paths), ...ofPart(judgement, part, paths)])
    .sort((a, b) => levels.indexOf(a.level) - levels.indexOf(b.level))
  const count = (level: FindingLevel) => findings.filter((finding) => finding.level === level).length
  return {
    ...headOf("findings", judgement),
    status: judgement.product.status,
    counts: { error: count("error"), warning: count("warning"), note: count("note") },
    findings
  }
}

const about = ({ partNumber, name, key }: PartVerdict, paths: Paths) => ({ partNumber, name, path: paths.first(key) })

/** A part that nobody declares is one finding, however many regulations ask for it. */
const silence = (judgement: Judgement, part: PartVerdict, paths: Paths): ReadonlyArray<ReportedFinding> => {
  const silent = judgement.rules.filter((ruleSet) => isSilent(judgement, ruleSet, part))
  return silent.length === 0
    ? []
    : part.reasons.map(({ code, message }) => ({
        level: "warning",
        id: code,
        regulations: silent.map(({ id }) => id),
        ...about(part, paths),
        message,
        code,
        rules: [],
        evidence: []
      }))
}

const ofPart = (judgement: Judgement, part: PartVerdict, paths: Paths): ReadonlyArray<ReportedFinding> =>
  judgement.rules.flatMap((ruleSet) =>
    causesOf(judgement, ruleSet, part).flatMap((cause) =>
      cause.rules.length === 0
        ? []
        : [
            {
              level: levelOf(cause),
              id: idOf(cause, ruleSet.id, ruleSet.documentLimits === true),
              regulations: [ruleSet.id],
              ...about(part, paths),
              message: messageOf(cause),
              code: cause.code,
              rules: cause.rules,
              evidence: cause.evidence
            }
          ]
    )
  )

const levelOf = ({ status }: Cause): FindingLevel =>
  status === "non-compliant" ? "error" : status === "unknown" ? "warning" : "note"

const idOf = ({ status, code, rules: [first] }: Cause, regulation: string, documentLimits: boolean): string => {
  if (status === "unknown") return `${regulation}/${code ?? "unknown"}`
  return documentLimits
    ? `${regulation}/${first?.substance.toLowerCase().replaceAll(/\s+/g, "-")}`
    : (first?.rule ?? regulation)
}

const messageOf = ({ status, rules, measured, message }: Cause): string => {
  const what = `${substancesText(rules)}${measured === undefined ? "" : `, ${measured}`}`
  const says = status === "unknown" ? "cannot be judged" : status === "non-compliant" ? "not allowed" : "to be declared"
  return `${what}: ${says}.${message === undefined ? "" : ` ${message}`}`
}

export const findingsCsv = ({ findings, asOf, product }: FindingsReport): string =>
  csvFile(
    [
      "product",
      "as_of",
      "level",
      "id",
      "regulations",
      "part_number",
      "name",
      "path",
      "message",
      "code",
      "rules",
      "evidence"
    ],
    findings.map((finding) => [
      product.partNumber,
      asOf,
      finding.level,
      finding.id,
      finding.regulations.join("; "),
      finding.partNumber,
      finding.name,
      Text.pathText(finding.path),
      finding.message,
      finding.code,
      finding.rules.map(({ rule }) => rule).join("; "),
      finding.evidence.map(Text.evidenceText).join("; ")
    ])
  )

const MAX_FINDINGS = 100

export const findingsText = (report: FindingsReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Findings, as of ${report.asOf}: ${report.status}`),
    levels.map((level) => Text.plural(report.counts[level], level)).join(", "),
    ...Text.listed(report.findings, MAX_FINDINGS, findingLines, 0)
  ])

const findingLines = ({ level, id, partNumber, name, message, evidence: [first] }: ReportedFinding) => [
  "",
  ...Text.wrapped(`${level}: ${partNumber}${name === undefined ? "" : `, ${name}`} [${id}]`),
  ...Text.wrapped(message, 2, 2),
  ...(first === undefined ? [] : Text.wrapped(Text.evidenceText(first), 2, 2))
]
