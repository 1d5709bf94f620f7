/** The first roll-up, which finds the order of the nodes while it goes. */

import { BomCycle } from "./BomCycle.ts"
import { inBatches } from "./batches.ts"
import type { Columns, Layout, Ragged } from "./Ragged.ts"

interface Children extends Columns {
  readonly child: Int32Array
}

/** In place of statuses, whose bits never look like this: a node not come to yet, and one on the path. */
const NEW = 0b0010
const OPEN = 0b0110
const UNFOLDED = 0b0011

/** The share of the nodes left that a round must settle for another one to be worth it. */
const WORTH_A_ROUND = 1 / 8

/**
 * Writes the worst of each node's own statuses and of all below it. Returns the nodes that have children, each after
 * all that is below it: the order in which that can be done again.
 *
 * In rounds through the lines as they lie in memory, as long as each settles enough; what is left then, depth first.
 *
 * @throws BomCycle when a node is below itself
 */
export const foldUp = (children: Ragged<Children>, own: Uint8Array, rolled: Uint8Array): Int32Array => {
  const { filled, layout } = children
  const nodes = filled.length
  let assemblies = 0
  inBatches(nodes, (begin, stop) => {
    assemblies += begun(filled, own, rolled, begin, stop)
  })
  const order = new Int32Array(assemblies)
  let found = layout === undefined ? 0 : inRounds(children, layout, own, rolled, order)
  if (found !== assemblies)
    for (let root = 0; root < nodes; root++)
      if (rolled[root] === NEW) found = depthFirst(children, own, rolled, root, order, found)
  return order
}

/** Gives nodes without children the statuses they end with; returns how many others there are. */
const begun = (filled: Uint8Array, own: Uint8Array, rolled: Uint8Array, begin: number, stop: number): number => {
  let assemblies = 0
  for (let node = begin; node < stop; node++) {
    const isLeaf = filled[node] === 0
    rolled[node] = isLeaf ? (own[node] as number) : NEW
    if (!isLeaf) assemblies++
  }
  return assemblies
}

/** How far the rounds have come. */
interface Progress {
  /** Nodes that have their place in the order. */
  found: number
  /** Of this round, lists that wait for the next. */
  waiting: number
}

/**
 * Goes through the lines as they lie, there and back, as long as it settles enough: there for assemblies that come after
 * what is in them, back for those that come before it. Returns how many nodes it has.
 */
const inRounds = (
  children: Ragged<Children>,
  layout: Layout,
  own: Uint8Array,
  rolled: Uint8Array,
  order: Int32Array
): number => {
  const { starts } = layout
  const left = new Int32Array(starts.length - 1)
  let length = 0
  for (let list = 0; list < left.length; list++) if (starts[list] !== starts[list + 1]) left[length++] = list
  const progress = { found: 0, waiting: 0 }
  for (let settled = length; length > 0 && settled > length * WORTH_A_ROUND; ) {
    const before = progress.found
    progress.waiting = 0
    inBatches(length, (begin, stop) => {
      settleSome(children.columns.child, layout, own, rolled, order, left, begin, stop, progress)
    })
    settled = progress.found - before
    length = progress.waiting
    left.subarray(0, length).reverse()
  }
  return progress.found
}

/** Settles those of some lists whose children are settled; moves the others to the front. */
const settleSome = (
  child: Int32Array,
  { owners, starts }: Layout,
  own: Uint8Array,
  rolled: Uint8Array,
  order: Int32Array,
  left: Int32Array,
  begin: number,
  stop: number,
  progress: Progress
): void => {
  let { found, waiting } = progress
  next: for (let at = begin; at < stop; at++) {
    const list = left[at] as number
    const node = owners === undefined ? list : (owners[list] as number)
    const start = starts[list] as number
    const end = starts[list + 1] as number
    let worst = own[node] as number
    for (let line = start; line < end; line++) {
      const one = rolled[child[line] as number]
      if (one === undefined) throw noSuchNode(child[line] as number, rolled.length)
      if ((one & UNFOLDED) === NEW) {
        left[waiting++] = list
        continue next
      }
      worst |= one
    }
    rolled[node] = worst
    order[found++] = node
  }
  progress.found = found
  progress.waiting = waiting
}

const noSuchNode = (child: number, nodes: number): RangeError =>
  new RangeError(`A line names the child ${child}; there are ${nodes} nodes`)

/** Settles a node and all below it, without recursion, each line once. */
const depthFirst = (
  { start, count, columns }: Ragged<Children>,
  own: Uint8Array,
  rolled: Uint8Array,
  root: number,
  order: Int32Array,
  settled: number
): number => {
  const { child } = columns
  const path = [{ node: root, line: start[root] as number, worst: own[root] as number }]
  let found = settled
  rolled[root] = OPEN
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const end = (start[top.node] as number) + (count[top.node] as number)
    let below = -1
    for (; top.line < end; top.line++) {
      const one = rolled[child[top.line] as number]
      if (one === undefined) throw noSuchNode(child[top.line] as number, rolled.length)
      if ((one & UNFOLDED) === NEW) {
        below = child[top.line] as number
        break
      }
      top.worst |= one
    }
    if (below < 0) {
      rolled[top.node] = top.worst
      order[found++] = top.node
      path.pop()
    } else if (rolled[below] === OPEN) {
      const nodes = path.map(({ node }) => node)
      throw new BomCycle([...nodes.slice(nodes.indexOf(below)), below])
    } else {
      rolled[below] = OPEN
      path.push({ node: below, line: start[below] as number, worst: own[below] as number })
    }
  }
  return found
}
