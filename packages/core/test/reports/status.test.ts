import { coverageCsv, coverageReport, coverageText, statusCsv, statusReport, statusText } from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rohs, rule, ruleSet, svhc } from "./judged.ts"

const leaf = (number: string, more: object = {}) => ({ number, grams: "1", material: "Steel", ...more })

describe("status by regulation", () => {
  it("names what fails and what is unknown, with its path, and counts parts by their worst", async () => {
    const result = await judged({
      children: [{ number: "A", children: [leaf("BAD"), leaf("GOOD")] }, leaf("SILENT")],
      rows: ["BAD,,Lead,7439-92-1,2000,ppm,", "GOOD,,Lead,7439-92-1,10,ppm,"],
      rules: [rohs]
    })
    const regulation = statusReport(result).regulations.find(({ id }) => id === "eu-rohs")
    assert.strictEqual(regulation?.restriction?.status, "non-compliant")
    assert.deepInclude(regulation?.restriction?.parts, { "non-compliant": 2, unknown: 1, compliant: 1 })
    assert.deepStrictEqual(
      regulation?.parts.map(({ path, causes }) => [path, causes[0]?.status, causes[0]?.code]),
      [
        [["P", "A", "BAD"], "non-compliant", undefined],
        [["P", "SILENT"], "unknown", "declaration.missing"]
      ]
    )
    assert.include(statusText(statusReport(result)), "non-compliant: Lead 2000 ppm, limit 1000 ppm (a.csv line 2)")
  })

  it("judges each rule set by itself, and calls a duty a duty", async () => {
    const result = await judged({
      children: [leaf("A")],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "A,,DEHP,117-81-7,5000,ppm,"],
      rules: [rohs, svhc]
    })
    const report = statusReport(result)
    const by = (id: string) => report.regulations.find((one) => one.id === id)
    assert.strictEqual(by("eu-rohs")?.restriction?.status, "compliant")
    assert.isUndefined(by("eu-rohs")?.duty)
    assert.strictEqual(by("eu-reach-svhc")?.duty?.status, "above-threshold")
    assert.isUndefined(by("eu-reach-svhc")?.restriction)
    assert.notInclude(statusText(report), "non-compliant:")
    assert.deepStrictEqual([report.status, report.duty], ["compliant", "above-threshold"])
  })

  it("counts the other paths of a part that is used in several places", async () => {
    const shared = { number: "S", children: [leaf("BAD")] }
    const result = await judged({
      children: [
        { number: "A", children: [shared] },
        { number: "B", children: [shared] }
      ],
      rows: ["BAD,,Lead,7439-92-1,2000,ppm,"],
      rules: [rohs]
    })
    const [part] = statusReport(result).regulations.find(({ id }) => id === "eu-rohs")?.parts ?? []
    assert.deepStrictEqual([part?.path, part?.otherPaths], [["P", "A", "S", "BAD"], 1])
  })

  it("does not miss a declaration where a rule set does not speak about the part", async () => {
    const packaging = ruleSet("packaging", [
      rule("lead", { level: "packaging-component", members: [{ names: ["lead"] }] })
    ])
    const result = await judged({ children: [leaf("A")], rows: [], rules: [rohs, packaging] })
    const statuses = statusReport(result).regulations.map(({ id, restriction }) => [id, restriction?.status])
    assert.deepStrictEqual(statuses, [
      ["document-limits", "unknown"],
      ["eu-rohs", "unknown"],
      ["packaging", "not-applicable"]
    ])
  })

  it("agrees with the verdict when there is one rule set, and lists every part with a failing finding", async () => {
    const result = await edgeGateway()
    const [only] = statusReport(result).regulations
    const { nonCompliant, unknown, exempt, compliant } = result.product.summary
    assert.deepStrictEqual(only?.restriction, {
      status: result.product.status,
      parts: { "non-compliant": nonCompliant, unknown, exempt, compliant, "not-applicable": 0 }
    })
    const failing = result.product.parts.filter(({ ownStatus }) => ownStatus === "non-compliant")
    assert.deepStrictEqual(
      only?.parts.filter(({ causes }) => causes[0]?.status === "non-compliant").map(({ partNumber }) => partNumber),
      failing.map(({ partNumber }) => partNumber)
    )
    assertFits(statusText(statusReport(result)))
  })

  it("keeps a spreadsheet from running what a part is called", async () => {
    const result = await judged({ children: [leaf('=HYPERLINK("http://x")')], rows: [], rules: [rohs] })
    const [row] = records(statusCsv(statusReport(result)))
    assert.strictEqual(row?.part_number, `'=HYPERLINK("http://x")`)
  })
})

