import { assert, it } from "vitest"
import { decodeDocument } from "../../src/ingest/index.ts"

it("reads foreign dialects in a browser", () => {
  const text = "'part_number'::'substance'::'substance_mass_mg'\n'Gehäuse'::'Lead :: tin'::'5'\n"
  const decoder = decodeDocument({ name: "a.csv", sha256: "" }, { as: "declarations" })
  const found = [decoder.push(new TextEncoder().encode(text)), decoder.end()]
  assert.deepStrictEqual(
    found.flatMap(({ declarations }) => [...declarations].map(({ part, substance }) => [part, substance])),
    [["GEHÄUSE", "Lead :: tin"]]
  )
})
