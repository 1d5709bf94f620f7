/**
 * A small portfolio as plain objects that edits can be made to, built anew each time it is asked for: what an
 * incremental portfolio has to come out as. Rows and lines are given in another order each time.
 */
import * as Decimal from "../../../src/domain/Decimal.ts"
import type { Declaration } from "../../../src/domain/Declaration.ts"
import {
  CAREFUL,
  type Careful,
  type Edit,
  ELEMENT,
  EXEMPTION,
  type GivenRows,
  HIGH_OPEN,
  LOW_OPEN,
  NOT_STATED,
  type PartStatuses,
  Portfolio,
  PPM,
  type StatusChange
} from "../../../src/engine/portfolio/index.ts"
import { aboutSubstance } from "../../../src/engine/portfolio/Substances.ts"
import type { RuleSet } from "../../../src/engine/Rule.ts"
import { pick, type Random, shuffled } from "./worlds.ts"

export interface Row {
  readonly substance: number
  readonly low: number
  readonly high: number
  readonly scale: number
  readonly bits: number
}

export const rowsOf = (rows: ReadonlyArray<Row>): GivenRows => ({
  substance: Int32Array.from(rows.map(({ substance }) => substance)),
  low: Float64Array.from(rows.map(({ low }) => low)),
  high: Float64Array.from(rows.map(({ high }) => high)),
  scale: Uint8Array.from(rows.map(({ scale }) => scale)),
  bits: Uint8Array.from(rows.map(({ bits }) => bits))
})

/** What stands behind rows that the exact judge is asked about. */
const declarationsOf = (rows: ReadonlyArray<Row>): ReadonlyArray<Declaration> =>
  rows.some(({ bits }) => (bits & (CAREFUL | EXEMPTION)) !== 0) ? [aboutSubstance({ name: "Lead" })] : []

export const declarationsEdit = (part: number, rows: ReadonlyArray<Row>): Edit => ({
  edit: "declarations",
  part,
  rows: rowsOf(rows),
  declarations: declarationsOf(rows)
})

export const substances = [
  { name: "Lead", cas: "7439-92-1" },
  { name: "Lead monoxide", cas: "1317-36-8" },
  { name: "DEHP", cas: "117-81-7" },
  { name: "DBP", cas: "84-74-2" }
]

export class Model {
  readonly rows: Array<ReadonlyArray<Row>>
  readonly masses: Array<Decimal.Decimal | undefined>
  readonly lines: Array<Map<number, Decimal.Decimal>>
  ruleSets: ReadonlyArray<RuleSet>
  asOf: string
  readonly attributes: Array<number>

  constructor(nodes: number, ruleSets: ReadonlyArray<RuleSet>, asOf: string) {
    this.rows = Array.from({ length: nodes }, () => [])
    this.masses = Array.from({ length: nodes }, () => undefined)
    this.lines = Array.from({ length: nodes }, () => new Map())
    this.attributes = Array.from({ length: nodes }, () => 0)
    this.ruleSets = ruleSets
    this.asOf = asOf
  }

  make(edit: Edit): void {
    switch (edit.edit) {
      case "declarations": {
        const { substance, low, high, scale, bits } = edit.rows
        this.rows[edit.part] = Array.from(substance, (_, at) => ({
          substance: substance[at] as number,
          low: low[at] as number,
          high: high[at] as number,
          scale: scale[at] as number,
          bits: bits?.[at] as number
        }))
        return
      }
      case "mass":
        this.masses[edit.part] = edit.massGrams
        return
      case "line":
        this.lines[edit.parent]?.set(edit.child, edit.quantity)
        return
      case "remove-line":
        this.lines[edit.parent]?.delete(edit.child)
        return
      case "rules":
        this.ruleSets = this.ruleSets.with(edit.ruleSet, edit.rules)
        return
      case "as-of":
        this.asOf = edit.asOf
        return
      case "part":
        this.attributes[edit.part] = edit.attributes
    }
  }

