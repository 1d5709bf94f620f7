/** Single cells of a table of rules. A reader gives the value, or says what is wrong with the text. */
import * as Decimal from "../domain/Decimal.ts"
import { unitOf } from "../domain/Unit.ts"
import type { Rule, Source } from "../engine/Rule.ts"
import { readCas, readEc } from "../ingest/values/Identifiers.ts"
import { type DecimalStyle, plain, readNumber } from "../ingest/values/Numbers.ts"
import { isDay } from "./problemsOf.ts"

/** What is wrong with a cell, as the end of a sentence that begins with its text. */
export interface Wrong {
  readonly code: string
  readonly message: string
}

export const isWrong = (value: unknown): value is Wrong =>
  typeof value === "object" && value !== null && "code" in value && "message" in value

const wrong = (code: string, message: string): Wrong => ({ code, message })

/** Words of a closed list, and other spellings of each. */
const choice =
  <A extends string>(code: string, spellings: Readonly<Record<A, string>>) =>
  (text: string): A | Wrong => {
    const word = plain(text)
      .toLowerCase()
      .replaceAll(/[\s_]+/g, "-")
    const values = Object.keys(spellings) as unknown as ReadonlyArray<A>
    const known = values.find((value) => value === word || (word !== "" && spellings[value].split("|").includes(word)))
    return known ?? wrong(code, `is not known; write one of ${values.join(", ")}`)
  }

export const readLevel = choice<Rule["level"]>("level.unknown", {
  "homogeneous-material": "material|homogeneous|homogeneous-materials|hm",
  article: "part|component|articles",
  "packaging-component": "packaging",
  battery: "batteries",
  product: "finished-product|final-product|equipment",
  presence: "any|contained"
})

export const readComparison = choice<Rule["comparison"]>("comparison.unknown", {
  above: ">|gt|greater-than|more-than|over",
  "at-or-above": ">=|≥|gte|at-least|equal-or-above|above-or-equal",
  present: "presence|contained|any",
  intentional: "intentionally-added|intentional-addition"
})

export const readOutcome = choice<Rule["outcome"]>("outcome.unknown", {
  "non-compliant": "prohibited|prohibition|banned|ban|restricted|restriction|not-allowed|fail",
  declare: "declarable|declaration|report|reportable|reporting|disclose|disclosure|inform",
  warning: "warn|monitor|watch|review"
})

export const readBasis = choice<Rule["basis"]>("basis.unknown", {
  compound: "substance",
  element: "metal|elemental",
  ion: ""
})

export const readAggregation = choice<Rule["aggregation"]>("aggregation.unknown", {
  single: "each|individual|individually",
  sum: "total|combined|together"
})

export const readStanding = choice<Source["standing"]>("standing.unknown", {
  primary: "",
  secondary: "",
  unchecked: ""
})

export const readElement = (text: string): string | Wrong =>
  /^[A-Z][a-z]?(\+[A-Z][a-z]?)*$/.test(text)
    ? text
    : wrong("element.unknown", "is no symbol of an element such as Pb, or of several: Cl+Br")

/** A day as ISO writes it, or with points as in German; with slashes nobody knows which is the month. */
export const readDay = (text: string): string | Wrong => {
  const local = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text)
  const day =
    local === null ? text : `${local[3]}-${String(local[2]).padStart(2, "0")}-${String(local[1]).padStart(2, "0")}`
  return /^\d{4}-\d\d-\d\d$/.test(day) && isDay(day) ? day : wrong("date.invalid", "is no day; write it as 2026-11-23")
}

const prohibited =
  /^(n\.?\s?d\.?|not detect(ed|able)|none|nil|prohibited|banned|ban|forbidden|not allowed|must not be present|verboten)$/
const intentional = /^((not |no )?intentional(ly)?( added| addition| use)?|nia)$/
const limited =
  /^(<=|>=|<|>|≤|≥|max\.?|maximum|up to|less than|below|not more than|at least|bis)?\s*(\d[\d.,' ]*(?:e[+-]?\d{1,5})?|[.,]\d+)\s*(\D.*)?$/

export interface Limit {
  readonly comparison: Rule["comparison"] | undefined
  readonly limitPpm: string | undefined
}

/**
 * The limit with its unit, from the cell, from its own column or from the header. An operator says what is allowed
 * (`< 1000 ppm` fails at 1000 ppm, `max. 0.1 %` above it); `prohibited` and `not detected` allow nothing.
 */
export const readLimit = (text: string, unit: string | undefined, style: DecimalStyle | undefined): Limit | Wrong => {
  const lower = plain(text).toLowerCase()
  if (lower === "") return { comparison: undefined, limitPpm: undefined }
  if (prohibited.test(lower)) return { comparison: "present", limitPpm: undefined }
  if (intentional.test(lower)) return { comparison: "intentional", limitPpm: undefined }
  const match = limited.exec(lower)
  if (match === null) return wrong("limit.invalid", "is no limit; write a number with its unit, or prohibited")
  const [, operator, digits = "", own] = match
  const number = readNumber(digits.trim(), style)
  if (typeof number === "string")
    return wrong(
      number,
      number === "value.ambiguous_number"
        ? "can be read in two ways; write it without separators of thousands"
        : "is no number"
    )
  const written = own?.trim() ?? unit
  if (written === undefined || written === "")
    return wrong("unit.missing", "has no unit; write ppm, %, mg/kg … behind it, in a column unit, or in the header")
  const known = unitOf(written)
  if (known?.canonical !== "ppm")
    return wrong("unit.unknown", `has the unit ${written}, which is no share of mass such as ppm, % or mg/kg`)
  const ppm = Decimal.multiply(number, known.factor)
  if (Decimal.compare(ppm, Decimal.fromInteger(1_000_000)) > 0) return wrong("limit.range", "is more than the whole")
  return { comparison: comparisonOf(operator), limitPpm: Decimal.toText(ppm) }
}

const comparisonOf = (operator: string | undefined): Rule["comparison"] | undefined =>
  operator === undefined ? undefined : /^(<|less than|below|>=|≥|at least)$/.test(operator) ? "at-or-above" : "above"

const repaired = new Set(["cas.date_repaired", "cas.rehyphenated"])

/** CAS numbers of a cell. One that had to be repaired is refused with what it probably should be: a rule must be sure. */
export const readCasCell = (
  text: string
): { readonly cas: ReadonlyArray<string>; readonly ec: ReadonlyArray<string> } | Wrong => {
  const read = readCas(text)
  if ("code" in read) return wrong(read.code, `is no CAS number with the right check digit${hint(read.suggestion)}`)
  if (read.warning !== undefined && repaired.has(read.warning))
    return wrong(read.warning, `is no CAS number; write ${read.cas.join(" or ")} if that is the substance`)
  return read
}

export const readEcCell = (
  text: string
): { readonly cas: ReadonlyArray<string>; readonly ec: ReadonlyArray<string> } | Wrong => {
  const read = readEc(text)
  return "code" in read ? wrong(read.code, `is no EC number with the right check digit${hint(read.suggestion)}`) : read
}

const hint = (suggestion: string | undefined): string => (suggestion === undefined ? "; look it up" : `; ${suggestion}`)

/** Words separated by semicolons or bars. */
export const readList = (text: string): ReadonlyArray<string> =>
  text.split(/\s*[;|]\s*/).flatMap((word) => (word === "" ? [] : [word.trim().toLowerCase()]))
