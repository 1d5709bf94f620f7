/** Folds a BOM from its leaves to the product; each part is folded once, however often it is used. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Override } from "../domain/Override.ts"
import type { Bom, BomLine, Part } from "../domain/Part.ts"
import type { DutyStatus, Status } from "../domain/Status.ts"
import type { Finding, PartVerdict, ProductVerdict, Reason, StatusCounts } from "../domain/Verdict.ts"
import { dutyStatus, informs, restrictionStatus, standingsBy, worstBy } from "./ByRegulation.ts"
import { type Facts, makeFacts } from "./Facts.ts"
import { type JudgeOptions, judge, judgeBriefly } from "./Judge.ts"
import { massNotes } from "./MassBalance.ts"
import { isOverridden, overridden } from "./Override.ts"
import type { RuleSet } from "./Rule.ts"

export { dutyStatus, restrictionStatus, worstBy } from "./ByRegulation.ts"

/** What is declared of each part. */
export interface Declared {
  readonly declarations: (partKey: string) => ReadonlyArray<Declaration>
  /** Declarations of the part that were counted but not kept; see {@link Facts.omitted}. */
  readonly omitted?: ((partKey: string) => number) | undefined
}

export interface BomOptions extends JudgeOptions {
  /** Leaves out documents that arrived, or where no store knows, were issued, after this day. */
  readonly knownAt?: string | undefined
  /** Whether a proven failure or missing data stands highest; the failure when left out. */
  readonly rollup?: "fail-dominates" | "unknown-dominates" | undefined
  readonly overrides?: ReadonlyArray<Override> | undefined
}

/** A judgement with all that it rests on; enough to explain it, certify it, and do it again. */
export interface JudgedProduct {
  readonly bom: Bom
  readonly ruleSets: ReadonlyArray<RuleSet>
  readonly options: BomOptions
  readonly product: ProductVerdict
  /** The product's own node, judged like any other part. */
  readonly root: PartVerdict
  /** Facts of every node, by part key. */
  readonly facts: ReadonlyMap<string, Facts>
}

/** A verdict on a part, wherever it stands. */
type JudgedPart = Omit<PartVerdict, "quantity">

/**
 * What BOMs have in common that are judged one after the other, by the same rules and options: a part that is in several
 * is folded and judged once. It must mean the same in all of them, with the same declarations,
 * overrides and lines.
 */
export class Shared {
  readonly #facts = new Map<string, Facts>()
  readonly #verdicts = new Map<Facts, JudgedPart>()
  /** How many parts and declarations are held. */
  size = 0

  factsOf(key: string, fold: () => Facts): Facts {
    const known = this.#facts.get(key)
    if (known !== undefined) return known
    const facts = fold()
    this.#facts.set(key, facts)
    this.size += 1 + facts.declarations.length
    return facts
  }

  verdictOn(facts: Facts, judge: () => JudgedPart): JudgedPart {
    const known = this.#verdicts.get(facts)
    if (known !== undefined) return known
    const verdict = judge()
    this.#verdicts.set(facts, verdict)
    return verdict
  }
}

const noLines: ReadonlyArray<BomLine> = []

/** Judges a product and every part below it. */
export const judgeBom = (
  bom: Bom,
  evidence: Declared,
  ruleSets: ReadonlyArray<RuleSet>,
  options: BomOptions,
  shared = new Shared()
): JudgedProduct => {
  const facts = foldBom(bom, evidence, options.knownAt, shared)
  const order = [...facts.keys()]
  const quantities = totalQuantities(bom, order)
  const judgePart = partJudge(ruleSets, options)
  const verdicts = new Map<string, PartVerdict>()
  for (const key of order) {
    const below = (bom.lines.get(key) ?? noLines).map((line) => verdicts.get(line.child) as PartVerdict)
    const own = facts.get(key) as Facts
    const isProduct = key === bom.product
    const judgeOwn = () => judgePart(own, below, isProduct)
    const quantity = Decimal.toText(quantities.get(key) ?? Decimal.zero)
    verdicts.set(key, { ...(isProduct ? judgeOwn() : shared.verdictOn(own, judgeOwn)), quantity })
  }
  const root = verdicts.get(bom.product) as PartVerdict
  const parts = documentOrder(bom).map((key) => verdicts.get(key) as PartVerdict)
  return {
    bom,
    ruleSets,
    options,
    root,
    facts,
    product: {
      key: root.key,
      partNumber: root.partNumber,
      name: root.name,
      status: root.status,
      duty: root.duty,
      byRegulation: root.byRegulation,
      factsHash: root.factsHash,
      summary: count(parts),
      parts
    }
  }
}

