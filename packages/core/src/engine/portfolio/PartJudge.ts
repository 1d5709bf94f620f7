import { inBatches } from "./batches.ts"
import { exactRow } from "./ExactRows.ts"
import { DECIDED, type Inputs, ONE_MATERIAL } from "./Inputs.ts"
import {
  ANY_AMOUNT,
  CAREFUL_RULE,
  COVERED,
  DUTY,
  HOMOGENEOUS,
  ROW_BY_ROW,
  SCOPED,
  type Scope,
  SUM
} from "./Matching.ts"
import { measuredAt } from "./Measured.ts"
import { margin, NOT_STATED, powersOfTen } from "./Numbers.ts"
import { CLOSER, isPlain, type Marking, markRows } from "./PlainRows.ts"
import type { Slice } from "./Ragged.ts"
import { CAREFUL, ELEMENT, EXEMPTION, MATERIAL, PPM, type RowColumns, rowsOfMarked } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"
import { BREAKING, OPEN, type Standing, TIE, WITHIN } from "./Standing.ts"
import { type Rollup, type Statuses, statusesOf } from "./Statuses.ts"

const ABOVE = 1 + margin(1)
const BELOW = 1 - margin(1)

/** @param high infinite when nothing bounds it */
const standing = (low: number, high: number, allowed: number, above: number, below: number): Standing =>
  low > allowed * above
    ? BREAKING
    : high < allowed * below
      ? WITHIN
      : low < allowed * below && high > allowed * above
        ? OPEN
        : TIE

export class PartJudge {
  readonly #inputs: Inputs
  readonly #table: RuleTable
  readonly #isPlain: boolean
  readonly #rollup: Rollup
  readonly #marking: Marking
  readonly #careful: (node: number) => Statuses
  readonly #compliant: Statuses
  readonly #unknown: Statuses
  readonly #nonCompliant: Statuses
  readonly #unknownDuty: Statuses
  /** Counts the parts; of each rule, the part it was last met at, with how many rows, and which was first. */
  #part = 0
  readonly #metAt: Float64Array
  readonly #rowsMet: Int32Array
  readonly #firstRow: Int32Array
  readonly #firstEntry: Int32Array
  /** Of the part at hand: rules met that are not judged row by row, and how many were met. */
  readonly #met: Int32Array
  #metCount = 0
  #restrictions = 0
  #duties = 0
  /** Whether a restriction is broken, and whether what is not mentioned matters. */
  #broken = false
  #asksRest = false

  /** @param careful statuses by the exact judge */
  constructor(inputs: Inputs, table: RuleTable, rollup: Rollup, marking: Marking, careful: (node: number) => Statuses) {
    const { restriction, duty } = statusesOf(rollup)
    this.#inputs = inputs
    this.#table = table
    this.#isPlain = isPlain(table)
    this.#rollup = rollup
    this.#marking = marking
    this.#careful = careful
    this.#compliant = restriction("compliant")
    this.#unknown = restriction("unknown")
    this.#nonCompliant = restriction("non-compliant")
    this.#unknownDuty = duty("unknown")
    this.#metAt = new Float64Array(table.rules.length)
    this.#met = new Int32Array(table.rules.length)
    this.#rowsMet = new Int32Array(table.rules.length)
    this.#firstRow = new Int32Array(table.rules.length)
    this.#firstEntry = new Int32Array(table.rules.length)
  }

