/** What the status rests on when statements are partial, several, old, or about something broader than the rule. */
import type { Claim, Declaration } from "@certivo/core/domain"
import { assert, describe, it } from "@effect/vitest"
import { packs } from "../../src/regulations/index.ts"
import { rules, setOf } from "./rules.ts"
import { bomOf, decimal, declared, judged, type PartData, type Row, ruleSetOf, table } from "./support.ts"

const one = { P: {} }

/** Status, code of the reason, and codes of the notes of the first finding on the product. */
const judge = (
  rule: string | ReadonlyArray<string>,
  rows: ReadonlyArray<Row> | ReadonlyArray<Declaration>,
  parts: Readonly<Record<string, PartData>> = one
) => {
  const [first] = rows
  const stated =
    first !== undefined && "source" in first
      ? (rows as ReadonlyArray<Declaration>)
      : declared(table((rows as ReadonlyArray<Row>).map((row) => ({ part_number: "P", ...row }))))
  const { root } = judged(bomOf(parts), stated, [setOf(typeof rule === "string" ? [rule] : rule)])
  const [finding] = root.findings
  return {
    status: finding?.status,
    code: finding?.reason?.code,
    notes: finding?.notes?.map(({ code }) => code),
    finding
  }
}

const of = (file: string, rows: ReadonlyArray<Row>, from: Partial<Declaration["source"]> = {}) =>
  declared(table(rows.map((row) => ({ part_number: "P", ...row }))), file).map(
    (row): Declaration => ({ ...row, source: { ...row.source, sha256: file, ...from } })
  )

describe("what an amount is of", () => {
  const pvc = (amount: string, material: string): Row => ({
    substance: "DEHP",
    amount,
    material,
    material_mass_mg: "600"
  })

  it("adds up a substance over the materials of an article, and not over those of a material rule", () => {
    const rows = [pvc("1000 ppm", "PVC"), pvc("1000 ppm", "Glue")]
    const part = { P: { grams: "1" } }
    assert.deepInclude(judge("svhc-dehp", rows, part), { status: "above-threshold" })
    assert.strictEqual(judge("svhc-dehp", rows, part).finding?.ppm, "1200")
    assert.deepInclude(judge("dehp", rows, part), { status: "compliant" })
  })

  it("takes an average over a part of several materials as proof of a failure, and of nothing else", () => {
    const average = (amount: string) => judge("lead", [{ substance: "Lead", amount }])
    assert.deepInclude(average("1001 ppm"), { status: "non-compliant" })
    assert.deepInclude(average("10 ppm"), { status: "unknown", code: "level.too_coarse" })
    assert.deepInclude(average("none"), { status: "compliant" })
  })

  it("takes a share of a material for an upper bound of the article's when masses are missing", () => {
    const row = (amount: string): Row => ({ substance: "DEHP", amount, material: "PVC" })
    assert.deepInclude(judge("svhc-dehp", [row("900 ppm")]), { status: "below-threshold" })
    assert.deepInclude(judge("svhc-dehp", [row("2000 ppm")]), { status: "unknown", code: "bound.too_coarse" })
    assert.deepInclude(judge("svhc-dehp", [{ substance: "DEHP", amount: "3 mg" }]), {
      status: "unknown",
      code: "mass.missing"
    })
  })

  it("says which material, and which others stand no better", () => {
    const row = (material: string, amount: string): Row => ({ substance: "Lead", amount, material })
    const { finding, notes } = judge("lead", [row("Brass", "2 %"), row("Steel", "1 %"), row("Tin", "1 ppm")])
    assert.strictEqual(finding?.material, "Brass")
    assert.deepStrictEqual(notes, ["rule.also_broken"])
    assert.include(finding?.notes?.[0]?.message, "Steel")
  })

  it("an element rule counts the element of a compound; the compound's absence does not speak for the element", () => {
    const paint = (substance: string, amount: string, more: Row = {}): Row => ({
      substance,
      amount,
      material: "Paint",
      ...more
    })
    assert.deepInclude(judge("lead", [paint("Lead chromate", "1550 ppm")]), { status: "compliant" })
    assert.deepInclude(judge("lead", [paint("Lead chromate", "1560 ppm")]), { status: "non-compliant" })
    assert.deepInclude(judge("lead", [paint("Lead chromate", "none")]), { status: "unknown" })
    assert.deepInclude(judge("lead", [paint("Lead chromate", "<10 ppm")]), { status: "unknown" })
    assert.deepInclude(judge("lead", [paint("Lead", "none")]), { status: "compliant" })
    assert.deepInclude(judge("lead", [paint("Lead and lead compounds", "0.2 %")]), { status: "non-compliant" })
  })

  it("chromium without its valence may be hexavalent", () => {
    const steel = (amount: string): Row => ({ substance: "Chromium", amount, material: "Steel" })
    assert.deepInclude(judge("chromium-vi", [steel("18 %")]), { status: "unknown", code: "valence.unspecified" })
    assert.deepInclude(judge("chromium-vi", [steel("0.05 %")]), { status: "compliant" })
  })

  it("a compound whose formula nobody knows leaves its element open, but no more than all of it", () => {
    const set = (members: ReadonlyArray<object>) => setOf(["lead"], { rules: [{ ...rules.lead, id: "lead", members }] })
    const found = (amount: string) =>
      judged(
        bomOf(one),
        declared(table([{ part_number: "P", substance: "PZT", cas: "12626-81-2", amount, material: "Ceramic" }])),
        [set([{ cas: "7439-92-1" }, { cas: "12626-81-2" }])]
      ).root.findings[0]
    assert.deepInclude(found("10 %"), { status: "unknown" })
    assert.strictEqual(found("10 %")?.range?.high, "100000")
  })

  it("the mass of the element alone never shows its compound to be below a limit", () => {
    const row = (amount: string): Row => ({ substance: "Lead oxide", cas: "1317-36-8", amount, basis: "element" })
    assert.deepInclude(judge("svhc-lead-oxide", [row("950 ppm")]), { status: "unknown", code: "basis.element" })
    assert.deepInclude(judge("svhc-lead-oxide", [row("1001 ppm")]), { status: "above-threshold" })
  })
})

