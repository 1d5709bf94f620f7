/** Parts and lines of a BOM while it is read. */
import * as Decimal from "../../domain/Decimal.ts"
import type { Reject, RejectedRow } from "../../domain/Declaration.ts"
import { type Bom, type BomLine, MAX_PART_NUMBER, type Part, partKey } from "../../domain/Part.ts"
import type { Unit } from "../../domain/Unit.ts"
import { type Remark, remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { isObject, NumberLiteral, textOf } from "./Json.ts"
import { remarksOnMasses } from "./Masses.ts"

export interface DecodedBom {
  readonly bom: Bom
  readonly rejects: ReadonlyArray<RejectedRow>
  readonly warnings: ReadonlyArray<Reject>
  /** Entries in the document. */
  readonly rows: number
}

/** How a document as a whole is refused. */
export type Fail = (code: string, detail: string) => Error

/** Collects parts and lines, each part once. */
export class BomBuilder {
  readonly parts = new Map<string, Part>()
  readonly lines = new Map<string, Array<BomLine>>()
  readonly rejects: Array<RejectedRow> = []
  readonly warnings: Array<Reject> = []
  readonly expanded = new Set<string>()
  readonly #referenced = new Set<string>()
  readonly #refused = new Set<string>()
  readonly #positions = new Map<string, Map<string, number>>()
  /** Where the mass of each part is stated. */
  readonly masses = new Map<string, { readonly line: number; readonly column: string }>()
  rows = 0

  /** Reports an entry, or an attribute of it, by its JSON pointer. An entry has one reject; what else is wrong with it is a remark. */
  refuse(at: string, code: string, value: string, message: string): void {
    const entry = at.replace(/(\/[a-z_]+)+$/i, "")
    if (this.#refused.has(entry)) this.warn(at, code, value, message)
    else this.rejects.push({ ...remark({ line: 0, column: at, code, value, message }), cells: [] })
    this.#refused.add(entry)
  }

  /** Reports an entry that is left out. */
  leaveOut(at: string, code: string, value: string, message: string): void {
    this.rows++
    this.refuse(at, code, value, message)
  }

  warn(at: string, code: string, value: string, message: string): void {
    this.warnings.push(remark({ line: 0, column: at, code, value, message }))
  }

  /** Reports a row of a table that is left out. */
  refuseRow(found: Remark, cells: ReadonlyArray<string>): void {
    this.rows++
    this.rejects.push({ ...remark(found), cells })
  }

  warnRow(found: Remark): void {
    this.warnings.push(remark(found))
  }

  /** The number of an entry; one whose number is missing or too long is left out. */
  number(at: string, stated: string | undefined): string | undefined {
    if (stated !== undefined && stated.length <= MAX_PART_NUMBER) return stated
    const code = stated === undefined ? "value.missing" : "part_number.too_long"
    const field = at.slice(at.lastIndexOf("/") + 1)
    this.leaveOut(at, code, stated ?? "", `${messageOf(code, field)} The entry is left out.`)
    return undefined
  }

  product(number: string, name: string | undefined): string {
    const key = partKey(number)
    this.parts.set(key, { key, partNumber: number, name, material: undefined, massGrams: undefined })
    this.#referenced.add(key)
    return key
  }

  /** A part named without attributes; a definition elsewhere in the file completes it. */
  reference(part: Part): string {
    this.rows++
    if (!this.parts.has(part.key)) {
      this.parts.set(part.key, part)
      this.#referenced.add(part.key)
    }
    return part.key
  }

  part(at: string, part: Part, line = 0): string {
    this.rows++
    const known = this.parts.get(part.key)
    if (known === undefined || this.#referenced.delete(part.key)) {
      this.parts.set(part.key, part)
      if (part.massGrams !== undefined) this.masses.set(part.key, { line, column: at })
    } else if (!sameMass(known, part)) this.#conflict(at, part.partNumber, line)
    return part.key
  }

  #conflict(at: string, value: string, line: number): void {
    const message = "The part stands before with another mass, which is kept."
    const found = { line, column: at, code: "part.conflict", value, message }
    if (line > 0) this.warnRow(found)
    else this.refuse(at, found.code, value, message)
  }

  line(parent: string, child: string, { quantity, uncounted }: Quantity): void {
    const siblings = this.lines.get(parent) ?? []
    const positions = this.#positions.get(parent) ?? new Map<string, number>()
    const index = positions.get(child) ?? siblings.length
    const before = siblings[index]
    siblings[index] = {
      parent,
      child,
      quantity: before === undefined ? quantity : Decimal.add(before.quantity, quantity),
      ...(uncounted || before?.uncounted === true ? { uncounted: true } : {})
    }
    this.lines.set(parent, siblings)
    this.#positions.set(parent, positions.set(child, index))
  }

  mass(at: string, value: unknown, unit: Unit): Decimal.Decimal | undefined {
    const text = textOf(value) ?? ""
    const mass = Decimal.parse(text)
    if (mass !== undefined && !Decimal.isNegative(mass)) return Decimal.shift(Decimal.multiply(mass, unit.factor), -3)
    const code = text === "" ? "value.missing" : mass === undefined ? "value.not_a_number" : "value.negative"
    this.refuse(at, code, text, "The mass cannot be used. The part is kept without one; its verdict is unknown.")
    return undefined
  }

  /** One piece unless stated; an unusable quantity is reported and taken as one, since it never changes a verdict. */
  quantity(at: string, value: unknown): Quantity {
    if (value === undefined || value === null) return onePiece
    const text = value instanceof NumberLiteral ? value.text : (textOf(value) ?? "")
    const quantity = Decimal.parse(text)
    if (quantity !== undefined && !Decimal.isNegative(quantity)) return counted(quantity)
    this.refuse(at, "value.not_a_number", text, "The quantity is no decimal number of zero or more. It is taken as 1.")
    return uncounted
  }
}

/** How many pieces a line states, or that it does not state it. */
export interface Quantity {
  readonly quantity: Decimal.Decimal
  readonly uncounted: boolean
}

export const counted = (quantity: Decimal.Decimal): Quantity => ({ quantity, uncounted: false })
export const onePiece = counted(Decimal.fromInteger(1))
export const uncounted: Quantity = { quantity: Decimal.fromInteger(1), uncounted: true }

/** The BOM that was built, once it is known to contain no cycle. */
export const finished = (product: string, builder: BomBuilder, fail: Fail): DecodedBom => {
  if (product.length > MAX_PART_NUMBER)
    throw fail("part_number.too_long", `the product's number has more than ${MAX_PART_NUMBER} characters`)
  const cycle = findCycle(product, builder.lines)
  if (cycle !== undefined) throw fail("bom.cycle", `the BOM contains itself: ${cycle.join(" > ")}`)
  for (const { key, code, value } of remarksOnMasses(product, builder)) {
    const { line, column } = builder.masses.get(key) ?? { line: 0, column: "" }
    builder.warnRow({ line, column, code, value, message: messageOf(code, column) })
  }
  const { parts, lines, rejects, warnings, rows } = builder
  return { bom: { product, parts, lines }, rejects, warnings, rows }
}

/** What a part is to the law, as a list or in one text: `packaging, food contact` are `packaging` and `food-contact`. */
export const categoriesOf = (value: unknown): { readonly categories?: ReadonlyArray<string> } => {
  const texts = Array.isArray(value) ? value.map((item) => textOf(item) ?? "") : [textOf(value) ?? ""]
  const words = texts.flatMap((text) => text.split(/[,;|/]/)).map((word) => word.trim().toLowerCase())
  const categories = [...new Set(words.filter((word) => word !== "").map((word) => word.replaceAll(/[\s_]+/g, "-")))]
  return categories.length === 0 ? {} : { categories }
}

/** Who supplies a part: the name in a text, or of an object that stands for an organisation. */
export const supplierOf = (...stated: ReadonlyArray<unknown>): Pick<Part, "supplier"> => {
  const names = stated.map((value) => (isObject(value) ? textOf(value.name) : textOf(value)))
  const supplier = names.find((name) => name !== undefined)
  return supplier === undefined ? {} : { supplier }
}

const sameMass = (a: Part, b: Part): boolean => {
  if (a.massGrams === undefined || b.massGrams === undefined) return a.massGrams === b.massGrams
  return Decimal.compare(a.massGrams, b.massGrams) === 0
}

/** The path of a cycle below `product`, its first part repeated at the end. Iterative: depth costs no stack. */
export const findCycle = (
  product: string,
  lines: ReadonlyMap<string, ReadonlyArray<BomLine>>
): ReadonlyArray<string> | undefined => {
  const done = new Set<string>()
  const path: Array<{ readonly key: string; next: number }> = [{ key: product, next: 0 }]
  const open = new Set([product])
  while (path.length > 0) {
    const top = path[path.length - 1] as (typeof path)[number]
    const line = lines.get(top.key)?.[top.next++]
    if (line === undefined) {
      path.pop()
      open.delete(top.key)
      done.add(top.key)
    } else if (open.has(line.child)) {
      const keys = path.map((step) => step.key)
      return [...keys.slice(keys.indexOf(line.child)), line.child]
    } else if (!done.has(line.child)) {
      open.add(line.child)
      path.push({ key: line.child, next: 0 })
    }
  }
  return undefined
}
