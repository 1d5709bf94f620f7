/**
 * Bills of material as JSON: the flat layout (`bom_id`, `product_name`, `parts`), the hierarchical
 * `certivo-bom/1`, and CycloneDX. An entry that cannot be taken is reported and left out; a part
 * whose mass cannot be read stays in, without a mass, so that its verdict is `unknown`.
 */
import { type Part, partKey } from "../../domain/Part.ts"
import { type Unit, unitOf } from "../../domain/Unit.ts"
import { BomBuilder, categoriesOf, type DecodedBom, type Fail, finished, supplierOf } from "./BomBuilder.ts"
import { isCycloneDx, readCycloneDx } from "./CycloneDx.ts"
import { isObject, type JsonObject, parseJson, textOf } from "./Json.ts"

const gram = unitOf("g") as Unit

/** @throws what `fail` makes, when the text is no BOM of a known layout, or its lines form a cycle */
export const readBomJson = (bytes: Uint8Array, fail: Fail): DecodedBom => {
  const root = parse(bytes, fail)
  const builder = new BomBuilder()
  const product = isCycloneDx(root)
    ? readCycloneDx(root, builder, fail)
    : isHierarchical(root)
      ? readHierarchy(root.product as JsonObject, builder, fail)
      : readFlat(root, builder, fail)
  return finished(product, builder, fail)
}

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
    'the BOM must be a JSON object with "bom_id" and "parts", of format "certivo-bom/1", or CycloneDX'
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
    else builder.leaveOut(at, "part.invalid", "", "The entry is not an object.")
  }
  return product
}

const readFlatEntry = (entry: JsonObject, at: string, product: string, builder: BomBuilder): void => {
  const number = builder.number(`${at}/part_number`, textOf(entry.part_number))
  if (number === undefined) return
  const child = builder.part(at, {
    key: partKey(number),
    partNumber: number,
    name: textOf(entry.description),
    material: textOf(entry.material),
    massGrams: builder.mass(`${at}/weight_g`, entry.weight_g, gram),
    ...categoriesOf(entry.categories ?? entry.category),
    ...supplierOf(entry.supplier, entry.manufacturer)
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
    const number = builder.number(`${at}/partNumber`, textOf(node.partNumber))
    if (number === undefined) continue
    const key = readNode(node, number, at, builder)
    if (parent !== undefined) builder.line(parent, key, builder.quantity(`${at}/quantity`, node.quantity))
    if (!Array.isArray(node.children) || builder.expanded.has(key)) continue
    builder.expanded.add(key)
    node.children.forEach((child: unknown, position) => {
      const where = `${at}/children/${position}`
      if (isObject(child)) waiting.push({ node: child, at: where, parent: key })
      else builder.leaveOut(where, "part.invalid", "", "The entry is not an object.")
    })
  }
  return product
}

const readNode = (node: JsonObject, number: string, at: string, builder: BomBuilder): string => {
  const mass = node.mass
  const stated = isObject(mass) ? unitOf(textOf(mass.unit) ?? "") : undefined
  const unit = stated?.canonical === "mg" ? stated : undefined
  if (isObject(mass) && unit === undefined)
    builder.refuse(
      `${at}/mass/unit`,
      "value.unit_unknown",
      textOf(mass.unit) ?? "",
      "The unit must be one of mass, such as g, mg, kg or oz."
    )
  const isReference = [
    "name",
    "material",
    "mass",
    "categories",
    "category",
    "supplier",
    "manufacturer",
    "children"
  ].every((field) => node[field] === undefined)
  const part: Part = {
    key: partKey(number),
    partNumber: number,
    name: textOf(node.name),
    material: textOf(node.material),
    massGrams: isObject(mass) && unit !== undefined ? builder.mass(`${at}/mass/value`, mass.value, unit) : undefined,
    ...categoriesOf(node.categories ?? node.category),
    ...supplierOf(node.supplier, node.manufacturer)
  }
  return isReference ? builder.reference(part) : builder.part(at, part)
}
