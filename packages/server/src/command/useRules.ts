/** Rule sets put in force in a store, and its products judged by those that are. */
import { Compliance, dayOf, documentLimits, type RuleSet } from "@certivo/core"
import type { TenantId } from "@certivo/core/ports"
import * as Clock from "effect/Clock"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { findRuleSets } from "./ruleSets.ts"

export const rulesFlag = Flag.String("rules").pipe(
  Flag.withDescription(
    "Packs and files of rules, separated by commas: puts them in force in the store, beside the documents' own limits, as certivo rules use does"
  ),
  Flag.optional
)

/** Rule sets that are to be in force; undefined when those that are shall stay. */
export const chosenRules = (names: Option.Option<string>) =>
  Option.isNone(names) ? Effect.succeed(undefined) : Effect.map(findRuleSets(names.value), besideLimits)

/** As in a check, they are added to the limits that documents state themselves. */
export const besideLimits = (ruleSets: ReadonlyArray<RuleSet>): ReadonlyArray<RuleSet> => [documentLimits, ...ruleSets]

/** Puts the rule sets in force, if any are given, and judges what is by others; how many products, and by what. */
export const judgeByRules = Effect.fnUntraced(function* (
  tenant: TenantId,
  ruleSets: ReadonlyArray<RuleSet> | undefined
) {
  const compliance = yield* Compliance
  if (ruleSets !== undefined) yield* compliance.useRules(tenant, ruleSets)
  const today = dayOf(yield* Clock.currentTimeMillis)
  const judged = yield* compliance.judgeAgain(tenant, today)
  const { ruleSets: names } = yield* compliance.rules(tenant)
  return { judged, names: names.map(({ id, version }) => `${id} (${version})`) }
})

export const judgedText = (judged: number): string => `${judged} ${judged === 1 ? "product" : "products"} judged again`