describe("several statements", () => {
  const dehp = (amount: string): Row => ({ substance: "DEHP", amount, material: "PVC" })

  it("about the same: the worst is judged, and a contradiction told", () => {
    assert.deepInclude(judge("dehp", [...of("a", [dehp("10 ppm")]), ...of("b", [dehp("2000 ppm")])]), {
      status: "non-compliant",
      notes: ["evidence.conflicting"]
    })
    assert.deepInclude(judge("dehp", [...of("a", [dehp("none")]), ...of("b", [dehp("20 ppm")])]), {
      status: "compliant",
      notes: ["evidence.conflicting"]
    })
    assert.deepInclude(judge("dehp", [...of("a", [dehp("<0.1 %")]), ...of("b", [dehp("20 ppm")])]), {
      status: "compliant",
      notes: undefined
    })
  })

  it("one without a number leaves the other's number standing", () => {
    assert.deepInclude(judge("dehp", [...of("a", [dehp("trace")]), ...of("b", [dehp("20 ppm")])]), {
      status: "compliant"
    })
    assert.deepInclude(judge("dehp", [...of("a", [dehp(">0.1 %")]), ...of("b", [dehp("20 ppm")])]), {
      status: "non-compliant"
    })
  })

  it("of one material contradict each other also where its share of the part is not known", () => {
    const rows = [...of("a", [dehp(">0.05 %")]), ...of("b", [dehp("20 ppm")])]
    assert.deepInclude(judge("svhc-dehp", rows), { status: "unknown", notes: ["evidence.conflicting"] })
    const masses = rows.map((row, at) => ({ ...row, materialMassMg: decimal(at === 0 ? "600" : "400") }))
    assert.deepInclude(judge("svhc-dehp", masses, { P: { grams: "1" } }), {
      status: "unknown",
      notes: ["evidence.conflicting"]
    })
  })

  it("that agree on a material contradict each other where they differ on its mass", () => {
    const weighing = (grams: string, amount: string): Row => ({ ...dehp(amount), material_mass_mg: grams })
    const rows = [...of("a", [weighing("900", "1100 ppm")]), ...of("b", [weighing("400", "1100 ppm")])]
    const found = judge("svhc-dehp", rows, { P: { grams: "1" } })
    assert.deepInclude(found, { status: "below-threshold", notes: ["evidence.conflicting"] })
    assert.strictEqual(found.finding?.ppm, "990")
  })

  it("of a part and of its materials: the part's upper end counts, unless its materials prove more", () => {
    const whole = (amount: string): Row => ({ substance: "DEHP", amount })
    const part = { P: { grams: "1" } }
    assert.deepInclude(judge("svhc-dehp", [whole("499 ppm"), dehp("1500 ppm")], part), {
      status: "below-threshold",
      notes: undefined
    })
    const weighed: Row = { ...dehp("1500 ppm"), material_mass_mg: "400" }
    assert.deepInclude(judge("svhc-dehp", [whole("499 ppm"), weighed], part), {
      status: "below-threshold",
      notes: ["evidence.conflicting"]
    })
    assert.deepInclude(judge("svhc-dehp", [whole("499 ppm"), { ...weighed, material_mass_mg: "700" }], part), {
      status: "above-threshold",
      notes: ["evidence.conflicting"]
    })
  })

  it("by number and by name count one substance once", () => {
    const rows = [
      { substance: "deca", cas: "1163-19-5", amount: "600 ppm", material: "ABS" },
      { substance: "DecaBDE", amount: "600 ppm", material: "ABS" }
    ]
    assert.strictEqual(judge("pbde", rows).finding?.range?.low, "600")
  })

  it("of a group and of its members may be about the same amount or not", () => {
    const rows = (group: string, member: string): ReadonlyArray<Row> => [
      { substance: "PBDE", amount: group, material: "ABS" },
      { substance: "decaBDE", cas: "1163-19-5", amount: member, material: "ABS" }
    ]
    assert.deepInclude(judge("pbde", rows("400 ppm", "500 ppm")), { status: "compliant" })
    assert.deepInclude(judge("pbde", rows("600 ppm", "700 ppm")), {
      status: "unknown",
      code: "interval.straddles_limit"
    })
    assert.deepInclude(judge("pbde", rows("none", "1100 ppm")), { status: "non-compliant" })
  })

  it("of a sum of which some members are not declared are open, unless they fail already", () => {
    const rows = (amount: string): ReadonlyArray<Row> => [
      { substance: "DEHP", amount, material: "PVC" },
      { substance: "BBP", cas: "85-68-7", amount: "100 ppm", material: "PVC" }
    ]
    assert.deepInclude(judge("xvii-51", rows("800 ppm")), { status: "unknown", code: "members.missing" })
    assert.deepInclude(judge("xvii-51", rows("900 ppm")), { status: "non-compliant" })
  })

  it("a rest that could hold a member is added to those that are declared", () => {
    const rows = (resin: string): ReadonlyArray<Row> => [
      { substance: "DEHP", amount: "900 ppm", material: "PVC" },
      { substance: "Vinyl resin", amount: resin, material: "PVC" }
    ]
    assert.deepInclude(judge("xvii-51", rows("50 %")), { status: "unknown" })
    assert.deepInclude(judge("xvii-51", rows("99.5 %")), { status: "compliant" })
  })

  it("a row without a usable mass hides no failure that another row proves", () => {
    const rows: ReadonlyArray<Row> = [
      { substance: "DEHP", amount: "2000 ppm", material: "PVC" },
      { substance: "BBP", cas: "85-68-7", amount: "5 mg", material: "PVC" }
    ]
    assert.deepInclude(judge("xvii-51", rows), { status: "non-compliant" })
    assert.deepInclude(judge("xvii-51", rows.slice(1)), { status: "unknown", code: "mass.missing" })
  })

  it("about the whole part do not speak for a silent material unless they speak for the whole rule", () => {
    const rows: ReadonlyArray<Row> = [
      { substance: "decaBDE", cas: "1163-19-5", amount: "none" },
      { substance: "ABS resin", amount: "50 %", material: "ABS", material_mass_mg: "1000" }
    ]
    assert.deepInclude(judge("pbde", rows, { P: { grams: "1" } }), { status: "unknown" })
    const all: ReadonlyArray<Row> = [{ substance: "PBDE", amount: "none" }, ...rows.slice(1)]
    assert.deepInclude(judge("pbde", all, { P: { grams: "1" } }), { status: "compliant" })
  })
})

