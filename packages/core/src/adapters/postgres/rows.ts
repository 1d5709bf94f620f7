/** Rows of the database as values of the domain, and back. */
import { exactly, stated } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import type { Bom, BomLine, Part, Source } from "../../domain/Part.ts"
import { type FindingStatus, type Status, statuses } from "../../domain/Status.ts"
import { unitOf } from "../../domain/Unit.ts"
import type { DocumentRecord, PartRow, ProductRow } from "../../ports/Repository.ts"
import { productFromBefore } from "../../ports/verdicts.ts"

export { partRowOf } from "../../ports/verdicts.ts"

const optional = (text: string | null): string | undefined => text ?? undefined
const decimal = (text: string): Decimal.Decimal => Decimal.parse(text) ?? Decimal.zero
const optionalDecimal = (text: string | null) => (text === null ? undefined : decimal(text))
export const textOf = (value: Decimal.Decimal | undefined): string | null =>
  value === undefined ? null : Decimal.toText(value)

export interface DeclarationRow {
  readonly part_key: string
  readonly substance: string
  readonly cas: string | null
  readonly mass_mg: string | null
  readonly limit_ppm: string | null
  readonly exemption: string | null
  readonly document: string
  readonly sha256: string
  readonly line: bigint
  /** A plain amount: `amount / 10^scale` of the unit. */
  readonly amount: bigint | null
  readonly scale: number | null
  readonly unit: string | null
  readonly material: string | null
  readonly material_mass: string | null
  readonly part_mass: string | null
  readonly ec: string | null
  readonly basis: "element" | "compound" | null
  readonly issued: string | null
  readonly supplier: string | null
  readonly detail: string | null
  /** Of the document. */
  readonly arrived: string | null
}

/** What of a declaration has no column of its own. */
interface Detail {
  readonly unit: "mg" | "ppm"
  readonly low: string
  readonly lowOpen: boolean
  readonly high: string | null
  readonly highOpen: boolean
  readonly material?: string
  readonly materialMass?: string
  readonly partMass?: string
  readonly ec?: string
  readonly basis?: "element" | "compound"
  readonly claim?: Declaration["claim"]
  readonly intentional?: boolean
  readonly issued?: string
  readonly validTo?: string
  readonly text: string
}

const NUL = "\u0000"

/** PostgreSQL's text holds no NUL. */
export const storable = (text: string): string => (text.includes(NUL) ? text.replaceAll(NUL, "\uFFFD") : text)

export const detailOf = (d: Declaration): string => {
  const detail: Record<string, unknown> = {
    unit: d.amount.unit,
    low: Decimal.toText(d.amount.low),
    lowOpen: d.amount.lowOpen,
    high: textOf(d.amount.high),
    highOpen: d.amount.highOpen,
    material: d.material,
    materialMass: textOf(d.materialMassMg) ?? undefined,
    partMass: textOf(d.partMassMg) ?? undefined,
    ec: d.ec,
    basis: d.basis,
    claim: d.claim,
    intentional: d.intentional,
    issued: d.source.issued,
    validTo: d.source.validTo,
    text: d.text
  }
  return storable(JSON.stringify(detail))
}

export const declarationOf = (row: DeclarationRow): Declaration => {
  const common = {
    part: row.part_key,
    substance: row.substance,
    cas: optional(row.cas),
    limitPpm: optionalDecimal(row.limit_ppm),
    exemption: optional(row.exemption),
    source: {
      document: row.document,
      sha256: row.sha256,
      line: Number(row.line),
      ...(row.arrived === null ? {} : { arrived: row.arrived }),
      ...(row.supplier === null ? {} : { supplier: row.supplier })
    }
  }
  if (row.amount !== null) return { ...common, ...plain(row, row.amount), source: issuedOn(common.source, row.issued) }
  if (row.detail === null) return { ...common, ...plainMass(row.mass_mg ?? "0") }
  const detail = JSON.parse(row.detail) as Detail
  const { intentional, issued, validTo } = detail
  return {
    ...common,
    ...(intentional === undefined ? {} : { intentional }),
    source: {
      ...common.source,
      ...(issued === undefined ? {} : { issued }),
      ...(validTo === undefined ? {} : { validTo })
    },
    material: detail.material,
    materialMassMg: optionalDecimal(detail.materialMass ?? null),
    partMassMg: optionalDecimal(detail.partMass ?? null),
    ec: detail.ec,
    amount: {
      unit: detail.unit,
      low: decimal(detail.low),
      lowOpen: detail.lowOpen,
      high: optionalDecimal(detail.high),
      highOpen: detail.highOpen
    },
    basis: detail.basis,
    claim: detail.claim === undefined ? undefined : { ...detail.claim, version: detail.claim.version },
    text: detail.text
  }
}

const plain = (row: DeclarationRow, coefficient: bigint) => {
  const text = row.unit ?? ""
  return {
    material: optional(row.material),
    materialMassMg: optionalDecimal(row.material_mass),
    partMassMg: optionalDecimal(row.part_mass),
    ec: optional(row.ec),
    basis: row.basis ?? undefined,
    claim: undefined,
    ...stated({ coefficient: BigInt(coefficient), scale: row.scale ?? 0 }, { unit: unitOf(text), text })
  }
}

const issuedOn = (source: Source, issued: string | null): Source => (issued === null ? source : { ...source, issued })

/** Rows from before amounts were kept as intervals. */
const plainMass = (massMg: string) => ({
  material: undefined,
  materialMassMg: undefined,
  partMassMg: undefined,
  ec: undefined,
  amount: exactly("mg", decimal(massMg)),
  basis: undefined,
  claim: undefined,
  text: `${massMg} mg`
})

