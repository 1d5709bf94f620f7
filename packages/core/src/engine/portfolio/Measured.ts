/** What the rows of a part come to by one rule, in ppm as doubles. */
import { isNameOnly } from "../Match.ts"
import type { Member } from "../Rule.ts"
import { SPEAKS_FOR_ALL } from "./Coverage.ts"
import { ANY_AMOUNT, HOMOGENEOUS, SUM } from "./Matching.ts"
import { powersOfTen } from "./Numbers.ts"
import type { Slice } from "./Ragged.ts"
import { ELEMENT, LOW_OPEN, PPM, type RowColumns } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"

export type Range = readonly [low: number, high: number]

export interface Measured {
  /** Concentrations that the rule compares with its limit: of each of its substances, or of all of them together. */
  readonly ranges: ReadonlyArray<Range>
  /** How many rows count. */
  readonly rows: number
  /** Whether of one substance some rows have an upper end and others have none. */
  readonly isMixed: boolean
  /** Whether the rows speak for all that the rule is about; see {@link Coverage}. */
  readonly isCovered: boolean
}

/**
 * @param coarse whether one of the part's materials may hold more than the average
 * @returns nothing when a mass that is needed is not known
 */
export const measuredAt = (
  { substance, low, high, scale, bits }: RowColumns,
  { start, count: length }: Slice,
  table: RuleTable,
  rule: number,
  kilograms: number,
  coarse: boolean
): Measured | undefined => {
  const { first, entryRule, shareLow, shareHigh, speaks, speaksThere, members } = table
  const kind = table.bits[rule] as number
  const end = start + length
  const found: Array<number> = []
  const ranges: Array<Range> = []
  let spoken = 0
  let count = 0
  let isMixed = false
  for (let row = start; row < end; row++) {
    const named = substance[row] as number
    const to = first[named + 1] as number
    for (let entry = first[named] as number; entry < to; entry++) {
      if (entryRule[entry] !== rule) continue
      const rowBits = bits[row] as number
      const isPpm = (rowBits & PPM) !== 0 || (kind & ANY_AMOUNT) !== 0
      if (!isPpm && kilograms <= 0) return undefined
      const base = (isPpm ? 1 : kilograms) * (powersOfTen[scale[row] as number] as number)
      const isElement = (rowBits & ELEMENT) !== 0
      const bottom = ((low[row] as number) * (isElement ? 1 : (shareLow[entry] as number))) / base
      const top = ((high[row] as number) * (isElement ? 1 : (shareHigh[entry] as number))) / base
      const last = coarse && (kind & HOMOGENEOUS) !== 0 && high[row] !== 0 ? Number.POSITIVE_INFINITY : top
      const isThere = (rowBits & LOW_OPEN) !== 0 || low[row] !== 0
      spoken |= (isThere ? speaksThere : speaks)[entry] as number
      const member = members[entry] as number
      const at = found.indexOf(member)
      if (at < 0) {
        found.push(member)
        ranges.push([bottom, last])
      } else {
        const before = ranges[at] as Range
        isMixed ||= Number.isFinite(before[1]) !== Number.isFinite(last)
        ranges[at] = [Math.max(before[0], bottom), Math.max(before[1], last)]
      }
      count++
    }
  }
  return {
    ranges: (kind & SUM) !== 0 && ranges.length > 1 ? [total(table, rule, found, ranges)] : ranges,
    rows: count,
    isMixed,
    isCovered: covers(table, rule, spoken, found.length)
  }
}

const covers = ({ elements, memberCount }: RuleTable, rule: number, spoken: number, members: number): boolean => {
  const all = elements[rule] === 0 ? SPEAKS_FOR_ALL : (elements[rule] as number)
  return (spoken & all) === all || (elements[rule] === 0 && members === memberCount[rule])
}

/** Numbered substances add up; those with only a name may be a group that the others belong to. */
const total = (table: RuleTable, rule: number, members: ReadonlyArray<number>, ranges: ReadonlyArray<Range>): Range => {
  let numbered = 0
  let least = 0
  let most = 0
  for (const [at, [low, high]] of ranges.entries()) {
    if (isNameOnly(table.rules[rule]?.members[members[at] as number] as Member)) least = Math.max(least, low)
    else numbered += low
    most += high
  }
  return [Math.max(least, numbered), most]
}
