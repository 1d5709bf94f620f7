/**
 * Many parts and the assemblies and products above them, judged by several rule sets and kept right through edits:
 * each edit costs what it changes, and comes out as a calculation of everything would.
 */
import type { Decimal } from "../../domain/Decimal.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { RuleSet } from "../Rule.ts"
import { StatusChanges } from "./Changes.ts"
import { changesSums, type Declared, type Edit, type Touched, writeEdit } from "./Edit.ts"
import { type ChildLine, Graph, type LineColumns, type Undo } from "./Graph.ts"
import { EditLog, Holders } from "./Holders.ts"
import { Inputs } from "./Inputs.ts"
import { Judged, type Judgement, type Pending, type Shared } from "./Judged.ts"
import { LevelQueue } from "./LevelQueue.ts"
import { type MassColumns, Masses } from "./Masses.ts"
import { Categories } from "./Matching.ts"
import { Numbers } from "./Numbers.ts"
import { Marking } from "./PlainRows.ts"
import { checkLengths } from "./Ragged.ts"
import { allColumns, checkSubstances, type GivenRows } from "./Rows.ts"
import type { Affected } from "./RuleChange.ts"
import { type PartStatuses, type Rollup, type Statuses, statusesOf } from "./Statuses.ts"
import { type SubstanceNamed, Substances } from "./Substances.ts"

/** What the exact judge may look at. */
export interface Evidence {
  readonly declarationsOf: (part: number) => ReadonlyArray<Declaration>
  readonly massOf: (part: number) => Decimal | undefined
  readonly linesOf: (part: number) => ReadonlyArray<ChildLine>
}

/** A part that only the exact judge can judge. */
export interface Question {
  readonly part: number
  readonly ruleSet: RuleSet
  readonly asOf: string
  /** Whether the part is judged as a product, by the rules on whole products as well. */
  readonly isProduct: boolean
  readonly evidence: Evidence
}

/** Statuses of a part's own findings, by the exact judge. It may throw: the portfolio is then as it was before. */
export type Careful = (question: Question) => PartStatuses

export interface PortfolioOptions {
  /** Parts, assemblies and products are the numbers below this. */
  readonly nodes: number
  readonly lines: LineColumns
  /** `part` is the one each row is about. The columns are taken over, not copied. */
  readonly rows: GivenRows & { readonly part: Int32Array }
  /** Stated masses of one piece, in grams. */
  readonly masses: MassColumns
  /** By the numbers that rows name them by. */
  readonly substances: Iterable<SubstanceNamed> | Substances
  readonly ruleSets: ReadonlyArray<RuleSet>
  /** The day whose law applies, `YYYY-MM-DD`. */
  readonly asOf: string
  readonly rollup?: Rollup | undefined
  /** Bits of each part; see {@link Inputs}. */
  readonly attributes?: Uint8Array | undefined
  readonly categories?: ReadonlyMap<number, ReadonlyArray<string>> | undefined
  /** Declarations and masses of what the exact judge may be asked about. */
  readonly declared?: Declared | undefined
  readonly declaredMasses?: ReadonlyMap<number, Decimal> | undefined
  /** Days on which the evidence or a decision about a part begins or ceases to hold; any day, where there are none. */
  readonly days?: ReadonlyMap<number, ReadonlyArray<string>> | undefined
  /** Asked about parts that hold more than plain amounts; they are unknown when it is left out. */
  readonly careful?: Careful | undefined
  /** Of the coefficients with more digits than a double holds. */
  readonly numbers?: Numbers | undefined
}

const unknown: PartStatuses = { status: "unknown", duty: "unknown" }

export class Portfolio {
  readonly #inputs: Inputs
  readonly #declared: Declared
  readonly #days: Map<number, ReadonlyArray<string>>
  readonly #rollup: Rollup
  readonly #careful: Careful
  readonly #log = new EditLog()
  readonly #marking = new Marking()
  readonly #holders: Holders
  readonly #categories = new Categories()
  readonly #sets: ReadonlyArray<Judged>
  readonly #queue: LevelQueue
  readonly #evidence: Evidence
  #asOf: string