describe("names of groups", () => {
  const pack = (id: string, rule: string) => {
    const ruleSet = packs.get(id) ?? assert.fail(id)
    return { ...ruleSet, rules: ruleSet.rules.filter((one) => one.id === rule) }
  }
  const status = (id: string, rule: string, row: Row, parts: PartData = {}) =>
    judged(bomOf({ P: parts }), declared(table([{ part_number: "P", ...row }])), [pack(id, rule)]).root.findings[0]
      ?.status
  const none = (substance: string): Row => ({ substance, amount: "none", material: "ABS" })

  it("speak for the rule of their own name, and not for a broader one", () => {
    assert.strictEqual(status("eu-rohs", "pbde", none("PBDE")), "compliant")
    assert.strictEqual(status("halogen-free", "bromine", none("PBDE")), "unknown")
    assert.strictEqual(status("halogen-free", "bromine", none("Bromine")), "compliant")
    assert.strictEqual(
      status("eu-rohs", "chromium-vi", none("Acids generated from chromium trioxide and their oligomers")),
      "unknown"
    )
    assert.strictEqual(status("eu-rohs", "chromium-vi", none("Hexavalent chromium compounds")), "compliant")
    assert.strictEqual(status("eu-rohs", "lead", none("Lead/Lead Compounds")), "compliant")
    assert.strictEqual(status("eu-rohs", "lead", none("Lead compounds")), "unknown")
    const packaging = { categories: ["packaging"] }
    assert.strictEqual(
      status("packaging-metals", "sum", { ...none("Lead and lead compounds"), material: "" }, packaging),
      "unknown"
    )
  })

  it("of an element in all its compounds are its mass", () => {
    assert.strictEqual(status("eu-rohs", "lead", { ...none("Lead/Lead Compounds"), amount: "0.2 %" }), "non-compliant")
    assert.strictEqual(status("eu-rohs", "lead", { ...none("Lead compounds"), amount: "0.2 %" }), "unknown")
  })

  it("answer for intention as a supplier does", () => {
    const packaging = { categories: ["packaging"] }
    const row = (amount: string): Row => ({ substance: "Lead", amount })
    assert.strictEqual(status("us-tpch", "lead-intentional", row("not intentionally added"), packaging), "compliant")
    assert.strictEqual(status("us-tpch", "lead-intentional", row("intentionally added"), packaging), "non-compliant")
    assert.strictEqual(
      status("us-tpch", "pfas-intentional", { substance: "PFAS", amount: "none" }, packaging),
      "compliant"
    )
  })
})

