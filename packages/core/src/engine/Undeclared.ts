/** What becomes of substances that nobody mentions at a place: a statement, or a full disclosure, may still settle them. */
import type { Declaration } from "../domain/Declaration.ts"
import { type FindingStatus, rank } from "../domain/Status.ts"
import type { Finding, Reason } from "../domain/Verdict.ts"
import { shown } from "./Arithmetic.ts"
import { type Stated, statedOn, tooOld } from "./Claims.ts"
import { type Concentration, ppmText } from "./Concentration.ts"
import { type Base, type Context, evidenceOf, type Judgement, limitOf, standingOf } from "./Decide.ts"
import type { Disclosure } from "./Disclosure.ts"
import type { Place } from "./Place.ts"
import type { Rule } from "./Rule.ts"

export interface Settled {
  readonly status: FindingStatus
  readonly reason: Reason
  readonly evidence: ReadonlyArray<Declaration>
  /** What there may be of the substances. */
  readonly concentration?: Concentration | undefined
  readonly material: string | undefined
}

/** The statement about the whole list that settles a rule, if one does. */
export const settledBy = ({ statements, ruleSet, asOf }: Context, rule: Rule): Stated | undefined => {
  const stated = statedOn(rule, statements, ruleSet, asOf)
  return stated.says === "nothing" ? undefined : stated
}

export const settle = (context: Context, rule: Rule, place: Place): Settled => {
  const { material } = place
  const stated = statedOn(rule, context.statements, context.ruleSet, context.asOf)
  const isDuty = rule.outcome !== "non-compliant"
  if (stated.says !== "nothing") {
    const { says, reason, evidence } = stated
    return { status: isDuty ? "below-threshold" : says, reason, evidence, material }
  }
  const disclosure = place.disclosure()
  const { undeclared: rest, complete, evidence } = disclosure
  if (complete) return { status: isDuty ? "not-contained" : "compliant", reason: completely(rule), evidence, material }
  if (rest.high !== undefined && isWithin(rest, rule))
    return {
      status: isDuty ? "below-threshold" : "compliant",
      reason: {
        code: "disclosure.sufficient",
        message: `What is not declared cannot hold more than ${ppmText(rest.high)} ppm.`
      },
      evidence,
      concentration: rest,
      material
    }
  const flaw = flawOf(rule, disclosure)
  return flaw === undefined
    ? { status: "unknown", reason: stated.reason, evidence: stated.evidence, material }
    : {
        status: "unknown",
        reason: flaw,
        evidence: [...stated.evidence, ...evidence],
        concentration: rest.high === undefined ? undefined : rest,
        material
      }
}

/** The last answer for a rest: the rules of a list mostly have one limit. */
const answers = new WeakMap<Concentration, Pick<Rule, "comparison" | "limitPpm"> & { readonly isWithin: boolean }>()

const isWithin = (rest: Concentration, rule: Rule): boolean => {
  const last = answers.get(rest)
  if (last !== undefined && last.limitPpm === rule.limitPpm && last.comparison === rule.comparison) return last.isWithin
  const { comparison, limitPpm } = rule
  const answer = standingOf(rule, rest, limitOf(rule)) === "within"
  answers.set(rest, { comparison, ...(limitPpm === undefined ? {} : { limitPpm }), isWithin: answer })
  return answer
}

export const findingOf = (base: Base, { status, reason, evidence, concentration, material }: Settled): Finding => ({
  ...base,
  ...(material === undefined ? {} : { material }),
  evidence: evidence.map(evidenceOf),
  ...(concentration === undefined ? {} : shown(concentration)),
  status,
  reason
})

export const undeclared = (context: Context, base: Base, rule: Rule, place: Place): Judgement => ({
  finding: findingOf(base, settle(context, rule, place))
})

/** Findings listed of substances that nobody mentions and that come out in the same way. */
const LISTED_ALIKE = 20

/**
 * A list of hundreds of substances says the same of each that nobody mentions. Of those that are settled, or left open,
 * for the same reason the first are listed and the others counted.
 */
export class Alike {
  omitted = 0
  /** By code and material, then by the rank of the status. */
  readonly #listed = new Map<string, Array<number>>()

  /** Whether one more finding like this is to be listed. */
  admits({ status, reason, material }: Settled): boolean {
    const key = material === undefined ? reason.code : `${reason.code} ${material}`
    const listed = this.#listed.get(key) ?? []
    if (listed.length === 0) this.#listed.set(key, listed)
    const before = listed[rank(status)] ?? 0
    listed[rank(status)] = before + 1
    if (before < LISTED_ALIKE) return true
    this.omitted++
    return false
  }
}

const completely = ({ name }: Rule): Reason => ({
  code: "disclosure.complete",
  message: `The declared substances make up the whole mass, and ${name} is not among them; impurities are not covered.`
})

/** Why documents that look like a full disclosure do not settle the rule. */
const flawOf = ({ name }: Rule, { undeclared: rest, partial, flaw }: Disclosure): Reason | undefined => {
  if (flaw === "expired") return tooOld
  if (flaw === "excess")
    return {
      code: "disclosure.excess",
      message: "The declared substances come to more than 105 % of the mass, so that they disclose nothing for sure."
    }
  return partial
    ? {
        code: "disclosure.partial",
        message: `The declared substances do not make up the whole mass; the rest may hold ${name}${rest.high === undefined ? "" : ` up to ${ppmText(rest.high)} ppm`}.`
      }
    : undefined
}
