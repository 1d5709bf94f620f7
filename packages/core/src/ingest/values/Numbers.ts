/** Numbers as people and spreadsheets write them, in the decimal style of their document. */
import * as Decimal from "../../domain/Decimal.ts"

/** How a document writes decimals. `sure` when its own numbers show it, not just its delimiter. */
export interface DecimalStyle {
  readonly point: "." | ","
  readonly sure: boolean
}

export type NumberProblem = "value.missing" | "value.not_a_number" | "value.ambiguous_number"

/** Unicode forms of minus, space and digits made plain. */
export const plain = (text: string): string => (isAscii(text) ? text.trim() : plainOf(text))

export const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text)

const plainOf = (text: string): string =>
  text
    .normalize("NFKC")
    .replaceAll(/[\u2010-\u2015\u2212]/g, "-")
    .replaceAll(/[\u00a0\u2007\u2009\u202f]/g, " ")
    .replaceAll("\u2019", "'")
    .trim()

const shape = /^([+-]?)([\d.,' ]*)(e[+-]?\d{1,5})?$/i
const spaced = /^\d{1,3}([ '])\d{3}(\1\d{3})*(?=[.,]|$)/

/**
 * Reads a number. `undefined` as style means that nothing shows how the document writes decimals;
 * then a number that could be read in two ways (`1,000`, `1.000`) is ambiguous.
 */
export const readNumber = (text: string, style: DecimalStyle | undefined): Decimal.Decimal | NumberProblem => {
  const plainText = plain(text)
  if (plainText === "") return "value.missing"
  const match = shape.exec(plainText)
  if (match === null) return "value.not_a_number"
  let digits = match[2] ?? ""
  const groups = spaced.exec(digits)
  if (groups !== null) digits = groups[0].replaceAll(/[ ']/g, "") + digits.slice(groups[0].length)
  const written = withPoint(digits, style)
  if (written === undefined) return "value.not_a_number"
  if (written === "ambiguous") return "value.ambiguous_number"
  return Decimal.parse(`${match[1]}${written}${match[3] ?? ""}`) ?? "value.not_a_number"
}

/** The digits with a point for the decimals and nothing between the thousands. */
const withPoint = (digits: string, style: DecimalStyle | undefined): string | "ambiguous" | undefined => {
  const points = count(digits, ".")
  const commas = count(digits, ",")
  if (points === 0 && commas === 0) return digits
  if (points > 0 && commas > 0) {
    const decimal = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ","
    if (style?.sure === true && style.point !== decimal) return undefined
    return grouped(digits, decimal)
  }
  const mark = points > 0 ? "." : ","
  const isDecimal = count(digits, mark) === 1
  const isGroup = /^[1-9]\d{0,2}([.,]\d{3})+$/.test(digits)
  if (isDecimal && isGroup) {
    if (style?.point === mark) return digits.replace(mark, ".")
    return style?.sure === true ? digits.replaceAll(mark, "") : "ambiguous"
  }
  if (isGroup) return style?.sure === true && style.point === mark ? undefined : digits.replaceAll(mark, "")
  if (!isDecimal) return undefined
  return style === undefined || style.point === mark || !style.sure ? digits.replace(mark, ".") : undefined
}

const grouped = (digits: string, decimal: "." | ","): string | undefined => {
  const at = digits.lastIndexOf(decimal)
  const whole = digits.slice(0, at)
  const group = decimal === "." ? "," : "."
  if (!new RegExp(`^\\d{1,3}(\\${group}\\d{3})+$`).test(whole)) return undefined
  return `${whole.replaceAll(group, "")}.${digits.slice(at + 1)}`
}

const count = (text: string, mark: string): number => text.split(mark).length - 1

const commaEvidence = /(^|[^\d.,])(0,\d+|\d+,(\d{1,2}|\d{4,})|\d{1,3}(\.\d{3})+,\d+)($|[^\d.,])/
const pointEvidence = /(^|[^\d.,])(0?\.\d+|\d+\.(\d{1,2}|\d{4,})|\d{1,3}(,\d{3})+\.\d+)($|[^\d.,])/

/**
 * The decimal style that two thirds of a document's own telling numbers show. When they disagree
 * more, and when none tells, `undefined`.
 */
export const styleOf = (numbers: Iterable<string>): DecimalStyle | undefined => {
  let points = 0
  let commas = 0
  for (const number of numbers) {
    if (pointEvidence.test(number)) points++
    else if (commaEvidence.test(number)) commas++
  }
  if (points === 0 && commas === 0) return undefined
  if (2 * commas <= points) return { point: ".", sure: true }
  return 2 * points <= commas ? { point: ",", sure: true } : undefined
}
