/** Many declarations: rows, or columns that give a row when it is asked for. */

import type { Decimal } from "./Decimal.ts"
import type { Declaration } from "./Declaration.ts"
import type { StatedUnit } from "./Unit.ts"

/** Accepted statements of one stretch of a document; an array, or columns that give rows on demand. */
export interface Declarations extends Iterable<Declaration> {
  readonly length: number
  readonly at: (index: number) => Declaration | undefined
}

export type TextColumn = "substance" | "cas" | "ec" | "material" | "exemption" | "basis" | "issued" | "supplier"

export type ValueColumn = TextColumn | "part" | "limit" | "partMass" | "materialMass" | "unit"

type Quantities = ReadonlyArray<{ readonly value: Decimal | undefined }>

/** What the numbers in the columns refer to; a table may lack all of them but the part. */
export interface Values
  extends Partial<Record<TextColumn, ReadonlyArray<{ readonly text: string; readonly cas?: string | undefined }>>> {
  readonly part: ReadonlyArray<{ readonly key: string }>
  readonly limit?: Quantities
  readonly partMass?: Quantities
  readonly materialMass?: Quantities
  readonly unit?: ReadonlyArray<StatedUnit>
}

/** Declarations of which most are plain: the cells of a row, and an amount of `coefficient / 10^scale` of its unit. */
export interface ColumnDeclarations extends Declarations {
  /** How many are plain; those come first, the extras after them. */
  readonly plain: number
  readonly extras: ReadonlyArray<Declaration>
  /** Name of the document of the plain ones. */
  readonly document: string
  readonly lines: ArrayLike<number>
  readonly coefficients: ArrayLike<number>
  readonly scales: ArrayLike<number>
  readonly unitAt: (row: number) => StatedUnit | undefined
  /** Hands over what the plain ones have in a column, in their order; nothing when there is no such column. */
  readonly each: <Column extends ValueColumn>(
    column: Column,
    take: (row: number, value: NonNullable<Values[Column]>[number]) => void
  ) => void
}

export const isColumns = (declarations: Declarations): declarations is ColumnDeclarations => "plain" in declarations

/** Several as one; the stretches stay what they are. */
export class JoinedDeclarations implements Declarations {
  readonly stretches: ReadonlyArray<Declarations>
  readonly length: number

  constructor(stretches: ReadonlyArray<Declarations>) {
    this.stretches = stretches
    this.length = stretches.reduce((sum, { length }) => sum + length, 0)
  }

  at(index: number): Declaration | undefined {
    let left = index
    for (const stretch of this.stretches) {
      if (left < stretch.length) return stretch.at(left)
      left -= stretch.length
    }
    return undefined
  }

  *[Symbol.iterator](): Iterator<Declaration> {
    for (const stretch of this.stretches) yield* stretch
  }
}