export interface RejectRow {
  readonly line: bigint
  readonly byte_offset: bigint | null
  readonly column_name: string
  readonly code: string
  readonly value: string
  readonly message: string
  readonly suggestion: string | null
  readonly cells: string | null
  readonly document: string | null
}

export const rejectOf = (row: RejectRow): Reject => ({
  line: Number(row.line),
  ...(row.byte_offset === null ? {} : { offset: Number(row.byte_offset) }),
  column: row.column_name,
  code: row.code,
  value: row.value,
  message: row.message,
  ...(row.suggestion === null ? {} : { suggestion: row.suggestion }),
  ...(row.document === null ? {} : { document: row.document })
})

export const rejectedRowOf = (row: RejectRow): RejectedRow => ({
  ...rejectOf(row),
  cells: row.cells === null ? [] : (JSON.parse(row.cells) as ReadonlyArray<string>)
})

export interface DocumentRow {
  readonly sha256: string
  readonly name: string
  readonly kind: DocumentRecord["kind"]
  readonly bytes: bigint
  readonly rows: bigint
  readonly accepted: bigint
  readonly rejected: bigint
  readonly revision: bigint
  readonly detail: string | null
  readonly arrived: string | null
}

/** What of a document has no column of its own. */
export const documentDetailOf = ({ warned, codes, table }: DocumentRecord): string =>
  storable(JSON.stringify({ warned, codes, table }))

const documentDetail = (text: string | null): Pick<DocumentRecord, "warned" | "codes" | "table"> => ({
  warned: 0,
  codes: {},
  table: undefined,
  ...(text === null ? {} : JSON.parse(text))
})

export const documentOf = (row: DocumentRow): DocumentRecord => ({
  sha256: row.sha256,
  name: row.name,
  kind: row.kind,
  bytes: Number(row.bytes),
  rows: Number(row.rows),
  accepted: Number(row.accepted),
  rejected: Number(row.rejected),
  revision: Number(row.revision),
  ...documentDetail(row.detail),
  ...(row.arrived === null ? {} : { arrived: row.arrived })
})

export interface PartRecord {
  readonly key: string
  readonly part_number: string
  readonly name: string | null
  readonly material: string | null
  readonly mass_grams: string | null
  readonly categories: ReadonlyArray<string> | null
  readonly supplier: string | null
}

export interface LineRecord {
  readonly parent: string
  readonly child: string
  readonly quantity: string
  readonly uncounted: boolean
}

export const bomOf = (product: string, parts: ReadonlyArray<PartRecord>, lines: ReadonlyArray<LineRecord>): Bom => {
  const byParent = new Map<string, Array<BomLine>>()
  for (const { child, parent, quantity, uncounted } of lines) {
    const siblings = byParent.get(parent) ?? []
    siblings.push({ parent, child, quantity: decimal(quantity), ...(uncounted ? { uncounted } : {}) })
    byParent.set(parent, siblings)
  }
  return { product, parts: new Map(parts.map((row) => [row.key, partOf(row)])), lines: byParent }
}

const partOf = (row: PartRecord): Part => ({
  key: row.key,
  partNumber: row.part_number,
  name: optional(row.name),
  material: optional(row.material),
  massGrams: optionalDecimal(row.mass_grams),
  ...(row.categories === null ? {} : { categories: row.categories }),
  ...(row.supplier === null ? {} : { supplier: row.supplier })
})

export interface ProductRecord {
  readonly key: string
  readonly body: string
  readonly revision: bigint
}

export const productRowOf = ({ body, revision }: Omit<ProductRecord, "key">): ProductRow =>
  productFromBefore({ ...unpack<ProductRow>(body), revision: Number(revision) })

export interface ListedPart {
  readonly goodness: number
  readonly key: string
  readonly body: string
  /** What its kind says; null from before there were kinds. */
  readonly standings: PartRow["byRegulation"] | null
}

export const listedPartOf = ({ body, standings }: Pick<ListedPart, "body" | "standings">): PartRow => ({
  ...unpack<PartRow>(body),
  byRegulation: standings ?? []
})

/** 0 for the worst status: ascending order is worst first. A status of duties is none of any row. */
export const goodness = (status: FindingStatus): number => statuses.length - 1 - statuses.indexOf(status as Status)

/** JSON keeps no undefined; this stands in its place, so that a value comes back as it went. */
const ABSENT = "\uE000absent"

export const pack = (value: unknown): string =>
  JSON.stringify(value, (_key, field) => (field === undefined ? ABSENT : field))

export const unpack = <A>(text: string): A => {
  const value: unknown = JSON.parse(text)
  return (text.includes(ABSENT) ? restored(value) : value) as A
}

/** The same value, changed in place. */
const restored = (value: unknown): unknown => {
  if (value === ABSENT) return undefined
  if (typeof value !== "object" || value === null) return value
  const fields = value as Record<string, unknown>
  for (const key in fields) {
    const field = fields[key]
    if (field === ABSENT) fields[key] = undefined
    else if (typeof field === "object") restored(field)
  }
  return value
}

/** The text a search looks in. */
export const searchText = (...texts: ReadonlyArray<string | undefined>): string =>
  texts
    .filter((text) => text !== undefined)
    .join("\n")
    .toLowerCase()

/** A LIKE pattern that finds the text literally, anywhere. NUL, which no stored text holds, is taken as its replacement. */
export const likePattern = (search: string): string =>
  `%${search
    .toLowerCase()
    .replaceAll("\u0000", "\uFFFD")
    .replaceAll(/[\\%_]/g, "\\$&")}%`
