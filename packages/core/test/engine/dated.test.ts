/** The worked examples that depend on a day, a list's version, or the order of statuses. */
import type { Claim, Declaration } from "@certivo/core/domain"
import { assert, describe, it } from "@effect/vitest"
import { rules, setOf } from "./rules.ts"
import { bomOf, declared, judged, type Row, ruleSetOf, table, verdictOf } from "./support.ts"

const row = (part: string, substance: string, amount: string, more: Row = {}): Row => ({
  part_number: part,
  substance,
  amount,
  material: "Metal",
  ...more
})
const one = bomOf({ P: {} })

/** Days, with the status on each. */
const statusOn = (rows: ReadonlyArray<Row>, days: ReadonlyArray<string>) =>
  days.map((asOf) => {
    const { product, root } = judged(one, declared(table(rows)), [setOf(["lead"])], { asOf })
    return [asOf, product.status, root.findings[0]?.reason?.code]
  })

describe("exemptions", () => {
  it("W03b: lead in glass with 7(c)-I holds on its last day and not on the next", () => {
    const glass = row("P", "Lead oxide", "0.0054 mg", { material: "Glass", material_mass_mg: "5", exemption: "7(c)-I" })
    assert.deepStrictEqual(statusOn([glass], ["2026-11-23", "2027-06-30", "2027-07-01"]), [
      ["2026-11-23", "exempt", "exemption.valid"],
      ["2027-06-30", "exempt", "exemption.valid"],
      ["2027-07-01", "non-compliant", "exemption.expired"]
    ])
  })

  it("W16: 4.2 % of lead in brass is above the cap of 6(c), which 4.0 % is not", () => {
    const brass = (amount: string) => statusOn([row("P", "Lead", amount, { exemption: "6(c)" })], ["2026-11-23"])
    assert.deepStrictEqual(brass("4.0 %"), [["2026-11-23", "exempt", "exemption.valid"]])
    assert.deepStrictEqual(brass("4.2 %"), [["2026-11-23", "non-compliant", "exemption.cap_exceeded"]])
    assert.deepStrictEqual(brass("3.9-4.1 %"), [["2026-11-23", "unknown", "exemption.amount_open"]])
    assert.deepStrictEqual(brass(">0.1 %"), [["2026-11-23", "unknown", "exemption.amount_open"]])
  })

  it("W18: steel with 6(a) fails the day after 2026-12-11; a claim of 6(a)-I beside it holds on", () => {
    const days = ["2026-12-11", "2026-12-12", "2027-06-30", "2027-07-01"]
    const steel = (exemption: string) =>
      statusOn([row("P", "Lead", "0.30 %", { exemption })], days).map(([, status]) => status)
    assert.deepStrictEqual(steel("6(a)"), ["exempt", "non-compliant", "non-compliant", "non-compliant"])
    assert.deepStrictEqual(steel("6(a), 6(a)-I"), ["exempt", "exempt", "exempt", "non-compliant"])
    assert.deepStrictEqual(steel("6a; 6(A)-i"), ["exempt", "exempt", "exempt", "non-compliant"])
  })

  it("a claim makes no other substance legal, and an unknown one none at all", () => {
    const codes = (substance: string, exemption: string) => {
      const found = judged(one, declared(table([row("P", substance, "1 %", { exemption })])), [
        setOf(["lead", "cadmium"])
      ])
      return found.root.findings.map(({ status, reason }) => [status, reason?.code])
    }
    assert.deepInclude(codes("Cadmium", "6(c)"), ["non-compliant", "exemption.other_substance"])
    assert.deepInclude(codes("Lead", "99(z)"), ["non-compliant", "exemption.unknown"])
  })

  it("one that was to be renewed in time stays valid past its day, and says so", () => {
    const set = setOf(["lead"], {
      exemptions: [
        {
          id: "6(c)",
          members: [{ cas: "7439-92-1" }],
          scope: "copper",
          maxPpm: "40000",
          lastDay: "2027-06-30",
          renewalPending: true,
          source: { text: "the test", standing: "unchecked" }
        }
      ]
    })
    const found = judged(one, declared(table([row("P", "Lead", "4 %", { exemption: "6(c)" })])), [set], {
      asOf: "2027-07-01"
    })
    assert.strictEqual(found.product.status, "exempt")
    assert.strictEqual(found.root.findings[0]?.notes?.[0]?.code, "exemption.renewal_pending")
  })
})

