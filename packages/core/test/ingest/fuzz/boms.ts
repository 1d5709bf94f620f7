/** Bills of material in every layout, with good lines among entries that are broken. */
import * as Decimal from "../../../src/domain/Decimal.ts"
import { utf8 } from "../../../src/testing/corpus/Case.ts"
import { junk, pick, type Random, type Sample } from "./random.ts"

interface Node {
  readonly number: string
  readonly quantity: string
  readonly mass: string
  readonly children: Array<Node>
}

const ROOT = "TOP"

/** A tree of up to nine parts, each once. */
const treeOf = (random: Random, depth: number): Node => {
  const nodes: Array<Node> = [{ number: ROOT, quantity: "1", mass: "", children: [] }]
  const levels = [0]
  for (let index = 1 + random(8); index > 0; index--) {
    const at = random(nodes.length)
    const parent = (levels[at] as number) < depth ? at : 0
    const node = {
      number: `A-${index}`,
      quantity: pick(random, ["1", "2", "14", "0.5", "1.25"]),
      mass: pick(random, ["", "1.5", "20"]),
      children: []
    }
    nodes[parent]?.children.push(node)
    nodes.push(node)
    levels.push((levels[parent] as number) + 1)
  }
  return nodes[0] as Node
}

const linesOf = (node: Node): ReadonlyArray<string> =>
  node.children.flatMap((child) => [
    `${node.number} > ${Decimal.toText(Decimal.parse(child.quantity) as Decimal.Decimal)} ${child.number}`,
    ...linesOf(child)
  ])

const sample = (content: string, good: ReadonlyArray<string>, name: string): Sample => ({
  name,
  bytes: utf8(content),
  as: "bom",
  good,
  rows: undefined
})

/** Writes rows as a table, now and then a broken one between. */
const tableOf = (random: Random, header: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<string>>): string => {
  const delimiter = pick(random, [",", ";", "\t"])
  const eol = pick(random, ["\n", "\r\n"])
  const lines = [header.join(delimiter)]
  for (const row of rows) {
    lines.push(row.map((cell) => (random(8) === 0 ? `"${cell}"` : cell)).join(delimiter))
    if (random(8) === 0)
      lines.push(pick(random, ["", "x", '"x', `"a"b${delimiter}c`, `1${delimiter}2${delimiter.repeat(9)}`]))
  }
  return lines.join(eol) + (random(2) === 0 ? eol : "")
}

const indented = (random: Random): Sample => {
  const tree = treeOf(random, 4)
  const base = random(2)
  const rows: Array<ReadonlyArray<string>> = []
  const visit = (node: Node, level: number): void => {
    rows.push([`${".".repeat(random(2) * level)}${level + base}`, node.number, node.quantity, node.mass])
    for (const child of node.children) visit(child, level + 1)
  }
  visit(tree, 0)
  return sample(tableOf(random, ["Level", "Part Number", "Qty", "Weight (g)"], rows), linesOf(tree), "bom.csv")
}

const edges = (random: Random): Sample => {
  const tree = treeOf(random, 4)
  const rows: Array<ReadonlyArray<string>> = []
  const visit = (node: Node): void => {
    for (const child of node.children) {
      rows.push([node.number, child.number, child.quantity])
      visit(child)
    }
  }
  visit(tree)
  return sample(tableOf(random, ["Parent", "Child", "Quantity"], rows), linesOf(tree), "bom.csv")
}

const list = (random: Random): Sample => {
  const tree = treeOf(random, 1)
  const rows = tree.children.map(({ number, quantity, mass }) => [number, quantity, mass])
  return sample(tableOf(random, ["Item No", "Qty", "Unit Weight (g)"], rows), linesOf(tree), `${ROOT}.csv`)
}

const broken: ReadonlyArray<unknown> = [
  null,
  5,
  "x",
  [],
  {},
  { part_number: "" },
  { partNumber: {} },
  { name: [] },
  true
]

const numbered = (random: Random, text: string): unknown => (random(2) === 0 ? text : Number(text))

const withBroken = (random: Random, entries: ReadonlyArray<unknown>): ReadonlyArray<unknown> =>
  random(3) === 0 ? [...entries, pick(random, broken)] : entries

const flat = (random: Random): Sample => {
  const tree = treeOf(random, 1)
  const parts = tree.children.map(({ number, quantity, mass }) => ({
    part_number: number,
    quantity: numbered(random, quantity),
    weight_g: mass === "" ? pick(random, junk) : numbered(random, mass)
  }))
  const root = { bom_id: ROOT, product_name: "Gateway", parts: withBroken(random, parts) }
  return sample(JSON.stringify(root), linesOf(tree), "bom.json")
}

const hierarchical = (random: Random): Sample => {
  const tree = treeOf(random, 6)
  const entryOf = ({ number, quantity, mass, children }: Node): unknown => ({
    partNumber: number,
    quantity: numbered(random, quantity),
    ...(mass === "" ? {} : { mass: { value: mass, unit: pick(random, ["g", "mg", "kg", "lb"]) } }),
    ...(children.length === 0 ? {} : { children: withBroken(random, children.map(entryOf)) })
  })
  const text = JSON.stringify({ format: "certivo-bom/1", product: entryOf(tree) }, undefined, random(2))
  return sample(text, linesOf(tree), "bom.json")
}

const cycloneDx = (random: Random): Sample => {
  const tree = treeOf(random, 6)
  const componentOf = ({ number, quantity, children }: Node): unknown => ({
    type: "device",
    name: number,
    properties: [{ name: "cdx:device:quantity", value: quantity }],
    ...(children.length === 0 ? {} : { components: withBroken(random, children.map(componentOf)) })
  })
  const root = {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    metadata: { component: { type: "device", name: ROOT } },
    components: withBroken(random, tree.children.map(componentOf))
  }
  return sample(JSON.stringify(root), linesOf(tree), "bom.cdx.json")
}

export const fuzzedBom = (random: Random): Sample =>
  pick(random, [indented, edges, list, flat, hierarchical, cycloneDx])(random)
