/** Supplier declarations in a table: records in, columns of accepted rows and rejects out. */
import { type StatedAmount, upTo } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration, TableHeader } from "../../domain/Declaration.ts"
import type { Unit } from "../../domain/Unit.ts"
import type { Decoded, DocumentSource } from "../Decoded.ts"
import { contradicts, readAnswerCell } from "./Answers.ts"
import type { Records } from "./Batch.ts"
import { cellText } from "./CellText.ts"
import * as Cells from "./DeclarationCells.ts"
import {
  composed,
  DeclarationColumns,
  type IdColumn,
  type RowArrays,
  RowBuffer,
  type TableContext
} from "./DeclarationColumns.ts"
import { type AmountColumn, type DeclarationPlan, type KeyedColumn, percentHeaderOf } from "./DeclarationPlan.ts"
import { CAREFUL } from "./Dictionary.ts"
import type { Edges } from "./Edges.ts"
import type { Layout } from "./Layout.ts"
import { encodingGuessed, remarksOn } from "./LayoutRemarks.ts"
import type { Say } from "./PartRun.ts"
import { PlainNumber } from "./PlainNumber.ts"
import { Plausibility } from "./Plausibility.ts"
import type { RecordProblem, RecordSink } from "./Records.ts"
import { type RowAmount, readRowAmount } from "./RowAmount.ts"
import { type Place, placeOf, RowRemarks } from "./RowRemarks.ts"
import { type RowSubstance, substanceOf } from "./RowSubstance.ts"

const POWERS = Array.from({ length: 20 }, (_, exponent) => 10 ** exponent)

export class DeclarationTable implements RecordSink {
  readonly #document: DocumentSource
  readonly #layout: Layout
  readonly #plan: DeclarationPlan
  /** Whether plain numbers of the one amount column can be taken as they are. */
  readonly #fast: boolean
  readonly #number: PlainNumber
  readonly #plausibility: Plausibility
  readonly #remarks: RowRemarks
  /** Whether the rows are some of a table. */
  readonly #isBlock: boolean
  /** The columns of numbers. */
  readonly #columns: ReadonlyArray<KeyedColumn>
  readonly #rows: RowBuffer
  #context: TableContext
  #flags = new Uint8Array(0)
  #extras: Array<Declaration> = []
  #accepted = 0
  #header: TableHeader | undefined
  #guessed = false

  constructor(document: DocumentSource, layout: Layout, plan: DeclarationPlan, isBlock: boolean) {
    this.#document = document
    this.#layout = layout
    this.#isBlock = isBlock
    this.#plan = plan
    this.#number = new PlainNumber(layout.style?.point)
    const { amounts, answers, byId, claims } = this.#plan
    this.#remarks = new RowRemarks(layout.headers)
    const say: Say = (line, code, column, value) => this.#remarks.say(line, code, column, value)
    this.#plausibility = new Plausibility(this.#plan, percentHeaderOf(this.#plan, layout), say, isBlock)
    this.#fast =
      amounts.length === 1 &&
      answers.length === 0 &&
      claims.length === 0 &&
      byId.substance !== undefined &&
      (amounts[0]?.unit !== undefined || byId.unit !== undefined)
    const semicolon = layout.delimiter === 59 || layout.style?.point === ","
    const decimal = layout.style?.sure === true ? { decimal: layout.style.point } : {}
    this.#header = { headers: layout.headers, delimiter: semicolon ? ";" : ",", ...decimal }
    this.#columns = [this.#plan.part, ...this.#plan.keyed]
    this.#rows = new RowBuffer(this.#columns.length)
    this.#context = this.#newContext()
    this.#announce()
  }

