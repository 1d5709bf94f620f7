/**
 * The index of evidence for a technical file, such as the technical documentation that Directive 2011/65/EU Art. 7(b)
 * obliges manufacturers to draw up: each document by its hash, the parts and findings that rest on it, and what rests on none.
 */
import { type FindingStatus, rank } from "../domain/Status.ts"
import type { Finding, PartVerdict } from "../domain/Verdict.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, nodesOf, type ReportedDocument, type ReportHead } from "./Judgement.ts"
import { type Path, pathsOf } from "./Paths.ts"
import * as Text from "./Text.ts"

export interface SupportedFinding {
  readonly rule: string
  readonly substance: string
  readonly status: FindingStatus
  readonly lines: ReadonlyArray<number>
}

export interface SupportedPart {
  readonly partNumber: string
  readonly name: string | undefined
  readonly findings: ReadonlyArray<SupportedFinding>
}

export interface IndexedDocument {
  readonly name: string
  readonly kind: ReportedDocument["kind"]
  readonly sha256: string
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  /** None of a BOM, on which every part rests. */
  readonly parts: ReadonlyArray<SupportedPart>
  readonly findings: number
}

export interface EvidenceReport extends ReportHead<"evidence"> {
  readonly status: PartVerdict["status"]
  readonly regulations: ReadonlyArray<{ readonly id: string; readonly title: string; readonly version: string }>
  readonly documents: ReadonlyArray<IndexedDocument>
  /** Parts without children that no document supports. */
  readonly unsupported: ReadonlyArray<{
    readonly partNumber: string
    readonly name: string | undefined
    readonly path: Path
  }>
}

export interface EvidenceOptions {
  /** Ids of the rule sets whose findings count; all when left out. */
  readonly regulations?: ReadonlyArray<string> | undefined
}

export const evidenceReport = (judgement: Judgement, options: EvidenceOptions = {}): EvidenceReport => {
  const counts = ({ regulation }: Pick<Finding, "regulation">) => options.regulations?.includes(regulation) !== false
  const paths = pathsOf(judgement)
  const supported = supportedBy(judgement, counts)
  return {
    ...headOf("evidence", judgement),
    status: judgement.product.status,
    regulations: judgement.rules.flatMap(({ id, title, version }) =>
      counts({ regulation: id }) ? [{ id, title, version }] : []
    ),
    documents: judgement.documents.map(({ name, kind, sha256, rows, accepted, rejected }) => {
      const parts = supported.get(sha256) ?? []
      const findings = parts.reduce((sum, part) => sum + part.findings.length, 0)
      return { name, kind, sha256, rows, accepted, rejected, parts, findings }
    }),
    unsupported: nodesOf(judgement).flatMap(({ partNumber, name, key, assembly, findings }) =>
      assembly || findings.some((finding) => counts(finding) && finding.evidence.length > 0)
        ? []
        : [{ partNumber, name, path: paths.first(key) }]
    )
  }
}

/** By the hash of the document. */
const supportedBy = (
  judgement: Judgement,
  counts: (finding: Finding) => boolean
): ReadonlyMap<string, ReadonlyArray<SupportedPart>> => {
  const documents = new Map<string, Array<SupportedPart>>()
  for (const { partNumber, name, findings } of nodesOf(judgement)) {
    const own = new Map<string, Array<SupportedFinding>>()
    for (const finding of findings)
      if (counts(finding))
        for (const [sha256, evidence] of Map.groupBy(finding.evidence, (one) => one.sha256)) {
          const one: SupportedFinding = {
            rule: finding.rule,
            substance: finding.substance.name,
            status: finding.status,
            lines: [...new Set(evidence.map(({ line }) => line))]
          }
          const known = own.get(sha256)
          if (known === undefined) own.set(sha256, [one])
          else known.push(one)
        }
    for (const [sha256, supported] of own) {
      const known = documents.get(sha256)
      const part = { partNumber, name, findings: supported }
      if (known === undefined) documents.set(sha256, [part])
      else known.push(part)
    }
  }
  return documents
}

export const evidenceCsv = ({ documents, unsupported, asOf, product }: EvidenceReport): string =>
  csvFile(
    ["product", "as_of", "document", "sha256", "part_number", "name", "rule", "substance", "status", "lines"],
    [
      ...documents.flatMap((document) =>
        document.parts.flatMap((part) =>
          part.findings.map((finding) => [
            product.partNumber,
            asOf,
            document.name,
            document.sha256,
            part.partNumber,
            part.name,
            finding.rule,
            finding.substance,
            finding.status,
            finding.lines.join("; ")
          ])
        )
      ),
      ...unsupported.map(({ partNumber, name }) => [
        product.partNumber,
        asOf,
        undefined,
        undefined,
        partNumber,
        name,
        undefined,
        undefined,
        "no evidence",
        undefined
      ])
    ]
  )

const MAX_PARTS = 100

export const evidenceText = (report: EvidenceReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Index of evidence, as of ${report.asOf}: ${report.status}`),
    ...report.regulations.flatMap(({ id, title, version }) => Text.wrapped(`${title} (${id}, version ${version})`, 0)),
    ...report.documents.flatMap(documentLines),
    "",
    ...(report.unsupported.length === 0
      ? ["Every part rests on evidence."]
      : [`Without evidence: ${Text.plural(report.unsupported.length, "part")}`]),
    ...Text.listed(report.unsupported, MAX_PARTS, ({ path, name }) =>
      Text.wrapped(`${Text.pathText(path)}${name === undefined ? "" : `, ${name}`}`, 2)
    )
  ])

const documentLines = (document: IndexedDocument): ReadonlyArray<string> => [
  "",
  ...Text.wrapped(`${document.name} (${document.kind === "bom" ? "BOM" : "declarations"})`),
  `  sha256 ${document.sha256}`,
  ...Text.wrapped(
    `${document.accepted} of ${Text.plural(document.rows, "row")} accepted${document.kind === "bom" ? "" : `; ${Text.plural(document.findings, "finding")} on ${Text.plural(document.parts.length, "part")}`}`,
    2
  ),
  ...(document.parts.length === 0 ? [] : [`  ${row("part", "name", "findings", "worst", "lines")}`]),
  ...Text.listed(document.parts, MAX_PARTS, (part) => [`  ${partRow(part)}`])
]

const row = (part: string, name: string, findings: string, worst: string, lines: string): string =>
  `${Text.cell(part, 16)} ${Text.cell(name, 22)}${Text.numberCell(findings, 9)}  ${Text.cell(worst, 15)} ${Text.cell(lines, 12)}`

const partRow = ({ partNumber, name, findings }: SupportedPart): string => {
  const worst = findings.reduce((a, b) => (rank(b.status) > rank(a.status) ? b : a))
  const lines = findings.flatMap((finding) => finding.lines)
  const first = lines.reduce((a, b) => Math.min(a, b))
  const last = lines.reduce((a, b) => Math.max(a, b))
  return row(
    partNumber,
    name ?? "",
    String(findings.length),
    worst.status,
    first === last ? `${first}` : `${first}-${last}`
  )
}
