/** Twenty-six parts, each holding the one below twice: 16.8 million pieces, built, judged and rolled up; the median of some runs. */

import { median } from "../lib.mjs"
import { NOT_STATED, Portfolio } from "../portfolio.mjs"
import { ruleSetOf } from "../rules.mjs"

const levels = 26

const build = () => {
  const portfolio = new Portfolio({
    nodes: levels,
    lines: {
      parent: Int32Array.from({ length: levels - 1 }, (_, level) => level),
      child: Int32Array.from({ length: levels - 1 }, (_, level) => level + 1),
      coefficient: Float64Array.from({ length: levels - 1 }, (_, level) => (level === levels - 2 ? 1 : 2)),
      scale: new Uint8Array(levels - 1)
    },
    rows: {
      part: Int32Array.of(levels - 1),
      substance: Int32Array.of(0),
      low: Float64Array.of(1_000_001),
      high: Float64Array.of(1_000_001),
      scale: Uint8Array.of(9)
    },
    masses: {
      coefficient: new Float64Array(levels).fill(1),
      scale: Uint8Array.from({ length: levels }, (_, level) => (level === levels - 1 ? 3 : NOT_STATED))
    },
    substances: [{ name: "substance 0" }],
    ruleSets: [ruleSetOf(() => 1000)],
    asOf: "2026-11-23"
  })
  const { coefficient, scale } = portfolio.massOf(0)
  if (portfolio.statusOf(0, 0).status !== "non-compliant" || coefficient !== 16_777_216n || scale !== 3)
    throw new Error("the BOM came out wrong")
  return portfolio
}

export const prepare = () => {
  const times = Array.from({ length: 21 }, () => {
    const begun = performance.now()
    build()
    return performance.now() - begun
  })
  return () => ({ ms: median(times), detail: { first: times[0] } })
}

export const check = () => undefined
