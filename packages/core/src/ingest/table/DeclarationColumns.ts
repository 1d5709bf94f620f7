/** Accepted rows as columns. A row becomes a {@link Declaration} only when somebody asks for it. */
import { type Amount, exactly } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Unit } from "../../domain/Unit.ts"
import type { Declarations } from "../Decoded.ts"
import { detach } from "../Interner.ts"

/** What the ids of one batch of rows refer to. */
export interface Values {
  readonly part: ReadonlyArray<{ readonly key: string }>
  readonly text: Readonly<
    Record<TextColumn, ReadonlyArray<{ readonly text: string; readonly cas?: string | undefined }> | undefined>
  >
  readonly limit: ReadonlyArray<{ readonly value: Decimal.Decimal | undefined }> | undefined
  readonly partMass: ReadonlyArray<{ readonly value: Decimal.Decimal | undefined }> | undefined
  readonly materialMass: ReadonlyArray<{ readonly value: Decimal.Decimal | undefined }> | undefined
  readonly unit: ReadonlyArray<{ readonly unit: Unit | undefined; readonly text: string }> | undefined
}

export const textColumns = ["substance", "cas", "ec", "material", "exemption", "basis"] as const
export type TextColumn = (typeof textColumns)[number]

export type IdColumn = TextColumn | "part" | "limit" | "partMass" | "materialMass" | "unit"

/** Cells of plain rows: numbers of values, and amounts as `coefficient / 10^scale` of the column's unit. */
export interface RowArrays {
  readonly ids: Readonly<Partial<Record<IdColumn, Int32Array<ArrayBuffer>>>>
  readonly coefficients: Float64Array<ArrayBuffer>
  readonly scales: Int8Array<ArrayBuffer>
  readonly lines: Float64Array<ArrayBuffer>
}

/** All that columns are made of, to make them again elsewhere. */
export interface ColumnsContent {
  readonly document: { readonly name: string; readonly sha256: string }
  readonly values: Values
  readonly unit: { readonly unit: Unit; readonly text: string } | undefined
  readonly rows: RowArrays
  readonly extras: ReadonlyArray<Declaration>
}

/** An amount, and the text that states it. */
export interface StatedAmount {
  readonly amount: Amount
  readonly text: string
}

export class DeclarationColumns implements Declarations {
  readonly #document: { readonly name: string; readonly sha256: string }
  readonly #values: Values
  readonly #unit: { readonly unit: Unit; readonly text: string } | undefined
  #ids: Partial<Record<IdColumn, Int32Array<ArrayBuffer>>>
  #extras: Array<Declaration> = []
  #coefficients: Float64Array<ArrayBuffer>
  #scales: Int8Array<ArrayBuffer>
  #lines: Float64Array<ArrayBuffer>
  #rows = 0

  /** @param ids columns that the table has */
  constructor(
    document: { readonly name: string; readonly sha256: string },
    values: Values,
    unit: { readonly unit: Unit; readonly text: string } | undefined,
    ids: ReadonlyArray<IdColumn>,
    capacity: number
  ) {
    this.#document = document
    this.#values = values
    this.#unit = unit
    this.#ids = Object.fromEntries(ids.map((column) => [column, new Int32Array(capacity)]))
    this.#coefficients = new Float64Array(capacity)
    this.#scales = new Int8Array(capacity)
    this.#lines = new Float64Array(capacity)
  }

  static from({ document, values, unit, rows, extras }: ColumnsContent): DeclarationColumns {
    const columns = new DeclarationColumns(document, values, unit, [], 0)
    columns.#ids = rows.ids
    columns.#coefficients = rows.coefficients
    columns.#scales = rows.scales
    columns.#lines = rows.lines
    columns.#rows = rows.lines.length
    columns.#extras = [...extras]
    return columns
  }

