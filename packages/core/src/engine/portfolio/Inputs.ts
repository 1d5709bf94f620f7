/** What the parts of a portfolio are judged by. */
import type { Graph } from "./Graph.ts"
import type { Masses } from "./Masses.ts"
import type { Numbers } from "./Numbers.ts"
import { group, Ragged } from "./Ragged.ts"
import type { RowColumns } from "./Rows.ts"
import type { Substances } from "./Substances.ts"

/** Bits of a part: it is one homogeneous material, unless it is an assembly. */
export const ONE_MATERIAL = 1
/** A person decided about it, so that only the exact judge is asked. */
export const DECIDED = 2
/** It is a product, judged as a whole by rules on products. */
export const PRODUCT = 4

/** The name of the category whose parts are judged as a whole by rules on batteries. */
export const BATTERY = "battery"

interface Parts {
  readonly numbers: Numbers
  readonly substances: Substances
  readonly graph: Graph
  readonly masses: Masses
  /** {@link ONE_MATERIAL}, {@link DECIDED} and {@link PRODUCT} of each part. */
  readonly attributes: Uint8Array
  /** Number of the set of categories of each part; see Categories. */
  readonly categories: Int32Array
}

export class Inputs {
  readonly numbers: Numbers
  readonly substances: Substances
  readonly graph: Graph
  readonly masses: Masses
  attributes: Uint8Array
  categories: Int32Array
  #given: RowColumns | undefined
  #rows: Ragged<RowColumns> | undefined

  /** @param rows in any order, or grouped by part */
  constructor(
    { numbers, substances, graph, masses, attributes, categories }: Parts,
    rows: RowColumns | Ragged<RowColumns>
  ) {
    this.numbers = numbers
    this.substances = substances
    this.graph = graph
    this.masses = masses
    this.attributes = attributes
    this.categories = categories
    if (rows instanceof Ragged) this.#rows = rows
    else this.#given = rows
  }

  /** The rows grouped by part, which is done when they are first needed so. */
  get rows(): Ragged<RowColumns> {
    const { graph } = this
    this.#rows ??= group((this.#given as RowColumns).part, graph.nodes, this.#given as RowColumns)
    return this.#rows
  }

  /** The rows in the order in which they were given; `undefined` once those of a part are others. */
  get given(): RowColumns | undefined {
    if (this.#rows !== undefined && this.#rows.layout === undefined) this.#given = undefined
    return this.#given
  }

  /** The same with other rows. */
  with(rows: Ragged<RowColumns>): Inputs {
    return new Inputs(this, rows)
  }
}
