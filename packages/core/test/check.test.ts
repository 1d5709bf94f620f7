import type { PartVerdict } from "@certivo/core/domain"
import { check } from "@certivo/core/promise"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const encode = (text: string) => new TextEncoder().encode(text)

const run = (bom: unknown, csv: string, rules: ReadonlyArray<string> = []) =>
  check({
    bom: { name: "bom.json", bytes: encode(typeof bom === "string" ? bom : JSON.stringify(bom)) },
    declarations: [{ name: "compliance.csv", bytes: encode(csv) }],
    rules,
    asOf: "2026-11-23"
  })

const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
const flat = (parts: ReadonlyArray<object>) => ({ bom_id: "P", product_name: "Product", parts })
const part = (part_number: string, weight_g: unknown) => ({ part_number, weight_g })

describe("the limit", () => {
  it("0.0041 g in 4.1 g at 1000 ppm is compliant, 10^-12 mg more is not", async () => {
    const bom = flat([part("A", 4.1), part("B", 4.1)])
    const result = await run(bom, `${header}A,Lead,1000,4.1\nB,Lead,1000,4.100000000001\n`)
    assert.deepStrictEqual(
      result.product.parts.map((verdict) => verdict.status),
      ["compliant", "non-compliant"]
    )
  })

  it("keeps digits of a mass that no double can hold", async () => {
    const bom = '{"bom_id":"P","parts":[{"part_number":"A","weight_g":4.0999999999999999999999}]}'
    const result = await run(bom, `${header}A,Lead,1000,4.1\n`)
    assert.strictEqual(result.product.status, "non-compliant")
  })

  const Decimal = Schema.String.check(Schema.isPattern(/^[1-9]\d{0,3}(\.\d{1,6})?$/))
  const Offset = Schema.Literals([-1, 0, 1])
  it.effect.prop(
    "exactly at the limit is compliant, one unit of 10^-12 mg above it is not, below it is",
    { mass: Decimal, limit: Decimal, offset: Offset },
    ({ mass, limit, offset }) => {
      const scaled = (text: string, places: number) => {
        const [whole, decimals = ""] = text.split(".")
        return BigInt(whole + decimals.padEnd(places, "0"))
      }
      // mg = g × ppm / 1000, in units of 10^-15 mg
      const units = scaled(mass, 6) * scaled(limit, 6) + BigInt(offset) * 1000n
      const digits = units.toString().padStart(16, "0")
      const substance = `${digits.slice(0, -15)}.${digits.slice(-15)}`
      return Effect.promise(() => run(flat([part("A", mass)]), `${header}A,Lead,${limit},${substance}\n`)).pipe(
        Effect.map((result) => assert.strictEqual(result.product.status, offset > 0 ? "non-compliant" : "compliant"))
      )
    }
  )
})

