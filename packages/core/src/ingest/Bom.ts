/**
 * Bills of material as JSON: the flat layout (`bom_id`, `product_name`, `parts`) and the
 * hierarchical `certivo-bom/1`. An entry that cannot be taken is reported and left out; a part
 * whose mass cannot be read stays in, without a mass, so that its verdict is `unknown`.
 */
import * as Decimal from "../domain/Decimal.ts"
import type { Reject } from "../domain/Declaration.ts"
import { type Bom, type BomLine, type Part, partKey } from "../domain/Part.ts"
import { isObject, type JsonObject, NumberLiteral, parseJson, textOf } from "./Json.ts"
import { reject } from "./Rejects.ts"
import { UnreadableDocument } from "./UnreadableDocument.ts"

/** Largest BOM file in bytes. */
export const MAX_BOM_BYTES = 256 * 1024 * 1024

export interface DecodedBom {
  readonly bom: Bom
  readonly rejects: ReadonlyArray<Reject>
  /** Part entries in the file. */
  readonly rows: number
}

const gramsPerUnit: Record<string, number> = { mg: -3, g: 0, kg: 3 }

/** @throws UnreadableDocument when the file is no BOM of a known layout, or its lines form a cycle */
export const decodeBom = (name: string, bytes: Uint8Array): DecodedBom => {
  const fail = (code: string, detail: string) => new UnreadableDocument({ document: name, code, detail })
  if (bytes.byteLength > MAX_BOM_BYTES) throw fail("bom.too_large", "the BOM is larger than 256 MiB")
  const root = parse(bytes, fail)
  const builder = new BomBuilder()
  const product = isHierarchical(root)
    ? readHierarchy(root.product as JsonObject, builder, fail)
    : readFlat(root, builder, fail)
  const cycle = findCycle(product, builder.lines)
  if (cycle !== undefined) throw fail("bom.cycle", `the BOM contains itself: ${cycle.join(" > ")}`)
  return {
    bom: { product, parts: builder.parts, lines: builder.lines },
    rejects: builder.rejects,
    rows: builder.rows
  }
}

type Fail = (code: string, detail: string) => UnreadableDocument

const parse = (bytes: Uint8Array, fail: Fail): JsonObject => {
  let root: unknown
  try {
    root = parseJson(new TextDecoder("utf-8", { fatal: true }).decode(bytes))
  } catch (cause) {
    throw fail("bom.not_json", `the BOM is not JSON in UTF-8: ${(cause as Error).message}`)
  }
  if (isObject(root)) return root
  throw fail(
    "bom.unknown_layout",
    'the BOM must be a JSON object with "bom_id" and "parts", or of format "certivo-bom/1"'
  )
}

const isHierarchical = (root: JsonObject): boolean => root.format === "certivo-bom/1" && isObject(root.product)

const readFlat = (root: JsonObject, builder: BomBuilder, fail: Fail): string => {
  const id = textOf(root.bom_id)
  const entries = root.parts
  if (id === undefined || !Array.isArray(entries))
    throw fail(
      "bom.unknown_layout",
      'the BOM needs "bom_id" and a list "parts", or "format": "certivo-bom/1" and "product"'
    )
  const product = builder.product(id, textOf(root.product_name))
  for (const [index, entry] of (entries as ReadonlyArray<unknown>).entries()) {
    const at = `/parts/${index}`
    if (isObject(entry)) readFlatEntry(entry, at, product, builder)
    else builder.refuse(at, "part.invalid", "", "The entry is not an object.")
  }
  return product
}

const readFlatEntry = (entry: JsonObject, at: string, product: string, builder: BomBuilder): void => {
  const number = textOf(entry.part_number)
  if (number === undefined) {
    builder.refuse(`${at}/part_number`, "value.missing", "", "part_number is empty. The entry is left out.")
    return
  }
  const child = builder.part(at, {
    key: partKey(number),
    partNumber: number,
    name: textOf(entry.description),
    material: textOf(entry.material),
    massGrams: builder.mass(`${at}/weight_g`, entry.weight_g, 0)
  })
  builder.line(product, child, builder.quantity(`${at}/quantity`, entry.quantity))
}

