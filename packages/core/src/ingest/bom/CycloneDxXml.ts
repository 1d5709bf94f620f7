/** CycloneDX as XML: the elements that say what is in what, in the shape that its JSON has. */
import { XmlReader } from "../xml/XmlReader.ts"
import { BomBuilder, type DecodedBom, type Fail, finished } from "./BomBuilder.ts"
import { readCycloneDx } from "./CycloneDx.ts"

interface Component {
  readonly type: string | undefined
  name?: string
  description?: string
  supplier?: string
  manufacturer?: string
  readonly components: Array<Component>
  readonly properties: Array<{ readonly name: string | undefined; value: string }>
}

/**
 * @throws UnreadableDocument when the bytes are no XML, and what `fail` makes when the BOM names no product or
 *   contains itself
 */
export const readCycloneDxXml = (document: string, bytes: Uint8Array, fail: Fail): DecodedBom => {
  const root: Component = { type: undefined, components: [], properties: [] }
  let subject: Component | undefined
  const open: Array<Component> = [root]
  const path: Array<string> = []
  let text = ""
  const reader = new XmlReader(document, {
    open: (name, at) => {
      const parent = path.at(-1)
      path.push(name)
      text = ""
      if (name === "component") {
        const component: Component = { type: at.type, components: [], properties: [] }
        const within = path.at(-3)
        if (parent === "metadata") subject = component
        else if (parent === "components" && (within === "bom" || within === "component"))
          open.at(-1)?.components.push(component)
        open.push(component)
      } else if (name === "property" && path.at(-3) === "component")
        open.at(-1)?.properties.push({ name: at.name, value: "" })
    },
    close: (name) => {
      path.pop()
      const parent = path.at(-1)
      const component = open.at(-1) as Component
      if (name === "component") open.pop()
      else if (name === "property" && path.at(-2) === "component") {
        const property = component.properties.at(-1)
        if (property !== undefined) property.value = text
      } else if ((name === "name" || name === "description") && parent === "component") component[name] = text
      else if (name === "name" && (parent === "supplier" || parent === "manufacturer") && path.at(-2) === "component")
        component[parent] = text
      text = ""
    },
    text: (piece) => {
      text += piece
    }
  })
  reader.push(bytes)
  reader.end()
  const builder = new BomBuilder()
  const product = readCycloneDx({ metadata: { component: subject }, components: root.components }, builder, fail)
  return finished(product, builder, fail)
}
