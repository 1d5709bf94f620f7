import { diffRuleSets, type RuleSet, ruleSetDiffText } from "@certivo/core"
import { euRohs, packs } from "@certivo/core/regulations"
import { assert, describe, it } from "vitest"

/** The next version of a pack: a lower limit, a day, a compound more and one less, a rule more and one less. */
const next = (): RuleSet => ({
  ...euRohs,
  version: "next",
  notice: "new",
  rules: euRohs.rules.flatMap((rule) => {
    if (rule.id === "pbb") return []
    if (rule.id === "dehp") return [rule, { ...rule, id: "dinp", name: "DINP", members: [{ cas: "28553-12-0" }] }]
    if (rule.id !== "lead") return [rule]
    const [lead, oxide, , ...rest] = rule.members
    return [
      {
        ...rule,
        limitPpm: "500",
        effectiveTo: "2030-12-31",
        members: [lead, { ...oxide, formula: "Pb2O2" }, { cas: "50-00-0", names: ["formaldehyde"] }, ...rest]
      }
    ]
  }),
  exemptions: euRohs.exemptions.flatMap((exemption) =>
    exemption.id === "6(b)" ? [] : exemption.id === "6(c)" ? [{ ...exemption, lastDay: "2026-06-30" }] : [exemption]
  )
})

describe("the difference of two rule sets", () => {
  const diff = diffRuleSets(euRohs, next())

  it("names rules that came, went and changed, field by field", () => {
    assert.deepStrictEqual(
      [diff.rules.added.map(({ id }) => id), diff.rules.removed.map(({ id }) => id)],
      [["dinp"], ["pbb"]]
    )
    assert.deepStrictEqual(diff.rules.changed, [
      {
        id: "lead",
        name: "Lead",
        fields: [
          { field: "limitPpm", before: "1000", after: "500" },
          {
            field: "members.1317-36-8",
            before: "lead monoxide; lead oxide; lead(ii) oxide; lead monoxide (lead oxide); pbo, PbO, EC 215-267-0",
            after: "lead monoxide; lead oxide; lead(ii) oxide; lead monoxide (lead oxide); pbo, Pb2O2, EC 215-267-0"
          },
          { field: "members.1309-60-0", before: "lead dioxide; lead(iv) oxide; pbo2, PbO2, EC 215-174-5" },
          { field: "members.50-00-0", after: "formaldehyde" },
          { field: "effectiveTo", after: "2030-12-31" }
        ]
      }
    ])
    assert.deepStrictEqual(
      diff.fields.map(({ field, after }) => [field, after]),
      [["notice", "new"]]
    )
  })

  it("names exemptions that went and whose last day changed", () => {
    assert.deepStrictEqual(
      diff.exemptions.removed.map(({ id }) => id),
      ["6(b)"]
    )
    assert.deepStrictEqual(
      diff.exemptions.changed.map(({ id, fields }) => [id, fields]),
      [["6(c)", [{ field: "lastDay", before: "2027-06-30", after: "2026-06-30" }]]]
    )
  })

  it("reads in lines of 80 characters", () => {
    const lines = ruleSetDiffText(diff).split("\n")
    assert.isTrue(lines.every((line) => line.length <= 80))
    for (const line of [
      "eu-rohs 2015/863 → next",
      "rules: 1 added, 1 removed, 1 changed",
      "+ dinp  DINP  above 1000 ppm",
      "- pbb  PBB  above 1000 ppm",
      "    limitPpm: 1000 → 500",
      "exemptions: 0 added, 1 removed, 1 changed",
      "    lastDay: 2027-06-30 → 2026-06-30"
    ])
      assert.include(lines, line)
  })

  it("is none between a rule set and itself, however its fields are ordered", () => {
    for (const pack of packs.values()) {
      const same = { ...Object.fromEntries(Object.entries(pack).toReversed()) } as unknown as RuleSet
      const { fields, rules, exemptions, from, to } = diffRuleSets(pack, same)
      assert.deepStrictEqual([fields, rules.changed, rules.added, exemptions.changed], [[], [], [], []])
      assert.strictEqual(from.hash, to.hash)
    }
  })
})
