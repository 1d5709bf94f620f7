/** The portfolio of Certivo from plain arrays: grouped, judged and rolled up in this one call. */

import { limitOf, substances } from "../generate.mjs"
import { NOT_STATED, Portfolio } from "../portfolio.mjs"
import { ruleSetOf } from "../rules.mjs"
import { statusesOf } from "../statuses.mjs"

/** Options of a portfolio; the arrays are made before the clock starts, as the peers' tables are. */
export const optionsOf = ({ sizes, massMg, part, substance, lowNg, highNg, parent, child, quantity }) => {
  const { nodes, rows } = sizes
  const coefficient = new Float64Array(nodes)
  const scale = new Uint8Array(nodes).fill(NOT_STATED)
  massMg.forEach((mass, node) => {
    if (mass < 0) return
    coefficient[node] = mass
    scale[node] = 3
  })
  return {
    nodes,
    lines: { parent, child, coefficient: Float64Array.from(quantity), scale: new Uint8Array(child.length) },
    rows: {
      part,
      substance,
      low: lowNg,
      high: highNg,
      scale: new Uint8Array(rows).fill(6),
      bits: new Uint8Array(rows).fill(0)
    },
    masses: { coefficient, scale },
    substances: Array.from({ length: substances }, (_, index) => ({ name: `substance ${index}` })),
    ruleSets: [ruleSetOf(limitOf)],
    asOf: "2026-11-23"
  }
}

export const prepare = (data) => {
  const options = optionsOf(data)
  return () => new Portfolio(options)
}

export const check = (portfolio, { sizes }) => statusesOf(sizes, (node) => portfolio.statusOf(node, 0).status)
