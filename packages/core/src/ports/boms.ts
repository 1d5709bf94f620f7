/** What a BOM changes. */
import * as Decimal from "../domain/Decimal.ts"
import type { Bom, BomLine, Part } from "../domain/Part.ts"

/** What is known of parts before a BOM is taken. */
export interface KnownParts {
  readonly part: (key: string) => Part | undefined
  readonly lines: (parent: string) => ReadonlyArray<BomLine>
}

/** Keys of the parts of a BOM that are new or have other attributes, and of its assemblies that have other lines. */
export const changedBy = ({ parts, lines }: Bom, known: KnownParts): ReadonlyArray<string> => [
  ...new Set([
    ...[...parts.values()].filter((part) => textOf(part) !== textOf(known.part(part.key))).map(({ key }) => key),
    ...[...lines].filter(([parent, own]) => linesText(own) !== linesText(known.lines(parent))).map(([parent]) => parent)
  ])
]

const textOf = (part: Part | undefined): string | undefined =>
  part &&
  JSON.stringify([
    part.partNumber,
    part.name,
    part.material,
    part.massGrams && Decimal.toText(part.massGrams),
    part.categories,
    part.supplier
  ])

const linesText = (lines: ReadonlyArray<BomLine>): string =>
  JSON.stringify(lines.map(({ child, quantity, uncounted }) => [child, Decimal.toText(quantity), uncounted === true]))
