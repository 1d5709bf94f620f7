/** Whether claimed exemptions cover what is above a limit. */
import * as Decimal from "../domain/Decimal.ts"
import type { Declaration } from "../domain/Declaration.ts"
import type { Reason } from "../domain/Verdict.ts"
import { against, type Concentration, ppmText } from "./Concentration.ts"
import { memberOf } from "./Match.ts"
import type { Exemption, RuleSet } from "./Rule.ts"

/** The claims of one row: each exemption it names, as it is written. */
export const claimsOf = (declaration: Declaration): ReadonlyArray<string> =>
  (declaration.exemption ?? "").split(/[,;]/).flatMap((text) => (text.trim() === "" ? [] : [text.trim()]))

/** What the claims of a row stand for in the rule set: none when a claim is not known there. */
export const claimedIn = (
  declaration: Declaration,
  { exemptions }: RuleSet
): ReadonlyArray<{ readonly claim: string; readonly exemptions: ReadonlyArray<Exemption> }> =>
  claimsOf(declaration).map((claim) => ({
    claim,
    exemptions: exemptions.filter(({ id }) => loose(id) === loose(claim))
  }))

/** An exemption's id as claims are compared with it. */
export const loose = (id: string): string => id.replaceAll(/[^a-z0-9]/gi, "").toLowerCase()

/** What exemptions do to a concentration above the limit; `open` when it depends on an amount that nobody states. */
export interface Exempted {
  readonly says: "covers" | "open" | "refuses"
  readonly reason: Reason
  readonly notes: ReadonlyArray<Reason>
}

/**
 * What the best of a row's claims does to a concentration on a day; `undefined` when the row claims nothing.
 * Of several claims that are refused, the last one's reason is given.
 *
 * @param categories of the equipment; a claim is taken to fit when none are stated
 */
export const exemptionFor = (
  declaration: Declaration,
  concentration: Concentration,
  ruleSet: RuleSet,
  asOf: string,
  categories: ReadonlyArray<string>
): Exempted | undefined => {
  let best: Exempted | undefined
  for (const { claim, exemptions } of claimedIn(declaration, ruleSet)) {
    const found =
      exemptions.length === 0
        ? [refuse("exemption.unknown", `The claimed exemption ${claim} is not known here.`)]
        : exemptions.map((exemption) => applies(exemption, declaration, concentration, asOf, categories))
    for (const one of found) if (best === undefined || isBetter(one, best)) best = one
  }
  return best
}

const favour = { refuses: 0, open: 1, covers: 2 } as const

/** Of several that cover, the first counts; of several that refuse, the last says why. */
const isBetter = (one: Exempted, best: Exempted): boolean =>
  favour[one.says] > favour[best.says] || (one.says === "refuses" && best.says === "refuses")

export const refuse = (code: string, message: string): Exempted => ({
  says: "refuses",
  reason: { code, message },
  notes: []
})

const applies = (
  exemption: Exemption,
  declaration: Declaration,
  concentration: Concentration,
  asOf: string,
  categories: ReadonlyArray<string>
): Exempted => {
  const { id, lastDay, validFrom } = exemption
  if (memberOf(declaration, exemption.members) === undefined)
    return refuse("exemption.other_substance", `Exemption ${id} does not cover this substance.`)
  const material = declaration.material?.toLowerCase()
  if (
    exemption.materials !== undefined &&
    material !== undefined &&
    !exemption.materials.some((word) => material.includes(word))
  )
    return refuse("exemption.other_material", `Exemption ${id} covers ${exemption.scope}, not ${declaration.material}.`)
  if (
    exemption.categories !== undefined &&
    categories.length > 0 &&
    !exemption.categories.some((category) => categories.includes(category))
  )
    return refuse("exemption.other_category", `Exemption ${id} does not hold for equipment of this category.`)
  if (validFrom !== undefined && asOf < validFrom)
    return refuse("exemption.not_yet_valid", `Exemption ${id} begins on ${validFrom}.`)
  const ended = lastDay !== undefined && asOf > lastDay
  if (ended && exemption.renewalPending !== true)
    return refuse("exemption.expired", `Exemption ${id} ended on ${lastDay}.`)
  const beyond = beyondBounds(exemption, concentration)
  if (beyond !== undefined) return beyond
  const until = lastDay === undefined ? "" : `, until ${lastDay}`
  return {
    says: "covers",
    reason: {
      code: "exemption.valid",
      message: `Exemption ${id}: ${exemption.scope}${until} (${exemption.source.text}).`
    },
    notes: ended
      ? [
          {
            code: "exemption.renewal_pending",
            message: `Exemption ${id} ended on ${lastDay}; it stays valid until its renewal, which was applied for, is decided.`
          }
        ]
      : []
  }
}

/** Whether the concentration lies outside of what the exemption covers, or may do so; both bounds are inclusive. */
const beyondBounds = ({ id, maxPpm, minPpm }: Exemption, { low, lowOpen, high, highOpen }: Concentration) => {
  const open = (bound: string): Exempted => ({
    says: "open",
    reason: {
      code: "exemption.amount_open",
      message: `Exemption ${id} covers ${bound}; the stated amount does not show that it is kept.`
    },
    notes: []
  })
  if (maxPpm !== undefined) {
    const most = decimal(maxPpm)
    const bottom = against(low, most)
    if (bottom > 0 || (bottom === 0 && lowOpen))
      return refuse("exemption.cap_exceeded", `Exemption ${id} covers up to ${maxPpm} ppm.`)
    if (high === undefined || against(high, most) > 0) return open(`up to ${maxPpm} ppm`)
  }
  if (minPpm !== undefined) {
    const least = decimal(minPpm)
    const top = high === undefined ? 1 : against(high, least)
    if (top < 0 || (top === 0 && highOpen))
      return refuse(
        "exemption.below_minimum",
        `Exemption ${id} covers ${minPpm} ppm and more, not ${ppmText(high ?? low)} ppm.`
      )
    if (against(low, least) < 0) return open(`${minPpm} ppm and more`)
  }
  return undefined
}

const decimal = (text: string): Decimal.Decimal => Decimal.parse(text) as Decimal.Decimal
