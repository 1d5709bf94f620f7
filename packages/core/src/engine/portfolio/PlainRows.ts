/** Most parts in one short loop: plain amounts well within what is allowed, or well above it. */
import { DECIDED, type Inputs, ONE_MATERIAL } from "./Inputs.ts"
import { powersOfTen } from "./Numbers.ts"
import { PPM } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"

/** In place of statuses: this loop cannot tell. */
export const NOT_PLAIN = -1

/**
 * Statuses of parts that have rows, or {@link NOT_PLAIN} where something needs a closer look: a row says more than an
 * amount, nothing at all is in it, it stands near the limit or on both sides of it, or a rule or the set asks for more.
 *
 * @param starts where the rows of each part start and at last end, when they lie in the order of the parts
 */
export const plainStatuses = (inputs: Inputs, table: RuleTable, nodes: Int32Array, starts?: Int32Array): Int16Array => {
  const found = new Int16Array(nodes.length).fill(NOT_PLAIN)
  if (table.asksUndeclared || table.documentLimits || table.batteryRules.length > 0) return found
  const { rows, attributes, graph } = inputs
  const { start, count } = rows
  const { substance, bits, low, high, scale } = rows.columns
  const { first, surelyWithin, surelyInMaterial, surelyAbove, entryRule, within, breaking } = table
  const { kilograms: masses } = inputs.masses
  const children = graph.children.count
  parts: for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as number
    const kilograms = masses[node] as number
    const attribute = attributes[node] as number
    if (!(kilograms > 0) || (attribute & DECIDED) !== 0) continue
    const isOneMaterial = (attribute & ONE_MATERIAL) !== 0 && children[node] === 0
    const below = isOneMaterial ? surelyInMaterial : surelyWithin
    const from = (starts === undefined ? start[node] : starts[at]) as number
    const end = starts === undefined ? from + (count[node] as number) : (starts[at + 1] as number)
    let statuses = 0
    for (let row = from; row < end; row++) {
      const rowBits = bits[row] as number
      if (rowBits > PPM) continue parts
      const unit = (rowBits === PPM ? 1 : kilograms) * (powersOfTen[scale[row] as number] as number)
      const top = high[row] as number
      const named = substance[row] as number
      const to = first[named + 1] as number
      for (let entry = first[named] as number; entry < to; entry++) {
        const rule = entryRule[entry] as number
        if (top > 0 && top < (below[entry] as number) * unit) statuses |= within[rule] as number
        else if ((low[row] as number) > (surelyAbove[entry] as number) * unit) statuses |= breaking[rule] as number
        else continue parts
      }
    }
    if (end > from) found[at] = statuses
  }
  return found
}