describe("levels", () => {
  const assembly = {
    P: { grams: "500", contains: [["O-RING", "1"]] },
    "O-RING": { grams: "2" }
  } as const

  it("W08: an O-ring above the limit puts its product under the duty, however little of the product it is", () => {
    const rows = declared(table([{ part_number: "O-RING", substance: "DEHP", amount: "3 mg" }]))
    const { product } = judged(bomOf(assembly), rows, [setOf(["svhc-dehp"])])
    assert.strictEqual(product.duty, "above-threshold")
    assert.strictEqual(product.parts[0]?.duty, "above-threshold")
    assert.strictEqual(product.status, "not-applicable")
  })

  it("W11b: before its first day the rule does not apply", () => {
    const food = bomOf({ P: { categories: ["packaging", "food-contact"] } })
    const rows = declared(table([{ part_number: "P", substance: "PFOA", cas: "335-67-1", amount: "25 ppb" }]))
    const on = (asOf: string) => judged(food, rows, [setOf(["ppwr-pfas"])], { asOf }).product.status
    assert.deepStrictEqual([on("2026-08-11"), on("2026-08-12")], ["not-applicable", "non-compliant"])
  })

  it("W13: what is not declared may hold anything up to its share", () => {
    const resin = { part_number: "P", material: "Resin", material_mass_mg: "100", substance: "Epoxy resin" }
    const status = (amount: string, set: string) => {
      const { root } = judged(one, declared(table([{ ...resin, amount }])), [setOf([set])])
      const [finding] = root.findings
      return [finding?.status, finding?.reason?.code, finding?.range?.high]
    }
    assert.deepStrictEqual(status("94 mg", "lead"), ["unknown", "disclosure.partial", "60000"])
    assert.deepStrictEqual(status("99.4 mg", "lead"), ["unknown", "disclosure.partial", "6000"])
    assert.deepStrictEqual(status("99.5 mg", "lead"), ["compliant", "disclosure.complete", undefined])
    assert.deepStrictEqual(status("105 mg", "lead"), ["compliant", "disclosure.complete", undefined])
    assert.deepStrictEqual(status("105.1 mg", "lead"), ["unknown", "disclosure.excess", undefined])
  })

  it("W17: quantities roll masses up and change no article's status", () => {
    const product = (pieces: string) =>
      bomOf({
        P: {
          contains: [
            ["A", "2"],
            ["B", "1"]
          ]
        },
        A: {
          contains: [
            ["HOUSING", "1"],
            ["C", pieces]
          ]
        },
        B: { grams: "30" },
        HOUSING: { grams: "6" },
        C: { grams: "1" }
      })
    const rows = declared(
      table([
        { part_number: "C", substance: "DEHP", amount: "0.8 mg" },
        { part_number: "B", substance: "DEHP", amount: "none" },
        { part_number: "HOUSING", substance: "DEHP", amount: "none" }
      ])
    )
    const found = judged(product("4"), rows, [setOf(["svhc-dehp", "product-dehp"])])
    assert.strictEqual(found.root.massGrams, "50")
    assert.strictEqual(verdictOf(found, "C").quantity, "8")
    assert.strictEqual(verdictOf(found, "C").findings[0]?.ppm, "800")
    assert.strictEqual(found.root.findings.find(({ level }) => level === "product")?.ppm, "128")
    assert.strictEqual(found.product.duty, "below-threshold")
    const many = judged(product("4000"), rows, [setOf(["svhc-dehp"])])
    assert.strictEqual(verdictOf(many, "C").findings[0]?.ppm, "800")
    assert.strictEqual(many.product.duty, "below-threshold")
  })
})

