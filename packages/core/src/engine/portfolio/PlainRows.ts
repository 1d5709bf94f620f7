/** Most parts in one short loop: plain amounts well within what is allowed, or well above it. */
import { DECIDED, type Inputs, ONE_MATERIAL } from "./Inputs.ts"
import { powersOfTen } from "./Numbers.ts"
import { PPM } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"

/** In place of statuses: this loop cannot tell. */
export const NOT_PLAIN = -1

/**
 * Statuses of the parts from one place in `nodes` to another, or {@link NOT_PLAIN} where something needs a closer look:
 * there are no rows, a row says more than an amount, nothing at all is in it, it stands near the limit, or a rule or the
 * set asks for more.
 *
 * @param starts where the rows of each part start and at last end, when they lie in the order of the parts
 */
export const plainStatuses = (
  inputs: Inputs,
  table: RuleTable,
  nodes: Int32Array,
  starts: Int32Array | undefined,
  begin: number,
  stop: number
): Int16Array => {
  const found = new Int16Array(stop - begin).fill(NOT_PLAIN)
  if (table.asksUndeclared || table.documentLimits || table.batteryRules.length > 0) return found
  const { rows, attributes, graph } = inputs
  const { start, count } = rows
  const { substance, bits, low, high, scale } = rows.columns
  const { first, surelyWithin, surelyInMaterial, surelyAbove, entryRule, within, open, breaking } = table
  const { kilograms: masses } = inputs.masses
  const children = graph.children.count
  parts: for (let at = begin; at < stop; at++) {
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
        const most = (below[entry] as number) * unit
        if (top > 0 && top < most) {
          statuses |= within[rule] as number
          continue
        }
        const least = (surelyAbove[entry] as number) * unit
        if ((low[row] as number) > least) statuses |= breaking[rule] as number
        else if (top > least && (low[row] as number) < most) statuses |= open[rule] as number
        else continue parts
      }
    }
    if (end > from) found[at - begin] = statuses
  }
  return found
}
