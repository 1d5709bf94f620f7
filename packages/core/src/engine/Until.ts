/** How long a judgement stands when nothing but the day changes. */
import { dayBefore } from "../domain/Day.ts"
import type { Declaration } from "../domain/Declaration.ts"
import { lastDayOf } from "./Claims.ts"
import { claimedIn } from "./Exempt.ts"
import type { JudgedProduct } from "./Rollup.ts"
import type { RuleSet } from "./Rule.ts"

/** Days on which something holds: from the first to the last, both included. */
interface Span {
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * The last day on which a product judged again from the same declarations, by the same rules, comes out the same:
 * behind it some rule, claimed exemption, piece of evidence or override begins or ceases to hold. Undefined when none
 * ever does. It may come out the same for longer.
 */
export const judgedUntil = ({ facts, options, ruleSets }: JudgedProduct): string | undefined => {
  let until: string | undefined
  const bound = ({ from, to }: Span) => {
    for (const day of [to, from === undefined ? undefined : dayBefore(from)])
      if (day !== undefined && day >= options.asOf && (until === undefined || day < until)) until = day
  }
  for (const { rules } of ruleSets)
    for (const { effectiveFrom, effectiveTo } of rules) bound({ from: effectiveFrom, to: effectiveTo })
  for (const { on, until } of options.overrides ?? []) bound({ from: on, to: until })
  for (const { declarations } of facts.values())
    for (const declaration of declarations) {
      bound({ to: lastDayOf(declaration) })
      if (declaration.exemption !== undefined) claimed(declaration, ruleSets).forEach(bound)
    }
  return until
}

const claimed = (declaration: Declaration, ruleSets: ReadonlyArray<RuleSet>): ReadonlyArray<Span> =>
  ruleSets.flatMap((ruleSet) =>
    claimedIn(declaration, ruleSet).flatMap(({ exemptions }) =>
      exemptions.map(({ validFrom, lastDay }) => ({ from: validFrom, to: lastDay }))
    )
  )
