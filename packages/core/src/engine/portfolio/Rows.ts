/** Declared amounts as columns, grouped by part: what plain loops judge. */
import { NOT_STATED } from "./Numbers.ts"
import { type Columns, group, type Ragged } from "./Ragged.ts"

/** Bits of a row. */
export const PPM = 1
/** The value only comes near the low end, the high end. */
export const LOW_OPEN = 2
export const HIGH_OPEN = 4
/** The amount counts the element alone. */
export const ELEMENT = 8
/** The row claims an exemption. */
export const EXEMPTION = 16
/** The row is about one material of the part. */
export const MATERIAL = 32
/** Only the exact judge knows what to do with the row: a claim about a list, an amount without an end, a day on which it ends. */
export const CAREFUL = 64

/**
 * Rows: amounts of substances between `low` and `high`, both `× 10^-scale`, in mg of one piece, or in ppm with the
 * bit {@link PPM}. An exact amount has equal ends. `limit × 10^-limitScale` ppm is the row's own limit, with the scale
 * {@link NOT_STATED} where there is none.
 */
export interface RowColumns extends Columns {
  readonly substance: Int32Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly scale: Uint8Array
  readonly bits: Uint8Array
  readonly limit: Float64Array
  readonly limitScale: Uint8Array
}

/** The columns that must be given; left-out bits are none, left-out limits are not stated. */
export type GivenRows = Pick<RowColumns, "substance" | "low" | "high" | "scale"> &
  Partial<Pick<RowColumns, "bits" | "limit" | "limitScale">>

export const noRows: GivenRows = {
  substance: new Int32Array(0),
  low: new Float64Array(0),
  high: new Float64Array(0),
  scale: new Uint8Array(0)
}

export const allColumns = (given: GivenRows): RowColumns => {
  const { substance, low, high, scale, bits, limit, limitScale } = given
  const { length } = substance
  return {
    substance,
    low,
    high,
    scale,
    bits: bits ?? new Uint8Array(length),
    limit: limit ?? new Float64Array(length),
    limitScale: limitScale ?? new Uint8Array(length).fill(NOT_STATED)
  }
}

/**
 * Groups rows by the part they are about.
 *
 * @param substances how many there are
 * @throws RangeError when a row names a part or substance beyond
 */
export const groupRows = (
  part: Int32Array,
  parts: number,
  given: GivenRows,
  substances: number
): Ragged<RowColumns> => {
  checkSubstances(given, substances)
  return group(part, parts, allColumns(given))
}

export const checkSubstances = ({ substance }: GivenRows, substances: number): void => {
  let highest = -1
  for (let row = 0; row < substance.length; row++)
    if ((substance[row] as number) > highest) highest = substance[row] as number
  if (highest >= substances) throw new RangeError(`A row names the substance ${highest}; there are ${substances}`)
}

/** The bits of all rows of a part, together. */
export const bitsOf = ({ start, count, columns }: Ragged<RowColumns>, part: number): number => {
  const end = (start[part] as number) + (count[part] as number)
  let bits = 0
  for (let row = start[part] as number; row < end; row++) bits |= columns.bits[row] as number
  return bits
}
