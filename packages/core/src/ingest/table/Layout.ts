/** What the first stretch of a table shows: how it is written, its header, columns and decimal style. */
import type { ColumnMapping, Mapping } from "../../domain/Mapping.ts"
import { CLEAR_COLUMN, DECIMAL_COLUMN } from "../RejectsFile.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { type DecimalStyle, styleOf } from "../values/Numbers.ts"
import { MAX_CELLS } from "./Batch.ts"
import type { Comments } from "./Comments.ts"
import { quotedWays, type Written, waysOf } from "./Dialects.ts"
import type { ForeignDialect } from "./ForeignRecords.ts"
import { applyMapping, canName, type ProposedColumn, SURE, type TableKind } from "./Mapping.ts"
import { isShort, numbersIn, SAMPLE_ROWS, type Sampled, sample } from "./Sample.ts"

/** Bytes that are looked at before the first row is read. */
export const HEAD_BYTES = 1 << 16

export interface Layout {
  readonly kind: TableKind
  /** Byte between cells; of tables that are written as RFC 4180 has it. */
  readonly delimiter: number
  /** Of tables that are written in another way. */
  readonly foreign: ForeignDialect | undefined
  /** Whether the way it is written was found by its content and is worth a remark. */
  readonly guessed: boolean
  readonly comments: Comments | undefined
  readonly headers: ReadonlyArray<string>
  readonly columns: ReadonlyArray<ProposedColumn>
  /** Where the first row behind the header begins. */
  readonly line: number
  readonly offset: number
  readonly style: DecimalStyle | undefined
  /** Records before the header. */
  readonly preamble: number
}

/** Score of a header with a part number and another column that are sure. */
const CLEAR = 3
const HEADER_SEARCH = 30

/** Whether the rows of a first sample are all there are. */
const isWhole = (rows: ReadonlyArray<Sampled>): boolean => rows.length <= HEADER_SEARCH

interface Candidate {
  readonly kind: TableKind
  readonly written: Written
  /** The first of the table. */
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
  given: Mapping | undefined
): Layout => {
  const text = new TextDecoder("latin1").decode(head)
  const dialect = text.includes(CLEAR_COLUMN) ? undefined : given?.dialect
  const stated = dialect?.comment === undefined ? undefined : { mark: dialect.comment, unlessOfWidth: undefined }
  const find = (ways: ReadonlyArray<Written>): Candidate | undefined => {
    const samples = ways.map((written) => ({ written, rows: sample(head, written, stated, HEADER_SEARCH + 1) }))
    const bestBy = (near: boolean): Candidate | undefined => {
      let best: Candidate | undefined
      for (const { written, rows } of samples)
        for (const kind of kinds)
          for (const [header, row] of rows.slice(0, HEADER_SEARCH).entries()) {
            if (row.cells.length === 0 || row.cells.length === MAX_CELLS) continue
            if (best !== undefined && given === undefined && mostOf(row.cells, near) <= best.score) continue
            const candidate = candidateOf(rows, header, kind, written, given, near)
            if (best === undefined || candidate.score > best.score) best = candidate
          }
      return best
    }
    const sure = bestBy(false)
    return sure !== undefined && sure.score >= CLEAR ? withNear(sure, given) : bestBy(true)
  }
  const found = find(waysOf(dialect, text))
  if (found === undefined)
    throw new UnreadableDocument({
      document,
      code: "header.missing",
      detail: "the file is empty; its first line must be the header"
    })
  const whole = (candidate: Candidate): Candidate =>
    isWhole(candidate.rows) ? candidate : { ...candidate, rows: sample(head, candidate.written, stated, SAMPLE_ROWS) }
  const ways = dialect?.quote === undefined && dialect?.escape === undefined ? quotedWays(found.written, text) : []
  const other =
    ways.length === 0 ? undefined : otherQuotes(whole(found), text, ways, (way) => mapped(find([way]), whole))
  const best = other ?? found
  const comments = stated ?? (text.includes(COMMENT) ? commentsIn(whole(best)) : undefined)
  return layoutOf(best, head, comments, other !== undefined || best.written.several === true, dialect?.decimal)
}

const mapped = <A>(value: A | undefined, f: (value: A) => A): A | undefined => (value === undefined ? value : f(value))

/** Another way to quote that the cells show, or that reads every row of the sample, and more of them, where the usual way does not. */
const otherQuotes = (
  usual: Candidate,
  text: string,
  ways: ReadonlyArray<Written>,
  find: (way: Written) => Candidate | undefined
): Candidate | undefined => {
  const faults = faultsOf(usual)
  const wrapped = isWrapped(usual)
  const usualQuotes = showsQuotes(usual, text)
  for (const written of ways) {
    const shown = wrapped && written.foreign?.quote === "'"
    if ((faults === 0 && !shown) || (usualQuotes && written.foreign?.quote !== '"')) continue
    const other = find(written)
    if (other === undefined || other.header !== usual.header || other.score < CLEAR) continue
    if (shown ? faultsOf(other) <= faults : faultsOf(other) === 0 && fittingOf(other) > fittingOf(usual)) return other
  }
  return undefined
}

