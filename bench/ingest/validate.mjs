/** The checks every peer makes on the cells of a row, by hand, into typed columns. */

const WIDTH = 9
const PART = 0
const MATERIAL = 2
const SUBSTANCE = 3
const CAS = 4
const MASS = 5
const THRESHOLD = 6

const number = /^\d+(\.\d+)?$/
const casPattern = /^\d{2,7}-\d{2}-\d$/
const ZERO = 48
const HYPHEN = 45

/** Whether this is a CAS number whose check digit is right. */
export const isCas = (text) => {
  if (!casPattern.test(text)) return false
  let sum = 0
  let weight = 1
  for (let at = text.length - 3; at >= 0; at--) {
    const code = text.charCodeAt(at)
    if (code !== HYPHEN) sum += weight++ * (code - ZERO)
  }
  return sum % 10 === text.charCodeAt(text.length - 1) - ZERO
}

/** Numbers for texts, from 0 on. */
class Ids {
  #ids = new Map()
  get size() {
    return this.#ids.size
  }
  find(text) {
    return this.#ids.get(text)
  }
  of(text) {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#ids.size
    this.#ids.set(text, id)
    return id
  }
}

/** Columns of the accepted rows; they grow by doubling. */
export class Columns {
  accepted = 0
  rejected = 0
  #parts = new Ids()
  #materials = new Ids()
  #substances = new Ids()
  #numbers = new Ids()
  #capacity = 1 << 16
  #part = new Int32Array(this.#capacity)
  #material = new Int32Array(this.#capacity)
  #substance = new Int32Array(this.#capacity)
  #cas = new Int32Array(this.#capacity)
  #mass = new Float64Array(this.#capacity)
  #threshold = new Float64Array(this.#capacity)

  /** Takes or refuses the cells of one row. */
  row(cells) {
    if (!this.#take(cells)) this.rejected++
  }

  #take(cells) {
    if (cells.length !== WIDTH) return false
    const part = cells[PART].trim()
    if (part === "") return false
    const substance = cells[SUBSTANCE].trim()
    if (substance === "") return false
    const mass = cells[MASS]
    const threshold = cells[THRESHOLD]
    if (!number.test(mass) || !number.test(threshold)) return false
    const cas = this.#casId(cells[CAS])
    if (cas === undefined) return false
    if (this.accepted === this.#capacity) this.#grow()
    const row = this.accepted++
    this.#part[row] = this.#parts.of(part)
    this.#material[row] = this.#materials.of(cells[MATERIAL].trim())
    this.#substance[row] = this.#substances.of(substance)
    this.#cas[row] = cas
    this.#mass[row] = Number(mass)
    this.#threshold[row] = Number(threshold)
    return true
  }

  /** A number is checked once; -1 for none. */
  #casId(written) {
    const text = written.trim()
    if (text === "") return -1
    return this.#numbers.find(text) ?? (isCas(text) ? this.#numbers.of(text) : undefined)
  }

  #grow() {
    this.#capacity *= 2
    const grown = (column) => {
      const larger = new column.constructor(this.#capacity)
      larger.set(column)
      return larger
    }
    this.#part = grown(this.#part)
    this.#material = grown(this.#material)
    this.#substance = grown(this.#substance)
    this.#cas = grown(this.#cas)
    this.#mass = grown(this.#mass)
    this.#threshold = grown(this.#threshold)
  }

  /** What a case reports; the sum, made after the clock has stopped, shows that the column was read. */
  result() {
    return {
      counts: { accepted: this.accepted, rejected: this.rejected },
      massMg: () => this.#mass.subarray(0, this.accepted).reduce((sum, mass) => sum + mass, 0)
    }
  }
}
