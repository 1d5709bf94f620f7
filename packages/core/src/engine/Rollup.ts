/** Folds a BOM from its leaves to the product; each part is folded once, however often it is used. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Bom, BomLine, Part } from "../domain/Part.ts"
import { type Status, worse } from "../domain/Status.ts"
import type { PartVerdict, ProductVerdict, Reason, StatusCounts } from "../domain/Verdict.ts"
import { type Facts, makeFacts } from "./Facts.ts"
import { judge } from "./Judge.ts"
import type { RuleSet } from "./Rule.ts"

/** What is declared of each part. */
export interface Declared {
  readonly declarations: (partKey: string) => ReadonlyArray<Declaration>
  /** Declarations of the part that were counted but not kept; see {@link Facts.omitted}. */
  readonly omitted?: ((partKey: string) => number) | undefined
}

export interface JudgedProduct {
  readonly product: ProductVerdict
  /** The product's own node, judged like any other part. */
  readonly root: PartVerdict
}

const noLines: ReadonlyArray<BomLine> = []

/** Judges a product and every part below it, as of a day (`YYYY-MM-DD`). */
export const judgeBom = (
  bom: Bom,
  evidence: Declared,
  ruleSets: ReadonlyArray<RuleSet>,
  asOf: string
): JudgedProduct => {
  const order = childrenFirst(bom)
  const quantities = totalQuantities(bom, order)
  const facts = new Map<string, Facts>()
  const verdicts = new Map<string, PartVerdict>()
  for (const key of order) {
    const lines = bom.lines.get(key) ?? noLines
    const children = lines.map(({ child, quantity, uncounted }) => ({
      facts: facts.get(child) as Facts,
      quantity,
      uncounted
    }))
    const own = makeFacts(partOf(bom, key), evidence.declarations(key), children, evidence.omitted?.(key) ?? 0)
    facts.set(key, own)
    const below = lines.map((line) => (verdicts.get(line.child) as PartVerdict).status)
    verdicts.set(key, judgePart(own, below, key === bom.product, quantities.get(key) ?? Decimal.zero, ruleSets, asOf))
  }
  const root = verdicts.get(bom.product) as PartVerdict
  const parts = documentOrder(bom).map((key) => verdicts.get(key) as PartVerdict)
  return {
    root,
    product: {
      key: root.key,
      partNumber: root.partNumber,
      name: root.name,
      status: root.status,
      factsHash: root.factsHash,
      summary: count(parts),
      parts
    }
  }
}

const partOf = (bom: Bom, key: string): Part =>
  bom.parts.get(key) ?? { key, partNumber: key, name: undefined, material: undefined, massGrams: undefined }

const judgePart = (
  facts: Facts,
  below: ReadonlyArray<Status>,
  isProduct: boolean,
  quantity: Decimal.Decimal,
  ruleSets: ReadonlyArray<RuleSet>,
  asOf: string
): PartVerdict => {
  const findings = ruleSets.flatMap((ruleSet) => judge(facts, ruleSet, asOf))
  const declared = facts.declarations.length > 0
  const reasons: Array<Reason> = []
  if (!declared && !facts.assembly)
    reasons.push(
      isProduct
        ? { code: "bom.empty", message: "The product has no parts." }
        : { code: "declaration.missing", message: "No accepted declaration names this part." }
    )
  const ownStatus = findings.reduce<Status>(
    (status, finding) => worse(status, finding.status),
    reasons.length > 0 ? "unknown" : "not-applicable"
  )
  return {
    key: facts.part.key,
    partNumber: facts.part.partNumber,
    name: facts.part.name,
    material: facts.part.material,
    massGrams: facts.massGrams === undefined ? undefined : Decimal.toText(facts.massGrams),
    quantity: Decimal.toText(quantity),
    assembly: facts.assembly,
    declared,
    status: below.reduce(worse, ownStatus),
    ownStatus,
    reasons,
    findings,
    findingsOmitted: facts.omitted,
    factsHash: facts.hash
  }
}

/** Every part once, children before parents. Iterative: depth costs no stack. */
const childrenFirst = (bom: Bom): ReadonlyArray<string> => {
  const order: Array<string> = []
  const seen = new Set([bom.product])
  const path: Array<{ readonly key: string; next: number }> = [{ key: bom.product, next: 0 }]
  while (path.length > 0) {
    const top = path[path.length - 1] as (typeof path)[number]
    const line = (bom.lines.get(top.key) ?? noLines)[top.next++]
    if (line === undefined) {
      order.push(top.key)
      path.pop()
    } else if (!seen.has(line.child)) {
      seen.add(line.child)
      path.push({ key: line.child, next: 0 })
    }
  }
  return order
}

/** Every part below the product once, in the order a reader of the BOM meets them. */
const documentOrder = (bom: Bom): ReadonlyArray<string> => {
  const seen = new Set([bom.product])
  const order: Array<string> = []
  const path: Array<{ readonly key: string; next: number }> = [{ key: bom.product, next: 0 }]
  while (path.length > 0) {
    const top = path[path.length - 1] as (typeof path)[number]
    const line = (bom.lines.get(top.key) ?? noLines)[top.next++]
    if (line === undefined) path.pop()
    else if (!seen.has(line.child)) {
      seen.add(line.child)
      order.push(line.child)
      path.push({ key: line.child, next: 0 })
    }
  }
  return order
}

/** Pieces of each part in one product, over all paths. */
const totalQuantities = (bom: Bom, order: ReadonlyArray<string>): ReadonlyMap<string, Decimal.Decimal> => {
  const totals = new Map([[bom.product, Decimal.fromInteger(1)]])
  for (let index = order.length - 1; index >= 0; index--) {
    const key = order[index] as string
    const total = totals.get(key) ?? Decimal.zero
    for (const line of bom.lines.get(key) ?? noLines) {
      const more = Decimal.multiply(total, line.quantity)
      totals.set(line.child, Decimal.add(totals.get(line.child) ?? Decimal.zero, more))
    }
  }
  return totals
}

const count = (parts: ReadonlyArray<PartVerdict>): StatusCounts => {
  const of = (status: Status) => parts.filter((part) => part.status === status).length
  const leaves = parts.filter((part) => !part.assembly)
  const declared = leaves.filter((part) => part.declared).length
  return {
    parts: parts.length,
    compliant: of("compliant"),
    exempt: of("exempt"),
    unknown: of("unknown"),
    nonCompliant: of("non-compliant"),
    declaredPartsPercent:
      leaves.length === 0
        ? "0"
        : Decimal.quotientText(Decimal.fromInteger(declared * 100), Decimal.fromInteger(leaves.length))
  }
}
