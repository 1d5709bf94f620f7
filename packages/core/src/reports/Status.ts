/** How the product stands by each regulation, and every part that makes it fail or leaves it unknown. */
import { type DutyStatus, dutyStatuses, rank, type Status, statuses } from "../domain/Status.ts"
import type { Evidence, Finding, PartVerdict } from "../domain/Verdict.ts"
import { concentrationText } from "../engine/proof/Words.ts"
import type { RuleSet } from "../engine/Rule.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, nodesOf, type ReportHead } from "./Judgement.ts"
import { type Path, type Paths, pathsOf } from "./Paths.ts"
import { findingsBy, isSilent, type Standing, standingBy } from "./Standing.ts"
import * as Text from "./Text.ts"

export interface Counted<S extends string> {
  readonly status: S
  /** Distinct parts below the product, by their status with all that is below them. */
  readonly parts: Readonly<Record<S, number>>
}

/** One cause at one part: a finding that fails, or all that are unknown for the same reason. */
export interface Cause {
  readonly status: "non-compliant" | "above-threshold" | "unknown"
  readonly code: string | undefined
  readonly message: string | undefined
  readonly rules: ReadonlyArray<{ readonly rule: string; readonly substance: string }>
  /** Of a cause that is one finding. */
  readonly measured: string | undefined
  readonly evidence: ReadonlyArray<Evidence>
}

export interface CausingPart {
  readonly partNumber: string
  readonly name: string | undefined
  readonly path: Path
  /** Further paths from the product to the part. */
  readonly otherPaths: number
  readonly causes: ReadonlyArray<Cause>
}

export interface RegulationStatus {
  readonly id: string
  readonly version: string
  readonly title: string
  readonly notice: string | undefined
  readonly restriction: Counted<Status> | undefined
  readonly duty: Counted<DutyStatus> | undefined
  /** Parts with causes of their own, those that fail or oblige first. */
  readonly parts: ReadonlyArray<CausingPart>
}

export interface StatusReport extends ReportHead<"status"> {
  readonly status: Status
  readonly duty: DutyStatus
  readonly regulations: ReadonlyArray<RegulationStatus>
}

export const statusReport = (judgement: Judgement): StatusReport => {
  const paths = pathsOf(judgement)
  return {
    ...headOf("status", judgement),
    status: judgement.product.status,
    duty: judgement.product.duty,
    regulations: judgement.rules.map((ruleSet) => regulationStatus(judgement, ruleSet, paths))
  }
}

const regulationStatus = (judgement: Judgement, ruleSet: RuleSet, paths: Paths): RegulationStatus => {
  const { restriction, duty } = standingBy(judgement, ruleSet)
  const parts = nodesOf(judgement).flatMap((part) => causingPart(judgement, ruleSet, part, paths))
  return {
    id: ruleSet.id,
    version: ruleSet.version,
    title: ruleSet.title,
    notice: ruleSet.notice,
    restriction: restriction && counted(judgement, restriction, statuses),
    duty: duty && counted(judgement, duty, dutyStatuses),
    parts: parts.sort((a, b) => height(b) - height(a))
  }
}

const height = ({ causes }: CausingPart): number => Math.max(...causes.map(({ status }) => rank(status)))

const counted = <S extends Status | DutyStatus>(
  { product }: Judgement,
  { status, byPart }: Standing<S>,
  all: ReadonlyArray<S>
): Counted<S> => {
  const parts = Object.fromEntries(all.map((one) => [one, 0])) as Record<S, number>
  for (const { key } of product.parts) parts[byPart.get(key) as S]++
  return { status, parts }
}

const causingPart = (
  judgement: Judgement,
  ruleSet: RuleSet,
  part: PartVerdict,
  paths: Paths
): ReadonlyArray<CausingPart> => {
  const causes = causesOf(judgement, ruleSet, part)
  if (causes.length === 0) return []
  const { partNumber, name, key } = part
  return [{ partNumber, name, path: paths.first(key), otherPaths: Number(paths.count(key)) - 1, causes }]
}

/** Why one rule set fails a part or leaves it unknown: failures one by one, what is unknown by its reason. */
export const causesOf = (judgement: Judgement, ruleSet: RuleSet, part: PartVerdict): ReadonlyArray<Cause> => {
  const findings = findingsBy(part, ruleSet)
  const failures = findings.filter(({ status }) => status === "non-compliant" || status === "above-threshold")
  const unknown = Map.groupBy(
    findings.filter(({ status }) => status === "unknown"),
    ({ reason }) => reason?.code
  )
  return [
    ...failures.map((finding) => causeOf(finding.status as Cause["status"], [finding])),
    ...[...unknown.values()].map((group) => causeOf("unknown", group)),
    ...(isSilent(judgement, ruleSet, part)
      ? part.reasons.map(
          ({ code, message }): Cause => ({
            status: "unknown",
            code,
            message,
            rules: [],
            measured: undefined,
            evidence: []
          })
        )
      : [])
  ]
}

const causeOf = (status: Cause["status"], findings: ReadonlyArray<Finding>): Cause => {
  const [first] = findings as readonly [Finding]
  const evidence = new Map(
    findings.flatMap((finding) => finding.evidence.map((one) => [`${one.sha256}:${one.line}`, one] as const))
  )
  return {
    status,
    code: first.reason?.code,
    message: messageOf(findings),
    rules: findings.map(({ rule, substance }) => ({ rule, substance: substance.name })),
    measured: findings.length === 1 && concentrationText(first) !== "" ? Text.measuredText(first) : undefined,
    evidence: [...evidence.values()]
  }
}

