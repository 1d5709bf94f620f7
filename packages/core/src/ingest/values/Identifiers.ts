/** CAS and EC numbers as they arrive: with odd hyphens, without hyphens, several in a cell, turned into dates. */
import { casCheckDigit, isCas, isEc } from "../../domain/Substance.ts"
import { plain } from "./Numbers.ts"
import { isFormulaError } from "./Words.ts"

export interface ReadIds {
  readonly cas: ReadonlyArray<string>
  readonly ec: ReadonlyArray<string>
  readonly warning: string | undefined
  /** Whether the cell says that the substance is kept secret. */
  readonly secret?: boolean | undefined
}

export interface IdProblem {
  readonly code: string
  readonly suggestion: string | undefined
}

const noIds: ReadIds = { cas: [], ec: [], warning: undefined }

const placeholder =
  /^([-.?]+|n\s?[/.]?\s?a\.?|#n\/a|none|nil|null|unknown|proprietary|confidential|system|trade secret|secret|tbd|various|mixture|misc(ellaneous)?\.?|not (applicable|available|assigned)|keine?|0+-0+-0|9999-99-4)$/i
const secrecy = /^(proprietary|confidential|system|trade secret|secret|9999-99-4)$/i
const label = /^(cas|ec|einecs|elincs)([- ]?(no|nr|number|rn)\.?)?\s*[:#]?\s*/i

/** A name under which nobody can tell what the substance is. */
export const secretName = (name: string): string => (name === "" ? "proprietary" : `${name} (proprietary)`)

/** Reads the cell of a CAS column. */
export const readCas = (text: string): ReadIds | IdProblem => {
  const cleaned = plain(text)
  if (cleaned === "") return noIds
  if (isFormulaError(cleaned)) return { ...noIds, warning: "value.formula_error" }
  if (placeholder.test(cleaned)) return { ...noIds, warning: "cas.placeholder", secret: secrecy.test(cleaned) }
  const tokens = tokensOf(cleaned)
  const cas: Array<string> = []
  const ec: Array<string> = []
  let warning: string | undefined
  for (const token of tokens) {
    const read = readOne(token)
    if ("code" in read) return read
    if (read.id.length === 0) continue
    const ids = read.kind === "cas" ? cas : ec
    if (!ids.includes(read.id)) ids.push(read.id)
    warning ??= read.warning
  }
  return { cas, ec, warning: cas.length > 1 ? "cas.multiple" : warning }
}

/** Reads the cell of an EC column. */
export const readEc = (text: string): ReadIds | IdProblem => {
  const cleaned = plain(text).replace(label, "")
  if (cleaned === "") return noIds
  if (isFormulaError(cleaned)) return { ...noIds, warning: "value.formula_error" }
  if (placeholder.test(cleaned)) return { ...noIds, warning: "ec.placeholder" }
  const ec: Array<string> = []
  const cas: Array<string> = []
  for (const token of cleaned.split(/\s*[,;/\n]\s*|\s+/).filter((part) => part !== "" && part !== "-")) {
    const hyphened = /^\d{7}$/.test(token) ? `${token.slice(0, 3)}-${token.slice(3, 6)}-${token.slice(6)}` : token
    if (isEc(hyphened)) ec.push(hyphened)
    else if (isCas(token)) cas.push(token)
    else return { code: /^\d{3}-\d{3}-\d$/.test(token) ? "ec.check_digit" : "ec.invalid", suggestion: undefined }
  }
  return { cas, ec, warning: cas.length > 0 ? "id.swapped" : ec.length > 1 ? "ec.multiple" : undefined }
}

const datePattern = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4,7})$/
const isoDate = /^(\d{4,7})-(\d{2})-(\d{2})(?:[T ]00:00(:00)?)?$/

/** A date is one token; otherwise separators and blanks part the numbers. */
const tokensOf = (cleaned: string): ReadonlyArray<string> => {
  const bare = cleaned.replace(label, "").replace(/\.$/, "")
  if (datePattern.test(bare) || isoDate.test(bare)) return [bare]
  const tight = bare.replaceAll(/\s*-\s*/g, "-")
  return tight.split(/\s*[,;/\n|]\s*|\s+(?:and|und|et|y)\s+|\s+/i).filter((token) => token !== "" && token !== "-")
}

type ReadOne = { readonly kind: "cas" | "ec"; readonly id: string; readonly warning: string | undefined } | IdProblem

const readOne = (written: string): ReadOne => {
  const token = written.replace(label, "").replace(/\.$/, "")
  const stripped = token.replace(/^0+(?=[1-9]\d+-)/, "")
  if (isCas(stripped)) return { kind: "cas", id: stripped, warning: undefined }
  if (isEc(token)) return { kind: "ec", id: token, warning: "id.swapped" }
  if (/^[1-9]\d{1,6}-\d\d-\d$/.test(stripped)) return { code: "cas.check_digit", suggestion: corrected(stripped) }
  const dates = datesRepaired(token)
  if (dates !== undefined)
    return dates.length === 1
      ? { kind: "cas", id: dates[0] as string, warning: "cas.date_repaired" }
      : { code: "cas.date", suggestion: dates.length > 1 ? dates.join(" or ") : undefined }
  if (/^\d{5,10}$/.test(token)) {
    const digits = token.replace(/^0+/, "")
    const id = `${digits.slice(0, -3)}-${digits.slice(-3, -1)}-${digits.slice(-1)}`
    return isCas(id)
      ? { kind: "cas", id, warning: "cas.rehyphenated" }
      : { code: "cas.check_digit", suggestion: undefined }
  }
  return { code: "cas.invalid", suggestion: undefined }
}

const corrected = (cas: string): string => {
  const body = cas.slice(0, -2)
  return `${body}-${casCheckDigit(body.replaceAll("-", ""))}, if the digits before the last are right`
}

/** Years that a spreadsheet makes of two digits. */
const isCentury = (year: string): boolean => Number(year) >= 1930 && Number(year) <= 2029

/** CAS numbers that a date can have been; only those whose check digit passes. */
const datesRepaired = (token: string): ReadonlyArray<string> | undefined => {
  const iso = isoDate.exec(token)
  const local = datePattern.exec(token)
  const pairs: ReadonlyArray<readonly [year: string, month: string, day: string]> =
    iso !== null
      ? [[iso[1] as string, iso[2] as string, iso[3] as string]]
      : local !== null
        ? [
            [local[3] as string, local[2] as string, local[1] as string],
            [local[3] as string, local[1] as string, local[2] as string]
          ]
        : []
  if (pairs.length === 0) return undefined
  const found = pairs.flatMap(([year, month, day]) => {
    const rest = `-${month.padStart(2, "0")}-${Number(day)}`
    const written = isCentury(year) ? [`${year}${rest}`, `${year.slice(2)}${rest}`] : [`${year}${rest}`]
    return written.filter(isCas)
  })
  return [...new Set(found)]
}
