/** What the XML formats share: amounts in attributes, thresholds in words, one declaration for each part. */
import { type Amount, upTo } from "../../domain/Amount.ts"
import type { Decimal } from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import { isCas, isEc } from "../../domain/Substance.ts"
import { casOfEc, casOfName } from "../../domain/SubstanceNames.ts"
import { unitOf } from "../../domain/Unit.ts"
import type { Findings } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { readAmount } from "../values/Amounts.ts"
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
  const identity = stated(at.identity)
  if (/^cas/i.test(at.authority ?? "")) substance.cas = identity
  else if (/^(ec|einecs|elincs)/i.test(at.authority ?? "")) substance.ec = identity
}

/** What all declarations of one statement share; parts are added for each product number. */
export type Said = Omit<Declaration, "part" | "partMassMg" | "source">

/** The identifiers of a substance as a declaration has them, or why they cannot be taken. */
export const identified = (
  substance: OpenSubstance
):
  | { readonly name: string; readonly cas: string | undefined; readonly ec: string | undefined }
  | { readonly code: string; readonly value: string } => {
  const { cas, ec, name } = substance
  if (cas !== "" && !isCas(cas))
    return { code: /^\d{2,7}-\d\d-\d$/.test(cas) ? "cas.check_digit" : "cas.invalid", value: cas }
  if (ec !== "" && !isEc(ec)) return { code: "ec.check_digit", value: ec }
  const number = cas !== "" ? cas : (casOfEc(ec) ?? casOfName(name))
  const shown = name === "" ? (number ?? ec) : name
  return shown === ""
    ? { code: "value.missing", value: "" }
    : { name: shown, cas: number, ec: ec === "" ? undefined : ec }
}

/** A product number a declaration is for, with the mass of one piece. */
export interface DeclaredPart {
  readonly key: string
  massMg: Decimal | undefined
}

/** Emits one good row: the same statement for every part it is about. */
export const emit = (
  findings: Findings,
  document: { readonly name: string; readonly sha256: string },
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
  const source = { document: document.name, sha256: document.sha256, line }
  const kept = parts.filter((part) => wanted === undefined || wanted(part.key))
  findings.accept(...kept.map((part) => ({ ...said, part: part.key, partMassMg: part.massMg, source })))
}

export const refuse = (
  findings: Findings,
  line: number,
  column: string,
  problem: { readonly code: string; readonly value: string }
): void =>
  findings.reject({ line, column, code: problem.code, value: problem.value, message: messageOf(problem.code, column) })

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
