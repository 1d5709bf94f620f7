/** What is in a part, whatever any rule says about it. Facts are named by the hash of their content. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { hashOf } from "../domain/Hash.ts"
import type { Part } from "../domain/Part.ts"

export interface Facts {
  readonly part: Part
  /** Mass of one piece in grams: stated, or else the sum of the children when all of theirs are known. */
  readonly massGrams: Decimal.Decimal | undefined
  readonly assembly: boolean
  /** Whether the part is known to be one homogeneous material. */
  readonly homogeneous: boolean
  /** By document hash, then line. */
  readonly declarations: ReadonlyArray<Declaration>
  /** Declarations that were counted but are not listed; none of them is worse than those that are. */
  readonly omitted: number
  readonly hash: string
}

export interface ChildFacts {
  readonly facts: Facts
  readonly quantity: Decimal.Decimal
}

/** Version of the meaning of facts; part of every hash. */
export const FACTS_VERSION = "facts/1"

export const makeFacts = (
  part: Part,
  declared: ReadonlyArray<Declaration>,
  children: ReadonlyArray<ChildFacts>,
  omitted = 0
): Facts => {
  const declarations = [...declared].sort(bySource)
  const assembly = children.length > 0
  const massGrams = part.massGrams ?? sumOfChildren(children)
  const hash = hashOf(FACTS_VERSION, [
    part.key,
    part.material ?? null,
    massGrams === undefined ? null : Decimal.toText(massGrams),
    declarations.map((d) => [
      d.substance,
      d.cas ?? null,
      Decimal.toText(d.massMg),
      d.limitPpm === undefined ? null : Decimal.toText(d.limitPpm),
      d.exemption ?? null,
      d.source.sha256,
      d.source.line
    ]),
    omitted,
    children.map((child) => [child.facts.hash, Decimal.toText(child.quantity)])
  ])
  return {
    part,
    massGrams,
    assembly,
    homogeneous: !assembly && part.material !== undefined,
    declarations,
    omitted,
    hash
  }
}

const bySource = (a: Declaration, b: Declaration): number =>
  a.source.sha256 < b.source.sha256 ? -1 : a.source.sha256 > b.source.sha256 ? 1 : a.source.line - b.source.line

const sumOfChildren = (children: ReadonlyArray<ChildFacts>): Decimal.Decimal | undefined => {
  if (children.length === 0) return undefined
  let sum = Decimal.zero
  for (const { facts, quantity } of children) {
    if (facts.massGrams === undefined) return undefined
    sum = Decimal.add(sum, Decimal.multiply(facts.massGrams, quantity))
  }
  return sum
}
