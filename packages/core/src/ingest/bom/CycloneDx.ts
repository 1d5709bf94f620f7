/**
 * The structure of a CycloneDX hardware BOM (JSON): components of type `device`, nested, with
 * their quantity in the property `cdx:device:quantity`. CycloneDX has no model of substances.
 */
import { type Part, partKey } from "../../domain/Part.ts"
import { type BomBuilder, type Fail, supplierOf } from "./BomBuilder.ts"
import { isObject, type JsonObject, textOf } from "./Json.ts"

export const isCycloneDx = (root: JsonObject): boolean => root.bomFormat === "CycloneDX"

/** Component types that are no hardware and hold no material. */
const immaterial = new Set([
  "application",
  "framework",
  "library",
  "operating-system",
  "firmware",
  "file",
  "data",
  "machine-learning-model",
  "cryptographic-asset",
  "device-driver",
  "platform"
])

/** Reads the components into the builder and gives the product's key. */
export const readCycloneDx = (root: JsonObject, builder: BomBuilder, fail: Fail): string => {
  const metadata = isObject(root.metadata) ? root.metadata : {}
  const subject = isObject(metadata.component) ? metadata.component : undefined
  const id = subject === undefined ? undefined : numberOf(subject)
  if (subject === undefined || id === undefined)
    throw fail("bom.unknown_layout", "a CycloneDX BOM must name its product in metadata.component")
  const product = builder.product(id, textOf(subject.description) ?? textOf(subject.name))
  const waiting: Array<{ readonly list: unknown; readonly at: string; readonly parent: string }> = [
    { list: subject.components, at: "/metadata/component/components", parent: product },
    { list: root.components, at: "/components", parent: product }
  ]
  for (let index = 0; index < waiting.length; index++) {
    const { list, at, parent } = waiting[index] as (typeof waiting)[number]
    if (!Array.isArray(list)) continue
    list.forEach((component: unknown, position) => {
      const where = `${at}/${position}`
      if (!isObject(component)) {
        builder.leaveOut(where, "part.invalid", "", "The entry is not an object.")
        return
      }
      const key = readComponent(component, where, parent, builder)
      if (key === undefined || builder.expanded.has(key)) return
      builder.expanded.add(key)
      waiting.push({ list: component.components, at: `${where}/components`, parent: key })
    })
  }
  return product
}

const readComponent = (component: JsonObject, at: string, parent: string, builder: BomBuilder): string | undefined => {
  const type = textOf(component.type) ?? ""
  if (immaterial.has(type)) {
    builder.warn(at, "part.not_hardware", type, "The component is no hardware and holds no material; it is left out.")
    return undefined
  }
  const number = builder.number(`${at}/name`, numberOf(component))
  if (number === undefined) return undefined
  const part: Part = {
    key: partKey(number),
    partNumber: number,
    name: textOf(component.description) ?? textOf(component.name),
    material: undefined,
    massGrams: undefined,
    ...supplierOf(component.supplier, component.manufacturer)
  }
  builder.part(at, part)
  builder.line(parent, part.key, builder.quantity(`${at}/properties`, propertyOf(component, "cdx:device:quantity")))
  return part.key
}

/** The stock-keeping unit when it is stated, else the name. */
const numberOf = (component: JsonObject): string | undefined =>
  textOf(propertyOf(component, "cdx:device:sku")) ?? textOf(component.name)

const propertyOf = (component: JsonObject, name: string): unknown => {
  if (!Array.isArray(component.properties)) return undefined
  const found = component.properties.find((property: unknown) => isObject(property) && property.name === name)
  return isObject(found) ? found.value : undefined
}
