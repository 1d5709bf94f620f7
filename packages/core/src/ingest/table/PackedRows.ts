/**
 * What rows gave, as arrays and plain values that another thread takes over: no value is sent that
 * no row refers to, and none twice.
 */

import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import type { Values } from "../../domain/Declarations.ts"
import { type Decoded, type DocumentSource, type Stated, sourceOf } from "../Decoded.ts"
import {
  DeclarationColumns,
  type IdColumn,
  type Numbers,
  narrowed,
  type RowArrays,
  type TableContext
} from "./DeclarationColumns.ts"

/** Of several stretches that were decoded one after the other. */
export interface PackedRows {
  readonly stretches: ReadonlyArray<PackedStretch>
  /** With the values that the numbers of these rows stand for; missing when there are no rows. */
  readonly context: Omit<TableContext, "document"> | undefined
  readonly rows: RowArrays & { readonly lines: Float64Array<ArrayBuffer> }
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
  readonly stated: Stated
}

export class RowPacker {
  readonly #stretches: Array<PackedStretch> = []
  readonly #columns: Array<DeclarationColumns> = []
  readonly #extras: Array<PackedDeclaration> = []

  /** @param found what a table decoder gave */
  add({ declarations, rejects, warnings, accepted, rejected }: Decoded): void {
    const columns = declarations instanceof DeclarationColumns ? declarations : undefined
    if (columns !== undefined) this.#columns.push(columns)
    const extras = columns?.extras ?? [...declarations]
    for (const { source, ...rest } of extras) {
      const { line, issued, supplier } = source
      this.#extras.push({ ...rest, line, stated: { issued, supplier } })
    }
    const rows = columns?.rows.lines.length ?? 0
    this.#stretches.push({ rows, extras: extras.length, rejects, warnings, accepted, rejected })
  }

  packed(): PackedRows {
    const all = this.#columns.map(({ rows }) => rows)
    const count = all.reduce((sum, { lines }) => sum + lines.length, 0)
    const { ids, context } = renumbered(this.#columns, count)
    const coefficients = joined(
      new Float64Array(count),
      all.map((rows) => rows.coefficients)
    )
    const scales = joined(
      new Int8Array(count),
      all.map((rows) => rows.scales)
    )
    const lines = joined(
      new Float64Array(count),
      all.map((rows) => rows.lines)
    )
    const rows = { ids, coefficients, scales, lines }
    return { stretches: this.#stretches, context, rows, extras: this.#extras }
  }
}

const joined = <A extends Float64Array | Int8Array>(to: A, parts: ReadonlyArray<ArrayLike<number>>): A => {
  let at = 0
  for (const part of parts) {
    to.set(part, at)
    at += part.length
  }
  return to
}

/** Gives the values that rows refer to numbers of their own. */
const renumbered = (
  all: ReadonlyArray<DeclarationColumns>,
  count: number
): Pick<PackedRows, "context"> & { ids: ReadonlyArray<Numbers> } => {
  const [some] = all
  if (some === undefined) return { context: undefined, ids: [] }
  const { unit, places } = some.context
  const ids: Array<Numbers> = []
  const values: Partial<Record<IdColumn, ReadonlyArray<unknown>>> = {}
  for (const [name, place] of Object.entries(places)) {
    const column = renumberedColumn(all, name as IdColumn, place, count)
    ids[place] = column.ids
    values[name as IdColumn] = column.values
  }
  return { ids, context: { unit, places, values: values as unknown as Values } }
}

const renumberedColumn = (all: ReadonlyArray<DeclarationColumns>, column: IdColumn, place: number, count: number) => {
  const ids = new Int32Array(count)
  const values: Array<unknown> = []
  let of: ReadonlyArray<unknown> = []
  let numbers = new Int32Array(0)
  let at = 0
  for (const { context, rows } of all) {
    const known: ReadonlyArray<unknown> = context.values[column as keyof Values] ?? []
    if (known !== of) {
      of = known
      numbers = new Int32Array(known.length)
    }
    for (const id of rows.ids[place] as Numbers) {
      if (numbers[id] === 0) numbers[id] = values.push(sent(column, known[id] as never))
      ids[at++] = (numbers[id] as number) - 1
    }
  }
  return { ids: narrowed(ids, values.length - 1), values }
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
  [...rows.ids, rows.coefficients, rows.scales, rows.lines].map(({ buffer }) => buffer)

/**
 * The stretches again.
 *
 * @param line the one that was counted as the first
 */
export const unpack = (packed: PackedRows, document: DocumentSource, line: number): ReadonlyArray<Decoded> => {
  const { rows } = packed
  const context = packed.context === undefined ? undefined : { ...packed.context, document }
  const shift = line - 1
  for (let row = 0; row < rows.lines.length; row++) (rows.lines[row] as number) += shift
  const declarationOf = ({ line, stated, ...rest }: PackedDeclaration): Declaration => ({
    ...rest,
    source: sourceOf(document, line + shift, stated)
  })
  let row = 0
  let extra = 0
  return packed.stretches.map((stretch) => {
    const from = row
    const extras = packed.extras.slice(extra, extra + stretch.extras).map(declarationOf)
    row += stretch.rows
    extra += stretch.extras
    const cut = <A extends Numbers | Int8Array<ArrayBuffer>>(array: A): A => array.subarray(from, row) as A
    return {
      declarations:
        context === undefined || stretch.rows === 0
          ? extras
          : new DeclarationColumns(
              context,
              {
                ids: rows.ids.map(cut),
                coefficients: cut(rows.coefficients),
                scales: cut(rows.scales),
                lines: cut(rows.lines)
              },
              extras
            ),
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
