import { decodeDocument } from "@certivo/core/ingest"
import { assert, describe, it } from "vitest"

const categories = (name: string, text: string) => {
  const decoder = decodeDocument({ name, sha256: "" }, { as: "bom" })
  const found = [decoder.push(new TextEncoder().encode(text)), decoder.end()]
  return found.find(({ bom }) => bom !== undefined)?.bom?.bom.parts.get("A")?.categories
}

describe("what a part is to the law", () => {
  const flat = (field: object) => JSON.stringify({ bom_id: "P", parts: [{ part_number: "A", weight_g: 1, ...field }] })
  const tree = (field: object) =>
    JSON.stringify({
      format: "certivo-bom/1",
      product: { partNumber: "P", children: [{ partNumber: "A", ...field }, { partNumber: "A" }] }
    })

  it.each([
    ["bom.json", flat({ categories: ["Packaging", "food contact"] }), ["packaging", "food-contact"]],
    ["bom.json", flat({ category: "battery" }), ["battery"]],
    ["bom.json", tree({ categories: "toy, skin contact" }), ["toy", "skin-contact"]],
    ["bom.json", flat({}), undefined],
    ["bom.csv", "Part Number,Qty,Categories\nA,1,packaging; food contact\n", ["packaging", "food-contact"]],
    ["bom.csv", "Part Number,Qty,Category\nA,1,Battery\n", ["battery"]],
    ["bom.csv", "Part Number,Qty\nA,1\n", undefined]
  ])("is read from %s: %s", (name, text, expected) => {
    assert.deepStrictEqual(categories(name, text), expected)
  })
})
