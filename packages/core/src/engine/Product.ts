/** A part with all that is below it, as one: where rules on a whole product or battery take the concentration. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import {
  add,
  type Concentration,
  exceeds,
  type Fraction,
  fractionOf,
  nothing,
  order,
  sum,
  times,
  upToFraction,
  zeroFraction
} from "./Concentration.ts"
import { type Disclosure, partDisclosure } from "./Disclosure.ts"
import type { Facts } from "./Facts.ts"
import { type Match, matchesOf } from "./Match.ts"
import { inMaterial, inPart, isReason, type Measured } from "./Measure.ts"
import type { Origin, Place, PlaceOptions } from "./Place.ts"
import type { Rule } from "./Rule.ts"
import { isCovered, total, weigh } from "./Weigh.ts"

interface Node {
  readonly facts: Facts
  readonly pieces: Decimal.Decimal
}

type Matched = ReadonlyMap<Facts, ReadonlyArray<Match>>

/**
 * A statement about an assembly is about all that is in it. Where parts within it are declared as well, the statements
 * that prove most are a second place: they may prove that the rule is broken, and nothing else.
 */
export const everythingBelow = (facts: Facts, rule: Rule, options: PlaceOptions): ReadonlyArray<Place> => {
  const nodes = parentsFirst(facts)
  const matched: Matched = new Map(
    nodes.flatMap((node) => {
      const matches = matchesOf(node.declarations, options.ruleSet).get(rule)
      return matches === undefined ? [] : [[node, matches]]
    })
  )
  const highest = nodesBelow(
    facts,
    (node) => matched.has(node) || (node.assembly && partDisclosure(node, options.asOf).complete)
  )
  const open = highest.filter((node) => {
    const matches = matched.get(node.facts)
    return matches === undefined
      ? !node.facts.assembly && !partDisclosure(node.facts, options.asOf).complete
      : !isCovered(rule, matches)
  })
  const place: Place = {
    ...placeOf(facts, highest, matched, options),
    isCovered: open.length === 0,
    disclosure: () => restOf(facts, open, flawedOf(highest, options.asOf), options.asOf)
  }
  const { proving, isContradicted } = provingMost(nodes, rule, matched, options)
  const strongest = nodesBelow(facts, (node) => proving.has(node)).filter((node) => proving.has(node.facts))
  const pieces = new Map(highest.map((node) => [node.facts, node.pieces]))
  const isNested = strongest.some((node) => {
    const stated = pieces.get(node.facts)
    return stated === undefined || Decimal.compare(stated, node.pieces) !== 0
  })
  if (!isNested) return [place]
  const second = { ...placeOf(facts, strongest, matched, options), onlyProves: true }
  return [place, isContradicted ? { ...second, notes: [contradiction] } : second]
}

const contradiction: Reason = {
  code: "evidence.conflicting",
  message: "What is stated of an assembly is less than what its parts are stated to hold; the worst is judged."
}

interface Proofs {
  /** Nodes whose own rows prove at least as much of the substance as those of what they contain. */
  readonly proving: ReadonlySet<Facts>
  /** Whether the rows of a node allow less than those of what it contains prove. */
  readonly isContradicted: boolean
}

const provingMost = (nodes: ReadonlyArray<Facts>, rule: Rule, matched: Matched, { ranges }: PlaceOptions): Proofs => {
  const proving = new Set<Facts>()
  let isContradicted = false
  const most = new Map<Facts, Fraction>()
  for (const node of nodes.toReversed()) {
    const below = node.children.reduce<Fraction>((all, { facts, quantity }) => {
      const each = most.get(facts)
      return each === undefined ? all : add(all, times(each, fractionOf(quantity)))
    }, zeroFraction)
    const matches = matched.get(node)
    if (matches === undefined) {
      if (order(below, zeroFraction) > 0) most.set(node, below)
      continue
    }
    const measure = (row: Declaration): Measured => inPart(node, row, ranges)
    const place = { matches, measure, isCovered: true, disclosure: () => silence }
    const stated = total(weigh(rule, place, () => false).subjects)
    const grams = fractionOf(node.massGrams ?? Decimal.zero)
    const own = times(stated.low, grams)
    if (node.massGrams !== undefined && exceeds({ low: below, lowOpen: false }, scaled(stated, grams)))
      isContradicted = true
    const isStronger = order(own, below) >= 0
    if (isStronger) proving.add(node)
    most.set(node, isStronger ? own : below)
  }
  return { proving, isContradicted }
}

const silence: Disclosure = { undeclared: nothing, complete: true, partial: false, evidence: [] }

