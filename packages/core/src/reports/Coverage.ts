/** How much of the product is declared well enough to judge, and what is missing of which part. */
import * as Decimal from "../domain/Decimal.ts"
import type { PartVerdict } from "../domain/Verdict.ts"
import { csvFile } from "./Csv.ts"
import { headOf, type Judgement, nodesOf, type ReportHead, totalGrams } from "./Judgement.ts"
import { type Path, type Paths, pathsOf } from "./Paths.ts"
import { isSilent } from "./Standing.ts"
import { type Cause, causesOf, substancesText } from "./Status.ts"
import * as Text from "./Text.ts"

/** Whether every rule could be judged at a part, only some could, or nothing is declared of it. */
export const coverages = ["sufficient", "insufficient", "missing"] as const
export type Coverage = (typeof coverages)[number]

/** Of the parts without children; shares are rounded down, so that 100 says that nothing is missing. */
export interface Share {
  readonly parts: number
  readonly partsPercent: string
  /** Grams in one product, of the parts whose mass is known. */
  readonly grams: string
  readonly gramsPercent: string
}

export interface Gap {
  readonly regulation: string
  readonly code: string
  readonly message: string
  readonly rules: Cause["rules"]
}

export interface IncompletePart {
  readonly partNumber: string
  readonly name: string | undefined
  readonly path: Path
  readonly quantity: string
  /** Grams of all its pieces in one product. */
  readonly grams: string | undefined
  readonly coverage: Exclude<Coverage, "sufficient">
  readonly gaps: ReadonlyArray<Gap>
}

/** Incomplete parts of the same suppliers that the same documents speak of. */
export interface GapGroup {
  /** Who supplies the parts by the BOM, or else states something of them; none when neither names anybody. */
  readonly suppliers: ReadonlyArray<string>
  /** None for parts that no document names. */
  readonly documents: ReadonlyArray<string>
  readonly parts: ReadonlyArray<IncompletePart>
}

export interface CoverageReport extends ReportHead<"coverage"> {
  readonly regulations: ReadonlyArray<string>
  readonly shares: Readonly<Record<Coverage, Share>>
  readonly parts: number
  readonly grams: string
  /** Parts whose mass is not known; they count in no share of the mass. */
  readonly partsWithoutMass: ReadonlyArray<string>
  /** Heaviest gap first. */
  readonly groups: ReadonlyArray<GapGroup>
}

export const coverageReport = (judgement: Judgement): CoverageReport => {
  const paths = pathsOf(judgement)
  const leaves = nodesOf(judgement).filter(({ assembly }) => !assembly)
  const covered = leaves.map((part) => ({ part, gaps: gapsOf(judgement, part), grams: totalGrams(part) }))
  const total = sumOf(covered.map(({ grams }) => grams))
  const share = (coverage: Coverage): Share => {
    const own = covered.filter(({ part, gaps }) => coverageOf(part, gaps) === coverage)
    const grams = sumOf(own.map((one) => one.grams))
    return {
      parts: own.length,
      partsPercent: Text.percentText(Decimal.fromInteger(own.length), Decimal.fromInteger(leaves.length)),
      grams: Decimal.toText(grams),
      gramsPercent: Text.percentText(grams, total)
    }
  }
  const incomplete = covered.filter(({ part, gaps }) => coverageOf(part, gaps) !== "sufficient")
  return {
    ...headOf("coverage", judgement),
    regulations: judgement.rules.map(({ id }) => id),
    shares: { sufficient: share("sufficient"), insufficient: share("insufficient"), missing: share("missing") },
    parts: leaves.length,
    grams: Decimal.toText(total),
    partsWithoutMass: covered.filter(({ grams }) => grams === undefined).map(({ part }) => part.partNumber),
    groups: groupsOf(judgement, incomplete, paths)
  }
}

interface Covered {
  readonly part: PartVerdict
  readonly gaps: ReadonlyArray<Gap>
  readonly grams: Decimal.Decimal | undefined
}

const coverageOf = ({ declared }: PartVerdict, gaps: ReadonlyArray<Gap>): Coverage =>
  gaps.length === 0 ? "sufficient" : declared ? "insufficient" : "missing"

const gapsOf = (judgement: Judgement, part: PartVerdict): ReadonlyArray<Gap> => {
  const silent = judgement.rules.filter((ruleSet) => isSilent(judgement, ruleSet, part))
  return [
    ...(silent.length === 0
      ? []
      : part.reasons.map((reason) => ({
          ...reason,
          regulation: silent.map(({ id }) => id).join(", "),
          rules: []
        }))),
    ...judgement.rules.flatMap((ruleSet) =>
      causesOf(judgement, ruleSet, part).flatMap(({ status, code, message, rules }) =>
        status === "unknown" && rules.length > 0
          ? [{ regulation: ruleSet.id, code: code ?? "unknown", message: message ?? "", rules }]
          : []
      )
    )
  ]
}

const sumOf = (masses: ReadonlyArray<Decimal.Decimal | undefined>): Decimal.Decimal =>
  masses.reduce<Decimal.Decimal>((sum, mass) => (mass === undefined ? sum : Decimal.add(sum, mass)), Decimal.zero)

