/** Class C of IPC-1752A: what a substance category says against the threshold of its list. */
import { type Amount, unstated } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Claim } from "../../domain/Declaration.ts"
import * as Statement from "./Statement.ts"

export interface CategorySaid {
  readonly material: string | undefined
  readonly amount: Amount
  readonly claim: Claim | undefined
  readonly text: string
}

/** The worst of a part's homogeneous materials, which class C does not name. */
export const WORST_MATERIAL = "(worst material)"

interface Category {
  readonly name: string
  readonly value: string | undefined
  readonly unit: string | undefined
  readonly share: Statement.OpenSubstance["share"]
  readonly over: string | undefined
  readonly threshold: string
}

/**
 * A number in a RoHS list is about the worst homogeneous material, in any other list about the
 * part. Without a number the threshold decides: at most it, or above it.
 */
export const categorySaid = (
  category: Category,
  list: string
): CategorySaid | { readonly code: string; readonly value: string } => {
  const rohs = /rohs/i.test(list)
  const written = category.share ?? Statement.readWritten(category.value, category.unit)
  if (written !== undefined && "code" in written) return written
  const over = /^(true|yes|1)$/i.test(category.over ?? "")
  const inMaterial = rohs && (written === undefined || written.amount.unit === "ppm")
  const about = { material: inMaterial ? WORST_MATERIAL : undefined, claim: undefined }
  if (written !== undefined && (over || category.over === undefined))
    return { ...about, amount: written.amount, text: written.text }
  const threshold = Statement.thresholdPpm(category.threshold) ?? usualThreshold(category.name, list)
  const words = `${over ? "above" : "not above"} the threshold${category.threshold === "" ? "" : ` ${category.threshold}`}`
  if (threshold === undefined) {
    const claim: Claim = {
      list: listId(list),
      version: list === "" ? undefined : list,
      says: over ? "non-compliant" : "compliant"
    }
    return { ...about, amount: unstated, claim, text: words }
  }
  return { ...about, amount: Statement.againstThreshold(threshold, over), text: words }
}

/** Thresholds of the lists when the document leaves them out: Directive 2011/65/EU Annex II; REACH Art. 33, 0.1 %. */
const usualThreshold = (name: string, list: string): Decimal.Decimal | undefined =>
  /rohs/i.test(list)
    ? Decimal.fromInteger(/^cadmium/i.test(name) ? 100 : 1000)
    : /reach|svhc/i.test(list)
      ? Decimal.fromInteger(1000)
      : undefined

/** Our name of a list by the id that documents give it. */
export const listId = (list: string): string =>
  /rohs/i.test(list) ? "eu-rohs" : /reach|svhc/i.test(list) ? "eu-reach-svhc" : list