  records(records: Records): void {
    const width = this.#layout.headers.length
    const flags = this.#flagsOf(records.length)
    for (const { dictionary, cell, ids } of this.#columns) dictionary.read(records, width, cell, ids, flags)
    for (let record = 0; record < records.length; record++) {
      const flag = flags[record] as number
      if (records.counts[record] !== width)
        this.#remarks.refuseWidth(placeOf(records, record), records.counts[record] as number)
      else if ((flag & CAREFUL) === 0 && this.#fast && this.#isPlain(records, record) && !this.#namesTwo(record))
        this.#take(record, records.lines[record] as number, flag === 0)
      else this.#careful(placeOf(records, record))
    }
    this.#rows.number(this.#columns)
  }

  isRow(records: Records, first: number, cells: number): boolean {
    const { part, answers } = this.#plan
    if (cells !== this.#layout.headers.length || Cells.tidy(cellText(records, first + part.cell)) === "") return false
    if (answers.length > 0) return true
    const amount = readRowAmount(records, first, this.#plan, this.#layout.style, undefined)
    return !("code" in amount) || amount.code.startsWith("unit.")
  }

  problem(code: RecordProblem, line: number, offset: number, excerpt: Uint8Array): void {
    this.#remarks.refuseText(code, line, offset, excerpt)
  }

  /** After the last row. */
  finish(): void {
    this.#plausibility.end()
  }

  get percentHeader(): string | undefined {
    return percentHeaderOf(this.#plan, this.#layout)
  }

  /** What rows before and behind these need to know. */
  get edges(): Edges {
    return this.#plausibility.edges
  }

  taken(): Decoded {
    this.#noteGuesses()
    const { rejects, warnings } = this.#remarks.take()
    const taken: Decoded = {
      declarations:
        this.#rows.length === 0 ? this.#extras : new DeclarationColumns(this.#context, this.#newRows(), this.#extras),
      rejects,
      warnings,
      accepted: this.#accepted,
      rejected: rejects.length,
      table: this.#header
    }
    this.#header = undefined
    this.#rows.clear()
    this.#extras = []
    this.#accepted = 0
    this.#trim()
    return taken
  }

  #newRows(): RowArrays {
    return this.#rows.rows(this.#columns.map(({ dictionary }) => dictionary.values.length))
  }

  /** Forgets values when there are too many; numbers mean something else afterwards. A block has not that many. */
  #trim(): void {
    if (this.#isBlock) return
    let trimmed = false
    for (const { dictionary } of this.#columns) trimmed = dictionary.trim() || trimmed
    if (!trimmed) return
    this.#plausibility.reset()
    this.#context = this.#newContext()
  }

  /** No flags, for so many records, and room for their numbers. */
  #flagsOf(records: number): Uint8Array {
    if (records > this.#flags.length) {
      this.#flags = new Uint8Array(records)
      for (const column of this.#columns) column.ids = new Int32Array(records)
    }
    return this.#flags.fill(0, 0, records)
  }

  #newContext(): TableContext {
    const { part, keyed, amounts } = this.#plan
    return {
      document: this.#document,
      values: {
        ...Object.fromEntries(keyed.map(({ id, dictionary }) => [id, dictionary.values])),
        part: part.dictionary.values
      },
      unit: amounts[0]?.unit,
      places: Object.fromEntries(this.#columns.map(({ id }, place) => [id, place]))
    }
  }

  #isPlain(records: Records, record: number): boolean {
    const amount = this.#plan.amounts[0] as AmountColumn
    if (!this.#number.read(records, (records.first[record] as number) + amount.cell)) return false
    return amount.unit?.unit.canonical === "mg" || this.#number.coefficient <= 100
  }

  /** Whether the name settles another CAS number than the row's. */
  #namesTwo(record: number): boolean {
    const { substance, cas } = this.#plan.byId
    if (substance === undefined || cas === undefined) return false
    const named = (substance.dictionary.values[substance.ids[record] as number] as Cells.SubstanceCell).cas
    if (named === undefined) return false
    const numbered = (cas.dictionary.values[cas.ids[record] as number] as Cells.IdCell).cas
    return numbered !== undefined && numbered !== named
  }

  /** Takes a row whose cells speak for themselves. */
  #take(record: number, line: number, wanted: boolean): void {
    const { coefficient, scale } = this.#number
    this.#accepted++
    const unit = this.#plan.amounts[0]?.unit?.unit ?? this.#unitAt(record)
    const size = (coefficient / (POWERS[scale] as number)) * (unit?.size ?? 1)
    this.#plausibility.see(record, size, size, unit?.canonical === "ppm", true, line)
    if (wanted) this.#rows.append(record, coefficient, scale, line)
  }

  #unitAt(record: number): Unit | undefined {
    const column = this.#plan.byId.unit
    return column === undefined
      ? undefined
      : (column.dictionary.values[column.ids[record] as number] as Cells.UnitCell).unit
  }

  #composed(place: Place, stated: StatedAmount): Declaration {
    const ids = this.#columns.map((column) => column.ids)
    return composed(this.#context, ids, place.record, stated, place.line)
  }

  /** Takes or refuses a row cell by cell. */
  #careful(place: Place): void {
    const { record } = place
    const { part, keyed, answers, byId } = this.#plan
    const partCell = part.dictionary.values[part.ids[record] as number] as Cells.PartCell
    if (partCell.problem !== undefined) {
      this.#remarks.refuse(place, part.cell, partCell.problem)
      return
    }
    const unconfirmed = byId.clear
    if (unconfirmed?.dictionary.values[unconfirmed.ids[record] as number]?.problem !== undefined) {
      this.#remarks.refuse(place, unconfirmed.cell, "row.unconfirmed")
      return
    }
    if (answers.length > 0) {
      this.#answered(place, partCell.wanted)
      return
    }
    const values = keyed.map(({ id, cell, dictionary, ids }) => ({
      id,
      cell,
      value: dictionary.values[ids[record] as number] as Cells.Cell
    }))
    const bad = values.find(({ id, value }) => value.problem !== undefined && id !== "unit")
    const of = <A extends Cells.Cell>(id: IdColumn) => values.find((column) => column.id === id)?.value as A | undefined
    const named = substanceOf(of("substance"), of("cas"), of("ec"))
    const naming = (byId.substance ?? byId.cas ?? byId.ec)?.cell ?? 0
    const nameFirst = bad === undefined || bad.id === "limit"
    if (named.name === "" && nameFirst) {
      this.#remarks.refuse(place, naming, "value.missing")
      return
    }
    if (bad !== undefined) {
      this.#remarks.refuse(place, bad.cell, bad.value.problem as string, bad.value.suggestion)
      return
    }
    const unit = of<Cells.UnitCell>("unit")
    const amount = readRowAmount(place.records, place.first, this.#plan, this.#layout.style, unit)
    if ("code" in amount) {
      const atUnit = amount.code === "unit.missing" && unit?.problem !== undefined
      this.#remarks.refuse(
        place,
        atUnit ? (byId.unit?.cell ?? amount.cell) : amount.cell,
        atUnit ? "unit.unsupported" : amount.code
      )
      return
    }
    this.#accepted++
    for (const { cell, value } of values)
      if (value.warning !== undefined) this.#remarks.warn(place, cell, value.warning)
    if (amount.warning !== undefined) this.#remarks.warn(place, amount.cell, amount.warning)
    if (named.second !== undefined) this.#remarks.warn(place, naming, "id.name_cas_mismatch")
    const { low, high, unit: canonical } = amount.amount
    this.#plausibility.see(record, sizeOf(low), sizeOf(high), canonical === "ppm", amount.bare, place.line)
    this.#compareWithClaims(place, named, amount)
    if (partCell.wanted) this.#emit(place, named, amount)
  }

  /** One declaration for each substance that the row may mean. */
  #emit(place: Place, named: RowSubstance, { amount, text, intentional }: RowAmount): void {
    const shared = named.numbers.length > 1 && amount.high !== undefined
    const each = shared && amount.high !== undefined ? upTo(amount.unit, amount.high, amount.highOpen) : amount
    const base: Declaration = {
      ...this.#composed(place, { amount: each, text }),
      substance: named.name,
      ec: named.ec,
      ...(intentional === undefined ? {} : { intentional })
    }
    for (const cas of named.numbers) this.#extras.push({ ...base, cas })
    if (named.second !== undefined) this.#extras.push({ ...base, cas: named.second })
  }

