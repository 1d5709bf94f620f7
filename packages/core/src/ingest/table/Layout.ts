/** What the first stretch of a table shows: its delimiter, header, columns and decimal style. */
import type { ColumnMapping, Mapping } from "../../domain/Mapping.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { type DecimalStyle, styleOf } from "../values/Numbers.ts"
import { cellTexts } from "./Dictionary.ts"
import { applyMapping, type ProposedColumn, SURE, type TableKind } from "./Mapping.ts"
import { MAX_CELLS, RecordReader } from "./Records.ts"

/** Bytes that are looked at before the first row is read. */
export const HEAD_BYTES = 1 << 16

export interface Layout {
  readonly kind: TableKind
  readonly delimiter: number
  readonly headers: ReadonlyArray<string>
  readonly columns: ReadonlyArray<ProposedColumn>
  /** Where the first row behind the header begins. */
  readonly line: number
  readonly offset: number
  readonly style: DecimalStyle | undefined
  /** Records before the header. */
  readonly preamble: number
}

interface Sampled {
  readonly cells: ReadonlyArray<string>
  readonly line: number
  readonly offset: number
}

const delimiters = [",", ";", "\t", "|"].map((mark) => mark.charCodeAt(0))
/** Score of a header with a part number and another column that are sure. */
const CLEAR = 3
const HEADER_SEARCH = 30
const SAMPLE_ROWS = 400

const sample = (head: Uint8Array, delimiter: number): ReadonlyArray<Sampled> => {
  const rows: Array<Sampled> = []
  const reader = new RecordReader(delimiter, {
    records: (records) => {
      for (let record = 0; record < records.length && rows.length < SAMPLE_ROWS; record++)
        rows.push({
          cells: cellTexts(records, record, MAX_CELLS).map((text) => text.trim()),
          line: records.lines[record] as number,
          offset: records.offsets[record] as number
        })
    },
    isRow: () => false,
    problem: (_code, line, offset) => {
      if (rows.length < SAMPLE_ROWS) rows.push({ cells: [], line, offset })
    }
  })
  reader.push(head)
  reader.end()
  return rows
}

interface Candidate {
  readonly kind: TableKind
  readonly delimiter: number
  readonly rows: ReadonlyArray<Sampled>
  readonly header: number
  readonly columns: ReadonlyArray<ProposedColumn>
  readonly score: number
}

/**
 * Finds the layout of a table from its first bytes.
 *
 * @param kinds what it may be; the kind whose columns are recognised best is taken
 * @throws UnreadableDocument when no line can be its header
 */
export const findLayout = (
  document: string,
  head: Uint8Array,
  kinds: ReadonlyArray<TableKind>,
  mapping: Mapping | undefined
): Layout => {
  const fail = (code: string, detail: string) => new UnreadableDocument({ document, code, detail })
  const samples = delimiters.map((delimiter) => ({ delimiter, rows: sample(head, delimiter) }))
  const bestBy = (near: boolean): Candidate | undefined => {
    let best: Candidate | undefined
    for (const { delimiter, rows } of samples)
      for (const kind of kinds)
        for (const candidate of headersOf(rows, kind, delimiter, mapping, near))
          if (best === undefined || candidate.score > best.score) best = candidate
    return best
  }
  const sure = bestBy(false)
  const best = sure !== undefined && sure.score >= CLEAR ? withNear(sure, mapping) : bestBy(true)
  if (best === undefined) throw fail("header.missing", "the file is empty; its first line must be the header")
  const headers = best.rows[best.header]?.cells ?? []
  const after = best.rows.slice(best.header + 1)
  const first = after[0]
  const numeric = best.columns.flatMap((column, cell) => (isNumeric(column.mapping) ? [cell] : []))
  const shown = styleOf(after.flatMap((row) => numeric.map((cell) => row.cells[cell] ?? "")))
  return {
    kind: best.kind,
    delimiter: best.delimiter,
    headers,
    columns: best.columns,
    line: first?.line ?? 0,
    offset: first?.offset ?? head.length,
    style: shown ?? (best.delimiter === 59 ? undefined : { point: ".", sure: false }),
    preamble: best.header
  }
}

