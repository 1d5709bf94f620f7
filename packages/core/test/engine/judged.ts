/** Judged products from a few words, for tests. */
import { type Bom, Decimal, type Declaration, type Part } from "@certivo/core/domain"
import { type BomOptions, type JudgedProduct, judgeBom, type RuleSet } from "@certivo/core/engine"

export interface RowInput {
  readonly part?: string
  readonly line?: number
  readonly document?: string
  readonly substance?: string
  readonly cas?: string
  readonly unit: "mg" | "ppm"
  readonly low: string
  /** As `low` when left out; nothing bounds it when null. */
  readonly high?: string | null
  readonly material?: string
  readonly materialMassMg?: string
  readonly exemption?: string
  readonly validTo?: string
  readonly text?: string
}

const decimal = (text: string): Decimal.Decimal => Decimal.parse(text) as Decimal.Decimal

export const declaration = (row: RowInput): Declaration => ({
  part: row.part ?? "A",
  material: row.material,
  materialMassMg: row.materialMassMg === undefined ? undefined : decimal(row.materialMassMg),
  partMassMg: undefined,
  substance: row.substance ?? "Lead",
  cas: row.cas ?? "7439-92-1",
  ec: undefined,
  amount: {
    unit: row.unit,
    low: decimal(row.low),
    high: row.high === null ? undefined : decimal(row.high ?? row.low),
    lowOpen: false,
    highOpen: false
  },
  basis: undefined,
  limitPpm: undefined,
  exemption: row.exemption,
  claim: undefined,
  source: {
    document: row.document ?? "supplier.csv",
    sha256: "ab".repeat(32),
    line: (row.line ?? 0) + 2,
    ...(row.validTo === undefined ? {} : { validTo: row.validTo })
  },
  text: row.text ?? `${row.low} ${row.unit}`
})

export interface BomInput {
  readonly product: string
  readonly lines: Readonly<Record<string, ReadonlyArray<readonly [child: string, quantity: string]>>>
}

/** Parts weigh 10 g and are one material unless null says that it is not stated. */
export const judgeRows = (
  rows: ReadonlyArray<RowInput>,
  ruleSets: ReadonlyArray<RuleSet>,
  options: Partial<BomOptions> = {},
  part: { readonly massGrams?: null; readonly material?: null } = {},
  bom: BomInput = { product: "A", lines: {} }
): JudgedProduct => {
  const keys = new Set([
    bom.product,
    ...Object.entries(bom.lines).flatMap(([key, lines]) => [key, ...lines.map(([child]) => child)])
  ])
  const parts = new Map(
    [...keys].map((key): [string, Part] => [
      key,
      {
        key,
        partNumber: key,
        name: undefined,
        material: part.material === null ? undefined : "Brass",
        massGrams: part.massGrams === null ? undefined : decimal("10")
      }
    ])
  )
  const lines: Bom["lines"] = new Map(
    Object.entries(bom.lines).map(([parent, below]) => [
      parent,
      below.map(([child, quantity]) => ({ parent, child, quantity: decimal(quantity) }))
    ])
  )
  const byPart = Map.groupBy(rows.map(declaration), (row) => row.part)
  return judgeBom({ product: bom.product, parts, lines }, { declarations: (key) => byPart.get(key) ?? [] }, ruleSets, {
    asOf: "2026-11-23",
    ...options
  })
}