const readHierarchy = (root: JsonObject, builder: BomBuilder, fail: Fail): string => {
  const id = textOf(root.partNumber)
  if (id === undefined) throw fail("bom.unknown_layout", 'the product needs a "partNumber"')
  const product = partKey(id)
  const waiting: Array<{ readonly node: JsonObject; readonly at: string; readonly parent: string | undefined }> = [
    { node: root, at: "/product", parent: undefined }
  ]
  for (let index = 0; index < waiting.length; index++) {
    const { node, at, parent } = waiting[index] as (typeof waiting)[number]
    const number = textOf(node.partNumber)
    if (number === undefined) {
      builder.refuse(`${at}/partNumber`, "value.missing", "", "partNumber is empty. The entry is left out.")
      continue
    }
    const key = readNode(node, number, at, builder)
    if (parent !== undefined) builder.line(parent, key, builder.quantity(`${at}/quantity`, node.quantity))
    if (!Array.isArray(node.children) || builder.expanded.has(key)) continue
    builder.expanded.add(key)
    node.children.forEach((child: unknown, position) => {
      const where = `${at}/children/${position}`
      if (isObject(child)) waiting.push({ node: child, at: where, parent: key })
      else builder.refuse(where, "part.invalid", "", "The entry is not an object.")
    })
  }
  return product
}

const readNode = (node: JsonObject, number: string, at: string, builder: BomBuilder): string => {
  const mass = node.mass
  const unit = isObject(mass) ? gramsPerUnit[textOf(mass.unit) ?? ""] : undefined
  if (isObject(mass) && unit === undefined)
    builder.refuse(`${at}/mass/unit`, "value.unit_unknown", textOf(mass.unit) ?? "", "The unit must be g, mg or kg.")
  const isReference = ["name", "material", "mass", "children"].every((field) => node[field] === undefined)
  const part: Part = {
    key: partKey(number),
    partNumber: number,
    name: textOf(node.name),
    material: textOf(node.material),
    massGrams: isObject(mass) && unit !== undefined ? builder.mass(`${at}/mass/value`, mass.value, unit) : undefined
  }
  return isReference ? builder.reference(part) : builder.part(at, part)
}

/** Collects parts and lines, each part once. */
class BomBuilder {
  readonly parts = new Map<string, Part>()
  readonly lines = new Map<string, Array<BomLine>>()
  readonly rejects: Array<Reject> = []
  readonly expanded = new Set<string>()
  readonly #referenced = new Set<string>()
  readonly #positions = new Map<string, Map<string, number>>()
  rows = 0

  refuse(at: string, code: string, value: string, message: string): void {
    this.rejects.push(reject(0, at, code, value, message))
  }

  product(number: string, name: string | undefined): string {
    const key = partKey(number)
    this.parts.set(key, { key, partNumber: number, name, material: undefined, massGrams: undefined })
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

  part(at: string, part: Part): string {
    this.rows++
    const known = this.parts.get(part.key)
    if (known === undefined || this.#referenced.delete(part.key)) this.parts.set(part.key, part)
    else if (!sameMass(known, part))
      this.refuse(at, "part.conflict", part.partNumber, "The part stands before with another mass, which is kept.")
    return part.key
  }

  line(parent: string, child: string, quantity: Decimal.Decimal): void {
    const siblings = this.lines.get(parent) ?? []
    const positions = this.#positions.get(parent) ?? new Map<string, number>()
    const index = positions.get(child) ?? siblings.length
    const before = siblings[index]
    siblings[index] = {
      parent,
      child,
      quantity: before === undefined ? quantity : Decimal.add(before.quantity, quantity)
    }
    this.lines.set(parent, siblings)
    this.#positions.set(parent, positions.set(child, index))
  }

  mass(at: string, value: unknown, unit: number): Decimal.Decimal | undefined {
    const text = textOf(value) ?? ""
    const mass = Decimal.parse(text)
    if (mass !== undefined && !Decimal.isNegative(mass)) return Decimal.shift(mass, unit)
    const code = text === "" ? "value.missing" : mass === undefined ? "value.not_a_number" : "value.negative"
    this.refuse(at, code, text, "The mass cannot be used. The part is kept without one; its verdict is unknown.")
    return undefined
  }

  /** One piece unless stated; an unusable quantity is reported and taken as one, since it never changes a verdict. */
  quantity(at: string, value: unknown): Decimal.Decimal {
    const one = Decimal.fromInteger(1)
    if (value === undefined || value === null) return one
    const text = value instanceof NumberLiteral ? value.text : (textOf(value) ?? "")
    const quantity = Decimal.parse(text)
    if (quantity !== undefined && !Decimal.isNegative(quantity)) return quantity
    this.refuse(at, "value.not_a_number", text, "The quantity is no decimal number of zero or more. It is taken as 1.")
    return one
  }
}

const sameMass = (a: Part, b: Part): boolean => {
  if (a.massGrams === undefined || b.massGrams === undefined) return a.massGrams === b.massGrams
  return Decimal.compare(a.massGrams, b.massGrams) === 0
}

/** The path of a cycle below `product`, its first part repeated at the end. Iterative: depth costs no stack. */
const findCycle = (
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
