/** Notices that rows next to each other say the same, or contradict each other, about one part. */

/** Rows of one part that are compared; files that list a part's rows apart are judged all the same, only not remarked on. */
const WINDOW = 64

/** Doubles of one decimal, calculated in two ways, differ by less. */
const NEAR = 1e-12

export type Likeness = "new" | "repeated" | "conflicting"

/** A row that later ones are compared with; the numbers are those of its values. */
export interface Statement<Id = number> {
  readonly substance: Id
  readonly cas: Id
  readonly material: Id
  readonly isShare: boolean
  readonly limit: Id
  readonly low: number
  readonly high: number
}

export class SameStatement {
  readonly #substances: Array<number> = []
  readonly #ids: Array<number> = []
  readonly #materials: Array<number> = []
  readonly #shares: Array<boolean> = []
  readonly #limits: Array<number> = []
  readonly #lows: Array<number> = []
  readonly #highs: Array<number> = []
  #part = -1
  #count = 0

  /** Forgets all rows; numbers of the columns mean something else afterwards. */
  reset(): void {
    this.#part = -1
    this.#count = 0
  }

  /** The rows of the part at hand. */
  get statements(): ReadonlyArray<Statement> {
    return Array.from({ length: this.#count }, (_, index) => ({
      substance: this.#substances[index] as number,
      cas: this.#ids[index] as number,
      material: this.#materials[index] as number,
      isShare: this.#shares[index] as boolean,
      limit: this.#limits[index] as number,
      low: this.#lows[index] as number,
      high: this.#highs[index] as number
    }))
  }

  /** Goes on with a part of which these rows have been seen. */
  restore(part: number, statements: ReadonlyArray<Statement>): void {
    this.reset()
    for (const { substance, cas, material, isShare, limit, low, high } of statements)
      this.see(part, substance, cas, material, isShare, limit, low, high)
  }

  /**
   * What the row is beside the rows before it: the ids are those of its columns, the ends those of
   * its amount in canonical units. Rows that differ in their limit alone are two rules, not a repetition.
   */
  see(
    part: number,
    substance: number,
    cas: number,
    material: number,
    isShare: boolean,
    limit: number,
    low: number,
    high: number
  ): Likeness {
    if (part !== this.#part) {
      this.#part = part
      this.#count = 0
    }
    for (let index = 0; index < this.#count; index++) {
      if (this.#substances[index] !== substance || this.#ids[index] !== cas) continue
      if (this.#materials[index] !== material || this.#shares[index] !== isShare) continue
      if (!isNear(this.#lows[index] as number, low) || !isNear(this.#highs[index] as number, high)) return "conflicting"
      if (this.#limits[index] === limit) return "repeated"
    }
    if (this.#count === WINDOW) return "new"
    this.#substances[this.#count] = substance
    this.#ids[this.#count] = cas
    this.#materials[this.#count] = material
    this.#shares[this.#count] = isShare
    this.#limits[this.#count] = limit
    this.#lows[this.#count] = low
    this.#highs[this.#count++] = high
    return "new"
  }
}

const isNear = (a: number, b: number): boolean =>
  a === b || Math.abs(a - b) <= NEAR * Math.max(Math.abs(a), Math.abs(b))
