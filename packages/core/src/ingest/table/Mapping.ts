/** Which column of a table is what: given, or found by the names columns go by. */
import { type ColumnMapping, type Field, fields, type Mapping, type Meaning } from "../../domain/Mapping.ts"
import { remembered } from "../../domain/remembered.ts"
import { type Unit, unitOf } from "../../domain/Unit.ts"
import { isAddedColumn } from "../RejectsFile.ts"
import { plain } from "../values/Numbers.ts"
import { childNames, columnLists, columnSubstances, synonyms } from "./Synonyms.ts"

/** A mapping as it is proposed: how sure each column is, from 0 to 1. */
export interface ProposedColumn {
  readonly header: string
  readonly mapping: ColumnMapping | undefined
  readonly confidence: number
  /** A yes/no column whose polarity its header does not state. */
  readonly polarityOpen: boolean
}

/** A column this sure is taken without asking. */
export const SURE = 0.75

/** Header text without case, accents, brackets, punctuation and unit. */
export const normalHeader = (header: string): string => headerParts(header).name

export const headerUnit = (header: string): string | undefined => headerParts(header).unit

const headerParts = remembered((header): { readonly name: string; readonly unit: string | undefined } => {
  const text = plain(header.replace(/^\uFEFF/, ""))
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[\u0300-\u036f]/g, "")
    .normalize("NFC")
    .replaceAll("ß", "ss")
  const whole = unitOf(text)
  if (whole !== undefined) return { name: whole.canonical === "ppm" ? "concentration" : "substance mass", unit: text }
  const bracketed = /[([]\s*(?:in\s+)?([^)\]]+?)\s*[)\]]\s*$/.exec(text)
  if (bracketed !== null && unitOf(bracketed[1] as string) !== undefined)
    return { name: words(text.slice(0, bracketed.index)), unit: bracketed[1] }
  const all = text.split(/[\s_,;:]+|(?<=\w)-(?=\w)/).filter((word) => word !== "")
  for (const length of [2, 1]) {
    const unit = all.slice(-length).join(" ")
    const before = all.slice(0, -length)
    if (before.length > 0 && unitOf(unit) !== undefined)
      return { name: words((before.at(-1) === "in" ? before.slice(0, -1) : before).join(" ")), unit }
  }
  return { name: words(text), unit: undefined }
})

const words = (text: string): string => text.replaceAll(/[^\p{L}\p{N}+]+/gu, " ").trim()

const exactNames = new Map<string, { readonly field: Field; readonly confidence: number }>()
for (const field of fields) {
  for (const name of synonyms[field].likely.split("|"))
    if (name !== "") exactNames.set(name, { field, confidence: 0.8 })
  for (const name of synonyms[field].sure.split("|")) exactNames.set(name, { field, confidence: 1 })
  exactNames.set(field.replaceAll("_", " "), { field, confidence: 1 })
}

/** What a table is read for; a column name can mean different things in the two. */
export type TableKind = "declarations" | "bom"

const bomOnly: ReadonlySet<Field> = new Set(["level", "parent", "quantity", "designators"])
const declarationOnly: ReadonlySet<Field> = new Set([
  "substance",
  "cas",
  "ec",
  "substance_mass",
  "concentration",
  "amount",
  "amount_min",
  "amount_max",
  "basis",
  "threshold",
  "exemption",
  "issued",
  "material_mass"
])

/** Proposes a mapping for a header; each field goes to one column at most. */
export const proposeMapping = (
  headers: ReadonlyArray<string>,
  kind: TableKind,
  near = true
): ReadonlyArray<ProposedColumn> => {
  const propose = proposals[kind][near ? "near" : "exact"]
  const proposed = headers.map((header) => (canName(header, near) ? propose(header) : unknownColumn(header)))
  return proposed.map((column, index) => {
    if (column.mapping === undefined || column.mapping.field === "answer") return column
    const rivals = proposed.filter((other, at) => at !== index && other.mapping?.field === column.mapping?.field)
    const best = rivals.reduce((most, other) => Math.max(most, other.confidence), 0)
    if (best > column.confidence) return { ...column, mapping: undefined, confidence: 0 }
    return best === column.confidence ? { ...column, confidence: 0.5 } : column
  })
}

const proposals = {
  declarations: {
    near: remembered((header) => proposeColumn(header, "declarations", true)),
    exact: remembered((header) => proposeColumn(header, "declarations", false))
  },
  bom: {
    near: remembered((header) => proposeColumn(header, "bom", true)),
    exact: remembered((header) => proposeColumn(header, "bom", false))
  }
}

/** In a BOM a mass is that of the part, and an amount the quantity. */
const bomField = (name: string): { readonly field: Field; readonly confidence: number } | undefined => {
  if (childNames.includes(name)) return { field: "part_number", confidence: 1 }
  const found = exactNames.get(name)
  if (found?.field === "substance_mass") return { ...found, field: "part_mass" }
  return found?.field === "amount" ? { ...found, field: "quantity" } : found
}

