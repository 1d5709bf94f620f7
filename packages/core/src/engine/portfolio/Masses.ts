/**
 * Mass of one piece of each part: stated, or else the sum of the children when all of theirs are known, or else what
 * its declarations state. Exact: a sum stays in doubles as long as they hold it exactly, and goes on in integers.
 */
import * as Decimal from "../../domain/Decimal.ts"
import type { Graph, Undo } from "./Graph.ts"
import type { LevelQueue } from "./LevelQueue.ts"
import { MAX_SCALE, NOT_STATED, type Numbers, type Packed, powersOfTen } from "./Numbers.ts"

/** Grams as columns, one entry a node; the scale {@link NOT_STATED} where there are none. */
export interface MassColumns {
  readonly coefficient: Float64Array
  readonly scale: Uint8Array
}

/** In place of kilograms: the mass is not known. */
export const UNKNOWN_MASS = -1

const none: Packed = { coefficient: 0, scale: NOT_STATED }

export class Masses {
  readonly #numbers: Numbers
  readonly #graph: Graph
  #stated: MassColumns
  /** Of the parts whose declarations state a mass. */
  readonly #declared = new Map<number, Packed>()
  /** Those that are stated, until another one is known; sums that nobody asked for yet are not among them. */
  #known: MassColumns
  /** Whether the sums of children are taken; they are once somebody needs one. */
  #summed = false

  constructor(numbers: Numbers, graph: Graph, stated: MassColumns) {
    this.#numbers = numbers
    this.#graph = graph
    this.#stated = stated
    this.#known = stated
  }

  /** The mass in grams, when it is known. */
  gramsOf(node: number): Decimal.Decimal | undefined {
    if (this.#needsSum(node)) this.sumAll()
    const scale = this.#known.scale[node] as number
    return scale === NOT_STATED ? undefined : this.#numbers.exact(this.#known.coefficient[node] as number, scale)
  }

  /** Whether the mass of a node is the sum of its children. */
  isSum(node: number): boolean {
    return this.#stated.scale[node] === NOT_STATED && this.#graph.children.filled[node] !== 0
  }

  #needsSum(node: number): boolean {
    return !this.#summed && this.isSum(node)
  }

