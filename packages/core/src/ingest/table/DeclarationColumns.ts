/** Accepted rows as columns. A row becomes a {@link Declaration} only when somebody asks for it. */
import { type Amount, exactly } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Unit } from "../../domain/Unit.ts"
import type { Declarations } from "../Decoded.ts"
import { detach } from "../Interner.ts"

type TextColumn = "substance" | "cas" | "ec" | "material" | "exemption" | "basis" | "issued"

/** Columns whose rows hold the number of a value. */
export type IdColumn = TextColumn | "part" | "limit" | "partMass" | "materialMass" | "unit" | "clear"

type Quantities = ReadonlyArray<{ readonly value: Decimal.Decimal | undefined }>

/** What the numbers in the columns refer to; a table may lack all of them but the part. */
export interface Values
  extends Partial<Record<TextColumn, ReadonlyArray<{ readonly text: string; readonly cas?: string | undefined }>>> {
  readonly part: ReadonlyArray<{ readonly key: string }>
  readonly limit?: Quantities
  readonly partMass?: Quantities
  readonly materialMass?: Quantities
  readonly unit?: ReadonlyArray<{ readonly unit: Unit | undefined; readonly text: string }>
}

/** What the rows of a table share. */
export interface TableContext {
  readonly document: { readonly name: string; readonly sha256: string }
  readonly values: Values
  /** The unit of plain amounts, unless each row has its own. */
  readonly unit: { readonly unit: Unit; readonly text: string } | undefined
  /** Where in the numbers of a row that of a column stands. */
  readonly places: Partial<Record<IdColumn, number>>
  /** Numbers a row has. */
  readonly width: number
}

/** An amount, and the text that states it. */
export interface StatedAmount {
  readonly amount: Amount
  readonly text: string
}

/** The declaration of the row whose numbers stand at `at`. */
export const composed = (
  { document, values, places }: TableContext,
  ids: Int32Array,
  at: number,
  { amount, text }: StatedAmount,
  line: number
): Declaration => {
  const id = (column: IdColumn): number => ids[at + (places[column] ?? 0)] ?? 0
  const named = (column: TextColumn) => {
    const found = values[column]?.[id(column)]
    return found === undefined || found.text === "" ? undefined : found
  }
  const substance = named("substance")
  const cas = named("cas")?.text
  const basis = named("basis")?.text
  const issued = named("issued")?.text
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
    source: {
      document: document.name,
      sha256: document.sha256,
      line,
      ...(issued === undefined ? {} : { issued })
    },
    text
  }
}

/** Plain rows: numbers of their values, and amounts as `coefficient / 10^scale` of their unit. */
export interface RowArrays {
  readonly ids: Int32Array<ArrayBuffer>
  readonly coefficients: Float64Array<ArrayBuffer>
  readonly scales: Int8Array<ArrayBuffer>
  readonly lines: Float64Array<ArrayBuffer>
}

const FIRST_ROWS = 16

/** Rows as they are accepted; its arrays are used again for the next stretch of the document. */
export class RowBuffer {
  /** Numbers in a row. */
  readonly #width: number
  ids: Int32Array<ArrayBuffer>
  coefficients = new Float64Array(FIRST_ROWS)
  scales = new Int8Array(FIRST_ROWS)
  lines = new Float64Array(FIRST_ROWS)
  length = 0

  constructor(width: number) {
    this.#width = width
    this.ids = new Int32Array(FIRST_ROWS * width)
  }

  /** Completes the row whose numbers have been put at `length * width`: `coefficient / 10^scale` of its unit. */
  append(coefficient: number, scale: number, line: number): void {
    const row = this.length++
    this.coefficients[row] = coefficient
    this.scales[row] = scale
    this.lines[row] = line
    if (this.length === this.lines.length) this.#grow()
  }

  /** A copy of the rows. */
  rows(): RowArrays {
    return {
      ids: this.ids.slice(0, this.length * this.#width),
      coefficients: this.coefficients.slice(0, this.length),
      scales: this.scales.slice(0, this.length),
      lines: this.lines.slice(0, this.length)
    }
  }

  #grow(): void {
    const size = 2 * this.length
    this.ids = grown(this.ids, new Int32Array(size * this.#width))
    this.coefficients = grown(this.coefficients, new Float64Array(size))
    this.scales = grown(this.scales, new Int8Array(size))
    this.lines = grown(this.lines, new Float64Array(size))
  }
}

export class DeclarationColumns implements Declarations {
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

  at(index: number): Declaration | undefined {
    if (index >= this.rows.lines.length) return this.extras[index - this.rows.lines.length]
    const at = index * this.context.width
    return composed(this.context, this.rows.ids, at, this.#amount(index), this.rows.lines[index] as number)
  }

  *[Symbol.iterator](): Iterator<Declaration> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as Declaration
  }

  #amount(index: number): StatedAmount {
    const { values, places, width } = this.context
    const coefficient = this.rows.coefficients[index] as number
    const scale = this.rows.scales[index] as number
    const unit = this.context.unit ?? values.unit?.[this.rows.ids[index * width + (places.unit ?? 0)] as number]
    const written = { coefficient: BigInt(coefficient), scale }
    const factor = unit?.unit?.factor ?? Decimal.fromInteger(1)
    return {
      amount: exactly(unit?.unit?.canonical ?? "mg", Decimal.multiply(written, factor)),
      text: detach(`${Decimal.toText(written)} ${unit?.text ?? ""}`.trim())
    }
  }
}

const grown = <A extends Int32Array<ArrayBuffer> | Float64Array<ArrayBuffer> | Int8Array<ArrayBuffer>>(
  from: A,
  to: A
): A => {
  to.set(from)
  return to
}
