/**
 * What rows gave, as arrays and plain values that another thread takes over: no value is sent that
 * no row refers to, and none twice.
 */
import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import type { Decoded } from "../Decoded.ts"
import {
  type ColumnsContent,
  DeclarationColumns,
  type IdColumn,
  type RowArrays,
  type Values
} from "./DeclarationColumns.ts"

/** Of several stretches that were decoded one after the other. */
export interface PackedRows {
  readonly stretches: ReadonlyArray<PackedStretch>
  readonly unit: ColumnsContent["unit"]
  /** By column, the values that its ids stand for. */
  readonly values: Readonly<Partial<Record<IdColumn, ReadonlyArray<unknown>>>>
  readonly rows: RowArrays
  readonly extras: ReadonlyArray<PackedDeclaration>
}

interface PackedStretch {
  readonly rows: number
  readonly extras: number
  readonly rejects: ReadonlyArray<RejectedRow>
  readonly warnings: ReadonlyArray<Reject>
  readonly accepted: number
  readonly rejected: number
}

/** Every one of them has the same source but for the line. */
interface PackedDeclaration extends Omit<Declaration, "source"> {
  readonly line: number
}

export class RowPacker {
  readonly #stretches: Array<PackedStretch> = []
  readonly #contents: Array<ColumnsContent> = []

  /** @param found what a table decoder gave */
  add({ declarations, rejects, warnings, accepted, rejected }: Decoded): void {
    const content = declarations instanceof DeclarationColumns ? declarations.content : undefined
    if (content !== undefined) this.#contents.push(content)
    const rows = content?.rows.lines.length ?? 0
    this.#stretches.push({ rows, extras: content?.extras.length ?? 0, rejects, warnings, accepted, rejected })
  }

  packed(): PackedRows {
    const contents = this.#contents
    const count = contents.reduce((sum, { rows }) => sum + rows.lines.length, 0)
    const columns = Object.keys(contents[0]?.rows.ids ?? {}) as ReadonlyArray<IdColumn>
    const renumbered = columns.map((column) => [column, renumber(contents, column, count)] as const)
    return {
      stretches: this.#stretches,
      unit: contents[0]?.unit,
      values: Object.fromEntries(renumbered.map(([column, { values }]) => [column, values])),
      rows: {
        ids: Object.fromEntries(renumbered.map(([column, { ids }]) => [column, ids])),
        coefficients: joined(
          new Float64Array(count),
          contents.map(({ rows }) => rows.coefficients)
        ),
        scales: joined(
          new Int8Array(count),
          contents.map(({ rows }) => rows.scales)
        ),
        lines: joined(
          new Float64Array(count),
          contents.map(({ rows }) => rows.lines)
        )
      },
      extras: contents.flatMap(({ extras }) => extras.map(({ source, ...rest }) => ({ ...rest, line: source.line })))
    }
  }
}

const joined = <A extends Float64Array | Int8Array>(to: A, parts: ReadonlyArray<A>): A => {
  let at = 0
  for (const part of parts) {
    to.set(part, at)
    at += part.length
  }
  return to
}

/** Gives the values that rows refer to numbers of their own. */
const renumber = (contents: ReadonlyArray<ColumnsContent>, column: IdColumn, count: number) => {
  const ids = new Int32Array(count)
  const values: Array<unknown> = []
  let of: ReadonlyArray<unknown> = []
  let numbers = new Int32Array(0)
  let row = 0
  for (const content of contents) {
    const all = valuesOf(content.values, column)
    if (all !== of) {
      of = all
      numbers = new Int32Array(all.length)
    }
    for (const id of content.rows.ids[column] ?? []) {
      if (numbers[id] === 0) numbers[id] = values.push(sent(column, all[id] as never))
      ids[row++] = (numbers[id] as number) - 1
    }
  }
  return { ids, values }
}

const valuesOf = (values: Values, column: IdColumn): ReadonlyArray<unknown> => {
  switch (column) {
    case "part":
    case "limit":
    case "partMass":
    case "materialMass":
    case "unit":
      return values[column] ?? []
    default:
      return values.text[column] ?? []
  }
}

/** Of a value what a declaration takes from it. */
const sent = (column: IdColumn, value: { readonly [key: string]: unknown }): unknown => {
  switch (column) {
    case "part":
      return { key: value.key }
    case "limit":
    case "partMass":
    case "materialMass":
      return { value: value.value }
    case "unit":
      return { unit: value.unit, text: value.text }
    default:
      return { text: value.text, cas: value.cas }
  }
}

/** The memory behind the arrays, which can be handed over instead of copied. */
export const buffersOf = ({ rows }: PackedRows): ReadonlyArray<ArrayBuffer> =>
  [...Object.values(rows.ids), rows.coefficients, rows.scales, rows.lines].map(({ buffer }) => buffer)

/**
 * The stretches again.
 *
 * @param line the one that was counted as the first
 */
export const unpack = (
  packed: PackedRows,
  document: { readonly name: string; readonly sha256: string },
  line: number
): ReadonlyArray<Decoded> => {
  const { rows, unit, values: v } = packed
  const { part, limit, partMass, materialMass, unit: units, ...text } = v
  const values = { part, text, limit, partMass, materialMass, unit: units } as unknown as Values
  const shift = line - 1
  for (let row = 0; row < rows.lines.length; row++) (rows.lines[row] as number) += shift
  let row = 0
  let extra = 0
  return packed.stretches.map((stretch) => {
    const from = row
    const extras = packed.extras.slice(extra, extra + stretch.extras)
    row += stretch.rows
    extra += stretch.extras
    const cut = <A extends { readonly subarray: (from: number, to: number) => A }>(array: A): A =>
      array.subarray(from, row)
    return {
      declarations: DeclarationColumns.from({
        document,
        values,
        unit,
        rows: {
          ids: Object.fromEntries(Object.entries(rows.ids).map(([column, ids]) => [column, cut(ids)])),
          coefficients: cut(rows.coefficients),
          scales: cut(rows.scales),
          lines: cut(rows.lines)
        },
        extras: extras.map(({ line, ...rest }) => ({
          ...rest,
          source: { document: document.name, sha256: document.sha256, line: line + shift }
        }))
      }),
      rejects: stretch.rejects.map((reject) => ({ ...reject, line: reject.line + shift })),
      warnings: stretch.warnings.map((warning) => ({
        ...warning,
        line: warning.line === 0 ? 0 : warning.line + shift
      })),
      accepted: stretch.accepted,
      rejected: stretch.rejected,
      table: undefined
    }
  })
}
