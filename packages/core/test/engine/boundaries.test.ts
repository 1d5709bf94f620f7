/** The published table of boundary cases, executed. */
import { readFileSync } from "node:fs"
import type { BomOptions } from "@certivo/core/engine"
import { assert, describe, it } from "@effect/vitest"
import { bomOf, declared, judged, ruleSetOf, source, table } from "./support.ts"

const text = readFileSync(new URL("../../../../docs/reference/boundaries.md", import.meta.url), "utf8")
const [indeterminate = "", worstCase = ""] = text.split("By the upper ends of ranges")
const rowsOf = (part: string): ReadonlyArray<readonly [stated: string, ...statuses: ReadonlyArray<string>]> =>
  [...part.matchAll(/^\| `(.+?)` +\| (.+?) +\|$/gm)].map(([, stated = "", cells = ""]) => [
    stated,
    ...cells.split(/ +\| /)
  ])

const comparisons = ["above", "at-or-above", "present", "intentional"] as const

const ruleSets = comparisons.map((comparison) =>
  ruleSetOf({
    id: comparison,
    rules: [
      {
        id: "dehp",
        name: "DEHP",
        level: "homogeneous-material",
        comparison,
        ...(comparison === "above" || comparison === "at-or-above" ? { limitPpm: "1000" } : {}),
        basis: "compound",
        aggregation: "single",
        members: [{ cas: "117-81-7" }],
        outcome: "non-compliant",
        source
      }
    ]
  })
)

const statusesOf = (stated: string, count: number, options: Partial<BomOptions>) => {
  const rows = declared(
    table([{ part_number: "P", material: "PVC", substance: "DEHP", cas: "117-81-7", amount: stated }])
  )
  return ruleSets.slice(0, count).map((ruleSet) => judged(bomOf({ P: {} }), rows, [ruleSet], options).product.status)
}

describe("the published boundary cases", () => {
  it("are there", () => {
    assert.isAtLeast(rowsOf(indeterminate).length, 25)
    assert.isAtLeast(rowsOf(worstCase).length, 6)
  })

  it.each(rowsOf(indeterminate))("%s", (stated, ...statuses) => {
    assert.deepStrictEqual(statusesOf(stated, 4, {}), statuses)
  })

  it.each(rowsOf(worstCase))("%s by its upper end", (stated, ...statuses) => {
    assert.deepStrictEqual(statusesOf(stated, 2, { ranges: "worst-case" }), statuses)
  })
})
