/** What the XML formats share: amounts in attributes, thresholds in words, one declaration for each part. */
import { type Amount, upTo } from "../../domain/Amount.ts"
import { compare, type Decimal, isZero, parse, toText } from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import { MAX_PART_NUMBER } from "../../domain/Part.ts"
import { casOfEc, casOfName } from "../../domain/SubstanceNames.ts"
import { unitOf } from "../../domain/Unit.ts"
import { type DocumentSource, type Findings, type Stated, sourceOf } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { readAmount } from "../values/Amounts.ts"
import { readDate } from "../values/Dates.ts"
import { readCas, readEc, secretName } from "../values/Identifiers.ts"
import { readExemption } from "../values/Words.ts"
import type { Attributes } from "./XmlReader.ts"

const style = { point: ".", sure: true } as const

/** Values that these formats write for "nothing". */
export const stated = (text: string | undefined): string => {
  const trimmed = (text ?? "").trim()
  return /^(-+|none|n\/a|null)$/i.test(trimmed) ? "" : trimmed
}

export interface WrittenAmount {
  readonly amount: Amount
  readonly text: string
}

/** Reads a value and its unit; an empty value gives `undefined`. */
export const readWritten = (
  value: string | undefined,
  unit: string | undefined
): WrittenAmount | { readonly code: string; readonly value: string } | undefined => {
  const number = stated(value)
  if (number === "") return undefined
  const known = unitOf(unit ?? "")
  if (known === undefined)
    return { code: stated(unit) === "" ? "unit.missing" : "unit.unsupported", value: `${number} ${unit ?? ""}`.trim() }
  const read = readAmount(number, { style, unit: known })
  return "code" in read ? { code: read.code, value: number } : { amount: read.amount, text: `${number} ${unit}` }
}

/** Milligrams of a mass in attributes; `undefined` when there is none that is exact. */
export const massOf = (value: string | undefined, unit: string | undefined): Decimal | undefined => {
  const read = readWritten(value, unit)
  return read === undefined || "code" in read || read.amount.unit !== "mg" ? undefined : read.amount.high
}

/** The share a threshold names in free text, such as `0.1 mass% of homogeneous material`. */
export const thresholdPpm = (text: string): Decimal | undefined => {
  const match = /(?<![\d.,])([\d.,]+)\s*(mass\s*%|mass\s*percent|wt\s*%|weight\s*%|%|ppm|mg\/kg|ppb)/i.exec(text)
  if (match === null) return undefined
  const read = readWritten(match[1], (match[2] ?? "").replace(/\s+/g, ""))
  return read === undefined || "code" in read ? undefined : read.amount.high
}

/** A substance while its element is open. */
export interface OpenSubstance {
  readonly name: string
  readonly line: number
  cas: string
  ec: string
  exemptions: Array<string>
  value: string | undefined
  unit: string | undefined
  /** A share of the direct parent, from an element of its own. */
  share: WrittenAmount | { readonly code: string; readonly value: string } | undefined
}

export const openSubstance = (at: Attributes, line: number): OpenSubstance => ({
  name: stated(at.name),
  line,
  cas: "",
  ec: "",
  exemptions: [],
  value: at.value ?? at.mass,
  unit: at.UOM ?? at.unitOfMeasure,
  share: undefined
})

/** Takes an identifier element by its authority. */
export const identify = (substance: OpenSubstance, at: Attributes): void => {
  const identity = (at.identity ?? "").trim()
  if (/^cas/i.test(at.authority ?? "")) substance.cas = identity
  else if (/^(ec|einecs|elincs)/i.test(at.authority ?? "")) substance.ec = identity
}

/** What all declarations of one statement share; parts are added for each product number. */
export type Said = Omit<Declaration, "part" | "partMassMg" | "source"> & Stated

export interface Identified {
  readonly name: string
  readonly cas: string | undefined
  readonly ec: string | undefined
  /** Code of a warning, when there is one. */
  readonly warning: string | undefined
}

type Problem = { readonly code: string; readonly value: string }

/** The identifiers of a substance as a declaration has them, or why they cannot be taken. */
export const identified = ({ cas, ec, name }: OpenSubstance): Identified | Problem => {
  const read = readCas(cas)
  if ("code" in read) return { code: read.code, value: cas }
  if (read.cas.length > 1) return { code: "cas.invalid", value: cas }
  const list = readEc(ec)
  if ("code" in list) return { code: list.code, value: ec }
  const ecNumber = list.ec[0] ?? read.ec[0]
  const number =
    read.cas[0] ?? list.cas[0] ?? (ecNumber === undefined ? undefined : casOfEc(ecNumber)) ?? casOfName(name)
  const isSecret = read.secret === true && number === undefined && ecNumber === undefined
  const shown = isSecret ? secretName(name) : name === "" ? (number ?? ecNumber ?? "") : name
  return shown === ""
    ? { code: "value.missing", value: cas }
    : { name: shown, cas: number, ec: ecNumber, warning: read.warning ?? list.warning }
}

