/**
 * Keeps the declarations of a few parts out of a stream of any length, in bounded memory and
 * without changing a verdict: beyond a number of rows a part, the worst against their own
 * limits stay, and of each substance the row with the highest mass.
 */
import * as Decimal from "./domain/Decimal.ts"
import { type Declaration, substanceKey } from "./domain/Declaration.ts"

/** Rows kept for a part whatever they say. */
export const ROWS_PER_PART = 1000

/** Distinct substances of a part whose highest row is kept beyond that. */
const SUBSTANCES_PER_PART = 10_000

export class RowKeeper {
  readonly #rows = new Map<string, Array<Declaration>>()
  readonly #omitted = new Map<string, number>()

  add(declarations: ReadonlyArray<Declaration>): void {
    for (const declaration of declarations) {
      const rows = this.#rows.get(declaration.part)
      if (rows === undefined) this.#rows.set(declaration.part, [declaration])
      else if (rows.push(declaration) >= this.#bound(declaration.part)) this.#prune(declaration.part, rows)
    }
  }

  /** The rows kept of a part; the same whatever order they came in. */
  of(part: string): ReadonlyArray<Declaration> {
    const rows = this.#rows.get(part) ?? []
    if (rows.length > ROWS_PER_PART) this.#prune(part, rows)
    return this.#rows.get(part) ?? []
  }

  omitted(part: string): number {
    return this.#omitted.get(part) ?? 0
  }

  readonly #bounds = new Map<string, number>()

  #bound(part: string): number {
    return this.#bounds.get(part) ?? 2 * ROWS_PER_PART
  }

  #prune(part: string, rows: Array<Declaration>): void {
    rows.sort(worstFirst)
    const kept = new Set(rows.slice(0, ROWS_PER_PART))
    for (const row of highestOfEachSubstance(rows)) kept.add(row)
    this.#omitted.set(part, this.omitted(part) + rows.length - kept.size)
    this.#rows.set(part, [...kept])
    this.#bounds.set(part, kept.size + ROWS_PER_PART)
  }
}

/** By mass over limit, without dividing; then by document and line, so that the outcome does not depend on the order. */
const worstFirst = (a: Declaration, b: Declaration): number => {
  const ratio =
    a.limitPpm === undefined || b.limitPpm === undefined
      ? Number(a.limitPpm === undefined) - Number(b.limitPpm === undefined)
      : Decimal.compare(Decimal.multiply(b.massMg, a.limitPpm), Decimal.multiply(a.massMg, b.limitPpm))
  if (ratio !== 0) return ratio
  if (a.source.document !== b.source.document) return a.source.document < b.source.document ? -1 : 1
  return a.source.line - b.source.line
}

const highestOfEachSubstance = (rows: ReadonlyArray<Declaration>): Iterable<Declaration> => {
  const highest = new Map<string, Declaration>()
  for (const row of rows) {
    const key = substanceKey(row.substance, row.cas)
    const before = highest.get(key)
    if (before === undefined ? highest.size < SUBSTANCES_PER_PART : Decimal.compare(row.massMg, before.massMg) > 0)
      highest.set(key, row)
  }
  return highest.values()
}
