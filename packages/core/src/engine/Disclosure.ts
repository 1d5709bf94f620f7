/** How much of a part nobody says anything about: what is not declared can only be in the rest. */
import * as Decimal from "../domain/Decimal.ts"
import { type Declaration, substanceKey } from "../domain/Declaration.ts"
import { isUndisclosed } from "../domain/SubstanceNames.ts"
import { isExpired } from "./Claims.ts"
import {
  add,
  against,
  type Concentration,
  type Fraction,
  nothing,
  order,
  upToFraction,
  wholePpm,
  without,
  zeroFraction
} from "./Concentration.ts"
import type { Facts } from "./Facts.ts"
import { inMaterial, inPart, isReason, type Measured } from "./Measure.ts"

/** A full disclosure may leave out this share for rounding, and the masses of materials may miss that of the part by it. */
const COMPLETE_PPM = Decimal.fromInteger(995_000)

/** From this declared share on, what is missing is told as a partial disclosure. */
const PARTIAL_PPM = Decimal.fromInteger(500_000)

/** A document that declares more than this of the whole contradicts itself, and discloses nothing. */
const EXCESS_PPM = Decimal.fromInteger(1_050_000)

export interface Disclosure {
  /** What a substance that is not declared may come to. */
  readonly undeclared: Concentration
  /** Whether one document is a full disclosure, as far as masses tell. */
  readonly complete: boolean
  readonly partial: boolean
  /** What keeps a document from being taken as a full disclosure: it is too old, or it declares more than there is. */
  readonly flaw?: "expired" | "excess" | undefined
  /** Rows it rests on, one of each document. */
  readonly evidence: ReadonlyArray<Declaration>
}

const none: Disclosure = { undeclared: upToFraction(undefined), complete: false, partial: false, evidence: [] }
const full = (evidence: ReadonlyArray<Declaration>): Disclosure => ({
  undeclared: nothing,
  complete: true,
  partial: false,
  evidence
})

/** What one document declares of the whole. */
interface Document {
  readonly declared: Fraction
  readonly first: Declaration
}

/** Amounts by document; those of substances that are kept secret tell nothing. */
interface Composition {
  readonly materials: ReadonlyArray<string>
  readonly byDocument: ReadonlyArray<ReadonlyArray<Declaration>>
  readonly found: Map<string, Disclosure>
}

const compositions = new WeakMap<Facts, Composition>()

const compositionOf = (facts: Facts): Composition => {
  const known = compositions.get(facts)
  if (known !== undefined) return known
  const rows = facts.declarations.filter(({ claim }) => claim === undefined)
  const composition: Composition = {
    materials: [...new Set(rows.flatMap(({ material }) => (material === undefined ? [] : [material])))],
    byDocument: [
      ...Map.groupBy(
        rows.filter((row) => !isUndisclosed(row)),
        ({ source }) => source.sha256
      ).values()
    ],
    found: new Map()
  }
  compositions.set(facts, composition)
  return composition
}

/** Materials that rows of the part name. */
export const materialsOf = (facts: Facts): ReadonlyArray<string> => compositionOf(facts).materials

/** Looked up before it is worked out: every rule of a set asks the same of a part. */
const remembered = (facts: Facts, key: string, make: (composition: Composition) => Disclosure): Disclosure => {
  const composition = compositionOf(facts)
  const known = composition.found.get(key)
  if (known !== undefined) return known
  const disclosure = make(composition)
  composition.found.set(key, disclosure)
  return disclosure
}

/** Of the whole part; full as well when each of its materials is, and they are all there are. */
export const partDisclosure = (facts: Facts, asOf: string): Disclosure =>
  remembered(facts, asOf, ({ byDocument, materials }) => {
    const whole = bestOf(byDocument, (row) => inPart(facts, row, "indeterminate"), asOf)
    if (whole.complete || materials.length === 0 || leavesMaterialsOut(facts)) return whole
    const each = materials.map((material) => materialDisclosure(facts, material, asOf))
    return each.every(({ complete }) => complete) ? full(each.flatMap(({ evidence }) => evidence)) : whole
  })

