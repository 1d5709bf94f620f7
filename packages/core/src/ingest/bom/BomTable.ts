/**
 * Bills of material as tables: indented by level, edges of parent and child, or a flat list.
 * A row that cannot be taken is reported; rows below it are reported too, never hung elsewhere.
 */
import * as Decimal from "../../domain/Decimal.ts"
import { MAX_PART_NUMBER, type Part, partKey } from "../../domain/Part.ts"
import { type Unit, unitOf } from "../../domain/Unit.ts"
import { messageOf } from "../Messages.ts"
import { cellTexts, excerptOf, isUtf8 } from "../table/CellText.ts"
import { withoutComments } from "../table/Comments.ts"
import { partNumberProblem, tidy } from "../table/DeclarationCells.ts"
import { openRecords } from "../table/Dialects.ts"
import { type Layout, missingColumns, settle } from "../table/Layout.ts"
import { encodingGuessed, remarksOn } from "../table/LayoutRemarks.ts"
import { headerUnit } from "../table/Mapping.ts"
import type { RecordSink } from "../table/Records.ts"
import { readAmount } from "../values/Amounts.ts"
import { readNumber } from "../values/Numbers.ts"
import {
  BomBuilder,
  categoriesOf,
  counted,
  type DecodedBom,
  type Fail,
  finished,
  onePiece,
  type Quantity,
  supplierOf,
  uncounted
} from "./BomBuilder.ts"

/** One row of the table, its cells by field. */
interface Row {
  readonly line: number
  readonly offset: number
  readonly cells: ReadonlyArray<string>
  readonly of: (field: string) => string
}

/**
 * @param start where the first of the bytes stands in the document
 * @throws what `fail` makes, when columns are missing, the product is not clear, or the lines form a cycle
 */
