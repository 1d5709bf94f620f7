/** Supplier declarations in a table: records in, columns of accepted rows and rejects out. */
import { upTo } from "../../domain/Amount.ts"
import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import { type Decoded, type DecodeOptions, remark, type TableHeader } from "../Decoded.ts"
import { detach } from "../Interner.ts"
import { messageOf } from "../Messages.ts"
import { readAnswerCell } from "./Answers.ts"
import { cellText, cellTexts, excerptOf } from "./CellText.ts"
import * as Cells from "./DeclarationCells.ts"
import {
  composed,
  DeclarationColumns,
  type IdColumn,
  RowBuffer,
  type StatedAmount,
  type TableContext
} from "./DeclarationColumns.ts"
import { type AmountColumn, type DeclarationPlan, type KeyedColumn, planOf } from "./DeclarationPlan.ts"
import { CAREFUL } from "./Dictionary.ts"
import type { Layout } from "./Layout.ts"
import { SURE } from "./Mapping.ts"
import { PlainNumber } from "./PlainNumber.ts"
import type { RecordProblem, RecordSink, Records } from "./Records.ts"
import { type RowAmount, readRowAmount } from "./RowAmount.ts"
import { SameStatement } from "./SameStatement.ts"

type Document = { readonly name: string; readonly sha256: string }

/** The row at hand. */
interface Place {
  readonly records: Records
  readonly record: number
  /** Its first cell. */
  readonly first: number
  readonly line: number
  readonly offset: number
}

const placeOf = (records: Records, record: number): Place => ({
  records,
  record,
  first: records.first[record] as number,
  line: records.lines[record] as number,
  offset: records.offsets[record] as number
})

/** What a row says it is about. */
interface Named {
  readonly name: string
  /** CAS numbers that share the amount. */
  readonly numbers: ReadonlyArray<string | undefined>
  readonly ec: string | undefined
  /** CAS number of the name, when it is another than the row's. */
  readonly second: string | undefined
}

const MAX_REJECTED_TEXT = 4096
const MAX_REJECTED_CELLS = 200

