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

/** An exemption's id as claims are compared with it. */
export const loose = (id: string): string => id.replaceAll(/\s/g, "").toLowerCase()

export interface Exempted {
  readonly valid: boolean
  readonly reason: Reason
  readonly notes: ReadonlyArray<Reason>
}

/**
 * Whether one of the row's claims covers a concentration on a day; `undefined` when the row claims nothing.
 * Of several claims that fail, the last one's reason is given.
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
  let refused: Exempted | undefined
  for (const claim of claimsOf(declaration)) {
    const exemptions = ruleSet.exemptions.filter(({ id }) => loose(id) === loose(claim))
    if (exemptions.length === 0)
      refused = refuse("exemption.unknown", `The claimed exemption ${claim} is not known here.`)
    for (const exemption of exemptions) {
      const found = applies(exemption, declaration, concentration, asOf, categories)
      if (found.valid) return found
      refused = found
    }
  }
  return refused
}

const refuse = (code: string, message: string): Exempted => ({ valid: false, reason: { code, message }, notes: [] })

const applies = (
  exemption: Exemption,
  declaration: Declaration,
  concentration: Concentration,
  asOf: string,
  categories: ReadonlyArray<string>
): Exempted => {
  const { id, lastDay, validFrom, maxPpm, minPpm } = exemption
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
  if (maxPpm !== undefined && (concentration.high === undefined || against(concentration.high, decimal(maxPpm)) > 0))
    return refuse("exemption.cap_exceeded", `Exemption ${id} covers up to ${maxPpm} ppm.`)
  if (minPpm !== undefined && against(concentration.low, decimal(minPpm)) < 0)
    return refuse(
      "exemption.below_minimum",
      `Exemption ${id} covers ${minPpm} ppm and more, not ${ppmText(concentration.low)} ppm.`
    )
  const until = lastDay === undefined ? "" : `, until ${lastDay}`
  return {
    valid: true,
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

const decimal = (text: string): Decimal.Decimal => Decimal.parse(text) as Decimal.Decimal