/** The day a `Response` says it was given on; one that cannot be is remarked on and left out. */
export const issuedOn = (
  findings: Findings,
  at: Attributes,
  line: number,
  today: string | undefined
): Pick<Stated, "issued"> => {
  const written = stated(at.date)
  if (written === "") return {}
  const read = readDate(written)
  const code = "code" in read ? read.code : today !== undefined && read.day > today ? "date.future" : read.warning
  const column = "Response/@date"
  if (code !== undefined) findings.warn({ line, column, code, value: written, message: messageOf(code, column) })
  return "code" in read ? {} : { issued: read.day }
}

/** Who a document says it is from. */
export const supplierIn = (at: Attributes): Pick<Stated, "supplier"> => {
  const supplier = stated(at.name)
  return supplier === "" ? {} : { supplier }
}

/** A hundredth of a milligram, which people enter where a mass is demanded. */
const DUMMY_MG = parse("0.01") as Decimal

/** Remarks on a mass that nobody has weighed. */
export const remarkOnMass = (findings: Findings, massMg: Decimal | undefined, line: number, column: string): void => {
  if (massMg === undefined || isZero(massMg) || compare(massMg, DUMMY_MG) > 0) return
  const code = "mass.suspect"
  findings.warn({ line, column, code, value: `${toText(massMg)} mg`, message: messageOf(code, column) })
}

/** A product number a declaration is for, with the mass of one piece. */
export interface DeclaredPart {
  readonly key: string
  massMg: Decimal | undefined
}

/** Emits one good row: the same statement for every part it is about. */
export const emit = (
  findings: Findings,
  document: DocumentSource,
  parts: ReadonlyArray<DeclaredPart>,
  wanted: ((part: string) => boolean) | undefined,
  line: number,
  said: Said
): void => {
  if (parts.length === 0) {
    findings.reject({
      line,
      column: "ProductID/@itemNumber",
      code: "value.missing",
      value: "",
      message: "The product has no item number, so nobody can tell which part this is about."
    })
    return
  }
  const { issued, supplier, ...stated } = said
  const source = sourceOf(document, line, { issued, supplier })
  const kept = parts.filter((part) => wanted === undefined || wanted(part.key))
  findings.accept(...kept.map((part) => ({ ...stated, part: part.key, partMassMg: part.massMg, source })))
}

/** Says of an accepted row what is odd about its identifiers. */
export const remarkOnId = (
  findings: Findings,
  { line, cas, ec }: OpenSubstance,
  { warning }: Identified,
  column: string
): void => {
  if (warning === undefined) return
  findings.warn({ line, column, code: warning, value: cas === "" ? ec : cas, message: messageOf(warning, column) })
}

export const refuse = (
  findings: Findings,
  line: number,
  column: string,
  problem: { readonly code: string; readonly value: string }
): void =>
  findings.reject({ line, column, code: problem.code, value: problem.value, message: messageOf(problem.code, column) })

export const isTooLong = (number: string): boolean => number.length > MAX_PART_NUMBER

/** Refuses a product whose number is missing or too long. */
export const refuseNumber = (
  findings: Findings,
  line: number,
  column: string,
  number: string,
  name: string | undefined
): void =>
  refuse(
    findings,
    line,
    column,
    number === "" ? { code: "value.missing", value: name ?? "" } : { code: "part_number.too_long", value: number }
  )

export const nothingSaid = {
  material: undefined,
  materialMassMg: undefined,
  basis: undefined,
  limitPpm: undefined,
  claim: undefined
} as const

/** Below a threshold, or above it without saying by how much. */
export const againstThreshold = (threshold: Decimal, above: boolean): Amount =>
  above
    ? { unit: "ppm", low: threshold, high: undefined, lowOpen: true, highOpen: false }
    : upTo("ppm", threshold, false)

/** Exemptions as the annexes write them. */
export const exemptionsOf = ({ exemptions }: OpenSubstance): string | undefined => {
  const claimed = exemptions.filter((text) => text !== "")
  return claimed.length === 0 ? undefined : readExemption(claimed.join(", ")).text
}
