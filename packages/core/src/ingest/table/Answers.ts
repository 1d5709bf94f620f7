/** Yes/no forms: a row for each part, a column for each substance or list. */
import { type Amount, exactly, unstated } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Claim } from "../../domain/Declaration.ts"
import type { ColumnMapping } from "../../domain/Mapping.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { readAmount } from "../values/Amounts.ts"
import type { DecimalStyle } from "../values/Numbers.ts"
import { readAnswer } from "../values/Words.ts"
import { unitOfHeader } from "./DeclarationCells.ts"
import { type Layout, proposalOf } from "./Layout.ts"
import { SURE } from "./Mapping.ts"
import { columnSubstances } from "./Synonyms.ts"

export interface AnswerColumn {
  readonly cell: number
  readonly header: string
  readonly mapping: Extract<ColumnMapping, { readonly field: "answer" }>
}

/**
 * The columns that answer for a substance or a list.
 *
 * @throws UnreadableDocument when one of them does not say what a yes means
 */
export const answersOf = (document: string, layout: Layout): ReadonlyArray<AnswerColumn> => {
  const open = layout.columns.find((column) => column.polarityOpen)
  if (open !== undefined)
    throw new UnreadableDocument({
      document,
      code: "mapping.polarity_undefined",
      detail: `the column "${open.header}" does not say whether a yes is good or bad; state it in a mapping`,
      proposal: proposalOf(layout.columns)
    })
  return sureAnswers(layout)
}

const sureAnswers = (layout: Layout): ReadonlyArray<AnswerColumn> =>
  layout.columns.flatMap(({ header, mapping, confidence }, cell) =>
    mapping?.field === "answer" && confidence >= SURE ? [{ cell, header, mapping }] : []
  )

/** The columns that answer for a whole list. */
export const claimsOf = (layout: Layout): ReadonlyArray<AnswerColumn> =>
  sureAnswers(layout).filter(({ mapping }) => "list" in mapping)

/** Limits of a list in ppm, by CAS number: 2011/65/EU, Annex II. */
const limits: Readonly<Record<string, ReadonlyMap<string, Decimal.Decimal>>> = {
  "eu-rohs": new Map(columnSubstances.map(([, , cas]) => [cas, Decimal.fromInteger(cas === "7440-43-9" ? 100 : 1000)]))
}

/** Whether an amount shows that a part does not meet the list it is said to meet without exemption. */
export const contradicts = (claim: Claim | undefined, cas: string | undefined, amount: Amount): boolean => {
  const limit = claim?.says === "compliant" && cas !== undefined ? limits[claim.list]?.get(cas) : undefined
  return limit !== undefined && amount.unit === "ppm" && Decimal.compare(amount.low, limit) > 0
}

/** What an answer states. */
export interface Answered {
  readonly substance: string
  readonly cas: string | undefined
  readonly amount: Amount
  readonly claim: Claim | undefined
  readonly intentional?: boolean | undefined
}

export const readAnswerCell = (
  text: string,
  column: AnswerColumn,
  style: DecimalStyle | undefined
): Answered | "blank" | { readonly code: string } => {
  const answer = readAnswer(text)
  if (answer === "blank") return "blank"
  const { mapping } = column
  if ("list" in mapping) {
    if (answer === undefined) return { code: "value.unknown_word" }
    const meets =
      answer === "exempt"
        ? "exempt"
        : (answer === "yes") === (mapping.means === "compliant")
          ? "compliant"
          : "non-compliant"
    const claim: Claim = { list: mapping.list, version: undefined, says: meets }
    return { substance: column.header, cas: undefined, amount: unstated, claim }
  }
  const about = { substance: mapping.substance, cas: mapping.cas, claim: undefined }
  if (answer === "yes" || answer === "no") {
    const contained = (answer === "yes") === (mapping.means === "contains")
    return { ...about, amount: contained ? { ...unstated, lowOpen: true } : exactly("ppm", Decimal.zero) }
  }
  const read = readAmount(text, { style, unit: unitOfHeader(mapping.unit) })
  if ("code" in read) return { code: read.code === "value.not_a_number" ? "value.unknown_word" : read.code }
  return { ...about, amount: read.amount, ...(read.intentional === undefined ? {} : { intentional: read.intentional }) }
}
