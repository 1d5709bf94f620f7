/**
 * Keeps the declarations of a few parts out of a stream of any length, in bounded memory and
 * without changing a verdict: beyond a number of rows a part, the worst against their own
 * limits stay, and of each substance the row with the highest mass.
 */
import * as Decimal from "./domain/Decimal.ts"
import { type Declaration, substanceKey } from "./domain/Declaration.ts"

/** Rows of each unit kept for a part whatever they say. */
export const ROWS_PER_PART = 1000

/** Rows kept of a part beyond that because they decide on one of its substances. */
const SUBSTANCES_PER_PART = 20_000

export class RowKeeper {
  readonly #rows = new Map<string, Array<Declaration>>()
  readonly #omitted = new Map<string, number>()

  add(declarations: Iterable<Declaration>): void {
    for (const declaration of declarations) {
      const rows = this.#rows.get(declaration.part)
      if (rows === undefined) this.#rows.set(declaration.part, [declaration])
      else if (rows.push(declaration) >= this.#bound(declaration.part)) this.#prune(declaration.part, rows)
    }
  }

  /** The rows kept of a part; the same whatever order they came in. */
  of(part: string): ReadonlyArray<Declaration> {
    const rows = this.#rows.get(part) ?? []
    if (rows.length > ROWS_PER_PART && rows.length > (this.#kept.get(part) ?? 0)) this.#prune(part, rows)
    return this.#rows.get(part) ?? []
  }

  omitted(part: string): number {
    return this.#omitted.get(part) ?? 0
  }

  readonly #kept = new Map<string, number>()
  readonly #bounds = new Map<string, number>()

  #bound(part: string): number {
    return this.#bounds.get(part) ?? 2 * ROWS_PER_PART
  }

  #prune(part: string, rows: Array<Declaration>): void {
    rows.sort(worstFirst)
    const kept = new Set([...ofUnit(rows, "mg"), ...ofUnit(rows, "ppm")])
    for (const row of highestOfEachSubstance(rows)) kept.add(row)
    this.#omitted.set(part, this.omitted(part) + rows.length - kept.size)
    this.#rows.set(part, [...kept])
    this.#kept.set(part, kept.size)
    this.#bounds.set(part, kept.size + ROWS_PER_PART)
  }
}

const ofUnit = (rows: ReadonlyArray<Declaration>, unit: "mg" | "ppm"): ReadonlyArray<Declaration> =>
  rows.filter((row) => row.amount.unit === unit).slice(0, ROWS_PER_PART)

/**
 * By upper bound over limit, without dividing, shares apart from masses; then by document and line, so that
 * the outcome does not depend on the order.
 */
const worstFirst = (a: Declaration, b: Declaration): number => {
  const ratio = vagueFirst(a, b) || compareRatio(a, b)
  if (ratio !== 0) return ratio
  if (a.source.document !== b.source.document) return a.source.document < b.source.document ? -1 : 1
  return a.source.line - b.source.line || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)
}

const vagueFirst = (a: Declaration, b: Declaration): number =>
  Number(b.claim !== undefined) - Number(a.claim !== undefined) ||
  Number(b.amount.high === undefined) - Number(a.amount.high === undefined) ||
  Number(a.limitPpm === undefined) - Number(b.limitPpm === undefined) ||
  Number(a.amount.unit === "ppm") - Number(b.amount.unit === "ppm")

const compareRatio = (a: Declaration, b: Declaration): number =>
  a.limitPpm === undefined || b.limitPpm === undefined || a.amount.high === undefined || b.amount.high === undefined
    ? 0
    : Decimal.compare(Decimal.multiply(b.amount.high, a.limitPpm), Decimal.multiply(a.amount.high, b.limitPpm))

/**
 * Of each substance in each material, and of each statement about a list, what decides: the highest upper bound and one
 * without any, the highest lower bound, and the lowest one, which tells how much of the whole is surely declared.
 */
const highestOfEachSubstance = (rows: ReadonlyArray<Declaration>): Iterable<Declaration> => {
  const decisive = new Map<string, Declaration>()
  const keep = (row: Declaration, what: string, beats: (before: Declaration) => boolean): void => {
    const { substance, cas, material, amount, claim, exemption } = row
    const said = claim === undefined ? null : [claim.list, claim.version ?? null, claim.says]
    const key = JSON.stringify([
      what,
      substanceKey(substance, cas),
      material ?? null,
      amount.unit,
      said,
      exemption ?? null
    ])
    const before = decisive.get(key)
    if (before === undefined ? decisive.size < SUBSTANCES_PER_PART : beats(before)) decisive.set(key, row)
  }
  for (const row of rows) {
    const { low, high } = row.amount
    if (high === undefined) keep(row, "unbounded", () => false)
    else keep(row, "high", ({ amount }) => exceeds(high, amount.high))
    keep(row, "low", ({ amount }) => exceeds(low, amount.low))
    keep(row, "lowest", ({ amount }) => exceeds(amount.low, low))
  }
  return decisive.values()
}

const exceeds = (a: Decimal.Decimal | undefined, b: Decimal.Decimal | undefined): boolean =>
  b !== undefined && (a === undefined || Decimal.compare(a, b) > 0)
