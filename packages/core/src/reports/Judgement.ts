/** What reports are made from: a product as it was judged, with the facts, rules and documents behind it. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Finding, PartVerdict, ProductVerdict } from "../domain/Verdict.ts"
import type { Facts } from "../engine/Facts.ts"
import { memberOf } from "../engine/Match.ts"
import type { BomOptions } from "../engine/Rollup.ts"
import type { Rule, RuleSet } from "../engine/Rule.ts"

export interface ReportedDocument {
  readonly name: string
  readonly kind: "bom" | "declarations"
  readonly sha256: string
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
}

/** The result of a check is one; so is a judgement of the engine together with its rule sets, lines and documents. */
export interface Judgement extends Omit<BomOptions, "knownAt"> {
  readonly rules: ReadonlyArray<RuleSet>
  readonly product: ProductVerdict
  /** The product's own node. */
  readonly root: PartVerdict
  /** Facts of every node by part key, children before their parents. */
  readonly facts: ReadonlyMap<string, Facts>
  /** What each assembly contains, by part key; quantities as plain decimals. */
  readonly lines: ReadonlyMap<string, ReadonlyArray<{ readonly child: string; readonly quantity: string }>>
  readonly documents: ReadonlyArray<ReportedDocument>
}

/** What every report begins with. */
export interface ReportHead<Kind extends string> {
  readonly schemaVersion: 1
  readonly report: Kind
  readonly asOf: string
  readonly product: { readonly partNumber: string; readonly name: string | undefined }
}

export const headOf = <Kind extends string>(report: Kind, { asOf, product }: Judgement): ReportHead<Kind> => ({
  schemaVersion: 1,
  report,
  asOf,
  product: { partNumber: product.partNumber, name: product.name }
})

/** The product's own node, then every part below it in BOM order. */
export const nodesOf = ({ root, product }: Judgement): ReadonlyArray<PartVerdict> => [root, ...product.parts]

export const linesOf = (
  { lines }: Judgement,
  key: string
): ReadonlyArray<{ readonly child: string; readonly quantity: string }> => lines.get(key) ?? []

/** The rule a finding is about; none for limits and statements that documents make themselves. */
export const ruleFinder = (ruleSets: ReadonlyArray<RuleSet>): ((finding: Finding) => Rule | undefined) => {
  const rules = new Map<string, Rule>(
    ruleSets.flatMap((set) => set.rules.map((rule) => [`${set.id}/${rule.id}`, rule] as const))
  )
  return ({ rule }) => rules.get(rule)
}

/** The declarations that a finding rests on: the rows its evidence points to, as far as they are about its substances. */
export const rowsBehind = (
  finding: Finding,
  facts: Facts | undefined,
  rule: Rule | undefined
): ReadonlyArray<Declaration> =>
  (facts?.declarations ?? []).filter(
    (row) =>
      finding.evidence.some(({ sha256, line }) => sha256 === row.source.sha256 && line === row.source.line) &&
      (rule === undefined ? row.substance === finding.substance.name : memberOf(row, rule.members) !== undefined)
  )

/** Grams of all pieces of a part in one product. */
export const totalGrams = ({ massGrams, quantity }: PartVerdict): Decimal.Decimal | undefined =>
  massGrams === undefined
    ? undefined
    : Decimal.multiply(Decimal.parse(massGrams) as Decimal.Decimal, Decimal.parse(quantity) as Decimal.Decimal)