describe("disclosure", () => {
  const full = (substance: string): ReadonlyArray<Row> => [
    { substance: "Polyamide 66", amount: "70 %", material: "Body" },
    { substance, amount: "30 %", material: "Body" }
  ]

  it("of everything shows what is absent, with the document as evidence", () => {
    const { finding, status, code } = judge("lead", of("fmd", full("Glass fibre")))
    assert.deepStrictEqual([status, code], ["compliant", "disclosure.complete"])
    assert.strictEqual(finding?.evidence[0]?.sha256, "fmd")
    assert.deepInclude(judge("svhc-dehp", of("fmd", full("Glass fibre"))), { status: "not-contained" })
  })

  it.each(["Proprietary", "Additives (confidential)", "system", "Others", "trade secret"])(
    "with a share of %s is not full",
    (name) => {
      assert.deepInclude(judge("lead", full(name)), { status: "unknown", code: "disclosure.partial" })
    }
  )

  it("is one document: two that each tell half do not make a full one", () => {
    const [first, second] = full("Glass fibre").map((row, index) => of(`half ${index}`, [row]))
    assert.deepInclude(judge("lead", [...(first ?? []), ...(second ?? [])]), { status: "unknown" })
  })

  it("past its day shows nothing; a newer one does", () => {
    const old = of("old", full("Glass fibre"), { validTo: "2026-11-22" })
    assert.deepInclude(judge("lead", old), { status: "unknown", code: "evidence.expired" })
    assert.deepInclude(judge("lead", [...old, ...of("new", full("Glass fibre"))]), { status: "compliant" })
  })
})

describe("old evidence", () => {
  const lead = (amount: string): Row => ({ substance: "Lead", amount, material: "Solder" })
  const old = { validTo: "2026-11-22" }

  it("proves no compliance, still proves a failure, and spoils nothing that is newer", () => {
    assert.deepInclude(judge("lead", of("a", [lead("10 ppm")], old)), { status: "unknown", code: "evidence.expired" })
    assert.deepInclude(judge("lead", of("a", [lead("2 %")], old)), {
      status: "non-compliant",
      notes: ["evidence.expired"]
    })
    const renewed = [...of("a", [lead("10 ppm")], old), ...of("b", [lead("10 ppm")])]
    assert.deepInclude(judge("lead", renewed), { status: "compliant" })
    const denied = [...of("a", [lead("2 %")], old), ...of("b", [lead("10 ppm")])]
    assert.deepInclude(judge("lead", denied), { status: "non-compliant" })
  })
})