describe("declarations", () => {
  it("judges every row of a part; none overwrites another", async () => {
    const rows = "A,Lead,1000,5\nA,Lead,1000,1\nA,Cadmium,100,0.01\n"
    const result = await run(flat([part("A", 4)]), header + rows)
    const [verdict] = result.product.parts
    assert.deepStrictEqual(
      verdict?.findings.map((finding) => [finding.ppm, finding.status, finding.evidence[0]?.line]),
      [
        ["1250", "non-compliant", 2],
        ["250", "compliant", 3],
        ["2.5", "compliant", 4]
      ]
    )
  })

  it("matches part numbers trimmed and without regard to case; a part without rows is unknown", async () => {
    const result = await run(flat([part("ab-1", 1), part("X", 1)]), `${header} AB-1 ,Lead,1000,0.1\n`)
    assert.deepStrictEqual(
      result.product.parts.map((verdict) => [verdict.status, verdict.reasons[0]?.code]),
      [
        ["compliant", undefined],
        ["unknown", "declaration.missing"]
      ]
    )
    assert.strictEqual(result.product.status, "unknown")
  })

  it("takes columns in any order with others between them", async () => {
    const result = await run(
      flat([part("A", 1)]),
      "note,substance_mass_mg,Substance,PART_NUMBER,threshold_ppm\nx,2,Lead,A,1000\n"
    )
    assert.strictEqual(result.product.status, "non-compliant")
  })

  it.each([
    ["A,Lead,1000,", "substance_mass_mg", "value.missing"],
    ["A,Lead,1000,n/a", "substance_mass_mg", "value.not_a_number"],
    ["A,Lead,1000,NaN", "substance_mass_mg", "value.not_a_number"],
    ["A,Lead,1000,-1", "substance_mass_mg", "value.negative"],
    ["A,Lead,-5,1", "threshold_ppm", "value.negative"],
    [" ,Lead,1000,1", "part_number", "value.missing"],
    ["A,,1000,1", "substance", "value.missing"],
    ["A,Le\u0000ad,1000,1", "substance", "value.control_character"],
    ["A,Lead,1000,1,2", "", "row.column_count"],
    ["A,Lead,1000", "", "row.column_count"]
  ])("reports %j by its line and judges the others", async (row, column, code) => {
    const result = await run(flat([part("A", 1)]), `${header}A,Zinc,1000,1\n${row}\nA,Lead,1000,2\n`)
    const [, document] = result.documents
    assert.deepStrictEqual(
      document?.rejects.map((reject) => [reject.line, reject.column, reject.code]),
      [[3, column, code]]
    )
    assert.strictEqual(document?.accepted, 2)
    assert.strictEqual(result.product.status, "non-compliant")
  })

  it.each([
    ["", "header.missing"],
    ["part_number,substance\nA,B\n", "header.column_missing"],
    [`part_number,${header}`, "header.duplicate"]
  ])("refuses a file with the header %j as a whole", async (csv, code) => {
    const error = await run(flat([part("A", 1)]), csv).then(
      () => assert.fail("was accepted"),
      (error) => error
    )
    assert.strictEqual(error.code, code)
  })

  it("keeps the verdict and the count when a part has more rows than are listed", async () => {
    const rows = Array.from({ length: 5000 }, (_, index) => `A,S${index % 7},1000,${index === 1234 ? 2 : 0.1}\n`).join(
      ""
    )
    const result = await run(flat([part("A", 1)]), header + rows)
    const verdict = result.product.parts[0] as PartVerdict
    assert.strictEqual(verdict.status, "non-compliant")
    assert.strictEqual(verdict.findings.length + verdict.findingsOmitted, 5000)
    assert.isAbove(verdict.findingsOmitted, 0)
  })
})

describe("bills of material", () => {
  const leaf = (partNumber: string, quantity?: string) => ({
    partNumber,
    name: partNumber,
    mass: { value: "2", unit: "g" },
    ...(quantity === undefined ? {} : { quantity })
  })

  it("counts a shared sub-assembly in every place it is used, and judges it once", async () => {
    const module = { partNumber: "M", name: "Module", children: [leaf("R", "2.5")] }
    const bom = {
      format: "certivo-bom/1",
      product: {
        partNumber: "P",
        children: [
          { partNumber: "B1", name: "Board 1", children: [{ ...module, quantity: "2" }] },
          { partNumber: "B2", name: "Board 2", quantity: "3", children: [{ partNumber: "M", quantity: "4" }] }
        ]
      }
    }
    const result = await run(bom, `${header}R,Lead,1000,1\n`)
    assert.deepStrictEqual(
      result.product.parts.map((verdict) => [verdict.partNumber, verdict.quantity, verdict.status, verdict.massGrams]),
      [
        ["B1", "1", "compliant", "10"],
        ["M", "14", "compliant", "5"],
        ["R", "35", "compliant", "2"],
        ["B2", "3", "compliant", "20"]
      ]
    )
  })

  it("folds a BOM whose exploded tree has 16.8 million nodes without walking it", async () => {
    let node: object = leaf("N24")
    for (let level = 23; level >= 0; level--) node = { partNumber: `N${level}`, children: [{ ...node, quantity: "2" }] }
    const result = await run({ format: "certivo-bom/1", product: node }, `${header}N24,Lead,1000,1\n`)
    assert.strictEqual(result.product.parts.at(-1)?.quantity, "16777216")
    assert.strictEqual(result.product.status, "compliant")
  })

  it("refuses a cycle with its path", async () => {
    const bom = {
      format: "certivo-bom/1",
      product: { partNumber: "P", children: [{ partNumber: "A", children: [{ partNumber: "P" }] }] }
    }
    const error = await run(bom, header).then(
      () => assert.fail("was accepted"),
      (error) => error
    )
    assert.strictEqual(error.code, "bom.cycle")
    assert.include(error.message, "P > A > P")
  })

  it("an empty BOM is unknown", async () => {
    const result = await run(flat([]), header)
    assert.strictEqual(result.product.status, "unknown")
    assert.strictEqual(result.root.reasons[0]?.code, "bom.empty")
  })

  it("keeps a part whose mass cannot be read, as unknown, and says so", async () => {
    const result = await run(
      flat([part("A", -1), part("B", 0), { weight_g: 3 }]),
      `${header}A,Lead,1000,1\nB,Lead,1000,1\n`
    )
    assert.deepStrictEqual(
      result.product.parts.map((verdict) => verdict.findings[0]?.reason?.code),
      ["mass.missing", "mass.zero"]
    )
    assert.deepStrictEqual(
      result.documents[0]?.rejects.map((reject) => [reject.column, reject.code]),
      [
        ["/parts/0/weight_g", "value.negative"],
        ["/parts/2/part_number", "value.missing"]
      ]
    )
    assert.deepStrictEqual([result.documents[0]?.accepted, result.documents[0]?.rejected], [1, 2])
  })

  it("counts an entry once, however much is wrong with it", async () => {
    const bad = { part_number: "A", weight_g: "heavy", quantity: "some" }
    const result = await run(flat([bad, part("B", 1)]), `${header}B,Lead,1000,1\n`)
    const { accepted, rejected, rows, warned } = result.documents[0] as (typeof result.documents)[number]
    assert.deepStrictEqual({ accepted, rejected, rows, warned }, { accepted: 1, rejected: 1, rows: 2, warned: 1 })
  })
})