  /** @throws BomCycle when a part is below itself */
  constructor(options: PortfolioOptions) {
    const { nodes, asOf } = options
    const numbers = options.numbers ?? new Numbers()
    const graph = new Graph(nodes, options.lines)
    const masses = new Masses(numbers, graph, options.masses)
    const { part, ...columns } = options.rows
    const substances =
      options.substances instanceof Substances ? options.substances : new Substances(options.substances)
    checkLengths(part, columns)
    checkSubstances(columns, substances.named.length)
    const attributes = options.attributes ?? new Uint8Array(nodes)
    const categories = new Int32Array(nodes)
    this.#inputs = new Inputs({ numbers, substances, graph, masses, attributes, categories }, allColumns(part, columns))
    for (const [node, names] of options.categories ?? [])
      this.#inputs.categories[node] = this.#categories.numberOf(names)
    for (const [node, mass] of options.declaredMasses ?? []) masses.declare(node, numbers.pack(mass))
    this.#declared = options.declared ?? new Map()
    this.#days = new Map(options.days)
    this.#rollup = options.rollup ?? "fail-dominates"
    this.#careful = options.careful ?? (() => unknown)
    this.#holders = new Holders(this.#inputs, this.#log)
    this.#queue = new LevelQueue(nodes)
    masses.follow(new Set(options.declaredMasses?.keys()), this.#queue, () => undefined)
    this.#asOf = asOf
    this.#evidence = {
      declarationsOf: (node) => this.#declared.get(node) ?? [],
      massOf: (node) => masses.gramsOf(node),
      linesOf: (node) => graph.linesOf(node, numbers)
    }
    this.#sets = options.ruleSets.map((ruleSet) => new Judged(this.#shared(), ruleSet, asOf))
    this.#calculate()
  }

  get asOf(): string {
    return this.#asOf
  }

  ruleSet(index: number): RuleSet {
    return this.#set(index).ruleSet
  }

  /** Statuses of a part by a rule set, everything below it included. */
  statusOf(part: number, ruleSet: number): PartStatuses {
    return this.#unpack(this.#set(ruleSet).statusesOf(part))
  }

  /** Statuses of a part's own findings alone. */
  ownStatusOf(part: number, ruleSet: number): PartStatuses {
    return this.#unpack(this.#set(ruleSet).ownStatusesOf(part))
  }

  /** Mass of one piece in grams: stated, or the sum of the children, or what declarations state. */
  massOf(part: number): Decimal | undefined {
    return this.#inputs.masses.gramsOf(part)
  }

