/**
 * The lines of all BOMs as one graph of integers, walked both ways. Every node has a level above those of its
 * children, so that work done level by level meets each node once, after everything below it.
 */
import type { Decimal } from "../../domain/Decimal.ts"
import { BomCycle } from "./BomCycle.ts"
import { inBatches } from "./batches.ts"
import { foldUp } from "./FoldUp.ts"
import { LevelQueue } from "./LevelQueue.ts"
import { NOT_STATED, type Numbers } from "./Numbers.ts"
import { type Columns, checkLengths, group, Ragged } from "./Ragged.ts"

/** What goes into a part. */
export interface ChildLine {
  readonly child: number
  readonly quantity: Decimal
  /** Nobody states how many go in; the quantity stands for it. */
  readonly uncounted?: boolean
}

/** Lines as columns: `coefficient × 10^-scale` pieces of `child` go into one `parent`. */
export interface LineColumns {
  readonly parent: Int32Array
  readonly child: Int32Array
  readonly coefficient: Float64Array
  readonly scale: Uint8Array
}

interface Children extends Columns {
  readonly child: Int32Array
  readonly coefficient: Float64Array
  readonly scale: Uint8Array
}

interface Parents extends Columns {
  readonly parent: Int32Array
}

/** Takes back what was done. */
export type Undo = () => void

/** Nodes that have children, each after all that is below it, and where the lines of each lie. */
export interface Order {
  readonly nodes: Int32Array
  readonly from: Int32Array
  readonly to: Int32Array
}

export class Graph {
  nodes: number
  readonly children: Ragged<Children>
  #parents: Ragged<Parents> | undefined
  #levels: Int32Array | undefined
  #ordered: Int32Array | undefined
  /** Until nodes come in another order, or their lines lie elsewhere. */
  #order: Order | undefined

  constructor(nodes: number, { parent, child, coefficient, scale }: LineColumns) {
    this.nodes = nodes
    const columns = { child, coefficient, scale }
    checkLengths(parent, columns)
    this.children = group(parent, nodes, columns)
  }

  get order(): Order {
    this.#ordered ??= foldUp(this.children, new Uint8Array(this.nodes), new Uint8Array(this.nodes))
    this.#order ??= located(this.#ordered, this.children)
    return this.#order
  }

  /**
   * Writes the worst of each node's own statuses and of all below it.
   *
   * @throws BomCycle when a part is below itself
   */
  fold(own: Uint8Array, rolled: Uint8Array): void {
    if (this.#ordered === undefined) {
      this.#order = undefined
      this.#ordered = foldUp(this.children, own, rolled)
      return
    }
    const { order } = this
    const { child } = this.children.columns
    rolled.set(own)
    inBatches(order.nodes.length, (begin, stop) => {
      foldSome(child, order, own, rolled, begin, stop)
    })
  }

  /** Above the levels of all children. */
  get levels(): Int32Array {
    this.#levels ??= levelsOf(this.order, this.children)
    return this.#levels
  }

  get parents(): Ragged<Parents> {
    this.#parents ??= reversed(this.children)
    return this.#parents
  }

  /**
   * Sets how many pieces of the child go into the parent, whether there was a line before or several.
   *
   * @throws BomCycle when the parent is the child or goes into it; nothing is changed then
   */
  setLine(parent: number, child: number, coefficient: number, scale: number): Undo {
    this.#index()
    const before = this.children.copy(parent, 1)
    const count = this.children.count[parent] as number
    const at = before.child.subarray(0, count).indexOf(child)
    const undoLevels = at < 0 ? this.#raise(parent, child) : undefined
    if (at < 0) this.#ordered = undefined
    const place = at < 0 ? count : at
    before.child[place] = child
    before.coefficient[place] = coefficient
    before.scale[place] = scale
    const end = at < 0 ? count + 1 : withoutRepeats(before, count, place)
    const old = this.children.replace(parent, before, end)
    this.#order = undefined
    const undoParents =
      at < 0 ? this.#addParent(child, parent) : end < count ? this.#keepOneParent(child, parent) : undefined
    return () => {
      this.children.restore(parent, old)
      this.#order = undefined
      undoParents?.()
      undoLevels?.()
      if (at < 0) this.#ordered = undefined
    }
  }

  /** Removes every line from the parent to the child. */
  removeLine(parent: number, child: number): Undo {
    this.#index()
    const kept = this.children.copy(parent)
    const end = without(kept, this.children.count[parent] as number, "child", child, -1)
    const old = this.children.replace(parent, kept, end)
    this.#order = undefined
    const parents = this.parents.copy(child)
    const oldParents = this.parents.replace(
      child,
      parents,
      without(parents, this.parents.count[child] as number, "parent", parent, -1)
    )
    return () => {
      this.children.restore(parent, old)
      this.parents.restore(child, oldParents)
      this.#ordered = undefined
      this.#order = undefined
    }
  }

  /** Adds nodes without lines. */
  grow(nodes: number): void {
    this.children.grow(nodes)
    this.#parents?.grow(nodes)
    if (this.#levels !== undefined) {
      const levels = new Int32Array(nodes)
      levels.set(this.#levels)
      this.#levels = levels
    }
    this.nodes = nodes
  }

  linesOf(node: number, numbers: Numbers): ReadonlyArray<ChildLine> {
    const { child, coefficient, scale } = this.children.copy(node)
    return Array.from(child, (below, at) => ({
      child: below,
      quantity: numbers.exact(coefficient[at] as number, scale[at] === NOT_STATED ? 0 : (scale[at] as number)),
      ...(scale[at] === NOT_STATED ? { uncounted: true } : {})
    }))
  }

  compact(): void {
    if (this.children.compact()) this.#order = undefined
    this.#parents?.compact()
  }

  /** Parents and levels are taken before lines change, so that they are right when a change is taken back. */
  #index(): void {
    this.#parents ??= reversed(this.children)
    this.#levels ??= this.levels
  }

