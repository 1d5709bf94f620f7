/** Statuses of every node: its own, and with everything below it. */
import { inBatches } from "./batches.ts"
import type { StatusLog } from "./Changes.ts"
import type { Graph, Order } from "./Graph.ts"
import type { LevelQueue } from "./LevelQueue.ts"
import type { Statuses } from "./Statuses.ts"

/** The part of all lines a propagation may walk; a sweep over all of them is cheaper than what would be left. */
const SHARE_OF_LINES = 16
const LEAST_LINES = 1000

/** What was changed: own statuses, with what they were before, and the children of some nodes. */
export interface Changed {
  readonly own: StatusLog
  readonly folded: ReadonlySet<number>
}

/**
 * Brings up to date what lies above nodes whose own statuses or children are others now: level by level, and no
 * further where a status comes out as it was. Where too much lies above, one sweep over everything finishes the work.
 */
export const propagate = (
  graph: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  changed: Changed,
  queue: LevelQueue,
  log: StatusLog
): void => {
  const { own: changedOwn, folded } = changed
  const bits = bitsOf(changed, own)
  const { gained, lost } = bits
  let budget = Math.max(LEAST_LINES, graph.children.live / SHARE_OF_LINES)
  if (((changedOwn.length + folded.size) * graph.children.live) / graph.nodes > budget) {
    sweep(graph, own, rolled, changed, bits, log)
    return
  }
  const { levels, parents } = graph
  const { start, count } = graph.children
  const { child } = graph.children.columns
  const { parent } = parents.columns
  for (const node of changedOwn.nodes.subarray(0, changedOwn.length)) queue.push(node, levels[node] as number)
  for (const node of folded) queue.push(node, levels[node] as number)
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const end = (start[node] as number) + (count[node] as number)
    const before = rolled[node] as number
    const most = before | gained
    let worst = (own[node] as number) | (before & ~lost)
    let line = start[node] as number
    for (; line < end && worst !== most; line++) worst |= rolled[child[line] as number] as number
    budget -= line - (start[node] as number)
    if (worst !== before) {
      put(rolled, node, worst, log)
      const removed = before & ~worst
      const from = parents.start[node] as number
      const to = from + (parents.count[node] as number)
      budget -= to - from
      for (let line = from; line < to; line++) {
        const above = parent[line] as number
        const kept = (worst & ~(rolled[above] as number)) === 0 && (removed & ~(own[above] as number)) === 0
        if (!kept) queue.push(above, levels[above] as number)
      }
    }
    if (budget < 0) {
      queue.clear()
      sweep(graph, own, rolled, changed, bits, log)
      return
    }
  }
}

/** Bits that statuses may gain and lose; no others change anywhere above. */
interface Bits {
  readonly gained: number
  readonly lost: number
}

const bitsOf = ({ own: { nodes, statuses, length }, folded }: Changed, own: Uint8Array): Bits => {
  if (folded.size > 0) return { gained: 0xff, lost: 0xff }
  let [gained, lost] = [0, 0]
  for (let at = 0; at < length; at++) {
    const before = statuses[at] as number
    const now = own[nodes[at] as number] as number
    gained |= now & ~before
    lost |= before & ~now
  }
  return { gained, lost }
}

const sweep = (
  graph: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  changed: Changed,
  bits: Bits,
  log: StatusLog
): void => {
  const { filled, columns } = graph.children
  const { order } = graph
  const { nodes, length } = changed.own
  for (let at = 0; at < length; at++) {
    const node = nodes[at] as number
    if (filled[node] === 0) put(rolled, node, own[node] as number, log)
  }
  for (const node of changed.folded) if (filled[node] === 0) put(rolled, node, own[node] as number, log)
  const before = rolled.slice()
  inBatches(order.nodes.length, (begin, stop) => {
    foldSome(columns.child, order, own, rolled, bits, begin, stop)
  })
  log.addDifferences(before, rolled)
}

const put = (rolled: Uint8Array, node: number, statuses: Statuses, log: StatusLog): void => {
  const before = rolled[node] as number
  if (statuses === before) return
  log.push(node, before)
  rolled[node] = statuses
}

const foldSome = (
  child: Int32Array,
  { nodes, from, to }: Order,
  own: Uint8Array,
  rolled: Uint8Array,
  { gained, lost }: Bits,
  begin: number,
  stop: number
): void => {
  for (let at = begin; at < stop; at++) {
    const node = nodes[at] as number
    const before = rolled[node] as number
    const most = before | gained
    if (most === before && (before & lost) === 0) continue
    const end = to[at] as number
    let worst = (own[node] as number) | (before & ~lost)
    for (let line = from[at] as number; line < end && worst !== most; line++)
      worst |= rolled[child[line] as number] as number
    rolled[node] = worst
  }
}
