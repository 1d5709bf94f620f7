import { amountText, Decimal, type Declaration, decodeDocument } from "@certivo/core"
import {
  declarationCsv,
  declarationReport,
  declarationText,
  type Ipc1752Class,
  ipc1752Xml,
  type OutgoingOptions
} from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, type Given, judged, records, rohs, svhc } from "./judged.ts"

const read = (xml: string) => {
  const decoder = decodeDocument({ name: "out.xml", sha256: "0".repeat(64) }, { as: "declarations" })
  const found = [decoder.push(new TextEncoder().encode(xml)), decoder.end()]
  return {
    rows: found.flatMap(({ declarations }) => [...declarations]),
    rejects: found.flatMap(({ rejects }) => rejects),
    warnings: found.flatMap(({ warnings }) => warnings.map(({ code }) => code))
  }
}

const issuer: NonNullable<OutgoingOptions["issuer"]> = {
  company: 'Müller & Söhne "Nord" <GmbH>',
  companyId: { identity: "12-345-6789", authority: "DUNS" },
  contact: { name: "Ada", email: "ada@example.com" },
  authorizer: { name: "Grace", title: "Compliance", phone: "+49 1" }
}

const declared = async (given: Given, of: Ipc1752Class, options: OutgoingOptions = { issuer }) =>
  ipc1752Xml(declarationReport(await judged(given), options), of)

const said = ({ part, material, cas, amount, exemption }: Declaration) => [
  part,
  material,
  cas,
  amountText(amount),
  exemption
]

const leaf = (number: string, material?: string) => ({
  number,
  grams: "2",
  ...(material === undefined ? {} : { material })
})

describe("class D", () => {
  const given: Given = {
    children: [leaf("A", "Brass"), leaf("B"), leaf("C", "PVC"), leaf("SILENT", "Steel")],
    rows: [
      "A,,Lead,7439-92-1,3,%,6(c)",
      "A,,Copper,7440-50-8,97,%,",
      'B,Solder & "flux",Tin,7440-31-5,96.5,%,',
      "B,Contact,Silver,7440-22-4,0.0000000000123,ppm,",
      "C,,DEHP,117-81-7,0.05-0.09,%,",
      "C,,Lead,7439-92-1,0,ppm,"
    ],
    rules: [rohs]
  }

  it("comes back from our own reader as the same amounts", async () => {
    const result = await judged(given)
    const { rows, rejects, warnings } = read(ipc1752Xml(declarationReport(result, { issuer }), "D"))
    assert.deepStrictEqual(rejects, [])
    assert.notInclude(warnings, "declaration.unsigned")
    const sent = [...result.facts.values()].flatMap(({ declarations, part }) =>
      declarations.map((row) => said({ ...row, material: row.material ?? part.material }))
    )
    assert.deepStrictEqual(rows.map(said).sort(), sent.sort())
    assert.isTrue(rows.every(({ part, partMassMg }) => part === "P" || Decimal.toText(partMassMg as never) === "2000"))
  })

  it("brings all 620 amounts of the gateway back, with the same masses", async () => {
    const result = await edgeGateway()
    const { rows, rejects } = read(ipc1752Xml(declarationReport(result), "D"))
    const sent = [...result.facts.values()].flatMap(({ declarations, part }) =>
      declarations.map((row) => said({ ...row, material: part.material }))
    )
    assert.lengthOf(sent, 620)
    assert.deepStrictEqual(rows.map(said).sort(), sent.sort())
    assert.deepStrictEqual(rejects, [])
  })

  it("never narrows a range of masses", async () => {
    const xml = await declared(
      {
        children: [{ number: "A", grams: "0.003", material: "PVC" }],
        header: "part_number,substance,cas,substance_mass,unit",
        rows: ["A,DEHP,117-81-7,0.001-0.002,mg"]
      },
      "D"
    )
    const [row] = read(xml).rows
    const grams = Decimal.parse("3") as Decimal.Decimal
    const times = (ppm: Decimal.Decimal) => Decimal.shift(Decimal.multiply(ppm, grams), -6)
    const bound = (text: string) => Decimal.parse(text) as Decimal.Decimal
    assert.isAtMost(Decimal.compare(times(row?.amount.low as Decimal.Decimal), bound("0.001")), 0)
    assert.isAtLeast(Decimal.compare(times(row?.amount.high as Decimal.Decimal), bound("0.002")), 0)
  })

  it("leaves out what belongs to no material or has no upper bound, and says so", async () => {
    const result = await judged({
      children: [leaf("A"), leaf("B", "PVC")],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "B,,DEHP,117-81-7,>0.1,%,"]
    })
    const report = declarationReport(result)
    assert.deepStrictEqual(
      report.unstated.map(({ partNumber, code }) => [partNumber, code]),
      [
        ["A", "material.unstated"],
        ["B", "amount.unstated"]
      ]
    )
    const xml = ipc1752Xml(report, "D")
    assert.deepStrictEqual(read(xml).rows, [])
    assert.match(xml, /uncertaintyStatement="[^"]*2 amounts/)
    assertFits(declarationText(report))
  })

  it("states of several rows on a substance the worst, and not their sum", async () => {
    const xml = await declared(
      { children: [leaf("A", "PVC")], rows: ["A,,DEHP,117-81-7,0.2,%,", "A,,DEHP,117-81-7,0.3,%,"] },
      "D"
    )
    assert.deepStrictEqual(
      read(xml).rows.map(({ amount }) => amountText(amount)),
      ["3000 ppm"]
    )
  })
})

