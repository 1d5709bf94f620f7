import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { type DocumentOptions, decodeDocument } from "@certivo/core/ingest"
import { assert, describe, it } from "vitest"

const example = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../examples/formats/${name}`, import.meta.url)))

const decoded = (name: string, bytes: Uint8Array, as: NonNullable<DocumentOptions["as"]>) => {
  const decoder = decodeDocument({ name, sha256: "" }, { as })
  return [decoder.push(bytes), decoder.end()]
}

const ofStatements = (name: string, bytes: Uint8Array) => [
  ...new Set(
    decoded(name, bytes, "declarations").flatMap(({ declarations }) =>
      [...declarations].map(({ source }) => source.supplier)
    )
  )
]

const ofPart = (name: string, text: string) =>
  decoded(name, new TextEncoder().encode(text), "bom")
    .find(({ bom }) => bom !== undefined)
    ?.bom?.bom.parts.get("A")?.supplier

describe("who states it", () => {
  it.each([
    "ipc-1752a-class-a.xml",
    "ipc-1752a-class-c.xml",
    "ipc-1752a-class-d.xml",
    "ipc-1752b.xml",
    "iec-62474.xml"
  ])("is read from %s", (name) => {
    assert.deepStrictEqual(ofStatements(name, example(name)), ["ACME"])
  })

  const table = (...lines: ReadonlyArray<string>) =>
    ofStatements("a.csv", new TextEncoder().encode(`${lines.join("\n")}\n`))

  it("is read from a column, whatever its cells hold", () => {
    assert.deepStrictEqual(
      table("MPN,Vendor,Substance,ppm", "A,Acme,Lead,1", "A,N/A,Zinc,1", "A,#REF!,Tin,1", "A,Bo\u0000rg,Iron,1"),
      ["Acme", undefined, "Bo rg"]
    )
  })

  it("is the supplier where the manufacturer is named too", () => {
    assert.deepStrictEqual(table("MPN,Hersteller,Lieferant,Stoff,ppm", "A,Maker,Seller,Blei,1"), ["Seller"])
    assert.deepStrictEqual(table("MPN,Manufacturer,Substance,ppm", "A,Maker,Lead,1"), ["Maker"])
  })
})

describe("who supplies a part", () => {
  it.each([
    ["bom.json", JSON.stringify({ bom_id: "P", parts: [{ part_number: "A", supplier: "Acme" }] })],
    [
      "bom.json",
      JSON.stringify({
        format: "certivo-bom/1",
        product: { partNumber: "P", children: [{ partNumber: "A", manufacturer: { name: "Acme" } }] }
      })
    ],
    ["bom.csv", "Part Number,Qty,Supplier\nA,1,Acme\n"],
    [
      "bom.json",
      JSON.stringify({
        bomFormat: "CycloneDX",
        metadata: { component: { type: "device", name: "P" } },
        components: [{ type: "device", name: "A", manufacturer: { name: "Maker" }, supplier: { name: "Acme" } }]
      })
    ],
    [
      "bom.xml",
      `<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="device"><name>P</name></component></metadata>
       <components><component type="device"><supplier><name>Acme</name></supplier><name>A</name></component></components></bom>`
    ]
  ])("is read from %s: %s", (name, text) => {
    assert.strictEqual(ofPart(name, text), "Acme")
  })
})
