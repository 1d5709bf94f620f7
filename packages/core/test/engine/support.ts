/** Products, rules and declarations in few words, read by the real decoders and judged by the real engine. */
import { type Bom, type BomLine, Decimal, type Declaration, hasher, type Part, partKey } from "@certivo/core/domain"
import { type BomOptions, type JudgedProduct, judgeBom, RuleSet } from "@certivo/core/engine"
import { decodeDocument } from "@certivo/core/ingest"
import * as Schema from "effect/Schema"

export const decimal = (text: string): Decimal.Decimal => {
  const value = Decimal.parse(text)
  if (value === undefined) throw new Error(`${text} is no decimal`)
  return value
}

/** A rule set as a pack writes it: plain data, checked by the schema. */
export const ruleSetOf = (data: {
  readonly id: string
  readonly rules: ReadonlyArray<object>
  readonly [field: string]: unknown
}): RuleSet =>
  Schema.decodeUnknownSync(RuleSet, { onExcessProperty: "error" })({
    version: "1",
    title: data.id,
    exemptions: [],
    ...data
  })

export const source = { text: "the test", standing: "unchecked" } as const

export interface PartData {
  readonly grams?: string
  readonly material?: string
  readonly categories?: ReadonlyArray<string>
  /** Part numbers and quantities of what it contains. */
  readonly contains?: ReadonlyArray<readonly [child: string, quantity: string]>
}

/** The first part is the product. */
export const bomOf = (parts: Readonly<Record<string, PartData>>): Bom => {
  const part = ([number, { grams, material, categories }]: readonly [string, PartData]): [string, Part] => [
    partKey(number),
    {
      key: partKey(number),
      partNumber: number,
      name: undefined,
      material,
      massGrams: grams === undefined ? undefined : decimal(grams),
      ...(categories === undefined ? {} : { categories })
    }
  ]
  const lines = ([number, { contains }]: readonly [string, PartData]): ReadonlyArray<
    [string, ReadonlyArray<BomLine>]
  > =>
    contains === undefined
      ? []
      : [
          [
            partKey(number),
            contains.map(([child, quantity]) => ({
              parent: partKey(number),
              child: partKey(child),
              quantity: decimal(quantity)
            }))
          ]
        ]
  const entries = Object.entries(parts)
  return {
    product: partKey(entries[0]?.[0] ?? ""),
    parts: new Map(entries.map(part)),
    lines: new Map(entries.flatMap(lines))
  }
}

export const sha256Of = (text: string): string => {
  const hash = hasher()
  hash.update(new TextEncoder().encode(text))
  return hash.digest()
}

/** What a supplier's document states; every row of it must be accepted. */
export const declared = (text: string, name = "supplier.csv"): ReadonlyArray<Declaration> => {
  const decoder = decodeDocument({ name, sha256: sha256Of(text) }, { as: "declarations" })
  const found = [decoder.push(new TextEncoder().encode(text)), decoder.end()]
  const [rejected] = found.flatMap(({ rejects }) => rejects)
  if (rejected !== undefined) throw new Error(`line ${rejected.line}: ${rejected.message}`)
  return found.flatMap(({ declarations }) => [...declarations])
}

const columns = [
  "part_number",
  "material",
  "material_mass_mg",
  "substance",
  "cas",
  "amount",
  "unit",
  "basis",
  "exemption"
] as const

export type Row = Partial<Record<(typeof columns)[number], string>>

/** Rows as the table of a supplier. */
export const table = (rows: ReadonlyArray<Row>): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ""))]
    .map((cells) => cells.map((cell) => `"${cell}"`).join(","))
    .join("\n")
    .concat("\n")

export const judged = (
  bom: Bom,
  declarations: ReadonlyArray<Declaration>,
  ruleSets: ReadonlyArray<RuleSet>,
  options: Partial<BomOptions> = {}
): JudgedProduct => {
  const byPart = Map.groupBy(declarations, ({ part }) => part)
  return judgeBom(bom, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, { asOf: "2026-11-23", ...options })
}

export const verdictOf = ({ root, product }: JudgedProduct, number: string) =>
  [root, ...product.parts].find(({ key }) => key === partKey(number)) ?? root