/** Facts of every node, children before parents. */
const foldBom = (
  bom: Bom,
  evidence: Declared,
  knownAt: string | undefined,
  shared: Shared
): ReadonlyMap<string, Facts> => {
  const facts = new Map<string, Facts>()
  const fold = (key: string) => {
    const children = (bom.lines.get(key) ?? noLines).map((line) => ({
      facts: facts.get(line.child) as Facts,
      quantity: line.quantity,
      uncounted: line.uncounted
    }))
    const declarations = evidence.declarations(key).filter((row) => isKnown(row, knownAt))
    return makeFacts(partOf(bom, key), declarations, children, evidence.omitted?.(key) ?? 0)
  }
  for (const key of childrenFirst(bom))
    facts.set(
      key,
      shared.factsOf(key, () => fold(key))
    )
  return facts
}

const isKnown = ({ source }: Declaration, knownAt: string | undefined): boolean => {
  const day = source.arrived ?? source.issued
  return knownAt === undefined || day === undefined || day <= knownAt
}

const partOf = (bom: Bom, key: string): Part =>
  bom.parts.get(key) ?? { key, partNumber: key, name: undefined, material: undefined, massGrams: undefined }

const partJudge = (ruleSets: ReadonlyArray<RuleSet>, options: BomOptions) => {
  const hasDuties = ruleSets.some(informs)
  const worst = worstBy(options.rollup)
  const standings = standingsBy(ruleSets, options)
  return (facts: Facts, below: ReadonlyArray<PartVerdict>, isProduct: boolean): JudgedPart => {
    const found = findingsOf(facts, ruleSets, options, isProduct)
    const findings = found.flatMap(({ findings }) => findings)
    const notes = massNotes(facts)
    const declared = facts.declarations.length > 0
    const reasons = declared || facts.assembly ? [] : [isProduct ? empty : undeclared]
    const isSilent = reasons.length > 0
    const ownStatus = worst<Status>([
      isSilent ? "unknown" : "not-applicable",
      ...findings.flatMap((finding) => restrictionStatus(finding) ?? [])
    ])
    const ownDuty = worst<DutyStatus>([
      isSilent && hasDuties ? "unknown" : "not-applicable",
      ...findings.flatMap((finding) => dutyStatus(finding) ?? [])
    ])
    return {
      key: facts.part.key,
      partNumber: facts.part.partNumber,
      name: facts.part.name,
      material: facts.part.material,
      massGrams: facts.massGrams === undefined ? undefined : Decimal.toText(facts.massGrams),
      assembly: facts.assembly,
      declared,
      status: worst([ownStatus, ...below.map(({ status }) => status)]),
      ownStatus,
      duty: worst([ownDuty, ...below.map(({ duty }) => duty)]),
      byRegulation: standings({ facts, isProduct, isSilent, findings: found.map(({ findings }) => findings), below }),
      reasons,
      ...(notes.length === 0 ? {} : { notes }),
      findings,
      findingsOmitted: found.reduce((sum, { omitted }) => sum + omitted, facts.omitted),
      factsHash: facts.hash
    }
  }
}

/**
 * What each rule set finds: everything when somebody has decided on some of the part's findings, and else without those
 * that repeat themselves.
 */
const findingsOf = (
  facts: Facts,
  ruleSets: ReadonlyArray<RuleSet>,
  options: BomOptions,
  isProduct: boolean
): ReadonlyArray<{ readonly findings: ReadonlyArray<Finding>; readonly omitted: number }> => {
  const { key } = facts.part
  if (!isOverridden(key, options)) return ruleSets.map((ruleSet) => judgeBriefly(facts, ruleSet, options, isProduct))
  return ruleSets.map((ruleSet) => ({
    findings: judge(facts, ruleSet, options, isProduct).map((finding) => overridden(finding, key, options)),
    omitted: 0
  }))
}

const empty: Reason = { code: "bom.empty", message: "The product has no parts." }
const undeclared: Reason = { code: "declaration.missing", message: "No accepted declaration names this part." }

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
