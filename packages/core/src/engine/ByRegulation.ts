/** How parts stand by each rule set alone, in the fold that makes the whole verdict. */
import { type DutyStatus, rank, type Status } from "../domain/Status.ts"
import type { Finding, PartVerdict, RegulationStanding } from "../domain/Verdict.ts"
import type { Facts } from "./Facts.ts"
import type { BomOptions } from "./Rollup.ts"
import { isInForce, type Rule, type RuleSet } from "./Rule.ts"

/** The status of a finding about a restriction; undefined for one about a duty. */
export const restrictionStatus = ({ outcome, status }: Finding): Status | undefined =>
  outcome === undefined ? (status as Status) : undefined

/** The status of a finding about a duty to inform; undefined for one about a restriction. */
export const dutyStatus = ({ outcome, status }: Finding): DutyStatus | undefined =>
  outcome === undefined ? undefined : (status as DutyStatus)

/** The worst of several statuses of one lattice, in the order that is asked for. */
export const worstBy =
  (rollup: BomOptions["rollup"]) =>
  <S extends Status | DutyStatus>(found: ReadonlyArray<S>): S => {
    const height = (status: S) => (status === "unknown" && rollup === "unknown-dominates" ? 5 : rank(status))
    return found.reduce((a, b) => (height(a) >= height(b) ? a : b))
  }

const isDuty = ({ outcome }: Rule): boolean => outcome !== "non-compliant"

export const restricts = ({ documentLimits, rules }: RuleSet): boolean =>
  documentLimits === true || rules.some((rule) => !isDuty(rule))

export const informs = ({ rules }: RuleSet): boolean => rules.some(isDuty)

/** Whether a rule would be judged at a part if all about it were declared. */
export const concerns = ({ level, scope }: Rule, { part }: Facts, isProduct: boolean): boolean => {
  const has = (category: string) => part.categories?.includes(category) === true
  if (level === "product" && !isProduct) return false
  if (level === "battery" && !has("battery")) return false
  if (level === "packaging-component" && !has("packaging")) return false
  return (scope?.categories === undefined || scope.categories.some(has)) && scope?.exceptCategories?.some(has) !== true
}

/** Whether a rule set would say anything about a part: as a restriction, as a duty, or when it is left open, as either. */
export const speaksOf = (
  { documentLimits, rules }: RuleSet,
  facts: Facts,
  asOf: string,
  isProduct: boolean,
  duties?: boolean
): boolean =>
  (documentLimits === true && duties !== true) ||
  rules.some(
    (rule) =>
      (duties === undefined || duties === isDuty(rule)) && isInForce(rule, asOf) && concerns(rule, facts, isProduct)
  )

/** A part with what was found of it by each rule set, in their order. */
interface Found {
  readonly facts: Facts
  readonly isProduct: boolean
  /** Whether nothing is declared of it. */
  readonly isSilent: boolean
  readonly findings: ReadonlyArray<ReadonlyArray<Finding>>
  readonly below: ReadonlyArray<PartVerdict>
}

/** Gives the standing of a part by each of the rule sets, from what was found of it and the standings below it. */
export const standingsBy = (ruleSets: ReadonlyArray<RuleSet>, { asOf, rollup }: BomOptions) => {
  const worst = worstBy(rollup)
  const sets = ruleSets.map((ruleSet) => ({ ruleSet, restricts: restricts(ruleSet), informs: informs(ruleSet) }))
  return ({ facts, isProduct, isSilent, findings, below }: Found): ReadonlyArray<RegulationStanding> =>
    sets.map(({ ruleSet, restricts, informs }, index) => {
      const own = <S>(statusOf: (finding: Finding) => S | undefined) =>
        (findings[index] ?? []).flatMap((finding) => statusOf(finding) ?? [])
      const under = below.map(({ byRegulation }) => byRegulation[index])
      const silence = (duties: boolean) =>
        isSilent && speaksOf(ruleSet, facts, asOf, isProduct, duties) ? "unknown" : "not-applicable"
      return {
        regulation: ruleSet.id,
        ...(restricts && {
          status: worst<Status>([
            silence(false),
            ...own(restrictionStatus),
            ...under.flatMap((one) => one?.status ?? [])
          ])
        }),
        ...(informs && {
          duty: worst<DutyStatus>([silence(true), ...own(dutyStatus), ...under.flatMap((one) => one?.duty ?? [])])
        })
      }
    })
}