  /** Shares the arrays of the rows there are by now. */
  get content(): ColumnsContent {
    const upTo = this.#rows
    const ids = Object.entries(this.#ids).map(([column, numbers]) => [column, numbers.subarray(0, upTo)])
    const rows = {
      ids: Object.fromEntries(ids),
      coefficients: this.#coefficients.subarray(0, upTo),
      scales: this.#scales.subarray(0, upTo),
      lines: this.#lines.subarray(0, upTo)
    }
    return { document: this.#document, values: this.#values, unit: this.#unit, rows, extras: [...this.#extras] }
  }

  get length(): number {
    return this.#rows + this.#extras.length
  }

  /** The row that is written next: ids go to its place in {@link idsOf}, then `append` completes it. */
  get next(): number {
    return this.#rows
  }

  get isFull(): boolean {
    return this.#rows === this.#lines.length
  }

  /** Where the ids of a column go; another array after {@link grow}. */
  idsOf(column: IdColumn): Int32Array {
    return this.#ids[column] as Int32Array
  }

  /** Completes a row with a plain number: `coefficient / 10^scale` of the column's unit. */
  append(coefficient: number, scale: number, line: number): void {
    this.#coefficients[this.#rows] = coefficient
    this.#scales[this.#rows] = scale
    this.#lines[this.#rows++] = line
  }

  /** A declaration that is not simply the cells of its row. */
  add(declaration: Declaration): void {
    this.#extras.push(declaration)
  }

  at(index: number): Declaration | undefined {
    if (index >= this.#rows) return this.#extras[index - this.#rows]
    return this.#compose(index, this.#amount(index), this.#lines[index] as number)
  }

  /** The declaration of the row that is open, which is not appended. */
  compose(stated: StatedAmount, line: number): Declaration {
    return this.#compose(this.#rows, stated, line)
  }

  #compose(index: number, { amount, text }: StatedAmount, line: number): Declaration {
    const substance = this.#text("substance", index)
    const cas = this.#text("cas", index)?.text
    const basis = this.#text("basis", index)?.text
    return {
      part: this.#values.part[this.#id("part", index)]?.key ?? "",
      material: this.#text("material", index)?.text,
      materialMassMg: this.#values.materialMass?.[this.#id("materialMass", index)]?.value,
      partMassMg: this.#values.partMass?.[this.#id("partMass", index)]?.value,
      substance: substance?.text ?? cas ?? "",
      cas: cas ?? substance?.cas,
      ec: this.#text("ec", index)?.text,
      amount,
      basis: basis === "element" || basis === "compound" ? basis : undefined,
      limitPpm: this.#values.limit?.[this.#id("limit", index)]?.value,
      exemption: this.#text("exemption", index)?.text,
      claim: undefined,
      source: { document: this.#document.name, sha256: this.#document.sha256, line },
      text
    }
  }

  *[Symbol.iterator](): Iterator<Declaration> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as Declaration
  }

  #id(column: IdColumn, index: number): number {
    return this.#ids[column]?.[index] ?? 0
  }

  #text(column: TextColumn, index: number) {
    const found = this.#values.text[column]?.[this.#id(column, index)]
    return found === undefined || found.text === "" ? undefined : found
  }

  #amount(index: number): StatedAmount {
    const coefficient = this.#coefficients[index] as number
    const scale = this.#scales[index] as number
    const unit = this.#unit ?? this.#values.unit?.[this.#id("unit", index)]
    const written = { coefficient: BigInt(coefficient), scale }
    const factor = unit?.unit?.factor ?? Decimal.fromInteger(1)
    return {
      amount: exactly(unit?.unit?.canonical ?? "mg", Decimal.multiply(written, factor)),
      text: detach(`${Decimal.toText(written)} ${unit?.text ?? ""}`.trim())
    }
  }

  grow(): void {
    const size = 2 * this.#lines.length
    for (const [column, ids] of Object.entries(this.#ids))
      this.#ids[column as IdColumn] = grown(ids, new Int32Array(size))
    this.#coefficients = grown(this.#coefficients, new Float64Array(size))
    this.#scales = grown(this.#scales, new Int8Array(size))
    this.#lines = grown(this.#lines, new Float64Array(size))
  }
}

const grown = <A extends Int32Array | Float64Array | Int8Array>(from: A, to: A): A => {
  to.set(from)
  return to
}