  #addParent(child: number, parent: number): Undo {
    const parents = this.parents.copy(child, 1)
    const count = this.parents.count[child] as number
    parents.parent[count] = parent
    const old = this.parents.replace(child, parents, count + 1)
    return () => this.parents.restore(child, old)
  }

  #keepOneParent(child: number, parent: number): Undo {
    const parents = this.parents.copy(child)
    const count = this.parents.count[child] as number
    const end = without(parents, count, "parent", parent, parents.parent.indexOf(parent))
    const old = this.parents.replace(child, parents, end)
    return () => this.parents.restore(child, old)
  }

  /** Lifts the parent above the child, and what is above it in turn; levels are lowered only when that is taken back. */
  #raise(parent: number, child: number): Undo {
    if (parent === child) throw new BomCycle([parent, child])
    const levels = this.levels
    if ((levels[parent] as number) > (levels[child] as number)) return () => undefined
    const lifted = this.#liftedAbove(parent, child)
    const set = (levelOf: ReadonlyMap<number, number>) => {
      for (const [node, level] of levelOf) levels[node] = level
    }
    const before = new Map([...lifted.keys()].map((node) => [node, levels[node] as number]))
    set(lifted)
    return () => set(before)
  }

  /** New levels of the parent and of what is above it, if the child were put below it. */
  #liftedAbove(parent: number, child: number): ReadonlyMap<number, number> {
    const { start, count, columns } = this.parents
    const levels = this.levels
    const lifted = new Map([[parent, (levels[child] as number) + 1]])
    const from = new Map<number, number>()
    const queue = new LevelQueue(this.nodes)
    queue.push(parent, levels[parent] as number)
    for (let node = queue.pop(); node >= 0; node = queue.pop()) {
      const least = (lifted.get(node) as number) + 1
      const end = (start[node] as number) + (count[node] as number)
      for (let at = start[node] as number; at < end; at++) {
        const above = columns.parent[at] as number
        if ((lifted.get(above) ?? (levels[above] as number)) >= least) continue
        from.set(above, node)
        if (above === child) throw new BomCycle([...pathDown(child, parent, from), child])
        lifted.set(above, least)
        queue.push(above, levels[above] as number)
      }
    }
    return lifted
  }
}

const pathDown = (top: number, bottom: number, from: ReadonlyMap<number, number>): ReadonlyArray<number> => {
  const path = [top]
  for (let node = top; node !== bottom; path.push(node)) node = from.get(node) as number
  return path
}

/** Moves what does not name `value` to the front, and the entry at `keep`; returns how many those are. */
const without = (columns: Columns, count: number, name: string, value: number, keep: number): number => {
  let end = 0
  for (let at = 0; at < count; at++) {
    if (columns[name]?.[at] === value && at !== keep) continue
    for (const column of Object.values(columns)) column[end] = column[at] as number
    end++
  }
  return end
}

const withoutRepeats = (columns: Children, count: number, keep: number): number =>
  without(columns, count, "child", columns.child[keep] as number, keep)

const foldSome = (
  child: Int32Array,
  { nodes, from, to }: Order,
  own: Uint8Array,
  rolled: Uint8Array,
  begin: number,
  stop: number
): void => {
  for (let at = begin; at < stop; at++) {
    const node = nodes[at] as number
    const end = to[at] as number
    let worst = own[node] as number
    for (let line = from[at] as number; line < end; line++) worst |= rolled[child[line] as number] as number
    rolled[node] = worst
  }
}

const located = (nodes: Int32Array, { start, count }: Ragged<Children>): Order => {
  const [from, to] = [new Int32Array(nodes.length), new Int32Array(nodes.length)]
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as number
    from[at] = start[node] as number
    to[at] = (start[node] as number) + (count[node] as number)
  }
  return { nodes, from, to }
}

const levelsOf = ({ nodes, from, to }: Order, { filled, columns }: Ragged<Children>): Int32Array => {
  const levels = new Int32Array(filled.length)
  for (let at = 0; at < nodes.length; at++) {
    const end = to[at] as number
    let level = 0
    for (let line = from[at] as number; line < end; line++) {
      const below = levels[columns.child[line] as number] as number
      if (below >= level) level = below + 1
    }
    levels[nodes[at] as number] = level
  }
  return levels
}

const reversed = (children: Ragged<Children>): Ragged<Parents> => {
  const { start, count } = children
  const { child } = children.columns
  const nodes = start.length
  const size = new Int32Array(nodes)
  for (let node = 0; node < nodes; node++) {
    const end = (start[node] as number) + (count[node] as number)
    for (let at = start[node] as number; at < end; at++) {
      const below = child[at] as number
      size[below] = (size[below] as number) + 1
    }
  }
  const first = new Int32Array(nodes)
  const next = new Int32Array(nodes)
  const filled = new Uint8Array(nodes)
  let used = 0
  for (let node = 0; node < nodes; node++) {
    first[node] = used
    next[node] = used
    used += size[node] as number
    if (size[node] !== 0) filled[node] = 1
  }
  const parent = new Int32Array(used)
  for (let node = 0; node < nodes; node++) {
    const end = (start[node] as number) + (count[node] as number)
    for (let at = start[node] as number; at < end; at++) {
      const below = child[at] as number
      const free = next[below] as number
      parent[free] = node
      next[below] = free + 1
    }
  }
  return new Ragged({ start: first, count: size }, { parent }, filled, used)
}
