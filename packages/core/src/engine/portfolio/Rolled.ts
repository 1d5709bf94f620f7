/** Statuses of every node: its own, and with everything below it. */
import type { Graph } from "./Graph.ts"
import type { LevelQueue } from "./LevelQueue.ts"
import type { Statuses } from "./Statuses.ts"

/** Nodes and what they had before, in the order of their change. */
export interface ChangeLog {
  readonly nodes: Array<number>
  readonly before: Array<Statuses>
}

/** The part of all lines a propagation may walk; a sweep over all of them is cheaper than what would be left. */
const SHARE_OF_LINES = 16
const LEAST_LINES = 1000

/**
 * Brings up to date what lies above nodes whose own statuses or children are others now: level by level, and no
 * further where a status comes out as it was. Where too much lies above, one sweep over everything finishes the work.
 */
export const propagate = (
  graph: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  nodes: ReadonlyArray<number>,
  queue: LevelQueue,
  log: ChangeLog
): void => {
  let budget = Math.max(LEAST_LINES, graph.children.live / SHARE_OF_LINES)
  if ((nodes.length * graph.children.live) / graph.nodes > budget) {
    sweep(graph, own, rolled, nodes, log)
    return
  }
  const { levels, parents } = graph
  const { start, count } = graph.children
  const { child } = graph.children.columns
  const { parent } = parents.columns
  for (const node of nodes) queue.push(node, levels[node] as number)
  for (let node = queue.pop(); node >= 0; node = queue.pop()) {
    const end = (start[node] as number) + (count[node] as number)
    let worst = own[node] as number
    for (let line = start[node] as number; line < end; line++) worst |= rolled[child[line] as number] as number
    const before = rolled[node] as number
    budget -= count[node] as number
    if (worst !== before) {
      log.nodes.push(node)
      log.before.push(before)
      rolled[node] = worst
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
      sweep(graph, own, rolled, nodes, log)
      return
    }
  }
}

const sweep = (
  { order, children }: Graph,
  own: Uint8Array,
  rolled: Uint8Array,
  nodes: ReadonlyArray<number>,
  log: ChangeLog
): void => {
  const leaves = Int32Array.from(nodes).filter((node) => children.count[node] === 0)
  for (const list of [leaves, order])
    for (let begin = 0; begin < list.length; begin += BATCH)
      foldSome(children, own, rolled, list, begin, Math.min(list.length, begin + BATCH), log)
}

/** Nodes in one call: what is called often is compiled better than a loop that is running already. */
const BATCH = 512

const foldSome = (
  { start, count, columns }: Graph["children"],
  own: Uint8Array,
  rolled: Uint8Array,
  nodes: Int32Array,
  begin: number,
  stop: number,
  log: ChangeLog
): void => {
  const { child } = columns
  for (let at = begin; at < stop; at++) {
    const node = nodes[at] as number
    const from = start[node] as number
    const end = from + (count[node] as number)
    let worst = own[node] as number
    for (let line = from; line < end; line++) worst |= rolled[child[line] as number] as number
    const before = rolled[node] as number
    if (worst === before) continue
    log.nodes.push(node)
    log.before.push(before)
    rolled[node] = worst
  }
}
