/**
 * What a rule compares with its limit, sorted: when the limit moves, only parts with a value between the old and the
 * new one can get another status.
 */
import { DECIDED, type Inputs, ONE_MATERIAL } from "./Inputs.ts"
import { type Measured, measuredAt } from "./Measured.ts"
import { bitsOf, CAREFUL, EXEMPTION, MATERIAL } from "./Rows.ts"
import type { RuleTable } from "./RuleTable.ts"

export interface FactIndex {
  /** Concentrations in ppm, ascending, and the parts that have them. */
  readonly ppm: Float64Array
  readonly nodes: Int32Array
  /** Parts that another limit may give another status whatever they hold. */
  readonly always: ReadonlyArray<number>
}

/** Doubles may stand on the other side of a limit than the values they are for; this is far more than they err. */
const WIDENED = 1e-9

export const buildFactIndex = (
  inputs: Inputs,
  table: RuleTable,
  rule: number,
  holders: Iterable<number>
): FactIndex => {
  const ppm: Array<number> = []
  const nodes: Array<number> = []
  const always: Array<number> = []
  for (const node of holders) {
    const ranges = comparedOf(inputs, table, rule, node)
    if (ranges === undefined) {
      always.push(node)
      continue
    }
    for (const [low, high] of ranges) {
      ppm.push(low)
      nodes.push(node)
      if (high === low || high === Number.POSITIVE_INFINITY) continue
      ppm.push(high)
      nodes.push(node)
    }
  }
  return { ...sorted(ppm, nodes), always }
}

const sorted = (ppm: ReadonlyArray<number>, nodes: ReadonlyArray<number>): Pick<FactIndex, "ppm" | "nodes"> => {
  const order = new Uint32Array(ppm.length)
  for (let at = 0; at < order.length; at++) order[at] = at
  order.sort((a, b) => (ppm[a] as number) - (ppm[b] as number))
  const index = { ppm: new Float64Array(order.length), nodes: new Int32Array(order.length) }
  for (let at = 0; at < order.length; at++) {
    const from = order[at] as number
    index.ppm[at] = ppm[from] as number
    index.nodes[at] = nodes[from] as number
  }
  return index
}

/** What the rule compares at a part; `undefined` when only the exact judge can tell. */
const comparedOf = (inputs: Inputs, table: RuleTable, rule: number, node: number): Measured["ranges"] | undefined => {
  const { rows, graph, masses, attributes } = inputs
  const kilograms = masses.kilogramsOf(node)
  const attribute = attributes[node] as number
  const isSpecial = (bitsOf(rows, node) & (CAREFUL | MATERIAL | EXEMPTION)) !== 0
  if (isSpecial || !(kilograms > 0) || (attribute & DECIDED) !== 0) return undefined
  const coarse = graph.children.filled[node] !== 0 || (attribute & ONE_MATERIAL) === 0
  return measuredAt(rows.columns, rows.sliceOf(node), table, rule, kilograms, coarse)?.ranges
}

/** Adds the parts with a value between two limits, once for each value. */
export const addBetween = ({ ppm, nodes, always }: FactIndex, a: number, b: number, found: Array<number>): void => {
  for (const node of always) found.push(node)
  const highest = Math.max(a, b) * (1 + WIDENED)
  for (let at = firstFrom(ppm, Math.min(a, b) * (1 - WIDENED)); at < ppm.length; at++) {
    if ((ppm[at] as number) > highest) break
    found.push(nodes[at] as number)
  }
}

const firstFrom = (ppm: Float64Array, value: number): number => {
  let [low, high] = [0, ppm.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ppm[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
