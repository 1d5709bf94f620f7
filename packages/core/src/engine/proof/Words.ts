/** Rules, statuses and sources in words. */
import type { FindingStatus } from "../../domain/Status.ts"
import type { Finding, Level } from "../../domain/Verdict.ts"
import type { Rule, RuleSet, Source } from "../Rule.ts"

const places: Readonly<Record<Level, string>> = {
  "homogeneous-material": "in a homogeneous material",
  article: "over the whole article",
  "packaging-component": "over the packaging component",
  battery: "over the whole battery",
  product: "over the whole product",
  presence: "in the part"
}

const standings: Readonly<Record<Source["standing"], string>> = {
  primary: "read in the act itself",
  secondary: "as others report it, not read in the act itself",
  unchecked: "not checked against the act yet"
}

export const sourceText = ({ text, standing, taken }: Source): string =>
  `Source: ${text}; ${standings[standing]}${taken === undefined ? "" : `, taken over on ${taken}`}`

const consequence = (outcome: Finding["outcome"] | "non-compliant"): string =>
  outcome === "declare"
    ? "brings a duty to inform"
    : outcome === "warning"
      ? "brings a duty to warn"
      : "breaks the restriction"

/** What brings the consequence: `More than 1000 ppm of lead in a homogeneous material`. */
export const ruleText = (rule: Rule): string => {
  const what = rule.members.length > 1 && rule.aggregation === "sum" ? `${rule.name} in all` : rule.name
  return `${condition(rule.comparison, rule.limitPpm, what, rule.level)} ${consequence(rule.outcome)}${counting(rule)}.`
}

export const limitText = ({ comparison, limitPpm, substance, level, outcome }: Finding): string =>
  `${condition(comparison, limitPpm, substance.name, level)} ${consequence(outcome)}.`

const condition = (
  comparison: Rule["comparison"],
  limitPpm: string | undefined,
  what: string,
  level: Level
): string => {
  switch (comparison) {
    case "above":
      return `More than ${limitPpm} ppm of ${what} ${places[level]}`
    case "at-or-above":
      return `${limitPpm} ppm or more of ${what} ${places[level]}`
    case "present":
      return `Any content of ${what} ${places[level]}`
    case "intentional":
      return `Adding ${what} on purpose`
  }
}

const counting = ({ basis, element, aggregation, members }: Rule): string => {
  if (element !== undefined)
    return `; only the ${basis === "ion" ? "ion" : "mass"} of ${element.replaceAll("+", " and ")} in each compound counts`
  return members.length > 1 && aggregation === "single" ? `; each of ${members.length} substances by itself` : ""
}

const duties: Readonly<Partial<Record<FindingStatus, string>>> = {
  "above-threshold": "there is a duty to inform",
  "below-threshold": "below the threshold of the duty to inform",
  "not-contained": "not contained, no duty to inform",
  unknown: "whether there is a duty to inform is unknown",
  "not-applicable": "no duty to inform applies"
}

/** A status as part of a sentence; of a duty as the duty it is. */
export const statusText = (status: FindingStatus, outcome: Finding["outcome"]): string => {
  if (outcome === undefined) return status
  const text = duties[status] ?? status
  return outcome === "warning" ? text.replace("duty to inform", "duty to warn") : text
}

/** The concentration or its bounds, without the unit; empty when it is not known. */
export const concentrationText = ({ ppm, range }: Pick<Finding, "ppm" | "range">): string => {
  if (range === undefined) return ppm ?? ""
  const { low, lowOpen, high, highOpen } = range
  if (high === undefined) return `${lowOpen ? "more than" : "at least"} ${low}`
  return low === "0" ? `${highOpen ? "less than" : "at most"} ${high}` : `${low} to ${high}`
}

/** As {@link concentrationText}; a number that only rounding makes equal to the limit says on which side of it it is. */
export const foundText = (finding: Finding): string => {
  const text = concentrationText(finding)
  if (finding.ppm === undefined || finding.ppm !== finding.limitPpm) return text === "" ? "" : `${text} ppm`
  const sign = / ([<>]) /.exec(finding.arithmetic ?? "")?.[1]
  return `${sign === ">" ? "just above " : sign === "<" ? "just below " : ""}${text} ppm`
}

/** What must be known of the rules of a set before relying on them; undefined when all were read in the acts. */
export const standingText = ({ rules }: RuleSet): string | undefined => {
  const standing = weakest(rules)
  return standing === "primary"
    ? undefined
    : standing === "secondary"
      ? "Not all of its sources were read in the acts themselves; some are taken over as others report them."
      : "Not all of its sources have been checked against the acts yet."
}

/** The weakest standing among the sources of a set, its exemptions included. */
export const standingOf = ({ rules, exemptions }: RuleSet): Source["standing"] => weakest([...rules, ...exemptions])

const weakest = (sourced: ReadonlyArray<{ readonly source: Source }>): Source["standing"] => {
  const standings = sourced.map(({ source }) => source.standing)
  return standings.includes("unchecked") ? "unchecked" : standings.includes("secondary") ? "secondary" : "primary"
}