/** Whether a text can name a column at all; of the names that are known as they are, only answers have digits. */
export const canName = (text: string, near: boolean): boolean =>
  /[\p{L}%‰#]/u.test(text) && (near || !/\d/.test(text) || /rohs|svhc|reach|halogen|cr|[^\0-\x7f]/i.test(text))

const unknownColumn = (header: string): ProposedColumn => ({
  header,
  mapping: undefined,
  confidence: 0,
  polarityOpen: false
})

const proposeColumn = (header: string, kind: TableKind, near: boolean): ProposedColumn => {
  const none = unknownColumn(header)
  const { name, unit } = headerParts(header)
  if (name === "" || isAddedColumn(header)) return none
  const field = kind === "bom" ? bomField(name) : exactNames.get(name)
  const fits = field !== undefined && !(kind === "bom" ? declarationOnly : bomOnly).has(field.field)
  if (fits && (kind === "bom" || !isAnswerHeader(header)))
    return { header, mapping: withUnit(field.field, unit), confidence: field.confidence, polarityOpen: false }
  if (kind === "declarations") {
    const answer = proposeAnswer(header, name, unit)
    if (answer !== undefined) return answer
  }
  const closest = near ? nearestField(name, kind) : undefined
  return closest === undefined
    ? none
    : { header, mapping: withUnit(closest, unit), confidence: 0.6, polarityOpen: false }
}

const withUnit = (field: Field, unit: string | undefined): ColumnMapping =>
  unit === undefined ? { field: resolved(field, undefined) } : { field: resolved(field, unitOf(unit)), unit }

/** An "amount" in percent is a concentration, one in milligrams a mass. */
const resolved = (field: Field, unit: Unit | undefined): Field =>
  (field === "substance_mass" || field === "amount") && unit?.canonical === "ppm"
    ? "concentration"
    : field === "amount" && unit?.canonical === "mg"
      ? "substance_mass"
      : field

/** A field whose sure name stands inside the header among other words. */
const nearestField = (name: string, kind: TableKind): Field | undefined => {
  const excluded = kind === "bom" ? declarationOnly : bomOnly
  let best: { readonly field: Field; readonly length: number } | undefined
  for (const [known, { field, confidence }] of exactNames) {
    if (confidence < 1 || known.length < 3 || excluded.has(field)) continue
    if (` ${name} `.includes(` ${known} `) && known.length > (best?.length ?? 0)) best = { field, length: known.length }
  }
  return best?.field
}

const isAnswerHeader = (header: string): boolean => /\?\s*$|\(\s*y(es)?\s*\/\s*no?\s*\)/i.test(header)

/** A column that answers for one substance or one list. Its polarity must be in its name. */
const proposeAnswer = (header: string, name: string, unit: string | undefined): ProposedColumn | undefined => {
  const asked = name.replaceAll(/\b(y n|yes no|y|n|j n|ja nein)\b/g, "").trim()
  const free =
    /^(.*\S)\s*(free|frei|not contained)$/.exec(asked) ??
    /^(?:free of|no|without|ohne|sans|senza|sin)\s+(.+)$/.exec(asked)
  const contains =
    /^(?:contains?|containing|enthalt|contient|contiene|includes?|presence of)\s+(.+)$/.exec(asked) ??
    /^(.+)\s(?:contained|present|content|enthalten)$/.exec(asked)
  const subject = (free?.[1] ?? contains?.[1] ?? asked).trim()
  const substance = columnSubstances.find(([names]) => names.test(subject))
  if (substance !== undefined) {
    const means: Meaning = free === null ? "contains" : "free"
    const stated = free !== null || contains !== null || unit !== undefined
    return {
      header,
      mapping: {
        field: "answer",
        substance: substance[1],
        cas: substance[2],
        means,
        ...(unit === undefined ? {} : { unit })
      },
      confidence: stated ? 1 : 0.5,
      polarityOpen: !stated
    }
  }
  const list = columnLists.find(([names]) => names.test(asked))
  if (list === undefined || /exempt|ausnahme|date|datum|version|comment|document|doc|file|limit/.test(asked))
    return undefined
  const meets = /compl|conform|konform|free|pass|meets|status|ok\b/.test(asked) && !/\bnon\b|\bnot\b/.test(asked)
  const fails = /non.?compl|not compl|contain|above|present|exceed/.test(asked)
  return {
    header,
    mapping: { field: "answer", list: list[1], means: fails ? "non-compliant" : "compliant" },
    confidence: meets || fails ? 0.9 : 0.5,
    polarityOpen: !meets && !fails
  }
}

/** The mapping that was given, laid over what the header's names say. */
export const applyMapping = (
  headers: ReadonlyArray<string>,
  kind: TableKind,
  given: Mapping | undefined,
  near = true
): ReadonlyArray<ProposedColumn> => {
  if (given === undefined) return proposeMapping(headers, kind, near)
  const wanted = new Map(Object.entries(given.columns).map(([header, mapping]) => [loose(header), mapping]))
  const taken = new Set(
    headers.flatMap((header) => {
      const mapping = wanted.get(loose(header))
      return mapping === undefined || mapping.field === "answer" || mapping.field === "ignore" ? [] : [mapping.field]
    })
  )
  return proposeMapping(headers, kind, near).map((column) => {
    const mapping = wanted.get(loose(column.header))
    if (mapping !== undefined) {
      const unit = "unit" in mapping && mapping.unit !== undefined ? mapping.unit : headerUnit(column.header)
      const carries = mapping.field !== "ignore" && !("list" in mapping) && unit !== undefined
      return {
        header: column.header,
        mapping: carries ? { ...mapping, unit } : mapping,
        confidence: 1,
        polarityOpen: false
      }
    }
    return column.mapping !== undefined && taken.has(column.mapping.field as Field)
      ? { ...column, mapping: undefined, confidence: 0 }
      : column
  })
}

const loose = (header: string): string =>
  plain(header)
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}%]+/gu, "")
