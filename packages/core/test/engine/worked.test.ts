/**
 * The 46 worked examples (`worked_examples.json`: computed with exact rationals, by hand and apart from this code),
 * each from the supplier's text to the status of the product, and the cases around them that have dates.
 */
import { readFileSync } from "node:fs"
import type { Finding } from "@certivo/core/domain"
import { assert, describe, it } from "@effect/vitest"
import { rules, setOf } from "./rules.ts"
import { bomOf, declared, judged, table, verdictOf } from "./support.ts"
import { worked } from "./worked.ts"

interface Bounds {
  readonly lo: number
  readonly hi: number
  readonly hiOpen: boolean
}

interface Example {
  readonly id: string
  readonly note: string
  readonly computedPpm: number | Bounds
  readonly limitPpm: number
  readonly failsWhen: string
  readonly expected: string
  readonly status?: string
  readonly expectedUnderWorstCasePolicy?: string
}

const file = readFileSync(new URL("worked_examples.json", import.meta.url), "utf8")
const { examples } = JSON.parse(file) as { readonly examples: ReadonlyArray<Example> }

const restriction: Readonly<Record<string, string>> = { PASS: "compliant", FAIL: "non-compliant", UNKNOWN: "unknown" }
const duty: Readonly<Record<string, string>> = { PASS: "below-threshold", FAIL: "above-threshold", UNKNOWN: "unknown" }
const stated: Readonly<Record<string, string>> = {
  COMPLIANT_WITH_EXEMPTION: "exempt",
  NON_COMPLIANT: "non-compliant"
}

const judgeExample = (id: string, options: object = {}) => {
  const {
    rule,
    parts = { P: {} },
    rows,
    at = Object.keys(parts)[0] ?? "P",
    options: own
  } = worked[id] ?? assert.fail(id)
  const product = judged(bomOf(parts), declared(table(rows)), [setOf([rule])], { ...own, ...options })
  const finding: Finding | undefined = verdictOf(product, at).findings[0]
  assert.isDefined(finding, `${id} has no finding`)
  return { product, finding, isDuty: (rules[rule] as { readonly outcome: string }).outcome !== "non-compliant" }
}

const isNear = (shown: string | undefined, computed: number) =>
  assert.closeTo(Number(shown), computed, Math.abs(computed) * 1e-5)

describe("worked examples", () => {
  it("are all 46", () => {
    assert.deepStrictEqual(Object.keys(worked).sort(), examples.map(({ id }) => id).sort())
    assert.strictEqual(examples.length, 46)
  })

  it.each(examples.map((example) => [example.id, example.note, example] as const))("%s: %s", (id, _note, example) => {
    const { product, finding, isDuty } = judgeExample(id)
    const expected = stated[example.status ?? ""] ?? (isDuty ? duty : restriction)[example.expected]
    assert.strictEqual(finding.status, expected)
    assert.strictEqual(isDuty ? product.product.duty : product.product.status, expected)
    const { computedPpm } = example
    if (typeof computedPpm === "number") isNear(finding.ppm ?? finding.range?.low, computedPpm)
    else {
      isNear(finding.range?.low, computedPpm.lo)
      isNear(finding.range?.high, computedPpm.hi)
      assert.strictEqual(finding.range?.highOpen, computedPpm.hiOpen)
    }
    // W16 compares with the exemption's cap, which the rule's limit is not
    if (!id.startsWith("W16")) assert.strictEqual(Number(finding.limitPpm), example.limitPpm)
    assert.strictEqual(finding.comparison, example.failsWhen === "gt" ? "above" : "at-or-above")
  })

  it.each(examples.filter((example) => example.expectedUnderWorstCasePolicy !== undefined))(
    "$id by the upper ends of ranges: $expectedUnderWorstCasePolicy",
    ({ id, expectedUnderWorstCasePolicy }) => {
      const { product } = judgeExample(id, { ranges: "worst-case" })
      assert.strictEqual(product.product.status, restriction[expectedUnderWorstCasePolicy ?? ""])
    }
  )
})