describe("statements about the whole list", () => {
  const claim = (says: Claim["says"]): ReadonlyArray<Declaration> =>
    of("coc", [{ substance: "RoHS", amount: "trace" }]).map((row) => ({
      ...row,
      claim: { list: "eu-rohs", version: "2015/863", says }
    }))
  const lead = (amount: string): Row => ({ substance: "Lead", amount, material: "Solder" })

  it("settle what no amount speaks of; an amount beats them and the contradiction is told", () => {
    assert.deepInclude(judge("lead", claim("compliant")), { status: "compliant", code: "claim.list" })
    assert.deepInclude(judge("lead", claim("exempt")), { status: "exempt", code: "claim.list" })
    assert.deepInclude(judge("lead", claim("unknown")), { status: "unknown", code: "substance.undeclared" })
    assert.deepInclude(judge("lead", [...claim("compliant"), ...of("fmd", [lead("5 %")])]), {
      status: "non-compliant",
      notes: ["claim.contradicted"]
    })
  })

  it("of failure fail the part, whatever else is stated", () => {
    assert.deepInclude(judge("lead", [...claim("compliant"), ...claim("non-compliant")]), {
      status: "non-compliant",
      code: "claim.list"
    })
    assert.deepInclude(judge("svhc-dehp", claim("non-compliant")), { status: "above-threshold" })
  })

  it("settle the members of a sum that are not declared", () => {
    const rows = of("fmd", [{ substance: "decaBDE", cas: "1163-19-5", amount: "300 ppm", material: "ABS" }])
    assert.deepInclude(judge("pbde", rows), { status: "unknown", code: "members.missing" })
    assert.deepInclude(judge("pbde", [...rows, ...claim("compliant")]), { status: "compliant", code: "claim.list" })
    assert.deepInclude(judge("pbde", [...rows, ...claim("exempt")]), { status: "exempt" })
  })
})

describe("rules on materials of some kind", () => {
  const set = ruleSetOf({
    id: "pvc",
    rules: [{ ...rules.dehp, id: "dehp", scope: { materials: ["pvc"] } }]
  })
  const status = (material: string | undefined, row: Row) =>
    judged(bomOf({ P: material === undefined ? {} : { material } }), declared(table([{ part_number: "P", ...row }])), [
      set
    ]).product.status

  it("leave other materials alone", () => {
    assert.strictEqual(status(undefined, { substance: "DEHP", amount: "5 %", material: "Soft PVC" }), "non-compliant")
    assert.strictEqual(status(undefined, { substance: "DEHP", amount: "5 %", material: "Steel" }), "not-applicable")
    assert.strictEqual(status("Steel", { substance: "DEHP", amount: "5 %" }), "not-applicable")
    assert.strictEqual(status(undefined, { substance: "Zinc", amount: "5 %" }), "unknown")
  })
})

describe("rules on the whole product", () => {
  const battery = (contains: PartData["contains"] = []) => ({
    P: { grams: "10", categories: ["battery"], contains },
    A: { grams: "4" },
    B: { grams: "6" }
  })
  const two = battery([
    ["A", "1"],
    ["B", "1"]
  ])
  const row = (part: string, amount: string): Row => ({ part_number: part, substance: "Mercury", amount })
  const mercury = (rows: ReadonlyArray<Row>, parts: Readonly<Record<string, PartData>> = two) =>
    judge("battery-mercury", rows, parts)

  it("add up what its parts hold; a silent part leaves it open", () => {
    assert.strictEqual(mercury([row("A", "10 ppm"), row("B", "1 ppm")]).finding?.ppm, "4.6")
    assert.deepInclude(mercury([row("A", "1 ppm")]), { status: "unknown" })
    assert.deepInclude(mercury([row("A", "100 ppm")]), { status: "non-compliant" })
  })

  it("take the worse of what is stated of the whole and of its parts, never both", () => {
    assert.deepInclude(mercury([row("P", "4 ppm"), row("A", "10 ppm")]), { status: "compliant" })
    assert.deepInclude(mercury([row("P", "4 ppm"), row("A", "100 ppm")]), { status: "non-compliant" })
    assert.deepInclude(mercury([row("P", "1 ppm")], { P: { categories: ["battery"] } }), { status: "compliant" })
  })

  it("take what parts of a declared assembly may hold for nothing, what they surely hold for a contradiction", () => {
    assert.deepInclude(mercury([row("P", "<4 ppm"), row("A", "1-1000 ppm")]), { status: "compliant" })
    assert.deepInclude(mercury([row("P", "<4 ppm"), row("A", "100-1000 ppm")]), {
      status: "non-compliant",
      notes: ["evidence.conflicting"]
    })
  })

  it("say that a document on the whole discloses nothing because it declares too much", () => {
    const resin = (amount: string): Row => ({ part_number: "P", substance: "Resin", amount })
    assert.deepInclude(mercury([resin("100 %")]), { status: "compliant", code: "disclosure.complete" })
    assert.deepInclude(mercury([resin("80 %"), { ...resin("30 %"), substance: "Glass" }]), {
      status: "unknown",
      code: "disclosure.excess"
    })
  })

  it("leave out lines of no pieces", () => {
    const none = battery([
      ["A", "1"],
      ["B", "0"]
    ])
    assert.deepInclude(mercury([row("A", "1 ppm")], { ...none, P: { ...none.P, grams: "4" } }), { status: "compliant" })
  })
})