  /** Writes the own statuses of every part. */
  judgeAll(own: Uint8Array): void {
    const { given } = this.#inputs
    if (given === undefined || !this.#isPlain)
      this.judgeSome(Int32Array.from(own.keys()), (node, statuses) => {
        own[node] = statuses
      })
    else this.#judgeGiven(given, own)
  }

  /** By the rows as they were given. */
  #judgeGiven(given: RowColumns, own: Uint8Array): void {
    const { stretches } = this.#marking
    const marks = this.#marking.marksOf(this.#inputs.graph.nodes)
    try {
      inBatches(given.part.length, (begin, stop) => {
        stretches.clear()
        stretches.add(begin, stop)
        markRows(this.#inputs, this.#table, given, this.#marking)
      })
      inBatches(own.length, (begin, stop) => {
        this.#readMarks(marks, own, begin, stop)
      })
      const rows = rowsOfMarked(given, marks, CLOSER)
      const closer = new PartJudge(this.#inputs.with(rows), this.#table, this.#rollup, this.#marking, this.#careful)
      rows.each((node, slice) => {
        own[node] = closer.#closely(node, slice)
      })
    } finally {
      marks.fill(0)
    }
  }

  #readMarks(marks: Uint16Array, own: Uint8Array, begin: number, stop: number): void {
    const { empty } = this.#table
    const { filled } = this.#inputs.graph.children
    for (let node = begin; node < stop; node++) {
      const mark = marks[node] as number
      own[node] = mark === 0 && filled[node] === 0 ? empty : mark & STATUSES
    }
  }

  /** Reports each part's own statuses, whatever its children have; of most by their plain rows alone. */
  judgeSome(nodes: Int32Array, report: (node: number, statuses: Statuses) => void): void {
    const { start, count, columns } = this.#inputs.rows
    const { stretches } = this.#marking
    const marks = this.#marking.marksOf(this.#inputs.graph.nodes)
    for (let at = 0, begin = 0; at < nodes.length; begin = at) {
      stretches.clear()
      for (; at < nodes.length && !stretches.isFull; at++) {
        const node = nodes[at] as number
        stretches.add(start[node] as number, (start[node] as number) + (count[node] as number))
      }
      if (this.#isPlain) this.#mark(columns, marks)
      const closer: Array<number> = []
      for (let one = begin; one < at; one++) {
        const node = nodes[one] as number
        const mark = marks[node] as number
        marks[node] = 0
        if (mark === 0 || (mark & CLOSER) !== 0) closer.push(node)
        else report(node, mark & STATUSES)
      }
      for (const node of closer) report(node, this.#closely(node, this.#inputs.rows.sliceOf(node)))
    }
  }

  /** Leaves no mark when a row cannot be compared. */
  #mark(rows: RowColumns, marks: Uint16Array): void {
    try {
      markRows(this.#inputs, this.#table, rows, this.#marking)
    } catch (error) {
      marks.fill(0)
      throw error
    }
  }

  #closely(node: number, slice: Slice): Statuses {
    const { graph, masses, attributes, categories } = this.#inputs
    const isLeaf = graph.children.filled[node] === 0
    const empty = isLeaf ? this.#table.empty : 0
    if (this.#table.scopeOf(categories[node] as number).isDeep)
      return this.#careful(node) | (slice.count === 0 ? empty : 0)
    if (slice.count === 0) return empty
    const attribute = attributes[node] as number
    const kilograms = masses.kilogramsOf(node)
    if ((attribute & DECIDED) !== 0 || Number.isNaN(kilograms) || this.#table.asksMaterials) return this.#careful(node)
    const coarse = !isLeaf || (attribute & ONE_MATERIAL) === 0
    return this.#judgeRows(node, slice, kilograms, coarse)
  }

  /** @param coarse whether one of the part's materials may hold more than the average */
  #judgeRows(node: number, slice: Slice, kilograms: number, coarse: boolean): Statuses {
    const { rows, categories } = this.#inputs
    const table = this.#table
    const { substance, bits } = rows.columns
    const { first, entryRule, bits: ruleBits, asksUndeclared, documentLimits } = table
    const { start } = slice
    const end = start + slice.count
    const scope = table.scopeOf(categories[node] as number)
    let all = 0
    let found = 0
    this.#beginPart()
    for (let row = start; row < end; row++) {
      const rowBits = bits[row] as number
      if ((rowBits & (CAREFUL | MATERIAL | ELEMENT)) !== 0) return this.#careful(node)
      if (kilograms <= 0 && (rowBits & PPM) === 0) return this.#careful(node)
      all |= rowBits
      if (documentLimits && rows.columns.limitScale[row] !== NOT_STATED) found |= this.#ownLimit(row, kilograms)
      const named = substance[row] as number
      const to = first[named + 1] as number
      for (let entry = first[named] as number; entry < to; entry++) {
        const rule = entryRule[entry] as number
        const kind = ruleBits[rule] as number
        if ((kind & SCOPED) !== 0 && scope.applies[rule] === 0) continue
        if ((kind & CAREFUL_RULE) !== 0) return this.#careful(node)
        if (asksUndeclared || (kind & ROW_BY_ROW) === 0) this.#meet(rule, kind, row, entry)
        if ((kind & ROW_BY_ROW) !== 0) found |= this.#row(row, entry, kilograms, coarse)
      }
    }
    if (this.#metCount > 0) found |= this.#judgeMet(node, slice, kilograms, coarse)
    if (this.#broken && (all & EXEMPTION) !== 0) return this.#careful(node)
    if (asksUndeclared) found |= this.#notMentioned(scope)
    return this.#asksRest && this.#mayBeDisclosed(start, end, kilograms) ? this.#careful(node) : found
  }

  #beginPart(): void {
    this.#part++
    this.#metCount = 0
    this.#restrictions = 0
    this.#duties = 0
    this.#broken = false
    this.#asksRest = false
  }

  /** Notes that a row counts towards a rule. */
  #meet(rule: number, kind: number, row: number, entry: number): void {
    if (this.#metAt[rule] === this.#part) {
      this.#rowsMet[rule] = (this.#rowsMet[rule] as number) + 1
      return
    }
    this.#metAt[rule] = this.#part
    this.#rowsMet[rule] = 1
    this.#firstRow[rule] = row
    this.#firstEntry[rule] = entry
    if ((kind & DUTY) !== 0) this.#duties++
    else this.#restrictions++
    if ((kind & ROW_BY_ROW) === 0) this.#met[this.#metCount++] = rule
  }

  /** Statuses by the rules that rows are not judged by one by one. */
  #judgeMet(node: number, slice: Slice, kilograms: number, coarse: boolean): Statuses {
    let found = 0
    for (let at = 0; at < this.#metCount; at++) {
      const rule = this.#met[at] as number
      const isPlain = this.#rowsMet[rule] === 1 && ((this.#table.bits[rule] as number) & COVERED) !== 0
      found |= isPlain
        ? this.#row(this.#firstRow[rule] as number, this.#firstEntry[rule] as number, kilograms, coarse)
        : this.#total(node, slice, rule, kilograms, coarse)
    }
    return found
  }

  /** What rows come to by a rule that adds them up. */
  #total(node: number, slice: Slice, rule: number, kilograms: number, coarse: boolean): Statuses {
    const kind = this.#table.bits[rule] as number
    const measured = measuredAt(this.#inputs.rows.columns, slice, this.#table, rule, kilograms, coarse)
    const [range] = measured?.ranges ?? []
    if ((kind & SUM) === 0 || measured === undefined || range === undefined || measured.isMixed)
      return this.#careful(node)
    const { isCovered, rows } = measured
    if (!isCovered) this.#asksRest = true
    const [low, high] = range
    const top = isCovered ? high : Number.POSITIVE_INFINITY
    const near = margin(rows)
    const found = standing(low, top, this.#table.limit[rule] as number, 1 + near, 1 - near)
    return found === TIE ? this.#careful(node) : this.#statusOf(rule, found, high)
  }

  /** Unknown, when rules apply whose substances no row is about. */
  #notMentioned({ restrictions, duties }: Scope): Statuses {
    if (this.#restrictions < restrictions || this.#duties < duties) this.#asksRest = true
    return (this.#restrictions < restrictions ? this.#unknown : 0) | (this.#duties < duties ? this.#unknownDuty : 0)
  }

  /** One row against a rule that judges each by itself. */
  #row(row: number, entry: number, kilograms: number, coarse: boolean): Statuses {
    const { low, high, scale, bits } = this.#inputs.rows.columns
    const { entryRule, limit, bits: ruleBits, shareLow, shareHigh } = this.#table
    const rule = entryRule[entry] as number
    const kind = ruleBits[rule] as number
    const rowBits = bits[row] as number
    const isPpm = (rowBits & PPM) !== 0 || (kind & ANY_AMOUNT) !== 0
    const isElement = (rowBits & ELEMENT) !== 0
    const bottom = (low[row] as number) * (isElement ? 1 : (shareLow[entry] as number))
    const top = (high[row] as number) * (isElement ? 1 : (shareHigh[entry] as number))
    const allowed = (limit[rule] as number) * (isPpm ? 1 : kilograms) * (powersOfTen[scale[row] as number] as number)
    const unbounded = coarse && (kind & HOMOGENEOUS) !== 0 && high[row] !== 0
    const found = standing(bottom, unbounded ? Number.POSITIVE_INFINITY : top, allowed, ABOVE, BELOW)
    return this.#statusOf(
      rule,
      found === TIE ? exactRow(this.#inputs, this.#table, this.#inputs.rows.columns, row, entry, coarse) : found,
      top
    )
  }

  /** One row against its own limit. */
  #ownLimit(row: number, kilograms: number): Statuses {
    const { low, high, scale, bits, limit, limitScale } = this.#inputs.rows.columns
    const isPpm = ((bits[row] as number) & PPM) !== 0
    const own = this.#inputs.numbers.number(limit[row] as number, limitScale[row] as number)
    const allowed = own * (isPpm ? 1 : kilograms) * (powersOfTen[scale[row] as number] as number)
    let found = standing(low[row] as number, high[row] as number, allowed, ABOVE, BELOW)
    if (found === TIE) found = exactRow(this.#inputs, this.#table, this.#inputs.rows.columns, row, undefined, false)
    if (found === BREAKING) this.#broken = true
    return found === BREAKING ? this.#nonCompliant : found === OPEN ? this.#unknown : this.#compliant
  }

  #statusOf(rule: number, found: Standing, top: number): Statuses {
    const { nothing, within, open, breaking, bits } = this.#table
    if (found === WITHIN) return (top === 0 ? nothing : within)[rule] as number
    if (found === OPEN) return open[rule] as number
    if (((bits[rule] as number) & DUTY) === 0) this.#broken = true
    return breaking[rule] as number
  }

  /** Whether the declared share may be large enough for the rest to settle a rule. A substance counts as often as it is named. */
  #mayBeDisclosed(start: number, end: number, kilograms: number): boolean {
    const { low, scale, bits } = this.#inputs.rows.columns
    let ppm = 0
    for (let row = start; row < end; row++) {
      const amount = (low[row] as number) / (powersOfTen[scale[row] as number] as number)
      if (((bits[row] as number) & PPM) !== 0) ppm += amount
      else if (kilograms > 0) ppm += amount / kilograms
    }
    return !(ppm * (1 + margin(end - start)) < this.#table.disclosedFrom)
  }
}

/** The byte of the statuses in the marks of a part. */
const STATUSES = 0xff
