/** Rejected rows that are kept until a document ends: the cells of each in one text, and equal texts once. */
import type { RejectedRow } from "./domain/Declaration.ts"
import { Interner } from "./ingest/Interner.ts"

interface Kept extends Omit<RejectedRow, "cells"> {
  cells: string | ReadonlyArray<string>
}

export class KeptRejects {
  readonly #texts = new Interner()
  readonly #rows: Array<Kept> = []

  get length(): number {
    return this.#rows.length
  }

  add(reject: RejectedRow): void {
    const value = this.#texts.get(reject.value)
    const message = this.#texts.get(reject.message)
    this.#rows.push({ ...reject, value, message, cells: JSON.stringify(reject.cells) })
  }

  /** All of them, unpacked where they are: a copy would take as much memory again. */
  rows(): ReadonlyArray<RejectedRow> {
    for (const row of this.#rows)
      if (typeof row.cells === "string")
        row.cells = (JSON.parse(row.cells) as ReadonlyArray<string>).map((cell) => this.#texts.get(cell))
    return this.#rows as ReadonlyArray<RejectedRow>
  }
}
