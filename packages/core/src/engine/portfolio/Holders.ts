/**
 * Which parts hold what, for changes of rules: found once, and kept right by the list of parts edited since. A part
 * too many costs a judgement, never a wrong status.
 */
import { DECIDED, type Inputs } from "./Inputs.ts"
import { CAREFUL, EXEMPTION, MATERIAL } from "./Rows.ts"

/** Edits after which an index is built anew rather than corrected. */
const MOST_EDITED = 2000

/** Parts in the order they were edited; those that no index asks for any more are forgotten. */
export class EditLog {
  #nodes: Array<number> = []
  #forgotten = 0

  get length(): number {
    return this.#forgotten + this.#nodes.length
  }

  add(nodes: Iterable<number>): void {
    for (const node of nodes) this.#nodes.push(node)
    if (this.#nodes.length < 4 * MOST_EDITED) return
    const surplus = this.#nodes.length - MOST_EDITED
    this.#nodes = this.#nodes.slice(surplus)
    this.#forgotten += surplus
  }

  since(length: number): ReadonlyArray<number> {
    return this.#nodes.slice(length - this.#forgotten)
  }
}

/** An index that is built when first needed, and anew when many parts were edited since. */
export class Kept<A> {
  readonly #log: EditLog
  #value: A | undefined
  #builtAt = 0

  constructor(log: EditLog) {
    this.#log = log
  }

  /** The index, and the parts it may be wrong about. */
  read(build: () => A): { readonly value: A; readonly edited: ReadonlyArray<number> } {
    if (this.#value === undefined || this.#log.length - this.#builtAt > MOST_EDITED) {
      this.#value = build()
      this.#builtAt = this.#log.length
    }
    return { value: this.#value, edited: this.#log.since(this.#builtAt) }
  }
}

export class Holders {
  readonly #inputs: Inputs
  readonly #bySubstance: Kept<BySubstance>
  readonly #special: Kept<Int32Array>
  readonly #declared: Kept<Int32Array>

  constructor(inputs: Inputs, log: EditLog) {
    this.#inputs = inputs
    this.#bySubstance = new Kept(log)
    this.#special = new Kept(log)
    this.#declared = new Kept(log)
  }

  /** Parts that have a row about one of the substances. */
  of(substances: Iterable<number>): Set<number> {
    const { value, edited } = this.#bySubstance.read(() => bySubstance(this.#inputs))
    const found = new Set(edited)
    for (const substance of substances) {
      const to = value.first[substance + 1] ?? 0
      for (let at = value.first[substance] ?? 0; at < to; at++) found.add(value.nodes[at] as number)
    }
    return found
  }

  /** Parts that claim exemptions, or that the exact judge is asked about. */
  special(): Set<number> {
    const isSpecial = (bits: number) => (bits & (EXEMPTION | MATERIAL | CAREFUL)) !== 0
    const { value, edited } = this.#special.read(() => nodesWith(this.#inputs, isSpecial))
    return new Set([...value, ...edited])
  }

  /** Parts that have declarations. */
  declared(): Set<number> {
    const { value, edited } = this.#declared.read(() => nodesWith(this.#inputs, () => true))
    return new Set([...value, ...edited])
  }
}

/** Parts of substance `s` are those from `first[s]` to `first[s + 1]`. */
interface BySubstance {
  readonly first: Int32Array
  readonly nodes: Int32Array
}

const bySubstance = ({ rows, substances }: Inputs): BySubstance => {
  const { start, count } = rows
  const { substance } = rows.columns
  const size = substances.named.length
  const first = new Int32Array(size + 1)
  const each = (visit: (substance: number, node: number) => void) => {
    for (let node = 0; node < start.length; node++) {
      const end = (start[node] as number) + (count[node] as number)
      for (let row = start[node] as number; row < end; row++) {
        const named = substance[row] as number
        if (named >= 0) visit(named, node)
      }
    }
  }
  each((named) => {
    first[named + 1] = (first[named + 1] as number) + 1
  })
  for (let named = 0; named < size; named++) first[named + 1] = (first[named + 1] as number) + (first[named] as number)
  const next = first.slice()
  const nodes = new Int32Array(first[size] as number)
  each((named, node) => {
    const free = next[named] as number
    nodes[free] = node
    next[named] = free + 1
  })
  return { first, nodes }
}

const nodesWith = ({ rows, attributes }: Inputs, wanted: (bits: number) => boolean): Int32Array => {
  const { start, count } = rows
  const { bits } = rows.columns
  const found: Array<number> = []
  for (let node = 0; node < start.length; node++) {
    if (count[node] === 0) continue
    const end = (start[node] as number) + (count[node] as number)
    let all = ((attributes[node] as number) & DECIDED) === 0 ? 0 : CAREFUL
    for (let row = start[node] as number; row < end; row++) all |= bits[row] as number
    if (wanted(all)) found.push(node)
  }
  return Int32Array.from(found)
}