describe("class C", () => {
  const children = [leaf("A", "Brass"), leaf("B", "PVC")]
  const lead = (a: string, b: string, claim = "") => [
    `A,,Lead,7439-92-1,${a},ppm,${claim}`,
    `B,,Lead,7439-92-1,${b},ppm,`
  ]
  const dehp = ["A,,DEHP,117-81-7,0,ppm,", "B,,DEHP,117-81-7,3500,ppm,"]
  const categories = async (rows: ReadonlyArray<string>) =>
    read(await declared({ children, rows, rules: [rohs, svhc] }, "C")).rows.map(said)

  it("states the worst of a RoHS substance in the material, and of an SVHC in the article", async () => {
    assert.deepStrictEqual(await categories([...lead("30000", "10", "6(c)"), ...dehp]), [
      ["P", "(worst material)", "7439-92-1", "30000 ppm", "6(c)"],
      ["P", undefined, "117-81-7", "3500 ppm", undefined],
      ["P", undefined, "7439-92-1", "30000 ppm", undefined]
    ])
  })

  it("states what is known to keep a threshold as not above it", async () => {
    assert.deepStrictEqual(await categories([...lead("900", "10"), ...dehp]), [
      ["P", "(worst material)", "7439-92-1", "≤ 1000 ppm", undefined],
      ["P", undefined, "117-81-7", "3500 ppm", undefined],
      ["P", undefined, "7439-92-1", "≤ 1000 ppm", undefined]
    ])
  })

  it("claims no exemption when a part is above the limit without one", async () => {
    const [row] = await categories([...lead("30000", "2000", "6(c)"), ...dehp])
    assert.deepStrictEqual(row, ["P", "(worst material)", "7439-92-1", "30000 ppm", undefined])
  })

  it("never states what is unknown as not above a threshold", async () => {
    const rows = ["A,,Lead,7439-92-1,10,ppm,", ...dehp]
    assert.deepStrictEqual(
      (await categories(rows)).map(([, , cas]) => cas),
      ["117-81-7"]
    )
    const report = declarationReport(await judged({ children, rows, rules: [rohs, svhc] }))
    assert.deepStrictEqual(
      report.lists.map(({ identity, unstated }) => [identity, unstated.map(({ rule, reason }) => [rule, reason.code])]),
      [
        ["EUROHS-1907", [["lead", "substance.undeclared"]]],
        ["EUREACH-0618", [["lead", "substance.undeclared"]]]
      ]
    )
    assert.match(ipc1752Xml(report, "C"), /uncertaintyStatement="[^"]*EUROHS-1907[^"]*Lead/)
  })

  it("states nothing as kept while a part has no declaration", async () => {
    const report = declarationReport(
      await judged({
        children: [...children, leaf("SILENT")],
        rows: [...lead("10", "10"), ...dehp],
        rules: [rohs, svhc]
      })
    )
    const stated = report.lists.flatMap(({ categories }) => categories.map(({ rule, above }) => [rule, above]))
    assert.deepStrictEqual(stated, [["dehp", true]])
  })

  it("never reads as exactly at the limit what is just above it", async () => {
    const [row] = await categories([...lead("1000.000000001", "10"), ...dehp])
    assert.strictEqual(row?.[3], "1000.01 ppm")
  })
})

describe("the document", () => {
  const given: Given = { children: [leaf("A\u0001&<>'\"", "PVC")], rows: [], rules: [rohs] }

  it("is well formed whatever names hold, and the same every time", async () => {
    const [one, two] = [await declared(given, "D"), await declared(given, "D")]
    assert.strictEqual(one, two)
    assert.notInclude(one, "\u0001")
    assert.include(one, "Müller &amp; Söhne &quot;Nord&quot; &lt;GmbH&gt;")
    assert.doesNotThrow(() => read(one))
  })

  it("is distributed, on the day given, and signed only by an authorizer", async () => {
    const xml = await declared(given, "C", { issuer, date: "2026-12-01" })
    assert.match(xml, /<BusinessInfo mode="Distribute">\s*<Response date="2026-12-01">/)
    assert.include(xml, 'supplierAcceptance="true"')
    const { authorizer: _, ...unsigned } = issuer
    assert.include(read(await declared(given, "C", { issuer: unsigned })).warnings, "declaration.unsigned")
  })

  it("fits a terminal and a spreadsheet", async () => {
    const report = declarationReport(await edgeGateway("2026-11-23", [rohs, svhc]), { issuer })
    assertFits(declarationText(report))
    const rows = records(declarationCsv(report))
    assert.strictEqual(rows.filter((row) => row.class === "D" && row.stated === "amount").length, 620)
  })
})