/** What findings of one reason say; where each names its own substance, the first says which it is about. */
const messageOf = (findings: ReadonlyArray<Finding>): string | undefined => {
  const [first] = findings
  const message = first?.reason?.message
  return message === undefined || findings.every(({ reason }) => reason?.message === message)
    ? message
    : `For ${first?.substance.name}: ${message}`
}

export const statusCsv = ({ regulations, asOf, product }: StatusReport): string =>
  csvFile(
    [
      "product",
      "as_of",
      "regulation",
      "version",
      "regulation_status",
      "duty_status",
      "part_number",
      "path",
      "other_paths",
      "cause",
      "substances",
      "rules",
      "measured",
      "code",
      "message",
      "evidence"
    ],
    regulations.flatMap((regulation) => {
      const about = [
        product.partNumber,
        asOf,
        regulation.id,
        regulation.version,
        regulation.restriction?.status,
        regulation.duty?.status
      ]
      if (regulation.parts.length === 0) return [[...about, ...Array.from({ length: 10 }, () => undefined)]]
      return regulation.parts.flatMap(({ partNumber, path, otherPaths, causes }) =>
        causes.map((cause) => [
          ...about,
          partNumber,
          Text.pathText(path),
          otherPaths,
          cause.status,
          cause.rules.map(({ substance }) => substance).join("; "),
          cause.rules.map(({ rule }) => rule).join("; "),
          cause.measured,
          cause.code,
          cause.message,
          cause.evidence.map(Text.evidenceText).join("; ")
        ])
      )
    })
  )

/** Parts listed of one regulation in a text. */
const MAX_PARTS = 50

export const statusText = (report: StatusReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Product status by regulation, as of ${report.asOf}`),
    "",
    row("regulation", "status", ["fail", "unknown", "exempt", "pass", "n/a"]),
    Text.ruleLine,
    ...report.regulations.flatMap(summaryLines),
    ...report.regulations.flatMap(detailLines),
    "",
    "Counts are distinct parts; an assembly counts by the worst of what it contains."
  ])

const row = (name: string, status: string, counts: ReadonlyArray<string>): string =>
  `${Text.cell(name, 24)} ${Text.cell(status, 15)}${counts.map((count) => Text.numberCell(count, 8)).join("")}`

const summaryLines = ({ id, restriction, duty }: RegulationStatus): ReadonlyArray<string> => [
  ...(restriction === undefined
    ? []
    : [
        row(
          id,
          restriction.status,
          columns(restriction, ["non-compliant", "unknown", "exempt", "compliant", "not-applicable"])
        )
      ]),
  ...(duty === undefined ? [] : [row(`${id} (duty)`, duty.status, dutyColumns(duty))])
]

const columns = <S extends string>({ parts }: Counted<S>, order: ReadonlyArray<S>): ReadonlyArray<string> =>
  order.map((status) => String(parts[status]))

/** A duty knows no exemption; what is below its threshold and what is not contained both pass. */
const dutyColumns = ({ parts }: Counted<DutyStatus>): ReadonlyArray<string> => [
  String(parts["above-threshold"]),
  String(parts.unknown),
  "-",
  String(parts["below-threshold"] + parts["not-contained"]),
  String(parts["not-applicable"])
]

const detailLines = ({
  id,
  version,
  title,
  notice,
  restriction,
  duty,
  parts
}: RegulationStatus): ReadonlyArray<string> => [
  "",
  ...Text.wrapped(`${title} (${id}, version ${version})`),
  ...(notice === undefined ? [] : Text.wrapped(`Notice: ${notice}`, 2)),
  ...(parts.length === 0
    ? Text.wrapped(`  Nothing fails or is unknown: ${restriction?.status ?? duty?.status}.`, 2)
    : Text.listed(parts, MAX_PARTS, partLines))
]

const partLines = ({ path, name, otherPaths, causes }: CausingPart): ReadonlyArray<string> => [
  ...Text.wrapped(
    `${Text.pathText(path)}${name === undefined ? "" : `, ${name}`}${otherPaths > 0 ? ` (and on ${Text.plural(otherPaths, "other path")})` : ""}`,
    2
  ),
  ...causes.flatMap((cause) => Text.wrapped(causeText(cause), 4))
]

/** Substances named in a line; those beyond are counted. */
const MAX_SUBSTANCES = 3

export const substancesText = (rules: Cause["rules"], most = MAX_SUBSTANCES): string => {
  const names = [...new Set(rules.map(({ substance }) => substance))]
  return `${names.slice(0, most).join(", ")}${names.length > most ? ` and ${names.length - most} more` : ""}`
}

export const causeText = ({ status, rules, measured, code, message, evidence }: Cause): string => {
  const what = rules.length === 0 ? "" : `: ${substancesText(rules)}`
  const number = measured === undefined ? "" : `${what === "" ? ":" : ""} ${measured}`
  const why = message === undefined ? "" : `${rules.length === 0 ? ":" : "."} ${message} [${code}]`
  const [first] = evidence
  const source = first === undefined || status === "unknown" ? "" : ` (${Text.evidenceText(first)})`
  return `${status}${what}${number}${why}${source}`
}
