/** A rule set with the statuses it gives to every node of the portfolio. */
import type { RuleSet } from "../Rule.ts"
import { type Shifts, StatusLog, shiftsFrom } from "./Changes.ts"
import type { Undo } from "./Graph.ts"
import type { EditLog, Holders } from "./Holders.ts"
import { type Inputs, PRODUCT } from "./Inputs.ts"
import type { LevelQueue } from "./LevelQueue.ts"
import type { Categories } from "./Matching.ts"
import { PartJudge } from "./PartJudge.ts"
import type { Marking } from "./PlainRows.ts"
import { propagate } from "./Rolled.ts"
import { type Affected, affectedBy, FactIndexes, hasSameFacts } from "./RuleChange.ts"
import { compileRules, type RuleTable } from "./RuleTable.ts"
import type { Rollup, Statuses } from "./Statuses.ts"

/** What all rule sets of a portfolio share. */
export interface Shared {
  readonly inputs: Inputs
  readonly log: EditLog
  readonly holders: Holders
  readonly categories: Categories
  readonly rollup: Rollup
  readonly marking: Marking
  /** Statuses of a part's own findings, by the exact judge. */
  readonly careful: (part: number, table: RuleTable, isProduct: boolean) => Statuses
}

/** Statuses that were judged, and are not yet taken over. */
export interface Pending {
  readonly own: StatusLog
  readonly products: ReadonlyMap<number, Statuses>
}

/** Statuses of every node. */
export interface Judgement {
  readonly own: Uint8Array
  /** Of the part and everything below it. */
  readonly rolled: Uint8Array
  /** Of products, by the rules on whole products: nothing to what a product goes into. */
  readonly products: Map<number, Statuses>
}

export class Judged {
  readonly #shared: Shared
  #table: RuleTable
  #judge: PartJudge
  #indexes: FactIndexes
  /** Of one settlement after another, of which the latest can be taken back; what comes of each is copied out. */
  readonly #rolledLog = new StatusLog()
  #now: Judgement

  constructor(shared: Shared, ruleSet: RuleSet, asOf: string) {
    const { inputs, log, holders } = shared
    this.#shared = shared
    this.#table = this.#compile(ruleSet, asOf)
    this.#judge = this.#judgeBy(this.#table)
    this.#indexes = new FactIndexes(inputs, log, holders)
    this.#now = nothingJudged(inputs.graph.nodes)
  }

  get ruleSet(): RuleSet {
    return this.#table.ruleSet
  }

  /** Whether statuses depend on more than a part's own rows: on all that is below it. */
  get looksBelow(): boolean {
    return this.#table.batteryRules.length + this.#table.productRules.length > 0
  }

  /** Whether a part is one of those. */
  isDeep(node: number): boolean {
    const { attributes, categories } = this.#shared.inputs
    const { productRules, scopeOf } = this.#table
    const isJudgedProduct = productRules.length > 0 && ((attributes[node] as number) & PRODUCT) !== 0
    return isJudgedProduct || scopeOf(categories[node] as number).isDeep
  }

  ownStatusesOf(node: number): Statuses {
    return this.#now.own[node] as number
  }

