import { type Bom, Decimal, type Declaration, exactly, judgeBom } from "@certivo/core"
import { diffCsv, diffReport, diffText, type Judgement } from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rohs, rule, ruleSet } from "./judged.ts"

const children = [{ number: "A", grams: "1", material: "Steel" }]
const row = (ppm: string, claim = "") => `A,,Lead,7439-92-1,${ppm},ppm,${claim}`
const judge = (rows: ReadonlyArray<string>, more: object = {}) => judged({ children, rows, rules: [rohs], ...more })

const changes = (before: Judgement, after: Judgement) =>
  diffReport(before, after).findings.map(({ rule, change, before, after, causes }) => [
    rule,
    change,
    before?.status,
    after?.status,
    causes.map(({ code }) => code)
  ])

describe("difference", () => {
  it("is empty for the same judgement", async () => {
    const report = diffReport(await edgeGateway(), await edgeGateway())
    assert.deepStrictEqual([report.parts, report.findings], [[], []])
    assert.include(diffText(report), "Nothing differs")
  })

  it("between two days names the exemption that ended", async () => {
    const [before, after] = [await edgeGateway("2027-06-30"), await edgeGateway("2027-07-01")]
    const report = diffReport(before, after)
    assert.deepStrictEqual(
      report.findings.map(({ partNumber, causes }) => [partNumber, causes.map(({ code }) => code)]),
      ["EG-1001", "EG-3111", "EG-3308", "EG-32034"].map((part) => [part, ["exemption.expired"]])
    )
    const board = report.parts.find(({ partNumber }) => partNumber === "EG-310")
    assert.deepStrictEqual(
      [board?.before?.status, board?.after?.status, board?.below],
      ["unknown", "non-compliant", ["EG-3111", "EG-330"]]
    )
    assertFits(diffText(report))
    assert.lengthOf(records(diffCsv(report)), 4)
  })

  it("names new evidence, and evidence that is gone", async () => {
    const [one, two] = [await judge([row("10")]), await judge([row("2000")])]
    assert.deepStrictEqual(changes(one, two), [
      ["eu-rohs/lead", "changed", "compliant", "non-compliant", ["evidence.added", "evidence.removed"]]
    ])
    const silent = await judge([])
    assert.deepStrictEqual(changes(silent, one), [
      ["eu-rohs/lead", "appeared", undefined, "compliant", ["evidence.added"]]
    ])
  })

  it("does not take the same statement in another document for a change", async () => {
    const [one, two] = [await judge([row("10")]), await judge(["", row("10")], { document: "b.csv" })]
    assert.deepStrictEqual(changes(one, two), [])
  })

  it("names the rule that changed, begins, or was added", async () => {
    const lead = { members: [{ cas: "7439-92-1" }] as const, name: "Lead" }
    const stricter = ruleSet("eu-rohs", [rule("lead", { ...lead, limitPpm: "5" })], { version: "2" })
    const later = ruleSet("eu-rohs", [rule("lead", { ...lead, effectiveFrom: "2026-12-01" })])
    const two = ruleSet("eu-rohs", [rule("lead", lead), rule("other", { ...lead, limitPpm: "5" })], { version: "2" })
    const one = ruleSet("eu-rohs", [rule("lead", lead)])
    const by = (set: typeof one, asOf = "2026-11-23") => judge([row("10")], { rules: [set], asOf })
    assert.deepStrictEqual(changes(await by(one), await by(stricter)), [
      ["eu-rohs/lead", "changed", "compliant", "non-compliant", ["rule.changed"]]
    ])
    assert.deepStrictEqual(changes(await by(later), await by(later, "2026-12-01")), [
      ["eu-rohs/lead", "appeared", undefined, "compliant", ["rule.begins"]]
    ])
    assert.deepStrictEqual(changes(await by(one), await by(two)), [
      ["eu-rohs/other", "appeared", undefined, "non-compliant", ["rule.added"]]
    ])
    assert.deepStrictEqual(changes(await judge([row("10")], { rules: [] }), await by(one)), [
      ["eu-rohs/lead", "appeared", undefined, "compliant", ["rules.added"]]
    ])
  })

  it("names parts that came and went, and masses that changed", async () => {
    const header = "part_number,substance,cas,substance_mass,unit"
    const given = { header, rows: ["A,Lead,7439-92-1,1.5,mg"], rules: [rohs] }
    const light = await judged({ ...given, children })
    const heavy = await judged({ ...given, children: [{ number: "A", grams: "2", material: "Steel" }] })
    assert.deepStrictEqual(changes(light, heavy), [
      ["eu-rohs/lead", "changed", "non-compliant", "compliant", ["mass.changed"]]
    ])
    const none = await judged({ ...given, children: [{ number: "B", grams: "1", material: "Steel" }] })
    const report = diffReport(light, none)
    assert.deepStrictEqual(
      report.parts.map(({ partNumber, before, after }) => [partNumber, before?.status, after?.status]),
      [
        ["P", "non-compliant", "unknown"],
        ["B", undefined, "unknown"],
        ["A", "non-compliant", undefined]
      ]
    )
    assert.deepStrictEqual(
      report.findings.map(({ change, causes }) => [change, causes[0]?.code]),
      [["vanished", "part.removed"]]
    )
  })

  it("between what was known on two days names what arrived, and who decided otherwise", () => {
    const decimal = (text: string) => Decimal.parse(text) as Decimal.Decimal
    const bom: Bom = {
      product: "P",
      parts: new Map([
        ["P", { key: "P", partNumber: "P", name: undefined, material: undefined, massGrams: undefined }],
        ["A", { key: "A", partNumber: "A", name: undefined, material: "Steel", massGrams: decimal("1") }]
      ]),
      lines: new Map([["P", [{ parent: "P", child: "A", quantity: decimal("1") }]]])
    }
    const declaration: Declaration = {
      part: "A",
      material: undefined,
      materialMassMg: undefined,
      partMassMg: undefined,
      substance: "Lead",
      cas: "7439-92-1",
      ec: undefined,
      amount: exactly("ppm", decimal("2000")),
      basis: undefined,
      limitPpm: undefined,
      exemption: undefined,
      claim: undefined,
      source: { document: "a.csv", sha256: "0".repeat(64), line: 2, arrived: "2026-06-01" },
      text: "2000 ppm"
    }
    const evidence = { declarations: (part: string) => (part === "A" ? [declaration] : []) }
    const known = (options: object): Judgement => ({
      asOf: "2026-11-23",
      ...options,
      rules: [rohs],
      lines: new Map([["P", [{ child: "A", quantity: "1" }]]]),
      documents: [],
      ...judgeBom(bom, evidence, [rohs], { asOf: "2026-11-23", ...options })
    })
    const [before, after] = [known({ knownAt: "2026-05-31" }), known({ knownAt: "2026-06-01" })]
    assert.deepStrictEqual(changes(before, after), [
      ["eu-rohs/lead", "appeared", undefined, "non-compliant", ["evidence.added"]]
    ])
    const decided = known({
      overrides: [
        {
          id: "1",
          part: "A",
          rule: "eu-rohs/lead",
          status: "compliant",
          reason: "Tested again.",
          by: "Ada",
          on: "2026-07-01"
        }
      ]
    })
    assert.deepStrictEqual(changes(after, decided), [
      ["eu-rohs/lead", "changed", "non-compliant", "compliant", ["override.decided"]]
    ])
  })
})