export class DeclarationTable implements RecordSink {
  readonly #document: Document
  readonly #layout: Layout
  readonly #plan: DeclarationPlan
  /** Whether plain numbers of the one amount column can be taken as they are. */
  readonly #fast: boolean
  readonly #number: PlainNumber
  readonly #same = new SameStatement()
  readonly #rows: RowBuffer
  #context: TableContext
  #flags = new Uint8Array(0)
  #extras: Array<Declaration> = []
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
    const { amounts, answers, byId } = this.#plan
    this.#fast =
      amounts.length === 1 &&
      answers.length === 0 &&
      byId.substance !== undefined &&
      (amounts[0]?.unit !== undefined || byId.unit !== undefined)
    const semicolon = layout.delimiter === 59 || layout.style?.point === ","
    this.#header = { headers: layout.headers, delimiter: semicolon ? ";" : "," }
    this.#rows = new RowBuffer(1 + this.#plan.keyed.length)
    this.#context = this.#newContext()
    this.#announce()
  }

  records(records: Records): void {
    const { part, keyed } = this.#plan
    const width = this.#layout.headers.length
    const flags = this.#flagsOf(records.length)
    part.dictionary.read(records, width, part.cell, part.ids, flags)
    for (const { dictionary, cell, ids } of keyed) dictionary.read(records, width, cell, ids, flags)
    for (let record = 0; record < records.length; record++) {
      const flag = flags[record] as number
      if (records.counts[record] !== width)
        this.#rejectWidth(placeOf(records, record), records.counts[record] as number)
      else if ((flag & CAREFUL) === 0 && this.#fast && this.#isPlain(records, record) && !this.#namesTwo(record))
        this.#take(record, records.lines[record] as number, flag === 0)
      else this.#careful(placeOf(records, record))
    }
  }

  isRow(records: Records, first: number, cells: number): boolean {
    const { part, answers } = this.#plan
    if (cells !== this.#layout.headers.length || Cells.tidy(cellText(records, first + part.cell)) === "") return false
    if (answers.length > 0) return true
    const amount = readRowAmount(records, first, this.#plan, this.#layout.style, undefined)
    return !("code" in amount) || amount.code.startsWith("unit.")
  }

  problem(code: RecordProblem, line: number, offset: number, excerpt: Uint8Array): void {
    const text = excerptOf(excerpt)
    const found = remark({ line, offset, column: "", code, value: text, message: messageOf(code, "") })
    this.#rejects.push({ ...found, cells: [text] })
  }

  taken(): Decoded {
    this.#noteGuesses()
    const taken: Decoded = {
      declarations:
        this.#rows.length === 0 ? this.#extras : new DeclarationColumns(this.#context, this.#rows, this.#extras),
      rejects: this.#rejects,
      warnings: this.#warnings,
      accepted: this.#accepted,
      rejected: this.#rejects.length,
      table: this.#header
    }
    this.#header = undefined
    this.#rows.length = 0
    this.#extras = []
    this.#rejects = []
    this.#warnings = []
    this.#accepted = 0
    this.#trim()
    return taken
  }

  /** Forgets values when there are too many; numbers mean something else afterwards. */
  #trim(): void {
    const { part, keyed } = this.#plan
    let trimmed = part.dictionary.trim()
    for (const { dictionary } of keyed) trimmed = dictionary.trim() || trimmed
    if (!trimmed) return
    this.#same.reset()
    this.#context = this.#newContext()
  }

  /** No flags, for so many records, and room for their numbers. */
  #flagsOf(records: number): Uint8Array {
    if (records > this.#flags.length) {
      const { part, keyed } = this.#plan
      this.#flags = new Uint8Array(records)
      part.ids = new Int32Array(records)
      for (const column of keyed) column.ids = new Int32Array(records)
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
      places: { part: 0, ...Object.fromEntries(keyed.map(({ id }, index) => [id, index + 1])) },
      width: keyed.length + 1
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
    const { part, byId } = this.#plan
    const { substance, cas, material } = byId
    this.#accepted++
    this.#same.see(
      part.ids[record] as number,
      substance?.ids[record] ?? 0,
      cas?.ids[record] ?? 0,
      material?.ids[record] ?? 0,
      coefficient,
      scale
    )
    if (this.#same.seen !== 0) {
      const code = this.#same.seen === 1 ? "row.duplicate" : "row.conflicting"
      this.#warnings.push(remark({ line, column: "", code, value: "", message: messageOf(code, "") }))
    }
    if (!wanted) return
    this.#open(record)
    this.#rows.append(coefficient, scale, line)
  }

  /** Puts the numbers of a row where the next one goes, and tells where that is. */
  #open(record: number): number {
    const { part, keyed } = this.#plan
    const { ids, length } = this.#rows
    const at = length * this.#context.width
    ids[at] = part.ids[record] as number
    for (let index = 0; index < keyed.length; index++)
      ids[at + 1 + index] = (keyed[index] as KeyedColumn).ids[record] as number
    return at
  }

  #composed(place: Place, stated: StatedAmount): Declaration {
    return composed(this.#context, this.#rows.ids, this.#open(place.record), stated, place.line)
  }

  /** Takes or refuses a row cell by cell. */
  #careful(place: Place): void {
    const { record } = place
    const { part, keyed, answers, byId } = this.#plan
    const partCell = part.dictionary.values[part.ids[record] as number] as Cells.PartCell
    if (partCell.problem !== undefined) {
      this.#refuse(place, part.cell, partCell.problem)
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
      this.#refuse(place, naming, "value.missing")
      return
    }
    if (bad !== undefined) {
      this.#refuse(place, bad.cell, bad.value.problem as string, bad.value.suggestion)
      return
    }
    const unit = of<Cells.UnitCell>("unit")
    const amount = readRowAmount(place.records, place.first, this.#plan, this.#layout.style, unit)
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
    if (partCell.wanted) this.#emit(place, named, amount)
  }

  /** One declaration for each substance that the row may mean. */
  #emit(place: Place, named: Named, { amount, text }: RowAmount): void {
    const shared = named.numbers.length > 1 && amount.high !== undefined
    const each = shared && amount.high !== undefined ? upTo(amount.unit, amount.high, amount.highOpen) : amount
    const base: Declaration = {
      ...this.#composed(place, { amount: each, text }),
      substance: named.name,
      ec: named.ec
    }
    for (const cas of named.numbers) this.#extras.push({ ...base, cas })
    if (named.second !== undefined) this.#extras.push({ ...base, cas: named.second })
  }

  #answered(place: Place, wanted: boolean): void {
    const { answers } = this.#plan
    const stated: Array<Declaration> = []
    for (const column of answers) {
      const text = Cells.tidy(cellText(place.records, place.first + column.cell))
      const answer = readAnswerCell(text, column, this.#layout.style)
      if (answer === "blank") continue
      if ("code" in answer) {
        this.#refuse(place, column.cell, answer.code)
        return
      }
      stated.push({ ...this.#composed(place, { amount: answer.amount, text }), ...answer })
    }
    if (stated.length === 0) {
      this.#refuse(place, answers[0]?.cell ?? 0, "value.missing")
      return
    }
    this.#accepted++
    if (wanted) for (const declaration of stated) this.#extras.push(declaration)
  }

  #rejectWidth(place: Place, cells: number): void {
    const { line, offset } = place
    const width = this.#layout.headers.length
    const message = `The row has ${cells} cells, the header ${width}. Quote cells that contain the delimiter.`
    const found = remark({ line, offset, column: "", code: "row.column_count", value: String(cells), message })
    this.#rejects.push({ ...found, cells: cellsOf(place) })
  }

  #refuse(place: Place, cell: number, code: string, suggestion?: string): void {
    this.#rejects.push({ ...this.#remarkOn(place, cell, code, suggestion), cells: cellsOf(place) })
  }

  #warn(place: Place, cell: number, code: string): void {
    this.#warnings.push(this.#remarkOn(place, cell, code))
  }

  #remarkOn({ records, first, line, offset }: Place, cell: number, code: string, suggestion?: string): Reject {
    const column = this.#layout.headers[cell] ?? ""
    const value = cellText(records, first + cell).trim()
    return remark({ line, offset, column, code, value, message: messageOf(code, column), suggestion })
  }

  /** What is to be said of the document before its first row. */
  #announce(): void {
    const { columns, preamble, line } = this.#layout
    const say = (code: string, column: string, value: string) =>
      this.#warnings.push(
        remark({ line: Math.max(1, line - 1), column, code, value, message: messageOf(code, column) })
      )
    if (preamble > 0) say("header.preamble", "", String(preamble))
    for (const { header, mapping, confidence } of columns) {
      const unused = mapping?.field === "answer" ? this.#plan.answers.length === 0 : confidence < SURE
      if (mapping !== undefined && mapping.field !== "ignore" && unused) say("mapping.column_ignored", header, header)
    }
  }

  #noteGuesses(): void {
    const { part, keyed } = this.#plan
    if (this.#guessed || !(part.dictionary.guessed || keyed.some(({ dictionary }) => dictionary.guessed))) return
    this.#guessed = true
    const code = "encoding.guessed"
    this.#warnings.push(remark({ line: 0, column: "", code, value: "windows-1252", message: messageOf(code, "") }))
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
  return {
    name: Cells.nameOf(substance?.text ?? "", first, list),
    numbers: numbers.length > 1 ? numbers : [first],
    ec: list,
    second: differs ? substance.cas : undefined
  }
}

/** The cells of a row, as far as they are worth keeping. */
const cellsOf = ({ records, record }: Place): ReadonlyArray<string> => {
  const kept: Array<string> = []
  let left = MAX_REJECTED_TEXT
  for (const text of cellTexts(records, record, MAX_REJECTED_CELLS)) {
    if (left <= 0) break
    kept.push(text.length <= left ? text : detach(text.slice(0, left)))
    left -= text.length
  }
  return kept
}