/** Rows are copied, as one part's rows may stand for it in several places. */
const placeOf = (root: Facts, nodes: ReadonlyArray<Node>, matched: Matched, { ranges }: PlaceOptions): Place => {
  const origins = new Map<Declaration, Origin>()
  const matches = nodes.flatMap((node) =>
    (matched.get(node.facts) ?? []).map(({ declaration: row, member }): Match => {
      const declaration = { ...row }
      origins.set(declaration, { ...node, row })
      return { declaration, member }
    })
  )
  const measure = (declaration: Declaration): Measured => {
    const origin = origins.get(declaration)
    if (origin === undefined) return nothing
    const measured = inPart(origin.facts, origin.row, ranges)
    const weight = weightOf(root, origin)
    return isReason(measured) ? measured : weight === undefined ? massMissing : scaled(measured, weight)
  }
  const measureInMaterial = (declaration: Declaration): Measured => {
    const origin = origins.get(declaration)
    return origin === undefined ? nothing : inMaterial(origin.facts, origin.row, ranges)
  }
  return {
    matches,
    measure,
    measureInMaterial,
    isCovered: true,
    origin: (row) => origins.get(row),
    disclosure: () => silence
  }
}

const massMissing: Reason = {
  code: "mass.missing",
  message: "The mass of the whole, or of one of its parts, is not known, so no concentration can be taken."
}

const scaled = (concentration: Concentration, weight: Fraction): Concentration => ({
  ...concentration,
  low: times(concentration.low, weight),
  high: concentration.high === undefined ? undefined : times(concentration.high, weight)
})

const one: Fraction = { numerator: Decimal.fromInteger(1), denominator: Decimal.fromInteger(1) }

/** Share of the whole's mass that all pieces of a part have. */
const weightOf = (root: Facts, { facts, pieces }: Node): Fraction | undefined => {
  if (facts === root) return one
  const total = root.massGrams
  return facts.massGrams === undefined || total === undefined || Decimal.isZero(total)
    ? undefined
    : { numerator: Decimal.multiply(facts.massGrams, pieces), denominator: total }
}

/** Rows named for what many silent parts disclose. */
const LISTED_EVIDENCE = 100

/** What parts that do not say all there is to say of the substances may add to the whole. */
const restOf = (root: Facts, nodes: ReadonlyArray<Node>, flawed: Disclosure | undefined, asOf: string): Disclosure => {
  const found = nodes.map((node) => ({ node, disclosure: partDisclosure(node.facts, asOf) }))
  const undeclared = sum(
    found.map(({ node, disclosure }) => {
      const weight = weightOf(root, node)
      return weight === undefined || disclosure.undeclared.high === undefined
        ? upToFraction(undefined)
        : scaled(disclosure.undeclared, weight)
    })
  )
  const complete = found.every(({ disclosure }) => disclosure.complete)
  return {
    undeclared,
    complete,
    partial: !complete && undeclared.high !== undefined,
    flaw: flawed?.flaw,
    evidence: [
      ...new Set([...(flawed?.evidence ?? []), ...found.flatMap(({ disclosure }) => disclosure.evidence)])
    ].slice(0, LISTED_EVIDENCE)
  }
}

/** The first of the nodes of which a document would be a full disclosure, were it not too old or did it not contradict itself. */
const flawedOf = (nodes: ReadonlyArray<Node>, asOf: string): Disclosure | undefined => {
  for (const { facts } of nodes) {
    const disclosure = partDisclosure(facts, asOf)
    if (disclosure.flaw !== undefined) return disclosure
  }
  return undefined
}

/** Every node once, parents before their children. */
const parentsFirst = (root: Facts): ReadonlyArray<Facts> => {
  const order: Array<Facts> = []
  const seen = new Set([root])
  const path = [{ facts: root, next: 0 }]
  while (path.length > 0) {
    const top = path[path.length - 1] as (typeof path)[number]
    const child = top.facts.children[top.next++]?.facts
    if (child === undefined) {
      order.push(top.facts)
      path.pop()
    } else if (!seen.has(child)) {
      seen.add(child)
      path.push({ facts: child, next: 0 })
    }
  }
  return order.reverse()
}

/** Nodes of which there are pieces, with their number over all paths that do not pass through a node that `speaks` for what is in it. */
const nodesBelow = (root: Facts, speaks: (facts: Facts) => boolean): ReadonlyArray<Node> => {
  const pieces = new Map([[root, Decimal.fromInteger(1)]])
  const order = parentsFirst(root)
  for (const facts of order) {
    const own = pieces.get(facts)
    if (own === undefined || speaks(facts)) continue
    for (const child of facts.children)
      if (!Decimal.isZero(child.quantity))
        pieces.set(
          child.facts,
          Decimal.add(pieces.get(child.facts) ?? Decimal.zero, Decimal.multiply(own, child.quantity))
        )
  }
  return order.flatMap((facts) => {
    const found = pieces.get(facts)
    return found === undefined ? [] : [{ facts, pieces: found }]
  })
}
