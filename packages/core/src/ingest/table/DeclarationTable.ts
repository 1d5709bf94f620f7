/** Supplier declarations in a table: records in, columns of accepted rows and rejects out. */
import { upTo } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"
import type { Declaration, RejectedRow, TableHeader } from "../../domain/Declaration.ts"
import { isPercent, type Unit } from "../../domain/Unit.ts"
import { type Decoded, type DecodeOptions, MAX_REJECTED_TEXT, remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { secretName } from "../values/Identifiers.ts"
import { contradicts, readAnswerCell } from "./Answers.ts"
import * as Cells from "./DeclarationCells.ts"
import { DeclarationColumns, type IdColumn } from "./DeclarationColumns.ts"
import { type DeclarationPlan, type KeyedColumn, planOf } from "./DeclarationPlan.ts"
import { CAREFUL, cellText } from "./Dictionary.ts"
import type { Layout } from "./Layout.ts"
import { encodingGuessed, remarksOn } from "./LayoutRemarks.ts"
import { PlainNumber } from "./PlainNumber.ts"
import { Plausibility } from "./Plausibility.ts"
import type { RecordProblem, RecordSink, Record as TableRecord } from "./Records.ts"
import { type RowAmount, readRowAmount } from "./RowAmount.ts"

type Document = { readonly name: string; readonly sha256: string }

/** The row at hand: where it stands, and how many cells it has. */
interface Place {
  readonly record: TableRecord
  readonly cells: number
  readonly line: number
  readonly offset: number
}

/** What a row says it is about. */
interface Named {
  readonly name: string
  /** CAS numbers that share the amount. */
  readonly numbers: ReadonlyArray<string | undefined>
  readonly ec: string | undefined
  /** CAS number of the name, when it is another than the row's. */
  readonly second: string | undefined
}

const MAX_REJECTED_CELLS = 200
const FIRST_CAPACITY = 256
const POWERS = Array.from({ length: 20 }, (_, exponent) => 10 ** exponent)

export class DeclarationTable implements RecordSink {
  readonly #document: Document
  readonly #layout: Layout
  readonly #plan: DeclarationPlan
  /** Whether plain numbers of the one amount column can be taken as they are. */
  readonly #fast: boolean
  readonly #number: PlainNumber
  readonly #plausibility: Plausibility
  #columns: DeclarationColumns
  #rejects: Array<RejectedRow> = []
  #warnings: Array<ReturnType<typeof remark>> = []
  #accepted = 0
  #header: TableHeader | undefined
  #guessed = false

  /** @throws UnreadableDocument when columns are missing or not sure */
  constructor(document: Document, layout: Layout, options: DecodeOptions) {
    this.#document = document
    this.#layout = layout
    this.#plan = planOf(document.name, layout, options)
    this.#number = new PlainNumber(layout.style?.point)
    const { amounts, answers, byId, claims } = this.#plan
    const percent = amounts.find(({ unit }) => unit !== undefined && isPercent(unit.unit))
    this.#plausibility = new Plausibility(this.#plan, layout.headers[percent?.cell ?? -1])
    this.#fast =
      amounts.length === 1 &&
      answers.length === 0 &&
      claims.length === 0 &&
      byId.substance !== undefined &&
      (amounts[0]?.unit !== undefined || byId.unit !== undefined)
    const semicolon = layout.delimiter === 59 || layout.style?.point === ","
    const decimal = layout.style?.sure === true ? { decimal: layout.style.point } : {}
    this.#header = { headers: layout.headers, delimiter: semicolon ? ";" : ",", ...decimal }
    this.#columns = this.#newColumns(FIRST_CAPACITY)
    this.#bind()
    this.#warnings = remarksOn(layout, answers.length > 0).map(remark)
  }

  record(record: TableRecord, cells: number, line: number, offset: number): void {
    const width = this.#layout.headers.length
    if (cells !== width) {
      this.#rejectWidth({ record, cells, line, offset }, width)
      return
    }
    const { part, keyed } = this.#plan
    if (this.#columns.isFull) this.#grow()
    const row = this.#columns.next
    const partId = part.dictionary.idOf(record, part.cell)
    part.ids[row] = partId
    let flags = part.dictionary.flags[partId] as number
    for (let index = 0; index < keyed.length; index++) {
      const { cell, dictionary, ids } = keyed[index] as KeyedColumn
      const id = dictionary.idOf(record, cell)
      ids[row] = id
      flags |= dictionary.flags[id] as number
    }
    if ((flags & CAREFUL) === 0 && this.#fast && this.#isPlain(record) && !this.#namesTwo(row))
      this.#take(row, line, flags === 0)
    else this.#careful({ record, cells, line, offset }, row)
  }

  isRow(record: TableRecord, cells: number): boolean {
    const { part, amounts } = this.#plan
    if (cells !== this.#layout.headers.length || record.starts[part.cell] === record.ends[part.cell]) return false
    return amounts.length === 0 || amounts.some(({ cell }) => this.#number.read(record, cell))
  }

  problem(code: RecordProblem, line: number, offset: number, excerpt: Uint8Array): void {
    const text = new TextDecoder().decode(excerpt)
    const found = remark({ line, offset, column: "", code, value: text, message: messageOf(code, "") })
    this.#rejects.push({ ...found, cells: [text] })
  }

  /** After the last row. */
  finish(): void {
    this.#plausibility.end()
  }

  taken(): Decoded {
    this.#noteGuesses()
    for (const warning of this.#plausibility.taken()) this.#warnings.push(warning)
    const taken: Decoded = {
      declarations: this.#columns,
      rejects: this.#rejects,
      warnings: this.#warnings,
      accepted: this.#accepted,
      rejected: this.#rejects.length,
      table: this.#header
    }
    this.#header = undefined
    let trimmed = this.#plan.part.dictionary.trim()
    for (const { dictionary } of this.#plan.keyed) trimmed = dictionary.trim() || trimmed
    if (trimmed) this.#plausibility.reset()
    if (this.#columns.length > 0 || trimmed) {
      const capacity = Math.max(FIRST_CAPACITY, this.#columns.next + 64)
      this.#columns = this.#newColumns(capacity)
      this.#bind()
    }
    this.#rejects = []
    this.#warnings = []
    this.#accepted = 0
    return taken
  }

  /** Points the plan's columns at the arrays of the batch at hand. */
  #bind(): void {
    const { part, keyed } = this.#plan
    part.ids = this.#columns.idsOf("part")
    for (const column of keyed) column.ids = this.#columns.idsOf(column.id)
  }

  #grow(): void {
    this.#columns.grow()
    this.#bind()
  }

  #newColumns(capacity: number): DeclarationColumns {
    const { part, keyed, byId, amounts } = this.#plan
    const values = (id: IdColumn) => byId[id]?.dictionary.values as never
    return new DeclarationColumns(
      this.#document,
      {
        part: part.dictionary.values,
        text: {
          substance: values("substance"),
          cas: values("cas"),
          ec: values("ec"),
          material: values("material"),
          exemption: values("exemption"),
          basis: values("basis"),
          issued: values("issued")
        },
        limit: values("limit"),
        partMass: values("partMass"),
        materialMass: values("materialMass"),
        unit: values("unit")
      },
      amounts[0]?.unit,
      ["part", ...keyed.map(({ id }) => id)],
      capacity
    )
  }

  #isPlain(record: TableRecord): boolean {
    const cell = this.#plan.amounts[0]?.cell as number
    if (!this.#number.read(record, cell)) return false
    return this.#plan.amounts[0]?.unit?.unit.canonical === "mg" || this.#number.coefficient <= 100
  }

  /** Whether the name settles another CAS number than the row's. */
  #namesTwo(row: number): boolean {
    const { substance, cas } = this.#plan.byId
    if (substance === undefined || cas === undefined) return false
    const named = (substance.dictionary.values[substance.ids[row] as number] as Cells.SubstanceCell).cas
    if (named === undefined) return false
    const numbered = (cas.dictionary.values[cas.ids[row] as number] as Cells.IdCell).cas
    return numbered !== undefined && numbered !== named
  }

  /** Takes a row whose cells speak for themselves. */
  #take(row: number, line: number, wanted: boolean): void {
    const { coefficient, scale } = this.#number
    this.#accepted++
    const unit = this.#plan.amounts[0]?.unit?.unit ?? this.#unitAt(row)
    const size = (coefficient / (POWERS[scale] as number)) * (unit?.size ?? 1)
    this.#plausibility.see(row, size, size, unit?.canonical === "ppm", true, line)
    if (wanted) this.#columns.append(coefficient, scale, line)
  }

  #unitAt(row: number): Unit | undefined {
    const column = this.#plan.byId.unit
    return column === undefined
      ? undefined
      : (column.dictionary.values[column.ids[row] as number] as Cells.UnitCell).unit
  }

  /** Takes or refuses a row cell by cell. */
  #careful(place: Place, row: number): void {
    const { part, keyed, answers, byId } = this.#plan
    const partCell = part.dictionary.values[part.ids[row] as number] as Cells.PartCell
    if (partCell.problem !== undefined) {
      this.#refuse(place, part.cell, partCell.problem)
      return
    }
    const unconfirmed = byId.clear
    if (
      unconfirmed !== undefined &&
      (unconfirmed.dictionary.values[unconfirmed.ids[row] as number] as Cells.Cell).problem
    ) {
      this.#refuse(place, unconfirmed.cell, "row.unconfirmed")
      return
    }
    if (answers.length > 0) {
      this.#answered(place, partCell.wanted)
      return
    }
    const values = keyed.map(({ id, cell, dictionary, ids }) => ({
      id,
      cell,
      value: dictionary.values[ids[row] as number] as Cells.Cell
    }))
    const bad = values.find(({ id, value }) => value.problem !== undefined && id !== "unit")
    const of = <A extends Cells.Cell>(id: IdColumn) => values.find((column) => column.id === id)?.value as A | undefined
    const named = substanceOf(of("substance"), of("cas"), of("ec"))
    const naming = (byId.substance ?? byId.cas ?? byId.ec)?.cell ?? 0
    const nameFirst = bad === undefined || bad.id === "limit"
    if (named.name === "" && nameFirst) {
      this.#refuse(place, naming, "value.missing")
      return
    }
    if (bad !== undefined) {
      this.#refuse(place, bad.cell, bad.value.problem as string, bad.value.suggestion)
      return
    }
    const unit = of<Cells.UnitCell>("unit")
    const amount = readRowAmount(place.record, this.#plan, this.#layout.style, unit)
    if ("code" in amount) {
      const atUnit = amount.code === "unit.missing" && unit?.problem !== undefined
      this.#refuse(
        place,
        atUnit ? (byId.unit?.cell ?? amount.cell) : amount.cell,
        atUnit ? "unit.unsupported" : amount.code
      )
      return
    }
    this.#accepted++
    for (const { cell, value } of values) if (value.warning !== undefined) this.#warn(place, cell, value.warning)
    if (amount.warning !== undefined) this.#warn(place, amount.cell, amount.warning)
    if (named.second !== undefined) this.#warn(place, naming, "id.name_cas_mismatch")
    this.#plausibility.see(
      row,
      sizeOf(amount.amount.low),
      sizeOf(amount.amount.high),
      isShare(amount),
      amount.bare,
      place.line
    )
    this.#compareWithClaims(place, named, amount)
    if (partCell.wanted) this.#emit(place.line, named, amount)
  }

  /** One declaration for each substance that the row may mean. */
  #emit(line: number, named: Named, { amount, text, intentional }: RowAmount): void {
    const shared = named.numbers.length > 1 && amount.high !== undefined
    const each = shared && amount.high !== undefined ? upTo(amount.unit, amount.high, amount.highOpen) : amount
    const base: Declaration = {
      ...this.#columns.compose({ amount: each, text }, line),
      substance: named.name,
      ec: named.ec,
      ...(intentional === undefined ? {} : { intentional })
    }
    for (const cas of named.numbers) this.#columns.add({ ...base, cas })
    if (named.second !== undefined) this.#columns.add({ ...base, cas: named.second })
  }

  /** A yes for a whole list beside a number that says otherwise; the number is what is judged. */
  #compareWithClaims(place: Place, named: Named, { amount }: RowAmount): void {
    for (const column of this.#plan.claims) {
      const answer = readAnswerCell(Cells.tidy(cellText(place.record, column.cell)), column, this.#layout.style)
      if (typeof answer === "string" || "code" in answer || answer.claim === undefined) continue
      if (named.numbers.some((cas) => contradicts(answer.claim, cas, amount)))
        this.#warn(place, column.cell, "statement.contradicts_data")
    }
  }

  #answered(place: Place, wanted: boolean): void {
    const { answers } = this.#plan
    const stated: Array<Declaration> = []
    for (const column of answers) {
      const text = Cells.tidy(cellText(place.record, column.cell))
      const answer = readAnswerCell(text, column, this.#layout.style)
      if (answer === "blank") continue
      if ("code" in answer) {
        this.#refuse(place, column.cell, answer.code)
        return
      }
      stated.push({ ...this.#columns.compose({ amount: answer.amount, text }, place.line), ...answer })
    }
    if (stated.length === 0) {
      this.#refuse(place, answers[0]?.cell ?? 0, "value.missing")
      return
    }
    this.#accepted++
    for (const column of answers)
      if (
        "list" in column.mapping &&
        stated.some(({ claim }) => stated.some(({ cas, amount }) => contradicts(claim, cas, amount)))
      )
        this.#warn(place, column.cell, "statement.contradicts_data")
    if (wanted) for (const declaration of stated) this.#columns.add(declaration)
  }

  #rejectWidth(place: Place, width: number): void {
    const { line, offset, cells } = place
    const message = `The row has ${cells} cells, the header ${width}. Quote cells that contain the delimiter.`
    const found = remark({ line, offset, column: "", code: "row.column_count", value: String(cells), message })
    this.#rejects.push({ ...found, cells: this.#cellsOf(place) })
  }

  #refuse(place: Place, cell: number, code: string, suggestion?: string): void {
    const column = this.#layout.headers[cell] ?? ""
    const value = cellText(place.record, cell).trim()
    const { line, offset } = place
    const found = remark({ line, offset, column, code, value, message: messageOf(code, column), suggestion })
    this.#rejects.push({ ...found, cells: this.#cellsOf(place) })
  }

  #cellsOf({ record, cells }: Place): ReadonlyArray<string> {
    const kept: Array<string> = []
    let left = MAX_REJECTED_TEXT
    for (let cell = 0; cell < Math.min(cells, MAX_REJECTED_CELLS) && left > 0; cell++) {
      const text = cellText(record, cell).slice(0, left)
      kept.push(text)
      left -= text.length
    }
    return kept
  }

  #warn({ record, line, offset }: Place, cell: number, code: string): void {
    const column = this.#layout.headers[cell] ?? ""
    const value = cellText(record, cell).trim()
    this.#warnings.push(remark({ line, offset, column, code, value, message: messageOf(code, column) }))
  }

  #noteGuesses(): void {
    const { part, keyed } = this.#plan
    if (this.#guessed || !(part.dictionary.guessed || keyed.some(({ dictionary }) => dictionary.guessed))) return
    this.#guessed = true
    this.#warnings.push(remark(encodingGuessed()))
  }
}

const substanceOf = (
  substance: Cells.SubstanceCell | undefined,
  cas: Cells.IdCell | undefined,
  ec: Cells.IdCell | undefined
): Named => {
  const numbers = cas?.ids.cas ?? []
  const first = numbers[0] ?? cas?.cas ?? ec?.cas ?? substance?.cas
  const list = ec?.ids.ec[0] ?? cas?.ids.ec[0]
  const differs = substance?.cas !== undefined && first !== substance.cas && !numbers.includes(substance.cas)
  const name = Cells.nameOf(substance?.text ?? "", first, list)
  const isSecret = cas?.ids.secret === true && first === undefined && list === undefined
  return {
    name: isSecret ? secretName(name) : name,
    numbers: numbers.length > 1 ? numbers : [first],
    ec: list,
    second: differs ? substance.cas : undefined
  }
}

const sizeOf = (end: Decimal.Decimal | undefined): number =>
  end === undefined ? Number.POSITIVE_INFINITY : Number(Decimal.toText(end))

const isShare = ({ amount }: RowAmount): boolean => amount.unit === "ppm"