  /** Adds parts of which nothing is known; returns the number of the first. It costs as much as copying a column, so add many at once. */
  addParts(count: number): number {
    const first = this.#inputs.graph.nodes
    const nodes = first + count
    const { graph, masses, rows } = this.#inputs
    graph.grow(nodes)
    masses.grow(nodes)
    rows.grow(nodes)
    const attributes = new Uint8Array(nodes)
    attributes.set(this.#inputs.attributes)
    this.#inputs.attributes = attributes
    const categories = new Int32Array(nodes)
    categories.set(this.#inputs.categories)
    this.#inputs.categories = categories
    this.#queue.grow(nodes)
    for (const set of this.#sets) set.grow(nodes)
    return first
  }

  /**
   * Makes edits as one: all of them, or none when one cannot be made or the exact judge fails. Returns each part and
   * rule set whose status is another now.
   *
   * @throws BomCycle when a line would put a part below itself; RangeError for a part or rule set that is not there;
   *   whatever the exact judge throws
   */
  apply(edits: ReadonlyArray<Edit>): StatusChanges {
    const { changes } = this.#transact(edits)
    this.#compact()
    return changes
  }

  /** What {@link apply} would return; nothing is changed. */
  preview(edits: ReadonlyArray<Edit>): StatusChanges {
    const { changes, undo } = this.#transact(edits)
    revert(undo)
    this.#compact()
    return changes
  }

  /**
   * Judges everything anew and rolls it up; returns what came out otherwise than the edits had left it: nothing, unless
   * the exact judge answers otherwise than it did.
   *
   * @throws BomCycle when a part is below itself
   */
  recalculate(): StatusChanges {
    const before = this.#calculate()
    const shifts = this.#sets.map((set, ruleSet) => set.shiftsFrom(before[ruleSet] as Judgement))
    return new StatusChanges(shifts, this.#rollup)
  }

  /** Judges everything and rolls it up; returns what was before. */
  #calculate(): ReadonlyArray<Judgement> {
    const judgements = this.#sets.map((set) => set.judgeAll())
    for (const { own, rolled } of judgements) this.#inputs.graph.fold(own, rolled)
    return this.#sets.map((set, ruleSet) => set.takeOver(judgements[ruleSet] as Judgement))
  }

  #compact(): void {
    this.#inputs.rows.compact()
    this.#inputs.graph.compact()
  }

  #transact(edits: ReadonlyArray<Edit>): {
    readonly changes: StatusChanges
    readonly undo: ReadonlyArray<Undo>
  } {
    if (edits.some(changesSums)) this.#inputs.masses.sumAll()
    const undo: Array<Undo> = [this.#inputs.masses.begin()]
    try {
      const touched = this.#write(edits, undo)
      const affected = this.#writeRules(edits, undo, touched)
      const pending = this.#sets.map((set, index) =>
        set.judgeAgain(this.#withDeep(set, touched), affected[index] as Affected)
      )
      const shifts = this.#sets.map((set, ruleSet) =>
        set.settle(pending[ruleSet] as Pending, touched.folded, this.#queue, undo)
      )
      return { changes: new StatusChanges(shifts, this.#rollup), undo }
    } catch (error) {
      revert(undo)
      throw error
    }
  }

  /** Writes edits of parts and lines, and follows the masses. */
  #write(edits: ReadonlyArray<Edit>, undo: Array<Undo>): Touched {
    const touched: Touched = { judged: new Set(), weighed: new Set(), folded: new Set() }
    const evidence = { declared: this.#declared, days: this.#days, categories: this.#categories }
    for (const edit of edits)
      if (edit.edit !== "rules" && edit.edit !== "as-of") writeEdit(this.#inputs, evidence, edit, touched, undo)
    const { rows, masses } = this.#inputs
    undo.push(
      masses.follow(touched.weighed, this.#queue, (node) => {
        touched.weighed.add(node)
        if (rows.count[node] !== 0) touched.judged.add(node)
      })
    )
    this.#log.add(touched.judged)
    undo.push(() => this.#log.add(touched.judged))
    return touched
  }

  /** Puts other rules, or another day, into force; returns for each rule set the nodes it may judge differently. */
  #writeRules(edits: ReadonlyArray<Edit>, undo: Array<Undo>, touched: Touched): ReadonlyArray<Affected> {
    const before = this.#asOf
    for (const edit of edits) {
      if (edit.edit === "as-of") this.#asOf = edit.asOf
      if (edit.edit === "rules") this.#set(edit.ruleSet)
    }
    undo.push(() => {
      this.#asOf = before
    })
    if (this.#asOf !== before) for (const node of this.#datedBetween(before, this.#asOf)) touched.judged.add(node)
    return this.#sets.map((set, index) => {
      let { ruleSet } = set
      for (const edit of edits) if (edit.edit === "rules" && edit.ruleSet === index) ruleSet = edit.rules
      return set.replaceRules(ruleSet, this.#asOf, undo)
    })
  }

  /** Parts whose evidence or decisions begin or end to hold between two days. */
  #datedBetween(a: string, b: string): ReadonlyArray<number> {
    const [first, last] = a < b ? [a, b] : [b, a]
    return [...this.#holders.special()].filter((node) => {
      const days = this.#days.get(node)
      return days === undefined || days.some((day) => first <= day && day <= last)
    })
  }

  /** What was touched, and what is judged together with everything below it and has some of that below. */
  #withDeep(set: Judged, { judged, weighed, folded }: Touched): ReadonlySet<number> {
    if (!set.looksBelow) return judged
    const { start, count, columns } = this.#inputs.graph.parents
    const found = new Set(judged)
    const seen = new Set([...judged, ...weighed, ...folded])
    for (const node of seen) {
      if (set.isDeep(node)) found.add(node)
      const end = (start[node] as number) + (count[node] as number)
      for (let at = start[node] as number; at < end; at++) seen.add(columns.parent[at] as number)
    }
    return found
  }

  #shared(): Shared {
    const { restriction, duty } = statusesOf(this.#rollup)
    return {
      inputs: this.#inputs,
      log: this.#log,
      holders: this.#holders,
      categories: this.#categories,
      rollup: this.#rollup,
      marking: this.#marking,
      careful: (part, { ruleSet, asOf }, isProduct) => {
        const found = this.#careful({ part, ruleSet, asOf, isProduct, evidence: this.#evidence })
        return restriction(found.status) | duty(found.duty)
      }
    }
  }

  #set(ruleSet: number): Judged {
    const set = this.#sets[ruleSet]
    if (set === undefined) throw new RangeError(`There is no rule set ${ruleSet}; there are ${this.#sets.length}`)
    return set
  }

  #unpack(packed: Statuses): PartStatuses {
    return statusesOf(this.#rollup).unpack(packed)
  }
}

const revert = (undo: ReadonlyArray<Undo>): void => {
  for (let at = undo.length - 1; at >= 0; at--) undo[at]?.()
}
