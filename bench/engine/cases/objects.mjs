/** Plain objects and Maps by part number: group the rows, judge each part, and ask each product for its worst, remembering what was asked. */
import { limitOf, substances } from "../generate.mjs"
import { ranks, statusesOf } from "../statuses.mjs"

const names = Object.fromEntries(Object.entries(ranks).map(([name, rank]) => [rank, name]))

export const prepare = ({ sizes, massMg, part, substance, lowNg, highNg, parent, child, quantity }) => {
  const partNumbers = Array.from({ length: sizes.nodes }, (_, node) => `PN-${String(node).padStart(6, "0")}`)
  const parts = Array.from(massMg, (mass, node) => ({
    partNumber: partNumbers[node],
    massMg: mass < 0 ? undefined : mass
  }))
  const rules = Array.from({ length: substances }, (_, index) => ({
    substance: `substance ${index}`,
    limitPpm: limitOf(index)
  }))
  const declarations = Array.from(part, (node, row) => ({
    partNumber: partNumbers[node],
    substance: `substance ${substance[row]}`,
    lowNg: lowNg[row],
    highNg: highNg[row]
  }))
  const lines = Array.from(parent, (node, line) => ({
    parent: partNumbers[node],
    child: partNumbers[child[line]],
    quantity: quantity[line]
  }))
  return () => {
    const limits = new Map(rules.map(({ substance, limitPpm }) => [substance, limitPpm]))
    const declared = Map.groupBy(declarations, ({ partNumber }) => partNumber)
    const masses = new Map(parts.map(({ partNumber, massMg }) => [partNumber, massMg]))
    const bom = Map.groupBy(lines, (line) => line.parent)
    const rankOf = ({ substance, lowNg, highNg }, massMg) => {
      const limit = limits.get(substance)
      if (massMg === undefined) return 3
      if (lowNg > limit * massMg) return 4
      return highNg <= limit * massMg ? 1 : 3
    }
    const known = new Map()
    const worstOf = (partNumber) => {
      const before = known.get(partNumber)
      if (before !== undefined) return before
      const below = bom.get(partNumber)
      const rows = declared.get(partNumber)
      let worst = below === undefined && rows === undefined ? 3 : 0
      for (const row of rows ?? []) worst = Math.max(worst, rankOf(row, masses.get(partNumber)))
      for (const { child } of below ?? []) worst = Math.max(worst, worstOf(child))
      known.set(partNumber, worst)
      return worst
    }
    for (const { partNumber } of parts) worstOf(partNumber)
    for (const partNumber of bom.keys()) worstOf(partNumber)
    return { known, partNumbers }
  }
}

export const check = ({ known, partNumbers }, { sizes }) =>
  statusesOf(sizes, (node) => names[known.get(partNumbers[node]) ?? 3])
