import { type CheckInput, type CheckResult, check } from "@certivo/core"
import type { Rule, RuleSet } from "@certivo/core/engine"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { assert, describe, it } from "vitest"
import { checkTable } from "../src/command/table.ts"

const rule = (fields: Partial<Rule>): Rule => ({
  id: "lead",
  name: "Lead",
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "sum",
  members: [{ cas: "7439-92-1", names: ["lead"] }],
  outcome: "declare",
  source: { text: "Act 1", standing: "unchecked", taken: "2026-01-02" },
  ...fields
})

const run = (rules: ReadonlyArray<Rule>, options: Partial<CheckInput<never, never>> = {}): Promise<CheckResult> => {
  const ruleSet: RuleSet = {
    id: "eu-list",
    version: "2026-01",
    title: "List",
    notice: "The entries of this list were taken from a copy of it; check those that matter against the list itself.",
    rules,
    exemptions: []
  }
  const encode = (text: string) => new TextEncoder().encode(text)
  const bom = { bom_id: "P", parts: ["A", "B", "C"].map((part_number) => ({ part_number, weight_g: 10 })) }
  return Effect.runPromise(
    check({
      bom: { name: "bom.json", bytes: encode(JSON.stringify(bom)) },
      declarations: [
        {
          name: "rows.csv",
          bytes: Stream.succeed(encode("part_number,substance,concentration,unit\nA,Lead,2000,ppm\nB,Lead,1,ppm\n"))
        }
      ],
      rules: [ruleSet],
      asOf: "2026-11-23",
      ...options
    })
  )
}

describe("the table of a check", () => {
  it("lists duties by themselves, never as a failure, and says what is open", async () => {
    const text = checkTable(await run([rule({}), rule({ id: "w", outcome: "warning" })]))
    assert.match(text, /^to inform +A +Lead +2000 +1000$/m)
    assert.match(text, /^to warn +A +Lead +2000 +1000$/m)
    assert.include(text, "Of 1 part it is unknown whether a duty arises.")
    assert.notMatch(text, /^non-compliant/m)
    assert.notMatch(text, /to inform +B/)
  })

  it("says that there is no duty, or nothing of duties when no rule has any", async () => {
    const none = checkTable(
      await run([rule({ limitPpm: "5000" })], {
        bom: { name: "b", bytes: new TextEncoder().encode('{"bom_id":"P","parts":[{"part_number":"A","weight_g":1}]}') }
      })
    )
    assert.include(none, "No duty to inform or to warn.")
    assert.notInclude(checkTable(await run([rule({ outcome: "non-compliant" })])), "duty")
  })

  it("names the rule sets with their versions, what must be known of them, and decisions of people", async () => {
    const overrides = [
      { id: "1", part: "A", rule: "eu-list/", status: "compliant", reason: "Report", by: "Q", on: "2026-01-01" }
    ] as const
    const text = checkTable(await run([rule({ outcome: "non-compliant" })], { overrides }))
    assert.include(
      text.replaceAll(/\s+/g, " "),
      "Rules eu-list, version 2026-01; taken over on 2026-01-02, later changes are not in it; not all checked against the acts The entries of this list"
    )
    assert.match(text, /^compliant \* +A/m)
    assert.isTrue(text.split("\n").every((line) => line.length <= 80))
  })
})
