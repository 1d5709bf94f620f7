/** What rows say of all that a rule is about, as bits: see `isCovered` of the exact judge. */
import * as Decimal from "../../domain/Decimal.ts"
import type { Match } from "../Match.ts"
import { standsForAll } from "../Match.ts"
import { elementsOf, type Rule } from "../Rule.ts"
import { speaksFor } from "../Weigh.ts"
import type { Entry } from "./Matching.ts"

/** Bits of what an entry speaks for: each of the rule's elements, or all that the rule is about. */
export const SPEAKS_FOR_ALL = 0b1111_1111

/** Elements of a rule that there are bits for. */
export const MOST_ELEMENTS = 7

export interface Coverage {
  /** By entry: what a row speaks for, even one that says that there is nothing; and what one that says that there is something. */
  readonly speaks: Uint8Array
  readonly speaksThere: Uint8Array
  /** By entry: which of the rule's members it is. */
  readonly members: Int32Array
  /** By rule: bits of its elements, all of which must be spoken for; none for a rule that counts compounds. */
  readonly elements: Uint8Array
  /** By rule: how many members speak for all of it together. */
  readonly memberCount: Int32Array
}

export const coverageOf = (rules: ReadonlyArray<Rule>, entries: ReadonlyArray<Entry>): Coverage => {
  const speaking = (isThere: boolean) =>
    Uint8Array.from(entries.map(({ rule, match }) => bitsOf(rules[rule] as Rule, isThere ? something(match) : match)))
  return {
    speaks: speaking(false),
    speaksThere: speaking(true),
    members: Int32Array.from(entries.map(({ rule, match }) => (rules[rule] as Rule).members.indexOf(match.member))),
    elements: Uint8Array.from(rules.map((rule) => (1 << Math.min(elementsOf(rule).length, MOST_ELEMENTS)) - 1)),
    memberCount: Int32Array.from(
      rules.map((rule) => rule.members.filter((member) => !standsForAll(rule, member)).length)
    )
  }
}

const something = (match: Match): Match => {
  const { amount } = match.declaration
  return { ...match, declaration: { ...match.declaration, amount: { ...amount, low: Decimal.fromInteger(1) } } }
}

const bitsOf = (rule: Rule, match: Match): number => {
  if (standsForAll(rule, match.member)) return SPEAKS_FOR_ALL
  const elements = elementsOf(rule).slice(0, MOST_ELEMENTS)
  return elements.reduce(
    (bits, element, at) => bits | (speaksFor(element, match, elements.length === 1) ? 1 << at : 0),
    0
  )
}