describe("coverage", () => {
  it("shares parts and mass by what is declared, and groups gaps by document", async () => {
    const result = await judged({
      children: [leaf("A", { grams: "6" }), leaf("B", { grams: "3", quantity: "1" }), leaf("C", { quantity: "1" })],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "B,,Copper,7440-50-8,10,ppm,"],
      rules: [rohs]
    })
    const report = coverageReport(result)
    assert.deepStrictEqual(
      Object.values(report.shares).map(({ parts, grams, gramsPercent }) => [parts, grams, gramsPercent]),
      [
        [1, "6", "60.00"],
        [1, "3", "30.00"],
        [1, "1", "10.00"]
      ]
    )
    assert.deepStrictEqual(
      report.groups.map(({ documents, parts }) => [
        documents,
        parts.map((part) => [part.partNumber, part.gaps[0]?.code])
      ]),
      [
        [["a.csv"], [["B", "substance.undeclared"]]],
        [[], [["C", "declaration.missing"]]]
      ]
    )
    assertFits(coverageText(report))
    assert.deepStrictEqual(
      records(coverageCsv(report)).map((row) => [row.part_number, row.coverage, row.documents]),
      [
        ["B", "insufficient", "a.csv"],
        ["C", "missing", ""]
      ]
    )
  })

  it("names the suppliers whose word is missing: by the BOM, or else by what is declared", async () => {
    const result = await judged({
      children: [leaf("A", { supplier: "Acme", grams: "3" }), leaf("B", { grams: "2" }), leaf("C")],
      header: "part_number,supplier,substance,cas,concentration,unit",
      rows: ["B,Borg,Copper,7440-50-8,10,ppm"],
      rules: [rohs]
    })
    const report = coverageReport(result)
    assert.deepStrictEqual(
      report.groups.map(({ suppliers, parts }) => [suppliers, parts.map(({ partNumber }) => partNumber)]),
      [
        [["Acme"], ["A"]],
        [["Borg"], ["B"]],
        [[], ["C"]]
      ]
    )
    const text = coverageText(report)
    assertFits(text)
    assert.include(text, "Acme: no document names 1 part:")
    assert.include(text, "Supplier not named: no document names 1 part:")
  })

  it("says 100 percent only when nothing is missing", async () => {
    const full = { children: [leaf("A", { grams: "1000000" })], rows: ["A,,Lead,7439-92-1,10,ppm,"], rules: [rohs] }
    const all = coverageReport(await judged(full))
    assert.strictEqual(all.shares.sufficient.gramsPercent, "100.00")
    const nearly = coverageReport(
      await judged({ ...full, children: [...full.children, leaf("B", { grams: "0.001" })] })
    )
    assert.strictEqual(nearly.shares.sufficient.gramsPercent, "99.99")
  })

  it("counts parts without a mass apart", async () => {
    const result = await judged({
      children: [{ number: "A", material: "Steel" }, leaf("B")],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "B,,Lead,7439-92-1,10,ppm,"],
      rules: [rohs]
    })
    const { partsWithoutMass, shares, grams } = coverageReport(result)
    assert.deepStrictEqual([partsWithoutMass, shares.sufficient.parts, grams], [["A"], 2, "1"])
  })

  it("covers the gateway as its check says", async () => {
    const report = coverageReport(await edgeGateway())
    assert.deepStrictEqual([report.parts, report.shares.sufficient.parts, report.shares.missing.parts], [67, 62, 5])
    assertFits(coverageText(report))
  })
})
