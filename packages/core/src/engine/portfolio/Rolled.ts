/** Statuses of every node: its own, and with everything below it. */
import { inBatches } from "./batches.ts"
import type { StatusLog } from "./Changes.ts"
import type { Graph, Order } from "./Graph.ts"
import type { LevelQueue } from "./LevelQueue.ts"
import type { Statuses } from "./Statuses.ts"

/** Where more of all lines than this lie right above what was changed, a sweep over all of them is cheaper. */
const SHARE_TO_BEGIN = 1 / 32

/** After so many of all lines were walked, a sweep is cheaper than what may be left. */
const SHARE_TO_WALK = 1 / 6

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
  const { live } = graph.children
  const bits = bitsOf(changed, own)
  const isMost =
    ((changed.own.length + changed.folded.size) * live) / graph.nodes > Math.max(LEAST_LINES, live * SHARE_TO_BEGIN)
  if (!isMost && bits.lost === 0) raise(graph, own, rolled, changed.own, queue, log)
  else if (isMost || !refold(graph, own, rolled, changed, bits, queue, log))
    sweep(graph, own, rolled, changed, bits, log)
}

/** Folds again what has other children or other statuses in them. Whether it came to the end without walking too many lines. */
const refold = (
  graph: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  { own: { nodes, length }, folded }: Changed,
  { gained, lost }: Bits,
  queue: LevelQueue,
  log: StatusLog
): boolean => {
  const { levels, children, parents } = graph
  const { start, count } = children
  const { child } = children.columns
  const { start: startAbove, count: countAbove } = parents
  const { parent } = parents.columns
  let left = Math.max(LEAST_LINES, children.live * SHARE_TO_WALK)
  for (let at = 0; at < length; at++) queue.push(nodes[at] as number, levels[nodes[at] as number] as number)
  for (const node of folded) queue.push(node, levels[node] as number)
  for (let node = queue.pop(); node >= 0 && left >= 0; node = queue.pop()) {
    const end = (start[node] as number) + (count[node] as number)
    const before = rolled[node] as number
    const most = before | gained
    let worst = (own[node] as number) | (before & ~lost)
    let line = start[node] as number
    for (; line < end && worst !== most; line++) worst |= rolled[child[line] as number] as number
    left -= line - (start[node] as number)
    if (worst === before) continue
    put(rolled, node, worst, log)
    const removed = before & ~worst
    const from = startAbove[node] as number
    const to = from + (countAbove[node] as number)
    left -= to - from
    for (let line = from; line < to; line++) {
      const above = parent[line] as number
      const kept = (worst & ~(rolled[above] as number)) === 0 && (removed & ~(own[above] as number)) === 0
      if (!kept) queue.push(above, levels[above] as number)
    }
  }
  queue.clear()
  return left >= 0
}

/** Where nothing is lost, what a node gains is given to its parents, and no child is looked at. */
const raise = (
  { levels, parents }: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  { nodes, length }: StatusLog,
  queue: LevelQueue,
  log: StatusLog
): void => {
  const { start, count } = parents
  const { parent } = parents.columns
  const give = (node: number, statuses: Statuses) => {
    const before = rolled[node] as number
    if ((statuses & ~before) === 0) return
    if (queue.push(node, levels[node] as number)) log.push(node, before)
    rolled[node] = before | statuses
  }
  for (let at = 0; at < length; at++) give(nodes[at] as number, own[nodes[at] as number] as number)
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const end = (start[node] as number) + (count[node] as number)
    for (let line = start[node] as number; line < end; line++) give(parent[line] as number, rolled[node] as number)
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