  statusesOf(node: number): Statuses {
    return statusesIn(this.#now, node)
  }

  /** Judges every part by itself; what follows for those above is still to be folded. */
  judgeAll(): Judgement {
    const anew = nothingJudged(this.#shared.inputs.graph.nodes)
    this.#judge.judgeAll(anew.own)
    if (this.#table.productRules.length > 0)
      for (let node = 0; node < anew.own.length; node++) setProduct(anew, node, this.#asProduct(node))
    return anew
  }

  /** Puts a judgement in place of the present one, and returns that. */
  takeOver(anew: Judgement): Judgement {
    const before = this.#now
    this.#now = anew
    return before
  }

  /** What has another status than in a judgement of before. */
  shiftsFrom(before: Judgement): Shifts {
    const now = this.#now
    const mayDifferAsProducts = now.products.size + before.products.size > 0
    const log = new StatusLog()
    for (let node = 0; node < before.rolled.length; node++)
      if (before.rolled[node] !== now.rolled[node] || mayDifferAsProducts)
        note(log, node, statusesIn(before, node), now)
    return shiftsFrom(log, now.products.size === 0 ? now.rolled : (node) => statusesIn(now, node))
  }

  /** Puts other rules, or another day, into force; returns the nodes that may be judged differently. */
  replaceRules(ruleSet: RuleSet, asOf: string, undo: Array<Undo>): Affected {
    const [table, judge, indexes] = [this.#table, this.#judge, this.#indexes]
    const grown = this.#shared.inputs.substances.named.length >= table.first.length
    if (ruleSet === table.ruleSet && asOf === table.asOf && !grown) return new Set()
    undo.push(() => {
      this.#table = table
      this.#judge = judge
      this.#indexes = indexes
    })
    this.#table = this.#compile(ruleSet, asOf, table)
    const affected = affectedBy(table, this.#table, indexes, this.#shared.holders)
    this.#judge = this.#judgeBy(this.#table)
    const old = new Map(table.ruleSet.rules.map((rule) => [rule.id, rule]))
    const rules = new Map(ruleSet.rules.map((rule) => [rule.id, rule]))
    this.#indexes = indexes.keep((id) => hasSameFacts(old.get(id), rules.get(id)))
    return affected
  }

  /** Judges parts again; nothing is written. */
  judgeAgain(nodes: ReadonlySet<number>, affected: Affected): Pending {
    const { own, products } = this.#now
    const pending = { own: new StatusLog(), products: new Map<number, Statuses>() }
    const { rows } = this.#shared.inputs
    const ordered = affected === "all" ? Int32Array.from(own.keys()) : inOrder(rows, affected, nodes)
    this.#judge.judgeSome(ordered, (node, statuses) => {
      if (statuses !== own[node]) pending.own.push(node, statuses)
      const product = this.#asProduct(node)
      if (product !== (products.get(node) ?? 0)) pending.products.set(node, product)
    })
    return pending
  }

  /** Takes over what was judged, and what follows for all above it and above the nodes with other children. */
  settle(pending: Pending, folded: ReadonlySet<number>, queue: LevelQueue, undo: Array<Undo>): Shifts {
    const now = this.#now
    const { own } = pending
    const rolled = this.#rolledLog
    rolled.clear()
    const before = new Map([...pending.products.keys()].map((node) => [node, statusesIn(now, node)]))
    const products = new Map([...pending.products.keys()].map((node) => [node, now.products.get(node) ?? 0]))
    exchange(now.own, own)
    undo.push(() => {
      exchange(now.own, own)
      exchange(now.rolled, rolled)
      for (const [node, statuses] of products) setProduct(now, node, statuses)
    })
    for (const [node, statuses] of pending.products) setProduct(now, node, statuses)
    propagate(this.#shared.inputs.graph, now.own, now.rolled, { own, folded }, queue, rolled)
    const log = now.products.size + products.size === 0 ? rolled : this.#withProducts(rolled, products, before)
    return shiftsFrom(log, now.products.size === 0 ? now.rolled : (node) => statusesIn(now, node))
  }

  /** What statuses were before, the rules on whole products included. */
  #withProducts(rolled: StatusLog, products: ReadonlyMap<number, Statuses>, before: Map<number, Statuses>): StatusLog {
    const now = this.#now
    const log = new StatusLog()
    for (let at = 0; at < rolled.length; at++) {
      const node = rolled.nodes[at] as number
      const asProduct = products.get(node) ?? now.products.get(node) ?? 0
      note(log, node, (rolled.statuses[at] as number) | asProduct, now)
      before.delete(node)
    }
    for (const [node, statuses] of before) note(log, node, statuses, now)
    return log
  }

  /** Makes room for more nodes, which are empty. */
  grow(nodes: number): void {
    const grown = (statuses: Uint8Array) => {
      const larger = new Uint8Array(nodes).fill(this.#table.empty, statuses.length)
      larger.set(statuses)
      return larger
    }
    const { own, rolled, products } = this.#now
    this.#now = { own: grown(own), rolled: grown(rolled), products }
  }

  #asProduct(node: number): Statuses {
    const { inputs, careful } = this.#shared
    if (this.#table.productRules.length === 0 || ((inputs.attributes[node] as number) & PRODUCT) === 0) return 0
    return careful(node, this.#table, true)
  }

  #compile(ruleSet: RuleSet, asOf: string, before?: RuleTable): RuleTable {
    const { inputs, categories, rollup } = this.#shared
    return compileRules(ruleSet, asOf, inputs.substances, categories, rollup, before)
  }

  #judgeBy(table: RuleTable): PartJudge {
    const { inputs, careful, rollup, marking } = this.#shared
    return new PartJudge(inputs, table, rollup, marking, (part) => careful(part, table, false))
  }
}

const nothingJudged = (nodes: number): Judgement => ({
  own: new Uint8Array(nodes),
  rolled: new Uint8Array(nodes),
  products: new Map()
})

const statusesIn = ({ rolled, products }: Judgement, node: number): Statuses =>
  (rolled[node] as number) | (products.get(node) ?? 0)

const setProduct = ({ products }: Judgement, node: number, statuses: Statuses): void => {
  if (statuses === 0) products.delete(node)
  else products.set(node, statuses)
}

/** Each node once, in the order in which their rows lie: what lies together is read faster. */
const inOrder = ({ start, count, columns }: Inputs["rows"], ...groups: ReadonlyArray<Iterable<number>>): Int32Array => {
  const places: Array<number> = []
  const empty = new Set<number>()
  for (const nodes of groups)
    for (const node of nodes)
      if (count[node] === 0) empty.add(node)
      else places.push(start[node] as number)
  const sorted = new Int32Array(places).sort()
  const ordered = new Int32Array(sorted.length + empty.size)
  let found = 0
  for (let at = 0; at < sorted.length; at++)
    if (at === 0 || sorted[at] !== sorted[at - 1]) ordered[found++] = columns.part[sorted[at] as number] as number
  for (const node of empty) ordered[found++] = node
  return ordered.subarray(0, found)
}

/** Notes what a node had, if that is not what it has now. */
const note = (log: StatusLog, node: number, before: Statuses, now: Judgement): void => {
  if (before !== statusesIn(now, node)) log.push(node, before)
}

/** Writes the statuses of a log, which then has those that stood there. */
const exchange = (statuses: Uint8Array, log: StatusLog): void => {
  for (let at = 0; at < log.length; at++) {
    const node = log.nodes[at] as number
    const old = statuses[node] as number
    statuses[node] = log.statuses[at] as number
    log.statuses[at] = old
  }
}
