/** What is remarked about the rows of one document: counted exactly, listed up to a bound. */
import type { Reject, RejectedRow } from "./domain/Declaration.ts"

/** Rejects listed for a document; those beyond are counted. */
export const MAX_LISTED_REJECTS = 100_000

/** Warnings listed for a document; those beyond are counted. */
export const MAX_LISTED_WARNINGS = 10_000

/** Characters of rejected rows listed for a document. */
const MAX_LISTED_TEXT = 1 << 26

export class Remarks {
  readonly #codes: Record<string, number> = {}
  #listedRejects = 0
  #listedWarnings = 0
  #listedText = 0
  warned = 0

  /** How often each code occurred, rejects and warnings alike. */
  get codes(): Readonly<Record<string, number>> {
    return { ...this.#codes }
  }

  /** Counts all of them and gives those to list. */
  rejects(found: ReadonlyArray<RejectedRow>): ReadonlyArray<RejectedRow> {
    this.#count(found)
    const listed: Array<RejectedRow> = []
    for (const reject of found) {
      if (this.#listedRejects === MAX_LISTED_REJECTS || this.#listedText > MAX_LISTED_TEXT) break
      this.#listedRejects++
      for (const cell of reject.cells) this.#listedText += cell.length
      listed.push(reject)
    }
    return listed
  }

  /** Counts all of them and gives those to list. */
  warnings(found: ReadonlyArray<Reject>): ReadonlyArray<Reject> {
    this.#count(found)
    this.warned += found.length
    const listed = found.slice(0, MAX_LISTED_WARNINGS - this.#listedWarnings)
    this.#listedWarnings += listed.length
    return listed
  }

  #count(found: ReadonlyArray<Reject>): void {
    for (const { code } of found) this.#codes[code] = (this.#codes[code] ?? 0) + 1
  }
}