export const readBomTable = (
  document: string,
  bytes: Uint8Array,
  layout: Layout,
  start: number,
  fail: Fail
): DecodedBom => {
  const columns = settle(document, layout)
  if (!columns.has("part_number"))
    throw missingColumns(document, layout, [{ fields: ["part_number"], what: "part_number" }])
  if (!["level", "parent", "quantity"].some((field) => columns.has(field)))
    throw fail("document.not_a_bom", "it has no column for the level, the parent or the quantity of a part")
  const builder = new BomBuilder()
  const table = new Table(builder, layout, columns)
  for (const found of remarksOn(layout, false)) builder.warnRow(found)
  if (!isUtf8(bytes)) builder.warnRow(encodingGuessed())
  const rows = readRows(bytes, layout, columns, start, table)
  const stem = document.replace(/^.*\//, "").replace(/(\.[a-z0-9]{1,5})+$/i, "")
  const product = columns.has("level")
    ? readIndented(rows, table, stem)
    : columns.has("parent")
      ? readEdges(rows, table, fail)
      : readList(rows, table, stem)
  return finished(product, builder, fail)
}

const readRows = (
  bytes: Uint8Array,
  layout: Layout,
  columns: ReadonlyMap<string, number>,
  start: number,
  table: Table
): ReadonlyArray<Row> => {
  const rows: Array<Row> = []
  const width = layout.headers.length
  const sink: RecordSink = {
    records: (records) => {
      for (let record = 0; record < records.length; record++) {
        const cells = cellTexts(records, record, 200)
        const count = records.counts[record] as number
        const of = (field: string) => tidy(cells[columns.get(field) ?? -1] ?? "")
        const row = { line: records.lines[record] as number, offset: records.offsets[record] as number, cells, of }
        if (count === width) rows.push(row)
        else
          table.refuse(row, "", "row.column_count", String(count), `The row has ${count} cells, the header ${width}.`)
      }
    },
    isRow: (_records, _first, count) => count === width,
    problem: (code, line, offset, excerpt) => {
      const text = excerptOf(excerpt)
      table.refuse({ line, offset, cells: [text], of: () => "" }, "", code, text, messageOf(code, ""))
    }
  }
  const reader = openRecords(
    layout,
    withoutComments(layout.comments, sink, (line, offset, value) =>
      table.builder.warnRow({
        line,
        offset,
        column: "",
        code: "row.comment",
        value,
        message: messageOf("row.comment", "")
      })
    ),
    layout.line,
    start + layout.offset
  )
  reader.push(bytes.subarray(layout.offset))
  reader.end()
  return rows
}

/** What all three layouts share: reading a row's part, quantity and mass. */
class Table {
  readonly builder: BomBuilder
  readonly #layout: Layout
  readonly #columns: ReadonlyMap<string, number>
  readonly #massUnit: Unit | undefined

  constructor(builder: BomBuilder, layout: Layout, columns: ReadonlyMap<string, number>) {
    this.builder = builder
    this.#layout = layout
    this.#columns = columns
    const mass = columns.get("part_mass")
    const text = mass === undefined ? undefined : headerUnit(layout.headers[mass] ?? "")
    this.#massUnit = text === undefined ? undefined : unitOf(text)
  }

  refuse(row: Row, field: string, code: string, value: string, message = messageOf(code, this.#header(field))): void {
    const { line, offset, cells } = row
    this.builder.refuseRow({ line, offset, column: this.#header(field), code, value, message }, cells)
  }

  warn(row: Row, field: string, code: string, value: string, message: string): void {
    this.builder.warnRow({ line: row.line, offset: row.offset, column: this.#header(field), code, value, message })
  }

  #header(field: string): string {
    return field === "" ? "" : (this.#layout.headers[this.#columns.get(field) ?? -1] ?? field)
  }

  /** The key of the row's part, or undefined when the row was refused. */
  part(row: Row): string | undefined {
    const number = row.of("part_number")
    const problem = partNumberProblem(number)
    if (problem !== undefined) {
      this.refuse(row, "part_number", problem, number)
      return undefined
    }
    const part: Part = {
      key: partKey(number),
      partNumber: number,
      name: row.of("part_name") || undefined,
      material: row.of("material") || undefined,
      massGrams: this.#mass(row),
      ...categoriesOf(row.of("categories")),
      ...supplierOf(row.of("supplier"))
    }
    const bare = ["part_name", "material", "part_mass", "categories", "supplier"].every((field) => row.of(field) === "")
    return bare ? this.builder.reference(part) : this.builder.part(this.#header("part_mass"), part, row.line)
  }

  #mass(row: Row): Decimal.Decimal | undefined {
    const text = row.of("part_mass")
    if (text === "") return undefined
    const read = readAmount(text, { style: this.#layout.style, unit: this.#massUnit })
    if (
      !("code" in read) &&
      read.amount.unit === "mg" &&
      read.amount.high !== undefined &&
      read.amount.high === read.amount.low
    )
      return Decimal.shift(read.amount.low, -3)
    const code = "code" in read ? read.code : "value.not_a_number"
    this.warn(
      row,
      "part_mass",
      code,
      text,
      `${messageOf(code, this.#header("part_mass"))} The part is kept without a mass.`
    )
    return undefined
  }

  /** One piece when none is stated; a quantity that is no number is remarked on and stands for one. */
  quantity(row: Row): Quantity {
    const text = row.of("quantity")
    if (text === "") return onePiece
    const number = readNumber(text.replace(/\s*(pcs?|pieces?|ea|each|stk|stück|x|off)\.?$/i, ""), this.#layout.style)
    if (typeof number === "string" || Decimal.isNegative(number)) {
      const message = "The quantity is no number of zero or more. 1 stands for it, and no mass is summed over it."
      this.warn(row, "quantity", "quantity.non_numeric", text, message)
      return uncounted
    }
    const listed = designatorsIn(row.of("designators"))
    if (listed !== undefined && Decimal.compare(Decimal.fromInteger(listed), number) !== 0) {
      const message = `${listed} designators are listed for a quantity of ${text}.`
      this.warn(row, "designators", "quantity.designator_count", String(listed), message)
    }
    return counted(number)
  }
}

/** How many places `R1, R3-R5` names; `undefined` when there are none, or they are written in another way. */
const designatorsIn = (text: string): number | undefined => {
  const parts = text
    .replaceAll(/\s*(?:-|–|\.\.\.?|\bto\b)\s*/g, "-")
    .split(/[,;\s]+/)
    .filter((part) => part !== "")
  let count = 0
  for (const part of parts) {
    const [, letters, first, again, last] = /^([A-Z]*)(\d+)-([A-Z]*)(\d+)$/i.exec(part) ?? []
    if (first === undefined && /-/.test(part)) return undefined
    if (first === undefined || last === undefined) count++
    else if ((again === "" || again === letters) && Number(last) >= Number(first))
      count += Number(last) - Number(first) + 1
    else return undefined
  }
  return count === 0 ? undefined : count
}

interface Open {
  /** Undefined below a row that was refused. */
  readonly key: string | undefined
  /** Whether the part's own lines still have to be taken; later occurrences repeat them. */
  readonly fresh: boolean
}

/** Levels count from 0 or 1; the product of a file without one row at the top is named as the file is. */
const readIndented = (rows: ReadonlyArray<Row>, table: Table, stem: string): string => {
  const levels = rows.map((row) => levelOf(row.of("level")))
  const top = levels.includes(0) ? 0 : 1
  const isSingle = levels.filter((level) => level === top).length === 1 && levels[0] === top
  const product = isSingle ? undefined : table.builder.product(stem, undefined)
  const base = isSingle ? top : top - 1
  const path: Array<Open> = product === undefined ? [] : [{ key: product, fresh: true }]
  let root = product
  for (const [index, row] of rows.entries()) {
    const level = levels[index]
    const depth = level === undefined ? -1 : level - base
    if (depth < 0 || depth > path.length) {
      const code = level === undefined ? "value.not_a_number" : "bom.level_gap"
      table.refuse(
        row,
        "level",
        code,
        row.of("level"),
        "The level does not follow from the rows before. Use 0, 1, 2 … without gaps."
      )
      continue
    }
    path.length = depth
    const parent = path[depth - 1]
    if (depth > 0 && parent?.key === undefined) {
      table.refuse(
        row,
        "level",
        "bom.parent_not_found",
        row.of("part_number"),
        "The row above it in the structure was refused."
      )
      path.push({ key: undefined, fresh: false })
      continue
    }
    const key = table.part(row)
    const fresh = key !== undefined && !table.builder.expanded.has(key)
    if (key !== undefined) table.builder.expanded.add(key)
    path.push({ key, fresh })
    if (key === undefined) continue
    if (parent?.key === undefined) root = key
    else if (parent.fresh) table.builder.line(parent.key, key, table.quantity(row))
  }
  return root ?? table.builder.product(stem, undefined)
}

/** `2`, `..2`, `1.2.3` and blanks before the number all say how deep a row stands. */
const levelOf = (text: string): number | undefined => {
  if (/^[.\s-]*\d{1,3}$/.test(text)) return Number(text.replaceAll(/[.\s-]/g, ""))
  return /^\d+(\.\d+)+$/.test(text) ? text.split(".").length : undefined
}

/** The product is the row without a parent, or else the one parent that is nobody's child. */
const readEdges = (rows: ReadonlyArray<Row>, table: Table, fail: Fail): string => {
  const children = new Set(rows.map((row) => partKey(row.of("part_number"))))
  const parents = new Map(
    rows.flatMap((row) => (row.of("parent") === "" ? [] : [[partKey(row.of("parent")), row.of("parent")] as const]))
  )
  const tops = rows.filter((row) => row.of("parent") === "" && row.of("part_number") !== "")
  const roots =
    tops.length > 0
      ? tops.map((row) => row.of("part_number"))
      : [...parents].flatMap(([key, number]) => (children.has(key) ? [] : [number]))
  const root = roots[0]
  if (root === undefined) throw fail("bom.cycle", "every part is below another, so none can be the product")
  if (new Set(roots.map(partKey)).size > 1)
    throw fail(
      "bom.several_products",
      `several parts have no parent: ${roots.slice(0, 5).join(", ")}; a BOM has one product`
    )
  const product = table.builder.product(root, undefined)
  for (const row of rows) {
    const parent = row.of("parent")
    if (parent.length > MAX_PART_NUMBER) {
      table.refuse(row, "parent", "part_number.too_long", parent)
      continue
    }
    if (parent !== "" && !children.has(partKey(parent)) && partKey(parent) !== product) {
      table.refuse(row, "parent", "bom.parent_not_found", parent, "No row describes this parent.")
      continue
    }
    const key = table.part(row)
    if (key !== undefined && parent !== "") table.builder.line(partKey(parent), key, table.quantity(row))
  }
  return product
}

/** Every row is a part of the product, which is named as the file is. */
const readList = (rows: ReadonlyArray<Row>, table: Table, stem: string): string => {
  const product = table.builder.product(stem, undefined)
  for (const row of rows) {
    const key = table.part(row)
    if (key !== undefined) table.builder.line(product, key, table.quantity(row))
  }
  return product
}