  /** The mass in kilograms as a double, {@link UNKNOWN_MASS}, or `NaN` when a double cannot tell it well enough. */
  kilogramsOf(node: number): number {
    if (this.#needsSum(node)) this.sumAll()
    return this.knownKilograms(node)
  }

  /** The same, without sums that nobody asked for yet. */
  knownKilograms(node: number): number {
    const { coefficient, scale } = this.#known
    const places = scale[node] as number
    return places === NOT_STATED ? UNKNOWN_MASS : this.#numbers.number(coefficient[node] as number, places) / 1000
  }

  /** The mass in grams as it stands in the columns. */
  packedOf(node: number): Packed {
    if (this.#needsSum(node)) this.sumAll()
    return packedAt(this.#known, node)
  }

  /** Lets sums that are first taken from now on be forgotten again. */
  begin(): Undo {
    const summed = this.#summed
    return () => {
      this.#summed = summed
    }
  }

  /** Takes the sums of all assemblies; from then on they follow every change. */
  sumAll(): void {
    if (this.#summed) return
    this.#summed = true
    for (const node of this.#graph.order.nodes) if (this.isSum(node)) this.#refresh(node)
  }

  state(node: number, mass: Packed | undefined): Undo {
    this.#keepStated()
    const before = packedAt(this.#stated, node)
    put(this.#stated, node, mass ?? none)
    return () => put(this.#stated, node, before)
  }

  declare(node: number, mass: Packed | undefined): Undo {
    const before = this.#declared.get(node)
    this.#setDeclared(node, mass)
    return () => this.#setDeclared(node, before)
  }

  #setDeclared(node: number, mass: Packed | undefined): void {
    if (mass === undefined) this.#declared.delete(node)
    else this.#declared.set(node, mass)
  }

  /** Takes the masses of the nodes anew, and the sums they go into. Reports each node whose mass is another now. */
  follow(nodes: ReadonlySet<number>, queue: LevelQueue, changed: (node: number) => void): Undo {
    if (nodes.size === 0) return () => undefined
    const { levels, parents } = this.#graph
    const before = new Map<number, Packed>()
    for (const node of nodes) queue.push(node, levels[node] as number)
    for (let node = queue.pop(); node >= 0; node = queue.pop()) {
      const old = packedAt(this.#known, node)
      if (!this.#refresh(node)) continue
      before.set(node, old)
      changed(node)
      if (!this.#summed) continue
      const end = (parents.start[node] as number) + (parents.count[node] as number)
      for (let at = parents.start[node] as number; at < end; at++) {
        const above = parents.columns.parent[at] as number
        if (this.isSum(above)) queue.push(above, levels[above] as number)
      }
    }
    return () => {
      for (const [node, mass] of before) this.#know(node, mass)
    }
  }

  grow(nodes: number): void {
    const isStated = this.#known === this.#stated
    this.#stated = grownMasses(this.#stated, nodes)
    this.#known = isStated ? this.#stated : grownMasses(this.#known, nodes)
  }

  /** Whether the mass is another than before. */
  #refresh(node: number): boolean {
    const before = packedAt(this.#known, node)
    const stated = packedAt(this.#stated, node)
    const mass = stated.scale !== NOT_STATED ? stated : (this.#sumOfChildren(node) ?? this.#declared.get(node) ?? none)
    if (mass.scale === before.scale && mass.coefficient === before.coefficient) return false
    this.#know(node, mass)
    return true
  }

  #know(node: number, mass: Packed): void {
    this.#keepStated()
    put(this.#known, node, mass)
  }

  /** Before one of the two changes. */
  #keepStated(): void {
    if (this.#known === this.#stated)
      this.#known = { coefficient: this.#stated.coefficient.slice(), scale: this.#stated.scale.slice() }
  }

  #sumOfChildren(node: number): Packed | undefined {
    const { start, count, columns } = this.#graph.children
    const { child, coefficient, scale } = columns
    const end = (start[node] as number) + (count[node] as number)
    if (count[node] === 0 || !this.#summed) return undefined
    let sum = 0
    let sumScale = 0
    let exact = true
    for (let line = start[node] as number; line < end; line++) {
      if (scale[line] === NOT_STATED) return undefined
      if (coefficient[line] === 0 && (scale[line] as number) <= MAX_SCALE) continue
      const below = child[line] as number
      const belowScale = this.#known.scale[below] as number
      if (belowScale === NOT_STATED) return undefined
      const lineScale = belowScale + (scale[line] as number)
      let product = (this.#known.coefficient[below] as number) * (coefficient[line] as number)
      if (lineScale >= powersOfTen.length) exact = false
      if (!exact) continue
      if (lineScale > sumScale) {
        sum *= powersOfTen[lineScale - sumScale] as number
        sumScale = lineScale
      } else product *= powersOfTen[sumScale - lineScale] as number
      sum += product
      if (sum > Number.MAX_SAFE_INTEGER) exact = false
    }
    return exact ? shortest(sum, sumScale) : this.#exactSum(node)
  }

  #exactSum(node: number): Packed {
    const { child, coefficient, scale } = this.#graph.children.columns
    const { start, count } = this.#graph.children.sliceOf(node)
    let sum = Decimal.zero
    for (let line = start; line < start + count; line++) {
      if (coefficient[line] === 0 && (scale[line] as number) <= MAX_SCALE) continue
      const mass = packedAt(this.#known, child[line] as number)
      const pieces = this.#numbers.exact(coefficient[line] as number, scale[line] as number)
      sum = Decimal.add(sum, Decimal.multiply(this.#numbers.exact(mass.coefficient, mass.scale), pieces))
    }
    return this.#numbers.pack(sum)
  }
}

/** Without zeros at the end, so that equal masses look alike. */
const shortest = (coefficient: number, scale: number): Packed => {
  let [digits, places] = [coefficient, scale]
  while (places > 0 && digits % 10 === 0) {
    digits /= 10
    places--
  }
  return { coefficient: digits, scale: places }
}

const packedAt = ({ coefficient, scale }: MassColumns, node: number): Packed => ({
  coefficient: coefficient[node] as number,
  scale: scale[node] as number
})

const put = (columns: MassColumns, node: number, { coefficient, scale }: Packed): void => {
  columns.coefficient[node] = coefficient
  columns.scale[node] = scale
}

const grownMasses = (columns: MassColumns, nodes: number): MassColumns => {
  const coefficient = new Float64Array(nodes)
  const scale = new Uint8Array(nodes).fill(NOT_STATED)
  coefficient.set(columns.coefficient)
  scale.set(columns.scale)
  return { coefficient, scale }
}