const groupsOf = (judgement: Judgement, parts: ReadonlyArray<Covered>, paths: Paths): ReadonlyArray<GapGroup> => {
  const groups = Map.groupBy(parts, ({ part }) =>
    JSON.stringify([suppliersOf(judgement, part), documentsOf(judgement, part)])
  )
  return [...groups]
    .map(([key, covered]) => {
      const [suppliers, documents] = JSON.parse(key) as [ReadonlyArray<string>, ReadonlyArray<string>]
      const heaviest = [...covered].sort((a, b) => Decimal.compare(b.grams ?? Decimal.zero, a.grams ?? Decimal.zero))
      return {
        suppliers,
        documents,
        grams: sumOf(covered.map(({ grams }) => grams)),
        parts: heaviest.map((one) => incompletePart(one, paths))
      }
    })
    .sort((a, b) => Decimal.compare(b.grams, a.grams))
    .map(({ suppliers, documents, parts }) => ({ suppliers, documents, parts }))
}

/** Names of the documents that speak of a part. */
const documentsOf = ({ facts }: Judgement, { key }: PartVerdict): ReadonlyArray<string> =>
  [...new Set((facts.get(key)?.declarations ?? []).map(({ source }) => source.document))].sort()

const suppliersOf = ({ facts }: Judgement, { key }: PartVerdict): ReadonlyArray<string> => {
  const known = facts.get(key)
  const supplier = known?.part.supplier
  if (supplier !== undefined) return [supplier]
  return [...new Set((known?.declarations ?? []).flatMap(({ source }) => source.supplier ?? []))].sort()
}

const incompletePart = ({ part, gaps, grams }: Covered, paths: Paths): IncompletePart => ({
  partNumber: part.partNumber,
  name: part.name,
  path: paths.first(part.key),
  quantity: part.quantity,
  grams: grams === undefined ? undefined : Decimal.toText(grams),
  coverage: part.declared ? "insufficient" : "missing",
  gaps
})

export const coverageCsv = ({ groups, asOf, product }: CoverageReport): string =>
  csvFile(
    [
      "product",
      "as_of",
      "part_number",
      "name",
      "path",
      "quantity",
      "grams",
      "coverage",
      "suppliers",
      "documents",
      "regulation",
      "code",
      "substances",
      "message"
    ],
    groups.flatMap(({ suppliers, documents, parts }) =>
      parts.flatMap((part) =>
        part.gaps.map((gap) => [
          product.partNumber,
          asOf,
          part.partNumber,
          part.name,
          Text.pathText(part.path),
          part.quantity,
          part.grams,
          part.coverage,
          suppliers.join("; "),
          documents.join("; "),
          gap.regulation,
          gap.code,
          gap.rules.map(({ substance }) => substance).join("; "),
          gap.message
        ])
      )
    )
  )

/** Parts listed of one group in a text. */
const MAX_PARTS = 50

export const coverageText = (report: CoverageReport): string =>
  Text.textOf([
    ...Text.titleLines(report, `Coverage of declarations, as of ${report.asOf}`),
    ...Text.wrapped(`Judged by: ${report.regulations.join(", ")}`, 0),
    "",
    shareRow("declarations", "parts", "%", "mass in g", "%"),
    Text.ruleLine,
    ...coverages.map((coverage) => {
      const { parts, partsPercent, grams, gramsPercent } = report.shares[coverage]
      return shareRow(coverage, String(parts), partsPercent, grams, gramsPercent)
    }),
    shareRow("all parts", String(report.parts), "", report.grams, ""),
    "",
    ...Text.wrapped(
      "Parts without children, each counted once; masses are those of all pieces in one product. Shares are rounded down.",
      0,
      0
    ),
    ...(report.partsWithoutMass.length === 0
      ? []
      : Text.wrapped(
          `Of ${Text.plural(report.partsWithoutMass.length, "part")} the mass is not known; they count in no share of the mass: ${report.partsWithoutMass.slice(0, 10).join(", ")}${report.partsWithoutMass.length > 10 ? ", …" : ""}`,
          0,
          2
        )),
    ...report.groups.flatMap(groupLines)
  ])

const shareRow = (name: string, parts: string, percent: string, grams: string, gramsPercent: string): string =>
  `${Text.cell(name, 16)}${Text.numberCell(parts, 8)}${Text.numberCell(percent, 10)}${Text.numberCell(grams, 20)}${Text.numberCell(gramsPercent, 10)}`

const groupLines = ({ suppliers, documents, parts }: GapGroup): ReadonlyArray<string> => [
  "",
  ...Text.wrapped(
    `${suppliers.length === 0 ? "Supplier not named" : suppliers.join(", ")}: ${
      documents.length === 0
        ? `no document names ${Text.plural(parts.length, "part")}`
        : `not enough in ${documents.join(", ")} for ${Text.plural(parts.length, "part")}`
    }:`
  ),
  ...[...Map.groupBy(parts, ({ gaps }) => JSON.stringify(gaps.map(gapText)))].flatMap(([gaps, alike]) => [
    ...(JSON.parse(gaps) as ReadonlyArray<string>).flatMap((gap) => Text.wrapped(gap, 2)),
    `    ${partRow("part", "name", "pieces", "mass in g")}`,
    ...Text.listed(alike, MAX_PARTS, (part) => [`    ${rowOf(part)}`], 4)
  ])
]

const rowOf = ({ partNumber, name, quantity, grams }: IncompletePart): string =>
  partRow(partNumber, name ?? "", quantity, grams ?? "not known")

const partRow = (partNumber: string, name: string, quantity: string, grams: string): string =>
  `${Text.cell(partNumber, 18)} ${Text.cell(name, 30)} ${Text.numberCell(quantity, 10)}${Text.numberCell(grams, 16)}`

const gapText = ({ regulation, code, message, rules }: Gap): string =>
  `${code} (${regulation})${rules.length === 0 ? "" : `, ${substancesText(rules)}`}: ${message}`
