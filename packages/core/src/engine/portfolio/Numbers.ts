/**
 * Exact decimals in columns: `coefficient × 10^-scale` with a coefficient that a double holds exactly. The few that
 * need more digits stand in a table beside the columns, and the coefficient is then their place in it.
 *
 * What is calculated from them in doubles errs by a known bound. With u = 2^-53, a double rounds each operation by a
 * factor within 1 ± u; coefficients up to 2^53 and powers of ten up to 10^22 are exact. So
 *
 *   a value of a column as a double     coefficient / 10^scale            1 rounding  (4 from the table)
 *   a limit, a mass in kg               as such                           4
 *   the share of an element             numerator / denominator           9
 *   what is counted of a row            coefficient × share              10
 *   what is allowed in a row            limit × kg × 10^scale            10
 *   a concentration in ppm              counted / (kg × 10^scale)        16
 *   a sum of n concentrations           each, and n - 1 additions         n + 15
 *
 * each at most. Every term is zero or positive, so nothing cancels and a sum errs relatively like its worst term; and
 * none is so large or small that a double loses digits, as `number` refuses values beyond 10^±60. Two sides of a
 * comparison then differ from the exact ones by less than (n + 32) × u relatively: when they are further apart than
 * {@link margin} their order is proven, and when they are not, it is decided in integers.
 */
import * as Decimal from "../../domain/Decimal.ts"

/** A coefficient and its scale, as columns hold them. */
export interface Packed {
  readonly coefficient: number
  readonly scale: number
}

/** Scale of what stands in the table. */
const TABLE = 255

/** Scale of what is not stated. */
export const NOT_STATED = 254

/** Largest scale of a column; 10^22 is the largest power of ten a double holds exactly. */
export const MAX_SCALE = 22

export const powersOfTen = Float64Array.from({ length: MAX_SCALE + 1 }, (_, power) => Number(`1e${power}`))

/** The relative distance beyond which doubles decide, for sums of at most `terms`. */
export const margin = (terms: number): number => (terms + 64) * 2 ** -53

/** Values beyond 10^±60 are left to exact arithmetic. */
const LARGEST = 1e60

export class Numbers {
  readonly #table: Array<Decimal.Decimal> = []
  readonly #places = new Map<string, number>()

  /** Equal values are packed alike. */
  pack(value: Decimal.Decimal): Packed {
    const short = packedShort(value)
    if (short !== undefined) return short
    const text = Decimal.toText(value)
    const place = this.#places.get(text) ?? this.#table.push(value) - 1
    this.#places.set(text, place)
    return { coefficient: place, scale: TABLE }
  }

  /** The value itself. */
  exact(coefficient: number, scale: number): Decimal.Decimal {
    return scale === TABLE ? (this.#table[coefficient] as Decimal.Decimal) : { coefficient: BigInt(coefficient), scale }
  }

  /** The value as a double; `NaN` when it is too large or small to be one with full precision. */
  number(coefficient: number, scale: number): number {
    return scale === TABLE
      ? asNumber(this.#table[coefficient] as Decimal.Decimal)
      : coefficient / (powersOfTen[scale] as number)
  }
}

/** A value that needs no place in a table. */
export const packedShort = ({ coefficient, scale }: Decimal.Decimal): Packed | undefined =>
  scale <= MAX_SCALE && coefficient <= Number.MAX_SAFE_INTEGER ? { coefficient: Number(coefficient), scale } : undefined

/** A decimal as a double, four roundings away at most; `NaN` beyond 10^±60. */
export const asNumber = ({ coefficient, scale }: Decimal.Decimal): number => {
  const value = Number(coefficient)
  const low = Math.min(scale, MAX_SCALE)
  const scaled = value / (powersOfTen[low] as number) / Number(`1e${scale - low}`)
  return value === 0 || (scaled > 1 / LARGEST && scaled < LARGEST) ? scaled : Number.NaN
}