/** The candidate with the columns that are only near to a known name as well. */
const withNear = (candidate: Candidate, mapping: Mapping | undefined): Candidate => {
  const headers = candidate.rows[candidate.header]?.cells ?? []
  return { ...candidate, columns: applyMapping(headers, candidate.kind, mapping, true) }
}

/** The lines that can be the header, each with how well its columns are recognised; an earlier line wins a tie. */
const headersOf = (
  rows: ReadonlyArray<Sampled>,
  kind: TableKind,
  delimiter: number,
  mapping: Mapping | undefined,
  near: boolean
): ReadonlyArray<Candidate> =>
  rows.slice(0, HEADER_SEARCH).flatMap((row, header) => {
    if (row.cells.length === 0 || row.cells.length === MAX_CELLS) return []
    const columns = applyMapping(row.cells, kind, mapping, near)
    const known = columns.reduce((sum, column) => sum + (column.mapping === undefined ? 0 : column.confidence), 0)
    const hasPart = columns.some(
      (column) => column.mapping?.field === "part_number" || column.mapping?.field === "level"
    )
    const fullness = Math.min(row.cells.length, 50) / 10_000
    return [
      { kind, delimiter, rows, header, columns, score: known + (hasPart ? 1 : 0) + fullness - header / 1_000_000 }
    ]
  })

const numericFields = new Set([
  "substance_mass",
  "concentration",
  "amount",
  "amount_min",
  "amount_max",
  "threshold",
  "part_mass",
  "material_mass",
  "quantity"
])

const isNumeric = (mapping: ColumnMapping | undefined): boolean =>
  mapping !== undefined && (numericFields.has(mapping.field) || (mapping.field === "answer" && "substance" in mapping))

/** The columns as a proposal that a person confirms or corrects. */
export const proposalOf = (columns: ReadonlyArray<ProposedColumn>) =>
  columns.map(({ header, mapping, confidence }) => ({
    header,
    confidence,
    ...(mapping === undefined ? {} : { mapping })
  }))

/**
 * The columns by field, once all that matter are sure.
 *
 * @throws UnreadableDocument when a column stands twice
 */
export const settle = (document: string, layout: Layout): ReadonlyMap<string, number> => {
  const byField = new Map<string, number>()
  for (const [cell, column] of layout.columns.entries()) {
    const field = column.mapping?.field
    if (field === undefined || field === "ignore" || field === "answer" || column.confidence < SURE) continue
    byField.set(field, cell)
  }
  const unsure = layout.columns.filter(
    (column) =>
      column.mapping !== undefined &&
      column.mapping.field !== "answer" &&
      column.mapping.field !== "ignore" &&
      column.confidence < SURE &&
      !byField.has(column.mapping.field)
  )
  const twice = unsure.find((column) =>
    unsure.some((other) => other !== column && other.header.toLowerCase() === column.header.toLowerCase())
  )
  if (twice !== undefined)
    throw new UnreadableDocument({
      document,
      code: "header.duplicate",
      detail: `the column ${twice.header} stands twice in the header`
    })
  return byField
}

/** Fields of which one is needed, and how people call them. */
export interface Missing {
  readonly fields: ReadonlyArray<string>
  readonly what: string
}

/** The error for columns that are needed and not there, or only guessed at. */
export const missingColumns = (
  document: string,
  layout: Layout,
  missing: ReadonlyArray<Missing>
): UnreadableDocument => {
  const what = missing.map((one) => one.what).join(" and ")
  const fields = missing.flatMap((one) => one.fields)
  const unsure = layout.columns.some(
    (column) => column.confidence < SURE && column.mapping !== undefined && fields.includes(column.mapping.field)
  )
  return new UnreadableDocument({
    document,
    code: unsure ? "mapping.unsure" : "header.column_missing",
    detail: unsure
      ? `it is not sure which columns hold ${what}; confirm the proposed mapping`
      : `the header lacks ${what}; name the columns so, or give a mapping`,
    proposal: proposalOf(layout.columns)
  })
}