  /** A yes for a whole list beside a number that says otherwise; the number is what is judged. */
  #compareWithClaims(place: Place, named: RowSubstance, { amount }: RowAmount): void {
    for (const column of this.#plan.claims) {
      const answer = readAnswerCell(
        Cells.tidy(cellText(place.records, place.first + column.cell)),
        column,
        this.#layout.style
      )
      if (typeof answer === "string" || "code" in answer || answer.claim === undefined) continue
      if (named.numbers.some((cas) => contradicts(answer.claim, cas, amount)))
        this.#remarks.warn(place, column.cell, "statement.contradicts_data")
    }
  }

  #answered(place: Place, wanted: boolean): void {
    const { answers } = this.#plan
    const stated: Array<Declaration> = []
    for (const column of answers) {
      const text = Cells.tidy(cellText(place.records, place.first + column.cell))
      const answer = readAnswerCell(text, column, this.#layout.style)
      if (answer === "blank") continue
      if ("code" in answer) {
        this.#remarks.refuse(place, column.cell, answer.code)
        return
      }
      stated.push({ ...this.#composed(place, { amount: answer.amount, text }), ...answer })
    }
    if (stated.length === 0) {
      this.#remarks.refuse(place, answers[0]?.cell ?? 0, "value.missing")
      return
    }
    this.#accepted++
    for (const column of answers)
      if (
        "list" in column.mapping &&
        stated.some(({ claim }) => stated.some(({ cas, amount }) => contradicts(claim, cas, amount)))
      )
        this.#remarks.warn(place, column.cell, "statement.contradicts_data")
    if (wanted) for (const declaration of stated) this.#extras.push(declaration)
  }

  /** What is to be said of the document before its first row. */
  #announce(): void {
    for (const { line, code, column, value } of remarksOn(this.#layout, this.#plan.answers.length > 0))
      this.#remarks.say(line, code, column, value)
  }

  #noteGuesses(): void {
    if (this.#guessed || !this.#columns.some(({ dictionary }) => dictionary.guessed)) return
    this.#guessed = true
    const { line, code, column, value } = encodingGuessed()
    this.#remarks.say(line, code, column, value)
  }
}

const sizeOf = (end: Decimal.Decimal | undefined): number =>
  end === undefined ? Number.POSITIVE_INFINITY : Number(Decimal.toText(end))