describe("masses that do not fit", () => {
  const note = (grams: string) =>
    judged(bomOf({ P: { grams, contains: [["A", "2"]] }, A: { grams: "5" } }), [], [setOf(["lead"])]).root.notes?.[0]
      ?.code

  it("are told from 5 % on, as an error from 50 % on", () => {
    assert.deepStrictEqual(["10", "9.6", "9.5", "7", "6.6", "10000"].map(note), [
      undefined,
      undefined,
      "mass.mismatch",
      "mass.mismatch",
      "mass.implausible",
      "mass.implausible"
    ])
  })

  it("a part of which nobody states how many go in leaves the mass of its assembly unknown", () => {
    const bom = bomOf({ P: { contains: [["A", "1"]] }, A: { grams: "5" } })
    const lines = new Map([["P", [{ parent: "P", child: "A", quantity: decimal("1"), uncounted: true }]]])
    assert.isUndefined(judged({ ...bom, lines }, [], [setOf(["lead"])]).root.massGrams)
  })
})

describe("overrides", () => {
  const override = {
    id: "1",
    part: "p",
    rule: "eu-rohs/lead",
    status: "exempt",
    reason: "r",
    by: "b",
    on: "2026-11-01"
  } as const
  const set = setOf(["lead"], {
    rules: [
      { ...rules.lead, id: "lead" },
      { ...rules.lead, id: "lead-2" }
    ]
  })
  const rows = declared(table([{ part_number: "P", substance: "Lead", amount: "5 %", material: "Brass" }]))
  const statuses = (rule: string, options: object = {}) =>
    judged(bomOf(one), rows, [set], { overrides: [{ ...override, rule }], ...options }).root.findings.map(
      ({ status }) => status
    )

  it("hold for one rule, or for all below a slash, and not for rules whose ids begin alike", () => {
    assert.deepStrictEqual(statuses("eu-rohs/lead"), ["exempt", "non-compliant"])
    assert.deepStrictEqual(statuses("eu-rohs/"), ["exempt", "exempt"])
    assert.deepStrictEqual(statuses("eu-rohs"), ["non-compliant", "non-compliant"])
  })

  it("hold from their day on, by either clock, and never cross from restrictions to duties", () => {
    assert.deepStrictEqual(statuses("eu-rohs/lead", { knownAt: "2026-10-31" }), ["non-compliant", "non-compliant"])
    assert.deepStrictEqual(statuses("eu-rohs/lead", { asOf: "2026-10-31" }), ["non-compliant", "non-compliant"])
    const overrides = [{ ...override, status: "below-threshold" as const }]
    assert.deepStrictEqual(statuses("eu-rohs/lead", { overrides }), ["non-compliant", "non-compliant"])
  })
})

describe("knownAt", () => {
  it("leaves out what arrived, or where no store knows was issued, later", () => {
    const lead = (from: Partial<Declaration["source"]>) =>
      judged(
        bomOf(one),
        of("a", [{ substance: "Lead", amount: "1 ppm", material: "Solder" }], from),
        [setOf(["lead"])],
        {
          knownAt: "2026-06-30"
        }
      ).product.status
    assert.strictEqual(lead({}), "compliant")
    assert.strictEqual(lead({ arrived: "2026-06-30" }), "compliant")
    assert.strictEqual(lead({ arrived: "2026-07-01" }), "unknown")
    assert.strictEqual(lead({ issued: "2026-07-01" }), "unknown")
    assert.strictEqual(lead({ issued: "2026-07-01", arrived: "2026-06-30" }), "compliant")
  })
})
