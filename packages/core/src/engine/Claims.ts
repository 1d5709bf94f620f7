/** What suppliers state about a whole list of substances, without numbers: "meets EU RoHS", "no SVHC above 0.1 %". */
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import { dayIn } from "./ListVersion.ts"
import type { Rule, RuleSet } from "./Rule.ts"

/** Months after which a statement without an end of its own no longer settles anything. */
const STATEMENT_MONTHS = 24

/** What the statements about a list say of one of its rules. */
export interface Stated {
  readonly says: "compliant" | "exempt" | "nothing"
  /** Why they settle nothing, or what they rest on. */
  readonly reason: Reason
  readonly evidence: ReadonlyArray<Declaration>
}

export const statementsOn = (declarations: ReadonlyArray<Declaration>, ruleSet: RuleSet): ReadonlyArray<Declaration> =>
  declarations.filter(({ claim }) => claim?.list === ruleSet.id)

/** The last day on which evidence that speaks for the part holds: the one it states, or that of a statement's age. */
export const lastDayOf = ({ source, claim }: Declaration): string | undefined => {
  if (source.validTo !== undefined) return source.validTo
  return claim === undefined || source.issued === undefined ? undefined : monthsLater(source.issued, STATEMENT_MONTHS)
}

/** Whether evidence that speaks for the part is too old. */
export const isExpired = (declaration: Declaration, asOf: string): boolean => {
  const lastDay = lastDayOf(declaration)
  return lastDay !== undefined && asOf > lastDay
}

export const tooOld: Reason = {
  code: "evidence.expired",
  message: "The evidence is past the day until which it holds; ask for new evidence."
}

const monthsLater = (day: string, months: number): string => {
  const [year, month, rest] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), day.slice(7)]
  const total = year * 12 + month - 1 + months
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}${rest}`
}

const days = new WeakMap<RuleSet, Map<string, string | undefined>>()

/** The day of the version a statement names; every rule of a list asks it. */
const listDay = (version: string, ruleSet: RuleSet): string | undefined => {
  const known = days.get(ruleSet) ?? new Map<string, string | undefined>()
  days.set(ruleSet, known)
  if (!known.has(version) && known.size < MAX_VERSIONS) known.set(version, dayIn(version, ruleSet.listVersions))
  return known.has(version) ? known.get(version) : dayIn(version, ruleSet.listVersions)
}

/** Ways to write a version that are remembered. */
const MAX_VERSIONS = 1000

/** Whether a statement covers a rule that its list holds since some day. */
const coverage = ({ claim, source }: Declaration, rule: Rule, ruleSet: RuleSet): "covers" | "stale" | "unversioned" => {
  if (rule.listedOn === undefined) return "covers"
  const day = claim?.version === undefined ? undefined : listDay(claim.version, ruleSet)
  if (day !== undefined) return day >= rule.listedOn ? "covers" : "stale"
  if (source.issued !== undefined && source.issued < rule.listedOn) return "stale"
  return ruleSet.statementsNeedVersion === true ? "unversioned" : "covers"
}

const nothingStated = (code: string, message: string, evidence: ReadonlyArray<Declaration> = []): Stated => ({
  says: "nothing",
  reason: { code, message },
  evidence
})

/** What the statements settle about a rule of whose substances nobody states an amount. */
export const statedOn = (
  rule: Rule,
  statements: ReadonlyArray<Declaration>,
  ruleSet: RuleSet,
  asOf: string
): Stated => {
  const good = statements.filter(({ claim }) => claim?.says === "compliant" || claim?.says === "exempt")
  if (good.length === 0)
    return nothingStated("substance.undeclared", `No declaration says whether the part holds ${rule.name}.`)
  if (statements.some(({ claim }) => claim?.says === "non-compliant"))
    return nothingStated("evidence.conflicting", "Statements about the whole list contradict each other.", good)
  const covering = good.filter((statement) => coverage(statement, rule, ruleSet) === "covers")
  if (covering.length === 0)
    return good.some((statement) => coverage(statement, rule, ruleSet) === "unversioned")
      ? nothingStated(
          "claim.version_missing",
          "The statement does not say against which version of the list it was made; ask for one that does.",
          good
        )
      : nothingStated(
          "claim.stale_list",
          `The statement was made against a list that did not name ${rule.name} yet; ask for a new one.`,
          good
        )
  const valid = covering.filter((statement) => !isExpired(statement, asOf))
  if (valid.length === 0) return { says: "nothing", reason: tooOld, evidence: covering }
  return {
    says: valid.some(({ claim }) => claim?.says === "exempt") ? "exempt" : "compliant",
    reason: { code: "claim.list", message: `The supplier states that the part meets ${ruleSet.title}.` },
    evidence: valid
  }
}
