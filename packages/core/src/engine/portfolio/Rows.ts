/** Declared amounts as columns, grouped by part: what plain loops judge. */
import { inBatches } from "./batches.ts"
import { NOT_STATED } from "./Numbers.ts"
import { type Column, type Columns, group, picked, type Ragged, whenNeeded } from "./Ragged.ts"

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
  /** The part a row is about. */
  readonly part: Int32Array
  readonly substance: Int32Array
  readonly low: Float64Array
  readonly high: Float64Array
  readonly scale: Uint8Array
  readonly bits: Uint8Array
  readonly limit: Float64Array
  readonly limitScale: Uint8Array
}

/** The columns that must be given of a part's rows; left-out bits are none, left-out limits are not stated. */
export type GivenRows = Pick<RowColumns, "substance" | "low" | "high" | "scale"> &
  Partial<Pick<RowColumns, "bits" | "limit" | "limitScale">>

export const noRows: GivenRows = {
  substance: new Int32Array(0),
  low: new Float64Array(0),
  high: new Float64Array(0),
  scale: new Uint8Array(0)
}

export const allColumns = (part: Int32Array, given: GivenRows): RowColumns => {
  const { substance, low, high, scale, limit, limitScale } = given
  const { length } = part
  const columns = { part, substance, low, high, scale, bits: given.bits ?? new Uint8Array(length) }
  if (limit !== undefined && limitScale !== undefined) return { ...columns, limit, limitScale }
  return whenNeeded(columns, ["limit", "limitScale"], (name) =>
    name === "limit" ? new Float64Array(length) : new Uint8Array(length).fill(NOT_STATED)
  ) as RowColumns
}

/** Rows of the parts that `marks` gives one of these bits, grouped by part. */
export const rowsOfMarked = (all: RowColumns, marks: Uint16Array, mask: number): Ragged<RowColumns> => {
  const { part } = all
  const rows: Array<number> = []
  inBatches(part.length, (begin, stop) => {
    for (let row = begin; row < stop; row++) if (((marks[part[row] as number] as number) & mask) !== 0) rows.push(row)
  })
  const columns = whenNeeded({}, Object.keys(all), (name) => picked(all[name] as Column, rows)) as RowColumns
  return group(columns.part, marks.length, columns)
}

/** @throws RangeError when a row names a substance beyond; a negative one is of no rule */
export const checkSubstances = ({ substance }: GivenRows, substances: number): void => {
  let highest = -1
  inBatches(substance.length, (begin, stop) => {
    highest = highestOf(substance, begin, stop, highest)
  })
  if (highest >= substances) throw new RangeError(`A row names the substance ${highest}; there are ${substances}`)
}

/** The highest of a number and some of a column. */
const highestOf = (numbers: Int32Array, begin: number, stop: number, before: number): number => {
  let highest = before
  for (let at = begin; at < stop; at++) {
    const number = numbers[at] as number
    if (number > highest) highest = number
  }
  return highest
}

/** The bits of all rows of a part, together. */
export const bitsOf = ({ start, count, columns }: Ragged<RowColumns>, part: number): number => {
  const end = (start[part] as number) + (count[part] as number)
  let bits = 0
  for (let row = start[part] as number; row < end; row++) bits |= columns.bits[row] as number
  return bits
}
