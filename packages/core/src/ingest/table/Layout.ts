/** What the first stretch of a table shows: its delimiter, header, columns and decimal style. */
import type { ColumnMapping, Mapping } from "../../domain/Mapping.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { type DecimalStyle, styleOf } from "../values/Numbers.ts"
import { allCellTexts, cellText } from "./CellText.ts"
import { applyMapping, canName, type ProposedColumn, SURE, type TableKind } from "./Mapping.ts"
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

/** A record near the beginning of the document. */
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

/** Longer cells tell nothing of how numbers are written. */
const NUMBER_LENGTH = 64

const isShort = (text: string): boolean => text.length <= NUMBER_LENGTH

/** Bytes that are read between two looks at whether that was enough. */
const SAMPLE_PIECE = 1 << 12

interface Sample {
  readonly delimiter: number
  readonly rows: ReadonlyArray<Sampled>
  /** Whether these are all the rows there are. */
  readonly isWhole: boolean
}

/** The first records, at most `limit`; of those that cannot be read only where they stand. */
const sample = (head: Uint8Array, delimiter: number, limit: number): Sample => {
  const rows: Array<Sampled> = []
  const reader = new RecordReader(delimiter, {
    records: (records) => {
      if (rows.length === limit) return
      for (const [record, cells] of allCellTexts(records, limit - rows.length, MAX_CELLS).entries())
        rows.push({
          cells: cells.map((text) => text.trim()),
          line: records.lines[record] as number,
          offset: records.offsets[record] as number
        })
    },
    isRow: () => false,
    problem: (_code, line, offset) => {
      if (rows.length < limit) rows.push({ cells: [], line, offset })
    }
  })
  readSome(reader, head, () => rows.length === limit)
  return { delimiter, rows, isWhole: rows.length < limit }
}

/** The numbers in some columns of the rows behind a header, as they are written. */
const numbersIn = (head: Uint8Array, delimiter: number, columns: ReadonlyArray<number>): ReadonlyArray<string> => {
  const numbers: Array<string> = []
  let rows = 0
  const reader = new RecordReader(delimiter, {
    records: (records) => {
      for (let record = 0; record < records.length && rows < SAMPLE_ROWS; record++, rows++)
        for (const column of columns)
          if (column < (records.counts[record] as number)) {
            const cell = (records.first[record] as number) + column
            const length = (records.ends[cell] as number) - (records.starts[cell] as number)
            if (length <= NUMBER_LENGTH) numbers.push(cellText(records, cell))
          }
    },
    isRow: () => false,
    problem: () => {}
  })
  readSome(reader, head, () => rows === SAMPLE_ROWS)
  return numbers
}

const readSome = (reader: RecordReader, bytes: Uint8Array, isEnough: () => boolean): void => {
  for (let at = 0; at < bytes.length; at += SAMPLE_PIECE) {
    if (isEnough()) return
    reader.push(bytes.subarray(at, at + SAMPLE_PIECE))
  }
  reader.end()
}

interface Candidate {
  readonly kind: TableKind
  readonly sample: Sample
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
  const present = delimiters.filter((delimiter) => head.includes(delimiter))
  const samples = (present.length === 0 ? delimiters.slice(0, 1) : present).map((delimiter) =>
    sample(head, delimiter, HEADER_SEARCH + 1)
  )
  const bestBy = (near: boolean): Candidate | undefined => {
    let best: Candidate | undefined
    for (const found of samples)
      for (const kind of kinds)
        for (const [header, row] of found.rows.slice(0, HEADER_SEARCH).entries()) {
          if (row.cells.length === 0 || row.cells.length === MAX_CELLS) continue
          if (best !== undefined && mapping === undefined && mostOf(row.cells, near) <= best.score) continue
          const candidate = candidateOf(found, header, kind, mapping, near)
          if (best === undefined || candidate.score > best.score) best = candidate
        }
    return best
  }
  const sure = bestBy(false)
  const best = sure !== undefined && sure.score >= CLEAR ? withNear(sure, mapping) : bestBy(true)
  if (best === undefined) throw fail("header.missing", "the file is empty; its first line must be the header")
  const { delimiter, rows, isWhole } = best.sample
  const headers = rows[best.header]?.cells ?? []
  const first = rows[best.header + 1]
  const numeric = best.columns.flatMap((column, cell) => (isNumeric(column.mapping) ? [cell] : []))
  const numbers = isWhole
    ? rows.slice(best.header + 1).flatMap(({ cells }) => numeric.map((cell) => cells[cell] ?? "").filter(isShort))
    : numbersIn(head.subarray(first?.offset ?? head.length), delimiter, numeric)
  const shown = styleOf(numbers)
  return {
    kind: best.kind,
    delimiter,
    headers,
    columns: best.columns,
    line: first?.line ?? 0,
    offset: first?.offset ?? head.length,
    style: shown ?? (delimiter === 59 ? undefined : { point: ".", sure: false }),
    preamble: best.header
  }
}

/** The candidate with the columns that are only near to a known name as well. */
const withNear = (candidate: Candidate, mapping: Mapping | undefined): Candidate => {
  const headers = candidate.sample.rows[candidate.header]?.cells ?? []
  return { ...candidate, columns: applyMapping(headers, candidate.kind, mapping, true) }
}

/** A line as the header, with how well its columns are recognised; the earlier one wins a tie. */
const candidateOf = (
  sample: Sample,
  header: number,
  kind: TableKind,
  mapping: Mapping | undefined,
  near: boolean
): Candidate => {
  const cells = sample.rows[header]?.cells ?? []
  const columns = applyMapping(cells, kind, mapping, near)
  const known = columns.reduce((sum, column) => sum + (column.mapping === undefined ? 0 : column.confidence), 0)
  const hasPart = columns.some((column) => column.mapping?.field === "part_number" || column.mapping?.field === "level")
  const score = known + (hasPart ? 1 : 0) + fullnessOf(cells) - header / 1_000_000
  return { kind, sample, header, columns, score }
}

const fullnessOf = (cells: ReadonlyArray<string>): number => Math.min(cells.length, 50) / 10_000

/** The highest score that a line with these cells can have. */
const mostOf = (cells: ReadonlyArray<string>, near: boolean): number =>
  cells.reduce((sum, cell) => sum + (canName(cell, near) ? 1 : 0), 1 + fullnessOf(cells))

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
  const twice = unsure.find((column, index) =>
    unsure.some((other, at) => at !== index && other.header.toLowerCase() === column.header.toLowerCase())
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
