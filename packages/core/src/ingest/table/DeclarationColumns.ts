/** Accepted rows as columns. A row becomes a {@link Declaration} only when somebody asks for it. */
import { type StatedAmount, stated } from "../../domain/Amount.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { ColumnDeclarations, TextColumn, ValueColumn, Values } from "../../domain/Declarations.ts"
import type { StatedUnit } from "../../domain/Unit.ts"
import { type DocumentSource, sourceOf } from "../Decoded.ts"
import { detach } from "../Interner.ts"

/** Columns whose rows hold the number of a value. */
export type IdColumn = ValueColumn | "clear"

/** What the rows of a table share. */
export interface TableContext {
  readonly document: DocumentSource
  readonly values: Values
  /** The unit of plain amounts, unless each row has its own. */
  readonly unit: StatedUnit | undefined
  /** Which of the columns of numbers it is. */
  readonly places: Partial<Record<IdColumn, number>>
}

/** The declaration of a row, by the numbers in its columns. */
export const composed = (
  { document, values, places }: TableContext,
  ids: ReadonlyArray<Numbers>,
  row: number,
  { amount, text }: StatedAmount,
  line: number
): Declaration => {
  const id = (column: IdColumn): number => ids[places[column] ?? 0]?.[row] ?? 0
  const named = (column: TextColumn) => {
    const found = values[column]?.[id(column)]
    return found === undefined || found.text === "" ? undefined : found
  }
  const substance = named("substance")
  const cas = named("cas")?.text
  const basis = named("basis")?.text
  return {
    part: values.part[id("part")]?.key ?? "",
    material: named("material")?.text,
    materialMassMg: values.materialMass?.[id("materialMass")]?.value,
    partMassMg: values.partMass?.[id("partMass")]?.value,
    substance: substance?.text ?? cas ?? "",
    cas: cas ?? substance?.cas,
    ec: named("ec")?.text,
    amount,
    basis: basis === "element" || basis === "compound" ? basis : undefined,
    limitPpm: values.limit?.[id("limit")]?.value,
    exemption: named("exemption")?.text,
    claim: undefined,
    source: sourceOf(document, line, { issued: named("issued")?.text, supplier: named("supplier")?.text }),
    text
  }
}

/** Non-negative integers in the narrowest array that holds them. */
export type Numbers =
  | Uint8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>

/** A copy in the narrowest array that holds numbers up to the highest. */
export const narrowed = (numbers: Int32Array | Float64Array, highest: number): Numbers =>
  highest < 2 ** 8
    ? new Uint8Array(numbers)
    : highest < 2 ** 16
      ? new Uint16Array(numbers)
      : highest < 2 ** 31
        ? new Int32Array(numbers)
        : new Float64Array(numbers)

/** Plain rows: numbers of their values, column by column, and amounts as `coefficient / 10^scale` of their unit. */
export interface RowArrays {
  readonly ids: ReadonlyArray<Numbers>
  readonly coefficients: Float64Array<ArrayBuffer>
  readonly scales: Int8Array<ArrayBuffer>
  readonly lines: Numbers
}

const FIRST_ROWS = 16

/** Rows as they are accepted; its arrays are used again for the next stretch of the document. */
export class RowBuffer {
  readonly #ids: Array<Int32Array<ArrayBuffer>>
  #coefficients = new Float64Array(FIRST_ROWS)
  #scales = new Int8Array(FIRST_ROWS)
  #lines = new Float64Array(FIRST_ROWS)
  /** By row that waits for its numbers: the record it was. */
  #records = new Int32Array(FIRST_ROWS)
  #numbered = 0
  length = 0

  /** @param columns how many of them hold numbers */
  constructor(columns: number) {
    this.#ids = Array.from({ length: columns }, () => new Int32Array(FIRST_ROWS))
  }