describe("EU RoHS", () => {
  const names = ["Lead", "Mercury", "Cadmium", "Hexavalent chromium", "PBB", "PBDE", "DEHP", "BBP", "DBP", "DIBP"]
  const all = (except: string) =>
    names
      .filter((name) => name !== except)
      .map((name) => `A,${name},1000000,0\n`)
      .join("")
  const brass = (material: string | undefined) => flat([{ part_number: "A", weight_g: 10, material }])
  const csv = (rows: string) =>
    `part_number,substance,threshold_ppm,substance_mass_mg,exemption\n${rows.replaceAll("\n", ",\n")}`

  it("is compliant when all ten substances are declared within their limits for one material", async () => {
    const result = await run(brass("Brass"), csv(`${all("Lead")}A,Lead,1000000,10\n`), ["eu-rohs"])
    assert.strictEqual(result.product.status, "compliant")
  })

  it("is unknown when a substance is not declared", async () => {
    const result = await run(brass("Brass"), csv(all("DIBP")), ["eu-rohs"])
    assert.strictEqual(result.product.status, "unknown")
  })

  it("cannot clear a part of several materials by its average, but can convict it", async () => {
    const within = await run(brass(undefined), csv(`${all("Lead")}A,Lead,1000000,5\n`), ["eu-rohs"])
    assert.strictEqual(within.product.status, "unknown")
    const above = await run(brass(undefined), csv(`${all("Lead")}A,Lead,1000000,50\n`), ["eu-rohs"])
    assert.strictEqual(above.product.status, "non-compliant")
  })

  it.each([
    ["400", "6(c)", "2027-06-30", "exempt"],
    ["400.0000001", "6(c)", "2027-06-30", "non-compliant"],
    ["400", "6(c)", "2027-07-01", "non-compliant"],
    ["400", "9(z)", "2026-01-01", "non-compliant"]
  ])("%s mg lead in 10 g with %s on %s is %s", async (mass, exemption, asOf, status) => {
    const result = await check({
      bom: { name: "b", bytes: encode(JSON.stringify(brass("Brass"))) },
      declarations: [{ name: "c", bytes: encode(`${csv(all("Lead"))}A,Lead,1000000,${mass},${exemption}\n`) }],
      rules: ["eu-rohs"],
      asOf
    })
    assert.strictEqual(result.product.status, status)
  })
})
