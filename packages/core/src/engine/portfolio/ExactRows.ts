/** What doubles cannot decide of rows in columns, in the fractions of the exact judge. */
import * as Decimal from "../../domain/Decimal.ts"
import {
  type Concentration,
  type Standing as ExactStanding,
  fractionOf,
  isNothing,
  shareOf,
  standing
} from "../Concentration.ts"
import type { Inputs } from "./Inputs.ts"
import { ANY_AMOUNT, HOMOGENEOUS } from "./Matching.ts"
import { MAX_SCALE, type Packed, powersOfTen } from "./Numbers.ts"
import { ELEMENT, HIGH_OPEN, LOW_OPEN, PPM, type RowColumns } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"
import { BREAKING, OPEN, type Standing, WITHIN } from "./Standing.ts"

const standings: Readonly<Record<ExactStanding, Standing>> = { within: WITHIN, open: OPEN, breaking: BREAKING }

const against = (table: RuleTable, rule: number, concentration: Concentration): Standing =>
  standings[
    standing(concentration, table.exactLimit[rule] as Decimal.Decimal, table.rules[rule]?.comparison === "at-or-above")
  ]

/** A row against the rule of an entry, or without one against its own limit. */
export const exactRow = (
  inputs: Inputs,
  table: RuleTable,
  rows: RowColumns,
  row: number,
  entry: number | undefined,
  coarse: boolean
): Standing => {
  if (entry !== undefined)
    return (
      inWholeNumbers(inputs, table, rows, row, entry, coarse) ??
      against(table, table.entryRule[entry] as number, counted(inputs, table, rows, row, entry, coarse))
    )
  const own = inputs.numbers.exact(rows.limit[row] as number, rows.limitScale[row] as number)
  return standings[standing(stated(inputs, rows, row, false), own, false)]
}

/**
 * The same where every number of the comparison is a whole one that a double holds; `undefined` where one is not. With
 * `v` of the row, `m` of the mass in grams and `l` of the limit, each `× 10^-scale`, the row is over the limit when
 * `v × 10^(3 + scale of m + scale of l - scale of v) > l × m`.
 */
const inWholeNumbers = (
  { masses }: Inputs,
  { entryRule, isWhole, shortLimit, bits: ruleBits, rules }: RuleTable,
  { part, low, high, scale, bits }: RowColumns,
  row: number,
  entry: number,
  coarse: boolean
): Standing | undefined => {
  const rule = entryRule[entry] as number
  const kind = ruleBits[rule] as number
  const rowBits = bits[row] as number
  const isAll = isWhole[entry] === 1 || (rowBits & ELEMENT) !== 0
  if (!isAll || (rowBits & (LOW_OPEN | HIGH_OPEN)) !== 0 || (coarse && (kind & HOMOGENEOUS) !== 0)) return undefined
  const bare = (kind & ANY_AMOUNT) !== 0 || (rowBits & PPM) !== 0
  const mass = bare ? onePpm : masses.packedOf(part[row] as number)
  const limit = shortLimit[rule]
  if (mass.scale > MAX_SCALE || limit === undefined) return undefined
  const shift = (bare ? 0 : 3) + mass.scale + limit.scale - (scale[row] as number)
  const up = powersOfTen[Math.max(shift, 0)] ?? Number.POSITIVE_INFINITY
  const allowed = limit.coefficient * mass.coefficient * (powersOfTen[Math.max(-shift, 0)] as number)
  const [least, most] = [(low[row] as number) * up, (high[row] as number) * up]
  if (!(Math.max(least, most, allowed) <= Number.MAX_SAFE_INTEGER)) return undefined
  const reaches = rules[rule]?.comparison === "at-or-above"
  if (least > allowed || (reaches && least === allowed)) return BREAKING
  return most < allowed || (!reaches && most === allowed) ? WITHIN : OPEN
}

const onePpm: Packed = { coefficient: 1, scale: 0 }

const counted = (
  inputs: Inputs,
  table: RuleTable,
  rows: RowColumns,
  row: number,
  entry: number,
  coarse: boolean
): Concentration => {
  const kind = table.bits[table.entryRule[entry] as number] as number
  const all = stated(inputs, rows, row, (kind & ANY_AMOUNT) !== 0)
  const unbounded = coarse && (kind & HOMOGENEOUS) !== 0 && !isNothing(all)
  const own = unbounded ? { ...all, high: undefined, highOpen: false } : all
  const isElement = ((rows.bits[row] as number) & ELEMENT) !== 0
  return isElement ? own : shareOf(own, table.entries[entry]?.share)
}

/** The concentration a row states, over the part; or the bare amount. */
const stated = ({ numbers, masses }: Inputs, rows: RowColumns, row: number, bare: boolean): Concentration => {
  const { part, low, high, scale, bits } = rows
  const rowBits = bits[row] as number
  const end = (value: number) => {
    const amount = numbers.exact(value, scale[row] as number)
    if (bare || (rowBits & PPM) !== 0) return fractionOf(amount)
    return { numerator: Decimal.shift(amount, 3), denominator: masses.gramsOf(part[row] as number) as Decimal.Decimal }
  }
  return {
    low: end(low[row] as number),
    lowOpen: (rowBits & LOW_OPEN) !== 0,
    high: end(high[row] as number),
    highOpen: (rowBits & HIGH_OPEN) !== 0
  }
}
