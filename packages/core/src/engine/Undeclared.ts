/** What becomes of substances that nobody mentions at a place: a statement, or a full disclosure, may still settle them. */
import type { FindingStatus } from "../domain/Status.ts"
import type { Reason } from "../domain/Verdict.ts"
import { shown } from "./Arithmetic.ts"
import { type Stated, statedOn, tooOld } from "./Claims.ts"
import { type Concentration, ppmText } from "./Concentration.ts"
import { type Base, type Context, evidenceOf, type Judgement, limitOf, standingOf } from "./Decide.ts"
import type { Disclosure } from "./Disclosure.ts"
import type { Place } from "./Place.ts"
import type { Rule } from "./Rule.ts"

/** The statement about the whole list that settles a rule, if one does. */
export const settledBy = ({ statements, ruleSet, asOf }: Context, rule: Rule): Stated | undefined => {
  const stated = statedOn(rule, statements, ruleSet, asOf)
  return stated.says === "nothing" ? undefined : stated
}

export const undeclared = (context: Context, base: Base, rule: Rule, place: Place): Judgement => {
  const stated = statedOn(rule, context.statements, context.ruleSet, context.asOf)
  const isDuty = rule.outcome !== "non-compliant"
  const finding = (
    status: FindingStatus,
    reason: Reason,
    evidence: Stated["evidence"],
    concentration?: Concentration
  ): Judgement => ({
    finding: {
      ...base,
      evidence: evidence.map(evidenceOf),
      ...(concentration === undefined ? {} : shown(concentration)),
      status,
      reason
    }
  })
  if (stated.says !== "nothing")
    return finding(isDuty ? "below-threshold" : stated.says, stated.reason, stated.evidence)
  const disclosure = place.disclosure()
  const { undeclared: rest, complete, evidence } = disclosure
  if (complete) return finding(isDuty ? "not-contained" : "compliant", completely(rule), evidence)
  if (rest.high !== undefined && standingOf(rule, rest, limitOf(rule)) === "within")
    return finding(
      isDuty ? "below-threshold" : "compliant",
      {
        code: "disclosure.sufficient",
        message: `What is not declared cannot hold more than ${ppmText(rest.high)} ppm.`
      },
      evidence,
      rest
    )
  const flaw = flawOf(rule, disclosure)
  return flaw === undefined
    ? finding("unknown", stated.reason, stated.evidence)
    : finding("unknown", flaw, [...stated.evidence, ...evidence], rest.high === undefined ? undefined : rest)
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