  build(random: Random, careful: Careful, rollup: "fail-dominates" | "unknown-dominates"): Portfolio {
    const nodes = this.rows.length
    const rows = shuffled(
      random,
      this.rows.flatMap((own, part) => own.map((row) => ({ ...row, part })))
    )
    const lines = shuffled(
      random,
      this.lines.flatMap((own, parent) => [...own].map(([child, quantity]) => ({ parent, child, quantity })))
    )
    return new Portfolio({
      nodes,
      lines: {
        parent: Int32Array.from(lines, ({ parent }) => parent),
        child: Int32Array.from(lines, ({ child }) => child),
        coefficient: Float64Array.from(lines, ({ quantity }) => Number(quantity.coefficient)),
        scale: Uint8Array.from(lines, ({ quantity }) => quantity.scale)
      },
      rows: { part: Int32Array.from(rows, ({ part }) => part), ...rowsOf(rows) },
      masses: {
        coefficient: Float64Array.from(this.masses, (mass) => (mass === undefined ? 0 : Number(mass.coefficient))),
        scale: Uint8Array.from(this.masses, (mass) => mass?.scale ?? NOT_STATED)
      },
      substances,
      ruleSets: this.ruleSets,
      asOf: this.asOf,
      rollup,
      attributes: Uint8Array.from(this.attributes),
      declared: new Map(this.rows.map((own, part) => [part, declarationsOf(own)])),
      careful
    })
  }
}

/** Statuses of every node by every rule set. */
export const allStatuses = (portfolio: Portfolio, nodes: number, sets: number): ReadonlyArray<PartStatuses> =>
  Array.from({ length: nodes * sets }, (_, at) => portfolio.statusOf(Math.floor(at / sets), at % sets))

export const statusText = (statuses: ReadonlyArray<PartStatuses>): string => {
  let text = ""
  for (const { status, duty } of statuses) text += `${status} ${duty}\n`
  return text
}

/** Changes in an order of their own, as text. */
export const changesText = (changes: Iterable<StatusChange>): string =>
  Array.from(changes)
    .map(({ part, ruleSet, before, after }) =>
      [part, ruleSet, before.status, before.duty, after.status, after.duty].join(" ")
    )
    .sort()
    .join("\n")

const quantities = ["1", "2", "0.5", "0", "1000000", "0.0000000001"].map(
  (text) => Decimal.parse(text) as Decimal.Decimal
)
const masses = ["4.1", "0.0123", "1", "9007199254740.991", "0", "3.7"].map(
  (text) => Decimal.parse(text) as Decimal.Decimal
)

/** Micrograms, or ppm in thousandths: many meet a limit exactly for one of the masses. */
const values = [4100, 4101, 4099, 410, 1000, 1000000, 999999, 1000001, 100000, 0, 12, 3700, 37, 6000000]

export const randomRow = (random: Random): Row => {
  const value = pick(random, values)
  const isExact = random(3) > 0
  const low = isExact ? value : random(2) === 0 ? 0 : Math.floor(value / 2)
  return {
    substance: random(substances.length),
    low,
    high: value,
    scale: 3,
    bits:
      (random(2) === 0 ? PPM : 0) |
      (low < value && random(2) === 0 ? HIGH_OPEN : 0) |
      (low < value && random(2) === 0 ? LOW_OPEN : 0) |
      (random(6) === 0 ? ELEMENT : 0) |
      (random(10) === 0 ? EXEMPTION : 0) |
      (random(16) === 0 ? CAREFUL : 0)
  }
}

export const randomRows = (random: Random): ReadonlyArray<Row> =>
  random(4) === 0 ? [] : Array.from({ length: 1 + random(3) }, () => randomRow(random))

export const randomMass = (random: Random): Decimal.Decimal | undefined =>
  random(3) === 0 ? undefined : pick(random, masses)

export const randomQuantity = (random: Random): Decimal.Decimal => pick(random, quantities)
