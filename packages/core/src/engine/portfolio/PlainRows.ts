/** Most parts in one short loop over rows: plain amounts well within what is allowed, or well above it. */
import { LARGEST_BATCH } from "./batches.ts"
import { exactRow } from "./ExactRows.ts"
import { DECIDED, type Inputs, ONE_MATERIAL } from "./Inputs.ts"
import { powersOfTen } from "./Numbers.ts"
import { PPM, type RowColumns } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"
import { BREAKING, OPEN, type Standing, WITHIN } from "./Standing.ts"

/** Marks of a part, beside its statuses in the low byte: it has rows, and something needs a closer look. */
export const HAS_ROWS = 0x100
export const CLOSER = 0x200

/** Whether rows tell by themselves what a part's statuses are. */
export const isPlain = ({ asksUndeclared, asksMaterials, batteryRules, documentLimits }: RuleTable): boolean =>
  !asksUndeclared && !asksMaterials && !documentLimits && batteryRules.length === 0

/** Places of rows: from `from[i]` to `to[i]`, for each `i` below `count`. */
export class Stretches {
  readonly from = new Int32Array(MOST_STRETCHES)
  readonly to = new Int32Array(MOST_STRETCHES)
  count = 0
  /** How many rows those are. */
  rows = 0

  get isFull(): boolean {
    return this.count === MOST_STRETCHES || this.rows >= LARGEST_BATCH
  }

  add(from: number, to: number): void {
    this.from[this.count] = from
    this.to[this.count++] = to
    this.rows += to - from
  }

  clear(): void {
    this.count = 0
    this.rows = 0
  }
}

const MOST_STRETCHES = 256

/** What is used again and again rather than taken anew, as memory that was touched before is had sooner. */
export class Marking {
  readonly stretches = new Stretches()
  #marks = new Uint16Array(0)
  #others = new Int32Array(LARGEST_BATCH)

  /** Marks by part, all zero; whoever writes some sets them back. */
  marksOf(parts: number): Uint16Array {
    if (this.#marks.length !== parts) this.#marks = new Uint16Array(parts)
    return this.#marks
  }

  /** Room for as many rows. */
  othersOf(rows: number): Int32Array {
    if (this.#others.length < rows) this.#others = new Int32Array(2 * rows)
    return this.#others
  }
}

/**
 * Adds to the marks of parts what the rows of the stretches come to by plain rules, or {@link CLOSER} where rows alone
 * cannot tell: a row says more than an amount, no mass is known, or a rule asks for more. Rows may lie in any order; it
 * is fastest when those of a part lie together.
 *
 * @throws RangeError when a row is about a part that is not there
 */
export const markRows = (inputs: Inputs, table: RuleTable, rows: RowColumns, marking: Marking): void => {
  const { stretches } = marking
  const marks = marking.marksOf(inputs.graph.nodes)
  const others = marking.othersOf(stretches.rows)
  const count = markWithin(inputs, table, rows, marks, stretches, others)
  for (let at = 0; at < count; at++) {
    const row = others[at] as number
    const node = rows.part[row] as number
    marks[node] = (marks[node] as number) | compared(inputs, table, rows, row)
  }
}

/** Marks parts by rows that are within all their rules; collects the others, and returns how many they are. */
const markWithin = (
  { attributes, graph, masses }: Inputs,
  { surelyWithinAll, withinAll }: RuleTable,
  { part, substance, bits, high, scale }: RowColumns,
  marks: Uint16Array,
  { from, to, count: stretches }: Stretches,
  others: Int32Array
): number => {
  const { filled } = graph.children
  const powers = powersOfTen
  const substances = withinAll.length
  let count = 0
  for (let stretch = 0; stretch < stretches; stretch++) {
    const stop = to[stretch] as number
    for (let row = from[stretch] as number; row < stop; ) {
      const node = part[row] as number
      if (!(node >= 0 && node < marks.length)) throw noSuchPart(row, node, marks.length)
      const mass = masses.knownKilograms(node)
      const attribute = attributes[node] as number
      const oneMaterial = (attribute & ONE_MATERIAL) !== 0 && filled[node] === 0 ? substances : 0
      let found = mass > 0 && (attribute & DECIDED) === 0 ? HAS_ROWS : NOT_MEASURED
      do {
        const rowBits = bits[row] as number
        const unit = (rowBits === PPM ? 1 : mass) * (powers[scale[row] as number] as number)
        const most = high[row] as number
        const named = substance[row] as number
        if (rowBits <= PPM && most > 0 && most < (surelyWithinAll[oneMaterial + named] as number) * unit)
          found |= withinAll[named] as number
        else others[count++] = row
        row++
      } while (row < stop && part[row] === node)
      marks[node] = (marks[node] as number) | found
    }
  }
  return count
}

const NOT_MEASURED = HAS_ROWS | CLOSER

/** Marks by each rule that the substance of a row counts towards; what stands near a limit is compared exactly. */
const compared = (inputs: Inputs, table: RuleTable, rows: RowColumns, row: number): number => {
  const rowBits = rows.bits[row] as number
  if (rowBits > PPM) return CLOSER
  const { first, entryRule, surelyWithin, surelyInMaterial, surelyAbove, nothing, within, open, breaking } = table
  const node = rows.part[row] as number
  const isOneMaterial =
    ((inputs.attributes[node] as number) & ONE_MATERIAL) !== 0 && inputs.graph.children.filled[node] === 0
  const mass = rowBits === PPM ? 1 : inputs.masses.knownKilograms(node)
  const unit = mass * (powersOfTen[rows.scale[row] as number] as number)
  const below = isOneMaterial ? surelyInMaterial : surelyWithin
  const named = rows.substance[row] as number
  const least = rows.low[row] as number
  const most = rows.high[row] as number
  const to = first[named + 1] as number
  let found = 0
  for (let entry = first[named] as number; entry < to; entry++) {
    const rule = entryRule[entry] as number
    const allowed = (below[entry] as number) * unit
    const above = (surelyAbove[entry] as number) * unit
    let stands: Standing | undefined
    if (most < allowed) stands = WITHIN
    else if (least > above) stands = BREAKING
    else if (most > above && least < allowed) stands = OPEN
    else if (allowed > 0 && above < Number.POSITIVE_INFINITY)
      stands = exactRow(inputs, table, rows, row, entry, !isOneMaterial)
    if (stands === WITHIN) found |= (most > 0 ? within : nothing)[rule] as number
    else if (stands === BREAKING) found |= breaking[rule] as number
    else found |= stands === OPEN ? (open[rule] as number) : CLOSER
  }
  return found
}

const noSuchPart = (row: number, part: number, parts: number): RangeError =>
  new RangeError(`Row ${row} is about the part ${part}; there are ${parts}`)
