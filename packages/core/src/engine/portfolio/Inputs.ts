/** What the parts of a portfolio are judged by. */
import type { Graph } from "./Graph.ts"
import type { Masses } from "./Masses.ts"
import type { Numbers } from "./Numbers.ts"
import type { Ragged } from "./Ragged.ts"
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

export interface Inputs {
  readonly numbers: Numbers
  readonly substances: Substances
  readonly graph: Graph
  readonly masses: Masses
  readonly rows: Ragged<RowColumns>
  /** {@link ONE_MATERIAL}, {@link DECIDED} and {@link PRODUCT} of each part. */
  attributes: Uint8Array
  /** Number of the set of categories of each part; see Categories. */
  categories: Int32Array
}