/** Whether a cell begins with the usual quote. */
const showsQuotes = ({ written, rows, header }: Candidate, text: string): boolean => {
  const mark = written.foreign?.delimiter ?? String.fromCharCode(written.delimiter)
  const rest = `\n${text.slice(rows[header]?.offset)}`
  return rest.includes('\n"') || rest.includes(`${mark}"`)
}

/** Rows of the sample that have not as many cells as the header; comments apart. */
const faultsOf = ({ rows, header }: Candidate): number => {
  const width = rows[header]?.cells.length
  return rows.slice(header + 1).filter(({ cells }) => cells.length !== width && !(cells[0] ?? "").startsWith(COMMENT))
    .length
}

/** Rows of the sample that have as many cells as the header. */
const fittingOf = ({ rows, header }: Candidate): number => {
  const width = rows[header]?.cells.length
  return rows.slice(header + 1).filter(({ cells }) => cells.length === width).length
}

/** Whether columns have nothing but cells between apostrophes; a single such cell may be one that has them. */
const isWrapped = ({ rows, header }: Candidate): boolean => {
  const columns = (rows[header]?.cells ?? []).map((_, cell) =>
    rows.slice(header + 1).flatMap(({ cells }) => ((cells[cell] ?? "") === "" ? [] : [cells[cell] as string]))
  )
  const wrapped = columns.filter((texts) => texts.every((one) => /^'.*'$/s.test(one) && one.length > 1))
  return wrapped.flat().length > 1
}

/** Lines that begin with it and fit the header nowhere are no rows. */
const COMMENT = "#"

const commentsIn = ({ rows, header }: Candidate): Comments | undefined => {
  const width = rows[header]?.cells.length ?? 0
  const marked = rows.slice(header + 1).filter(({ cells }) => (cells[0] ?? "").startsWith(COMMENT))
  return marked.length > 0 && marked.every(({ cells }) => cells.length !== width)
    ? { mark: COMMENT, unlessOfWidth: width }
    : undefined
}

const layoutOf = (
  { kind, written, columns, header, rows }: Candidate,
  head: Uint8Array,
  comments: Comments | undefined,
  guessed: boolean,
  decimal: "." | "," | undefined
): Layout => {
  const headers = rows[header]?.cells ?? []
  const first = rows[header + 1]
  const offset = first?.offset ?? head.length
  const textsIn = (columns: ReadonlyArray<number>) =>
    isWhole(rows) && comments === undefined
      ? rows.slice(header + 1).flatMap(({ cells }) => columns.map((cell) => cells[cell] ?? "").filter(isShort))
      : numbersIn(head.subarray(offset), written, comments, columns)
  const numeric = columns.flatMap((column, cell) => (isNumeric(column.mapping) ? [cell] : []))
  const kept = headers.indexOf(DECIMAL_COLUMN)
  const settled = decimal ?? (kept < 0 ? undefined : textsIn([kept]).find((text) => text === "." || text === ","))
  return {
    kind,
    ...written,
    guessed,
    comments,
    headers,
    columns,
    line: first?.line ?? 0,
    offset,
    style:
      settled === "." || settled === ","
        ? { point: settled, sure: true }
        : (styleOf(textsIn(numeric)) ?? (written.delimiter === 59 ? undefined : { point: ".", sure: false })),
    preamble: header
  }
}

/** The candidate with the columns that are only near to a known name as well. */
const withNear = (candidate: Candidate, mapping: Mapping | undefined): Candidate => {
  const headers = candidate.rows[candidate.header]?.cells ?? []
  return { ...candidate, columns: applyMapping(headers, candidate.kind, mapping, true) }
}

/** A line as the header, with how well its columns are recognised; the earlier one wins a tie. */
const candidateOf = (
  rows: ReadonlyArray<Sampled>,
  header: number,
  kind: TableKind,
  written: Written,
  mapping: Mapping | undefined,
  near: boolean
): Candidate => {
  const cells = rows[header]?.cells ?? []
  const columns = applyMapping(cells, kind, mapping, near)
  const known = columns.reduce((sum, column) => sum + (column.mapping === undefined ? 0 : column.confidence), 0)
  const hasPart = columns.some((column) => column.mapping?.field === "part_number" || column.mapping?.field === "level")
  const score = known + (hasPart ? 1 : 0) + fullnessOf(cells) - header / 1_000_000
  return { kind, written, rows, header, columns, score }
}

/** Little, but more for more cells that have a name. */
const fullnessOf = (cells: ReadonlyArray<string>): number => {
  const named = cells.filter((cell) => cell !== "").length
  return Math.min(2 * named - cells.length, 50) / 10_000
}

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

/** Columns of a proposal, and characters of their names. */
const MAX_PROPOSED = 200

/** The columns as a proposal that a person confirms or corrects. */
export const proposalOf = (columns: ReadonlyArray<ProposedColumn>) =>
  columns.slice(0, MAX_PROPOSED).map(({ header, mapping, confidence }) => ({
    header: header.slice(0, MAX_PROPOSED),
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
