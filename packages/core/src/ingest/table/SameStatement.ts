/** Notices that rows next to each other say the same, or contradict each other, about one part. */

/** Rows of one part that are compared; files that list a part's rows apart are judged all the same, only not remarked on. */
const WINDOW = 64

export class SameStatement {
  readonly #substances: Array<number> = []
  readonly #ids: Array<number> = []
  readonly #materials: Array<number> = []
  readonly #coefficients: Array<number> = []
  readonly #scales: Array<number> = []
  #part = -1
  #count = 0
  /** Of the row seen last: 0 new, 1 a repetition, 2 another amount than before. */
  seen: 0 | 1 | 2 = 0

  /** Forgets all rows; numbers of the columns mean something else afterwards. */
  reset(): void {
    this.#part = -1
    this.#count = 0
  }

  see(part: number, substance: number, cas: number, material: number, coefficient: number, scale: number): void {
    this.seen = 0
    if (part !== this.#part) {
      this.#part = part
      this.#count = 0
    }
    for (let index = 0; index < this.#count; index++) {
      if (this.#substances[index] !== substance || this.#ids[index] !== cas || this.#materials[index] !== material)
        continue
      this.seen = this.#coefficients[index] === coefficient && this.#scales[index] === scale ? 1 : 2
      return
    }
    if (this.#count === WINDOW) return
    this.#substances[this.#count] = substance
    this.#ids[this.#count] = cas
    this.#materials[this.#count] = material
    this.#coefficients[this.#count] = coefficient
    this.#scales[this.#count++] = scale
  }
}
