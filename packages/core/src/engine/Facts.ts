/** What is in a part, whatever any rule says about it. Facts are named by the hash of their content. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { hashOf } from "../domain/Hash.ts"
import type { Part } from "../domain/Part.ts"
import { sumOfChildren } from "./MassBalance.ts"

export interface Facts {
  readonly part: Part
  /**
   * Mass of one piece in grams: stated in the BOM, or else the sum of the children when all of theirs are
   * known, or else the smallest that a declaration states, which gives the highest concentrations.
   */
  readonly massGrams: Decimal.Decimal | undefined
  readonly assembly: boolean
  /** Whether the part is known to be one homogeneous material. */
  readonly homogeneous: boolean
  /** By document hash, then line. */
  readonly declarations: ReadonlyArray<Declaration>
  /** Declarations that were counted but are not listed; none of them is worse than those that are. */
  readonly omitted: number
  /** By part key, then quantity. */
  readonly children: ReadonlyArray<ChildFacts>
  readonly hash: string
}

export interface ChildFacts {
  readonly facts: Facts
  readonly quantity: Decimal.Decimal
  /** Nobody states how many go in; see {@link BomLine.uncounted}. */
  readonly uncounted?: boolean | undefined
}

/** Version of the meaning of facts; part of every hash. */
export const FACTS_VERSION = "facts/3"

export const makeFacts = (
  part: Part,
  declared: ReadonlyArray<Declaration>,
  contained: ReadonlyArray<ChildFacts>,
  omitted = 0
): Facts => {
  const children = [...contained].sort(byPart)
  const declarations = [...declared].sort(bySource)
  const assembly = children.length > 0
  const massGrams = part.massGrams ?? sumOfChildren(children) ?? smallestDeclared(declarations)
  const hash = hashOf(FACTS_VERSION, [
    part.key,
    part.material ?? null,
    [...(part.categories ?? [])].sort(),
    textOf(massGrams),
    declarations.map(canonicalDeclaration),
    omitted,
    children.map(childLine)
  ])
  return {
    part,
    massGrams,
    assembly,
    homogeneous: !assembly && part.material !== undefined,
    declarations,
    omitted,
    children,
    hash
  }
}

/** So that the order of the lines never matters. */
const byPart = (a: ChildFacts, b: ChildFacts): number =>
  a.facts.part.key === b.facts.part.key
    ? Decimal.compare(a.quantity, b.quantity)
    : a.facts.part.key < b.facts.part.key
      ? -1
      : 1

const childLine = ({ facts, quantity, uncounted }: ChildFacts): string =>
  `${facts.hash} ${Decimal.toText(quantity)}${uncounted === true ? " uncounted" : ""}`

/** A declaration as plain data: what its facts are named by. */
export const canonicalDeclaration = (d: Declaration): ReadonlyArray<unknown> => [
  d.substance,
  d.cas ?? null,
  d.ec ?? null,
  d.material ?? null,
  textOf(d.materialMassMg),
  textOf(d.partMassMg),
  [d.amount.unit, Decimal.toText(d.amount.low), d.amount.lowOpen, textOf(d.amount.high), d.amount.highOpen],
  d.basis ?? null,
  textOf(d.limitPpm),
  d.exemption ?? null,
  d.claim === undefined ? null : [d.claim.list, d.claim.version ?? null, d.claim.says],
  d.intentional ?? null,
  [d.source.sha256, d.source.line, d.source.issued ?? null, d.source.validTo ?? null]
]

const textOf = (value: Decimal.Decimal | undefined): string | null =>
  value === undefined ? null : Decimal.toText(value)

/** By document and line; statements of one line by what they say, so that their order never matters. */
const bySource = (a: Declaration, b: Declaration): number => {
  if (a.source.sha256 !== b.source.sha256) return a.source.sha256 < b.source.sha256 ? -1 : 1
  if (a.source.line !== b.source.line) return a.source.line - b.source.line
  const [left, right] = [JSON.stringify(canonicalDeclaration(a)), JSON.stringify(canonicalDeclaration(b))]
  return left < right ? -1 : left > right ? 1 : 0
}

export const smallestDeclared = (declarations: ReadonlyArray<Declaration>): Decimal.Decimal | undefined => {
  let smallest: Decimal.Decimal | undefined
  for (const { partMassMg } of declarations)
    if (partMassMg !== undefined && (smallest === undefined || Decimal.compare(partMassMg, smallest) < 0))
      smallest = partMassMg
  return smallest === undefined ? undefined : Decimal.shift(smallest, -3)
}
