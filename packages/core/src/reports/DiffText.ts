/** A difference as text and as CSV. */
import type { Reason } from "../domain/Verdict.ts"
import { csvFile } from "./Csv.ts"
import type { DiffReport, FindingChange, FindingState, JudgementState, PartChange, VerdictState } from "./Diff.ts"
import * as Text from "./Text.ts"

export const diffCsv = ({ before, after, findings }: DiffReport): string =>
  csvFile(
    [
      "product",
      "before_as_of",
      "after_as_of",
      "part_number",
      "rule",
      "substance",
      "change",
      "before_status",
      "before_measured",
      "after_status",
      "after_measured",
      "causes",
      "before_evidence",
      "after_evidence"
    ],
    findings.map((finding) => [
      after.product.partNumber,
      before.asOf,
      after.asOf,
      finding.partNumber,
      finding.rule,
      finding.substance,
      finding.change,
      finding.before?.status,
      finding.before?.measured,
      finding.after?.status,
      finding.after?.measured,
      finding.causes.map(reasonText).join(" "),
      finding.before?.evidence.map(Text.evidenceText).join("; "),
      finding.after?.evidence.map(Text.evidenceText).join("; ")
    ])
  )

const MAX_PARTS = 50
const MAX_FINDINGS = 100

export const diffText = (report: DiffReport): string => {
  const { before, after, parts, findings } = report
  return Text.textOf([
    ...Text.titleLines(after, "What differs"),
    "",
    ...Text.wrapped(`before  ${stateText(before)}`, 0, 8),
    ...Text.wrapped(`after   ${stateText(after)}`, 0, 8),
    ...documentLines("only before", before, after),
    ...documentLines("only after", after, before),
    ...(parts.length === 0 && findings.length === 0
      ? ["", "Nothing differs: every verdict and finding is the same."]
      : []),
    ...(parts.length === 0 ? [] : ["", row("part", "before", "after"), Text.ruleLine]),
    ...Text.listed(parts, MAX_PARTS, partLines, 0),
    ...(findings.length === 0
      ? []
      : ["", `${Text.plural(findings.length, "finding")} ${findings.length === 1 ? "differs" : "differ"}:`]),
    ...Text.listed(findingGroups(findings), MAX_FINDINGS, groupLines, 0)
  ])
}

const stateText = ({ asOf, status, duty, ruleSets }: JudgementState): string =>
  `as of ${asOf}: ${status}${duty === "not-applicable" ? "" : `, duties ${duty}`}; by ${ruleSets.map(({ id, version }) => `${id} ${version}`).join(", ")}`

const documentLines = (what: string, here: JudgementState, there: JudgementState): ReadonlyArray<string> => {
  const only = here.documents.filter(({ sha256 }) => !there.documents.some((other) => other.sha256 === sha256))
  return only.length === 0 ? [] : Text.wrapped(`${what}: ${only.map(({ name }) => name).join(", ")}`, 8, 10)
}

const row = (part: string, before: string, after: string): string =>
  `${Text.cell(part, 32)} ${Text.cell(before, 22)} ${Text.cell(after, 23)}`

const partLines = ({ partNumber, name, before, after, below }: PartChange): ReadonlyArray<string> => [
  row(`${partNumber}${name === undefined ? "" : `  ${name}`}`, verdictText(before, after), verdictText(after, before)),
  ...(below.length === 0
    ? []
    : Text.wrapped(`by ${below.slice(0, 8).join(", ")}${below.length > 8 ? ` and ${below.length - 8} more` : ""}`, 4))
]

/** The duty only where it differs. */
const verdictText = (state: VerdictState | undefined, other: VerdictState | undefined): string => {
  if (state === undefined) return "not there"
  if (state.duty === other?.duty) return state.status
  return state.status === other?.status ? `duty ${state.duty}` : `${state.status}, duty ${state.duty}`
}

/** Findings of a part that changed alike and for the same causes stand together. */
const findingGroups = (findings: ReadonlyArray<FindingChange>): ReadonlyArray<ReadonlyArray<FindingChange>> => [
  ...Map.groupBy(findings, ({ partNumber, change, before, after, causes }) =>
    JSON.stringify([partNumber, change, before?.status, after?.status, causes])
  ).values()
]

const groupLines = (findings: ReadonlyArray<FindingChange>): ReadonlyArray<string> => {
  const [first] = findings as readonly [FindingChange]
  const { partNumber, change, causes } = first
  return [
    "",
    ...(findings.length === 1
      ? Text.wrapped(`${partNumber}  ${first.rule} (${first.substance}) ${change}`)
      : Text.wrapped(
          `${partNumber}  ${Text.plural(findings.length, "finding")} ${change}, such as ${first.rule} (${first.substance})`
        )),
    ...(first.before === undefined ? [] : Text.wrapped(`before  ${findingText(first.before)}`, 2, 10)),
    ...(first.after === undefined ? [] : Text.wrapped(`after   ${findingText(first.after)}`, 2, 10)),
    ...causes.flatMap((cause) => Text.wrapped(`because ${reasonText(cause)}`, 2, 10))
  ]
}

const findingText = ({ status, measured, reason, evidence }: FindingState): string => {
  const [source] = evidence
  return [
    status,
    ...(measured === "" ? [] : [measured]),
    ...(measured === "" && reason !== undefined ? [reason.code] : []),
    ...(source === undefined ? [] : [Text.evidenceText(source)])
  ].join(", ")
}

const reasonText = ({ code, message }: Reason): string => `${message} [${code}]`