describe("W19: statements about a list", () => {
  /** Of 251 entries 240 were there on the day of the statement. */
  const svhc = ruleSetOf({
    id: "eu-reach-svhc",
    title: "SVHC",
    statementsNeedVersion: true,
    rules: Array.from({ length: 251 }, (_, index) => ({
      ...rules["svhc-dehp"],
      id: `entry-${index}`,
      name: `Entry ${index}`,
      members: [{ names: [`entry ${index}`] }],
      listedOn: index < 240 ? "2024-01-23" : "2025-11-05"
    }))
  })
  const stated = (version: string | undefined, source: Partial<Declaration["source"]> = {}): Declaration => {
    const [base] = declared(table([{ part_number: "P", substance: "SVHC", amount: "trace" }]))
    const claim: Claim = { list: "eu-reach-svhc", version, says: "compliant" }
    return { ...(base as Declaration), claim, source: { ...(base as Declaration).source, ...source } }
  }
  const found = (statement: Declaration, asOf = "2025-12-25") => judged(one, [statement], [svhc], { asOf })

  it("a statement leaves the entries open that the list took up later, and names them", () => {
    const { product, root } = found(stated("2024-01-23"))
    assert.strictEqual(product.duty, "unknown")
    const open = root.findings.filter(({ status }) => status === "unknown")
    assert.strictEqual(open.length, 11)
    assert.deepStrictEqual([...new Set(open.map(({ reason }) => reason?.code))], ["claim.stale_list"])
    assert.include(open[0]?.reason?.message, "Entry 240")
    const settled = root.findings.filter(({ status }) => status === "below-threshold")
    assert.strictEqual(settled.length + open.length + root.findingsOmitted, 251)
  })

  it.each([
    ["EUREACH-0124", 11],
    ["January 2024", 11],
    ["23 January 2024", 11],
    ["Candidate list of Jan 23, 2024 (240 substances)", 11],
    ["2024/01/23", 11],
    ["EUREACH-1125", 0],
    ["2025-11", 0],
    ["2023-12-31", 251]
  ])("%s leaves %i of them open", (version, open) => {
    const { root } = found(stated(version))
    const settled = root.findings.filter(({ status }) => status === "below-threshold").length
    assert.strictEqual(settled > 0, open < 251)
    assert.strictEqual(root.duty, open === 0 ? "below-threshold" : "unknown")
    if (open === 11) assert.strictEqual(root.findings.filter(({ status }) => status === "unknown").length, 11)
  })

  it("one that names no version, or is too old, settles nothing", () => {
    const code = (statement: Declaration, asOf?: string) => found(statement, asOf).root.findings[0]?.reason?.code
    assert.strictEqual(code(stated(undefined)), "claim.version_missing")
    assert.strictEqual(code(stated("2025-11-05", { issued: "2023-12-24" })), "evidence.expired")
    assert.strictEqual(code(stated("2025-11-05", { issued: "2023-12-25" })), "claim.list")
    assert.strictEqual(code(stated("2025-11-05", { validTo: "2025-12-24" })), "evidence.expired")
    assert.strictEqual(code(stated("2025-11-05", { issued: "2020-01-01", validTo: "2025-12-25" })), "claim.list")
  })

  it("RoHS statements against the first directive do not speak of the phthalates", () => {
    const rohs = setOf(["lead", "dehp"], {
      listVersions: { "2002/95/EC": "2003-01-27", "2011/65/EU": "2011-06-08", "2015/863": "2015-06-04" }
    })
    const statuses = (version: string) => {
      const statement = stated(version)
      const claim: Claim = { list: "eu-rohs", version, says: "compliant" }
      return judged(one, [{ ...statement, claim }], [rohs]).root.findings.map(({ status }) => status)
    }
    assert.deepStrictEqual(statuses("Directive 2002/95/EC"), ["compliant", "unknown"])
    assert.deepStrictEqual(statuses("2011/65/EU"), ["compliant", "unknown"])
    assert.deepStrictEqual(statuses("2011/65/EU as amended by (EU) 2015/863"), ["compliant", "compliant"])
    assert.deepStrictEqual(statuses("EUROHS-1907"), ["compliant", "compliant"])
  })
})

describe("W20: roll-up", () => {
  const numbers = Array.from({ length: 10 }, (_, index) => `C${index}`)
  const product = (children: ReadonlyArray<string>) =>
    bomOf({
      P: { contains: children.map((child) => [child, "1"] as const) },
      ...Object.fromEntries(children.map((child) => [child, { grams: "1" }]))
    })
  /** C0 fails, C9 is not declared, the others comply. */
  const rows = declared(
    table(numbers.slice(0, 9).map((part, index) => row(part, "Lead", index === 0 ? "0.2 %" : "0.01 %")))
  )
  const statusOf = (children: ReadonlyArray<string>, rollup: "fail-dominates" | "unknown-dominates") =>
    judged(product(children), rows, [setOf(["lead"])], { rollup }).product

  it("a failure stands above missing data, which stays counted; by the other order missing data stands above all", () => {
    const { status, summary } = statusOf(numbers, "fail-dominates")
    assert.strictEqual(status, "non-compliant")
    assert.deepStrictEqual(summary, {
      parts: 10,
      compliant: 8,
      exempt: 0,
      unknown: 1,
      nonCompliant: 1,
      declaredPartsPercent: "90"
    })
    assert.strictEqual(statusOf(numbers, "unknown-dominates").status, "unknown")
    assert.strictEqual(statusOf(numbers.slice(1), "fail-dominates").status, "unknown")
    assert.strictEqual(statusOf(numbers.slice(1), "unknown-dominates").status, "unknown")
  })
})
