/** Statements about the substances of a rule at one place, weighed against each other and added up. */
import type { Declaration } from "../domain/Declaration.ts"
import { substanceKey } from "../domain/Declaration.ts"
import { atomsOf, elementOfCas } from "../domain/Formula.ts"
import type { Reason } from "../domain/Verdict.ts"
import { bounds, type Concentration, contradict, shareOf, worst } from "./Concentration.ts"
import { countedShare, isGroupName, type Match } from "./Match.ts"
import { isReason } from "./Measure.ts"
import { elementsOf, type Rule } from "./Rule.ts"

export type Measure = (declaration: Declaration) => Concentration | Reason

/** What is stated of one substance: the worst of the statements, never their sum. */
export interface Contribution {
  readonly concentration: Concentration
  /** The rows that give its ends. */
  readonly witnesses: ReadonlyArray<Match>
}

export interface Weighed {
  readonly contributions: ReadonlyArray<Contribution>
  /** Rows whose concentration cannot be taken, and why. */
  readonly missing: { readonly reason: Reason; readonly witness: Match } | undefined
  readonly notes: ReadonlyArray<Reason>
}

export const weigh = (rule: Rule, matches: ReadonlyArray<Match>, measure: Measure): Weighed => {
  const elements = elementsOf(rule)
  const groups = Map.groupBy(matches, ({ declaration: { substance, cas, material } }) =>
    JSON.stringify([substanceKey(substance, cas), material ?? null])
  )
  const contributions: Array<Contribution> = []
  const notes: Array<Reason> = []
  let missing: Weighed["missing"]
  for (const group of groups.values()) {
    const known: Array<{ readonly match: Match; readonly concentration: Concentration }> = []
    for (const match of group) {
      const measured = measure(match.declaration)
      if (isReason(measured)) missing = { reason: measured, witness: match }
      else
        known.push({
          match,
          concentration: elements.length === 0 ? measured : shareOf(measured, countedShare(match, elements))
        })
    }
    const [first] = known
    if (first === undefined) continue
    const concentration = known.map((one) => one.concentration).reduce((a, b) => worst(a, b))
    if (known.some((one) => contradict(one.concentration, first.concentration)))
      notes.push({
        code: "evidence.conflicting",
        message: `${known.length} statements about ${first.match.declaration.substance} contradict each other; the worst is judged.`
      })
    contributions.push({
      concentration,
      witnesses: known.filter((one) => bounds(one.concentration, concentration)).map((one) => one.match)
    })
  }
  const unmeasured = missing !== undefined && contributions.length < groups.size
  return { contributions, missing: unmeasured ? missing : undefined, notes }
}

/**
 * Whether the rows speak for the whole rule: for each element it counts, or for each of its substances,
 * by themselves or under the name of their group.
 */
export const isCovered = (rule: Rule, matches: ReadonlyArray<Match>): boolean => {
  const elements = elementsOf(rule)
  if (elements.length === 1) return true
  if (elements.length > 1)
    return elements.every((element) => matches.some(({ member }) => holds(member.cas, member.formula, element)))
  const spoken = new Set(matches.map(({ member }) => member))
  return spoken.size === rule.members.length || [...spoken].some(isGroupName)
}

const holds = (cas: string | undefined, formula: string | undefined, element: string): boolean =>
  (cas !== undefined && elementOfCas(cas) === element) ||
  (formula !== undefined && atomsOf(formula)?.has(element) === true)
