/** The parts below an assembly that decide its status, each once, with one way to it. */
import * as Decimal from "../../domain/Decimal.ts"
import type { Bom, BomLine } from "../../domain/Part.ts"
import type { PathStep, ProofLimits } from "./Proof.ts"

export interface Descendant {
  readonly key: string
  readonly path: ReadonlyArray<PathStep>
  readonly stepsOmitted: number
  /** Pieces in one of the assembly, over all ways. */
  readonly quantity: string
  /** Assemblies below that contain it directly. */
  readonly usedIn: number
}

const noLines: ReadonlyArray<BomLine> = []

/** The parts below `from` that `decides` holds for, in the order of the BOM. Iterative: depth costs no stack. */
export const descendants = (
  bom: Bom,
  from: string,
  decides: (key: string) => boolean,
  limits: ProofLimits
): { readonly listed: ReadonlyArray<Descendant>; readonly omitted: number } => {
  const parents = new Map<string, number>()
  const childrenFirst: Array<string> = []
  const found: Array<Omit<Descendant, "quantity" | "usedIn">> = []
  let omitted = 0
  const seen = new Set([from])
  const way: Array<{ readonly key: string; readonly quantity: Decimal.Decimal; next: number }> = [
    { key: from, quantity: Decimal.fromInteger(1), next: 0 }
  ]
  while (way.length > 0) {
    const top = way[way.length - 1] as (typeof way)[number]
    const line = (bom.lines.get(top.key) ?? noLines)[top.next++]
    if (line === undefined) {
      childrenFirst.push(top.key)
      way.pop()
      continue
    }
    parents.set(line.child, (parents.get(line.child) ?? 0) + 1)
    if (seen.has(line.child)) continue
    seen.add(line.child)
    way.push({ key: line.child, quantity: line.quantity, next: 0 })
    if (!decides(line.child)) continue
    if (found.length < limits.parts) found.push({ key: line.child, ...pathOf(bom, way, limits.steps) })
    else omitted++
  }
  const pieces = piecesBelow(bom, childrenFirst)
  return {
    listed: found.map((one) => ({
      ...one,
      quantity: Decimal.toText(pieces.get(one.key) ?? Decimal.zero),
      usedIn: parents.get(one.key) ?? 0
    })),
    omitted
  }
}

/** The steps of the way; of a long one those at its ends. */
const pathOf = (
  bom: Bom,
  way: ReadonlyArray<{ readonly key: string; readonly quantity: Decimal.Decimal }>,
  limit: number
): Pick<Descendant, "path" | "stepsOmitted"> => {
  const stepsOmitted = Math.max(0, way.length - limit)
  const head = stepsOmitted === 0 ? way.length : Math.floor(limit / 2)
  const listed = [...way.slice(0, head), ...way.slice(head + stepsOmitted)]
  return {
    path: listed.map(({ key, quantity }) => ({
      partNumber: bom.parts.get(key)?.partNumber ?? key,
      quantity: Decimal.toText(quantity)
    })),
    stepsOmitted
  }
}

const piecesBelow = (bom: Bom, childrenFirst: ReadonlyArray<string>): ReadonlyMap<string, Decimal.Decimal> => {
  const pieces = new Map([[childrenFirst[childrenFirst.length - 1] as string, Decimal.fromInteger(1)]])
  for (let index = childrenFirst.length - 1; index >= 0; index--) {
    const key = childrenFirst[index] as string
    const own = pieces.get(key) ?? Decimal.zero
    for (const { child, quantity } of bom.lines.get(key) ?? noLines)
      pieces.set(child, Decimal.add(pieces.get(child) ?? Decimal.zero, Decimal.multiply(own, quantity)))
  }
  return pieces
}
