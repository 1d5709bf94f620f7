/** Masses that are no measurements, or do not fit those of the parts below. */
import * as Decimal from "../../domain/Decimal.ts"
import type { BomLine, Part } from "../../domain/Part.ts"

export interface MassRemark {
  readonly key: string
  readonly code: "mass.suspect" | "mass.mismatch" | "mass.outlier"
  readonly value: string
}

/** A hundredth of a milligram, which people enter where a mass is demanded. */
const DUMMY_GRAMS = Decimal.shift(Decimal.fromInteger(1), -5)

/** Parts of one and the same mass that are no coincidence. */
const SAME_MASSES = 3

/** Per mille of the stated mass by which the parts below may differ from it. */
const MISMATCH = 50
const OUTLIER = 500

interface Masses {
  readonly parts: ReadonlyMap<string, Part>
  readonly lines: ReadonlyMap<string, ReadonlyArray<BomLine>>
}

/** What is odd about the masses of an acyclic BOM. */
export const remarksOnMasses = (product: string, bom: Masses): ReadonlyArray<MassRemark> => [
  ...dummies(bom),
  ...outliers(product, bom)
]

const dummies = ({ parts }: Masses): ReadonlyArray<MassRemark> => {
  const stated = [...parts.values()].flatMap(({ key, massGrams }) =>
    massGrams === undefined || Decimal.isZero(massGrams) ? [] : [{ key, massGrams }]
  )
  const [first] = stated
  const remark = ({ key, massGrams }: (typeof stated)[number]): MassRemark => ({
    key,
    code: "mass.suspect",
    value: `${Decimal.toText(massGrams)} g`
  })
  const same =
    first !== undefined &&
    stated.length >= SAME_MASSES &&
    stated.every(({ massGrams }) => Decimal.compare(massGrams, first.massGrams) === 0)
  return same
    ? [remark(first)]
    : stated.filter(({ massGrams }) => Decimal.compare(massGrams, DUMMY_GRAMS) <= 0).map(remark)
}

/** Children first, each part once; a stated mass counts for what stands above, whatever the parts below add up to. */
const outliers = (product: string, { parts, lines }: Masses): ReadonlyArray<MassRemark> => {
  const found: Array<MassRemark> = []
  const masses = new Map<string, Decimal.Decimal | undefined>()
  const path: Array<{ readonly key: string; next: number }> = [{ key: product, next: 0 }]
  const seen = new Set([product])
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const children = lines.get(top.key) ?? []
    const child = children[top.next++]?.child
    if (child === undefined) {
      path.pop()
      const stated = parts.get(top.key)?.massGrams
      const below = sumOf(children, masses)
      masses.set(top.key, stated ?? (below.complete && children.length > 0 ? below.grams : undefined))
      const code = stated === undefined || children.length === 0 ? undefined : compared(stated, below)
      if (code !== undefined) found.push({ key: top.key, code, value: `${Decimal.toText(below.grams)} g` })
    } else if (!seen.has(child)) {
      seen.add(child)
      path.push({ key: child, next: 0 })
    }
  }
  return found
}

interface Below {
  readonly grams: Decimal.Decimal
  /** Whether every part below has a mass and a quantity. */
  readonly complete: boolean
}

const sumOf = (children: ReadonlyArray<BomLine>, masses: ReadonlyMap<string, Decimal.Decimal | undefined>): Below => {
  let grams = Decimal.zero
  let complete = true
  for (const { child, quantity, uncounted } of children) {
    const mass = masses.get(child)
    if (mass === undefined || uncounted === true) complete = false
    else grams = Decimal.add(grams, Decimal.multiply(mass, quantity))
  }
  return { grams, complete }
}

const compared = (stated: Decimal.Decimal, { grams, complete }: Below): MassRemark["code"] | undefined => {
  const more = Decimal.add(grams, Decimal.negate(stated))
  const off = Decimal.isNegative(more) ? Decimal.negate(more) : more
  const exceeds = (perMille: number) =>
    Decimal.compare(Decimal.shift(off, 3), Decimal.multiply(stated, Decimal.fromInteger(perMille))) > 0
  if (!complete && Decimal.isNegative(more)) return undefined
  return exceeds(OUTLIER) ? "mass.outlier" : exceeds(MISMATCH) ? "mass.mismatch" : undefined
}