/** Of one material of the part, by the name it is declared by. */
export const materialDisclosure = (facts: Facts, material: string, asOf: string): Disclosure =>
  remembered(facts, `${asOf} ${material}`, ({ byDocument }) =>
    bestOf(
      byDocument.map((rows) => rows.filter((row) => row.material === material)),
      (row) => inMaterial(facts, row, "indeterminate"),
      asOf
    )
  )

/** Of materials that no row names: nothing when those that are named make up the part, or the part's substances do. */
export const otherMaterials = (facts: Facts, asOf: string): Disclosure => {
  const whole = partDisclosure(facts, asOf)
  if (facts.homogeneous || whole.complete) return whole
  const named = namedShare(facts)
  return named !== undefined && reaches(named, COMPLETE_PPM)
    ? full(whole.evidence)
    : { ...whole, undeclared: upToFraction(undefined) }
}

/** Whether the masses of the materials that rows name are known not to make up the part's. */
export const leavesMaterialsOut = (facts: Facts): boolean => {
  const named = namedShare(facts)
  return named !== undefined && !reaches(named, COMPLETE_PPM)
}

const reaches = (share: Fraction, ppm: Decimal.Decimal): boolean => against(share, ppm) >= 0

/** The document that declares most, of those that still hold and do not contradict themselves. */
const bestOf = (
  byDocument: ReadonlyArray<ReadonlyArray<Declaration>>,
  measure: (row: Declaration) => Measured,
  asOf: string
): Disclosure => {
  const documents = byDocument.flatMap((rows): ReadonlyArray<Document> => {
    const [first] = rows
    return first === undefined ? [] : [{ declared: declaredOf(rows, measure), first }]
  })
  const sound = documents.filter(({ declared }) => against(declared, EXCESS_PPM) <= 0)
  const holding = sound.filter(({ first }) => !isExpired(first, asOf))
  const best = most(holding)
  if (best !== undefined && reaches(best.declared, COMPLETE_PPM)) return full([best.first])
  const flaw = holding.length < sound.length ? "expired" : sound.length < documents.length ? "excess" : undefined
  const unsound = documents.filter((document) => !holding.includes(document)).map(({ first }) => first)
  if (best === undefined) return { ...none, flaw, evidence: unsound }
  return {
    undeclared: upToFraction(without(wholePpm, best.declared)),
    complete: false,
    partial: reaches(best.declared, PARTIAL_PPM),
    flaw,
    evidence: [best.first, ...unsound]
  }
}

const most = (documents: ReadonlyArray<Document>): Document | undefined =>
  documents.reduce<Document | undefined>(
    (best, one) => (best === undefined || order(one.declared, best.declared) > 0 ? one : best),
    undefined
  )

/** Sum of what is surely there. A substance that several rows state counts once, with its lowest statement. */
const declaredOf = (rows: ReadonlyArray<Declaration>, measure: (row: Declaration) => Measured): Fraction => {
  const lowest = new Map<string, Fraction>()
  for (const row of rows) {
    const found = measure(row)
    if (isReason(found)) continue
    const key = JSON.stringify([substanceKey(row.substance, row.cas), row.material ?? null])
    const before = lowest.get(key)
    if (before === undefined || order(found.low, before) < 0) lowest.set(key, found.low)
  }
  return [...lowest.values()].reduce(add, zeroFraction)
}

/** Share of the part's mass, in ppm, that the materials with a stated mass have in the document that names most of it. */
const namedShare = (facts: Facts): Fraction | undefined => {
  const { massGrams } = facts
  if (massGrams === undefined || Decimal.isZero(massGrams)) return undefined
  let most: Decimal.Decimal | undefined
  for (const rows of compositionOf(facts).byDocument) {
    const masses = new Map<string, Decimal.Decimal>()
    for (const { material, materialMassMg } of rows)
      if (material !== undefined && materialMassMg !== undefined) masses.set(material, materialMassMg)
    const total = [...masses.values()].reduce(Decimal.add, Decimal.zero)
    if (masses.size > 0 && (most === undefined || Decimal.compare(total, most) > 0)) most = total
  }
  return most === undefined ? undefined : { numerator: Decimal.shift(most, 3), denominator: massGrams }
}
