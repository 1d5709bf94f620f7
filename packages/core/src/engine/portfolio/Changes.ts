/** Parts whose status is another now, in columns: a change of a rule can move most of a portfolio. */
import { type PartStatuses, type Rollup, type Statuses, statusesOf } from "./Statuses.ts"

/** A part whose status, everything below it included, is another now. */
export interface StatusChange {
  readonly part: number
  /** Place among the rule sets. */
  readonly ruleSet: number
  readonly before: PartStatuses
  readonly after: PartStatuses
}

/** Nodes and statuses of theirs, in the order in which they were noted. */
export class StatusLog {
  nodes = new Int32Array(16)
  statuses = new Uint8Array(16)
  length = 0

  push(node: number, statuses: Statuses): void {
    if (this.length === this.nodes.length) this.#enlarge(2 * this.length)
    this.nodes[this.length] = node
    this.statuses[this.length++] = statuses
  }

  clear(): void {
    this.length = 0
  }

  /** Adds what each node had before, where that is not what it has now. */
  addDifferences(before: Uint8Array, now: Uint8Array): void {
    let more = 0
    for (let node = 0; node < now.length; node++) if (before[node] !== now[node]) more++
    if (this.length + more > this.nodes.length) this.#enlarge(this.length + more)
    for (let node = 0; node < now.length; node++)
      if (before[node] !== now[node]) this.push(node, before[node] as Statuses)
  }

  #enlarge(room: number): void {
    const { nodes, statuses } = this
    this.nodes = new Int32Array(room)
    this.statuses = new Uint8Array(room)
    this.nodes.set(nodes)
    this.statuses.set(statuses)
  }
}

/** Changes by one rule set. */
export interface Shifts {
  readonly parts: Int32Array
  readonly before: Uint8Array
  readonly after: Uint8Array
}

/** From what the nodes had before, and what they have now: by node, or asked one by one. */
export const shiftsFrom = (
  { nodes, statuses, length }: StatusLog,
  now: Uint8Array | ((node: number) => Statuses)
): Shifts => {
  const after = new Uint8Array(length)
  for (let at = 0; at < length; at++) {
    const node = nodes[at] as number
    after[at] = typeof now === "function" ? now(node) : (now[node] as number)
  }
  return { parts: nodes.slice(0, length), before: statuses.slice(0, length), after }
}

/**
 * Each part and rule set whose status is another now, once.
 *
 * @example
 * ```ts
 * const changes = portfolio.preview(edits)
 * changes.length // how many
 * for (const { part, before, after } of changes) console.log(part, before.status, after.status)
 * ```
 */
export class StatusChanges implements Iterable<StatusChange> {
  readonly length: number
  /** By rule set. */
  readonly #shifts: ReadonlyArray<Shifts>
  readonly #rollup: Rollup

  constructor(shifts: ReadonlyArray<Shifts>, rollup: Rollup) {
    this.length = shifts.reduce((sum, { parts }) => sum + parts.length, 0)
    this.#shifts = shifts
    this.#rollup = rollup
  }

  *[Symbol.iterator](): Generator<StatusChange> {
    const { unpack } = statusesOf(this.#rollup)
    for (const [ruleSet, { parts, before, after }] of this.#shifts.entries())
      for (let at = 0; at < parts.length; at++)
        yield {
          part: parts[at] as number,
          ruleSet,
          before: unpack(before[at] as Statuses),
          after: unpack(after[at] as Statuses)
        }
  }
}