  /** A row that a record gives: `coefficient / 10^scale` of its unit. Its numbers come with {@link number}. */
  append(record: number, coefficient: number, scale: number, line: number): void {
    const row = this.length++
    this.#records[row] = record
    this.#coefficients[row] = coefficient
    this.#scales[row] = scale
    this.#lines[row] = line
    if (this.length === this.#lines.length) this.#grow()
  }

  /** Takes the numbers of the rows appended since the last call, from the columns by record. */
  number(columns: ReadonlyArray<{ readonly ids: Int32Array }>): void {
    const records = this.#records
    for (let column = 0; column < columns.length; column++) {
      const from = (columns[column] as { readonly ids: Int32Array }).ids
      const to = this.#ids[column] as Int32Array
      for (let row = this.#numbered; row < this.length; row++) to[row] = from[records[row] as number] as number
    }
    this.#numbered = this.length
  }

  clear(): void {
    this.length = 0
    this.#numbered = 0
  }

  /**
   * A copy of the rows.
   *
   * @param counts by column: how many numbers there are
   */
  rows(counts: ReadonlyArray<number>): RowArrays {
    const { length } = this
    return {
      ids: this.#ids.map((ids, column) => narrowed(ids.subarray(0, length), (counts[column] as number) - 1)),
      coefficients: this.#coefficients.slice(0, length),
      scales: this.#scales.slice(0, length),
      lines: narrowed(this.#lines.subarray(0, length), this.#lines[length - 1] ?? 0)
    }
  }

  #grow(): void {
    const size = 2 * this.length
    for (let column = 0; column < this.#ids.length; column++)
      this.#ids[column] = grown(this.#ids[column] as Int32Array<ArrayBuffer>, new Int32Array(size))
    this.#coefficients = grown(this.#coefficients, new Float64Array(size))
    this.#scales = grown(this.#scales, new Int8Array(size))
    this.#lines = grown(this.#lines, new Float64Array(size))
    this.#records = grown(this.#records, new Int32Array(size))
  }
}

export class DeclarationColumns implements ColumnDeclarations {
  readonly context: TableContext
  readonly rows: RowArrays
  readonly extras: ReadonlyArray<Declaration>

  /** @param extras declarations that are not simply the cells of their row */
  constructor(context: TableContext, rows: RowArrays, extras: ReadonlyArray<Declaration>) {
    this.context = context
    this.rows = rows
    this.extras = extras
  }

  get length(): number {
    return this.rows.lines.length + this.extras.length
  }

  get plain(): number {
    return this.rows.lines.length
  }

  get document(): string {
    return this.context.document.name
  }

  get lines(): ArrayLike<number> {
    return this.rows.lines
  }

  get coefficients(): ArrayLike<number> {
    return this.rows.coefficients
  }

  get scales(): ArrayLike<number> {
    return this.rows.scales
  }

  each<Column extends ValueColumn>(
    column: Column,
    take: (row: number, value: NonNullable<Values[Column]>[number]) => void
  ): void {
    const values: ReadonlyArray<unknown> | undefined = this.context.values[column]
    const ids = this.rows.ids[this.context.places[column] ?? 0]
    if (values === undefined || ids === undefined) return
    for (let row = 0; row < ids.length; row++)
      take(row, values[ids[row] as number] as NonNullable<Values[Column]>[number])
  }

  at(index: number): Declaration | undefined {
    if (index >= this.rows.lines.length) return this.extras[index - this.rows.lines.length]
    return composed(this.context, this.rows.ids, index, this.#amount(index), this.rows.lines[index] as number)
  }

  *[Symbol.iterator](): Iterator<Declaration> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as Declaration
  }

  #amount(index: number): StatedAmount {
    const coefficient = BigInt(this.rows.coefficients[index] as number)
    const { amount, text } = stated({ coefficient, scale: this.rows.scales[index] as number }, this.unitAt(index))
    return { amount, text: detach(text) }
  }

  unitAt(index: number): StatedUnit | undefined {
    const { unit, values, places } = this.context
    return unit ?? values.unit?.[this.rows.ids[places.unit ?? 0]?.[index] as number]
  }
}

const grown = <A extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer>>(
  from: A,
  to: A
): A => {
  to.set(from)
  return to
}
