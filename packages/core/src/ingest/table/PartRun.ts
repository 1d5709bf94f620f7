/** Compares rows that follow each other: repetitions, contradictions, sums that cannot be, percent written as fractions. */
import { SameStatement, type Statement } from "./SameStatement.ts"

/** Millionths of the whole; half a percent is what rounding may take or add. */
const FULL = 1_000_000
const TOLERANCE = 5_000
/** From here on a list of substances was meant to be complete. */
const MEANT_COMPLETE = 500_000
const PERCENT = 10_000

/** Highest percentage that makes a column of small ones look like fractions of one. */
const SMALL_PERCENT = 0.01

/** The rows of one material of one part that stand together. */
interface Group {
  readonly line: number
  readonly name: string
  readonly material: number
  sum: number
  exact: boolean
  rows: number
}

/** A row as it is compared; the numbers are those of its values, the ends those of its amount in canonical units. */
export interface Seen<Id = number> extends Statement<Id> {
  readonly part: Id
  /** Millionths that it is of its material or part; unknown when left out. */
  readonly share: number | undefined
  /** Whether its amount is a number in the unit of its header. */
  readonly bare: boolean
  readonly line: number
}

/** What is known of the percentages so far. */
export interface Percentages {
  readonly most: number
  /** 0 when none is suspect. */
  readonly suspectLine: number
}

/** What is known behind some row of a part. */
export interface RunState {
  readonly part: number
  readonly statements: ReadonlyArray<Statement>
  readonly group: Readonly<Group> | undefined
}

export type Say = (line: number, code: string, column?: string, value?: string) => void

export class PartRun {
  readonly #percentHeader: string | undefined
  readonly #nameOf: (part: number, material: number) => string
  readonly #say: Say
  readonly #same = new SameStatement()
  #part = -1
  #group: Group | undefined
  #most = 0
  #suspectLine = 0

  /**
   * @param percentHeader header of the amounts when it says that they are percent
   * @param nameOf what a part and its material are called in a remark
   */
  constructor(percentHeader: string | undefined, nameOf: (part: number, material: number) => string, say: Say) {
    this.#percentHeader = percentHeader
    this.#nameOf = nameOf
    this.#say = say
  }

  see(
    part: number,
    substance: number,
    cas: number,
    material: number,
    isShare: boolean,
    limit: number,
    low: number,
    high: number,
    share: number | undefined,
    bare: boolean,
    line: number
  ): void {
    if (part !== this.#part) this.#enter(part, material)
    const likeness = this.#same.see(part, substance, cas, material, isShare, limit, low, high)
    if (likeness !== "new") this.#say(line, likeness === "repeated" ? "row.duplicate" : "row.conflicting")
    if (share !== undefined && likeness !== "repeated") this.#add(part, material, share, low === high, line)
    if (bare && low === high && this.#percentHeader !== undefined) this.#compareWithOne(high / PERCENT, line)
  }

  /** The numbers mean something else from here on. */
  reset(): void {
    this.#same.reset()
    this.#part = -1
  }

  /** After the last row. */
  end(): void {
    this.close()
    if (this.#suspectLine === 0 || this.#most > 1) return
    const column = this.#percentHeader ?? ""
    this.#say(this.#suspectLine, "percent.fraction_suspect", column)
  }

  /** No row of the part follows. */
  close(): void {
    const group = this.#group
    this.#group = undefined
    if (group === undefined) return
    const { sum, exact, rows } = group
    const over = sum > FULL + TOLERANCE + 1e-6
    const under = exact && rows > 1 && sum >= MEANT_COMPLETE && sum < FULL - TOLERANCE - 1e-6
    if (over || under)
      this.#say(group.line, "mass.balance", "", `${group.name}: ${Number((sum / PERCENT).toPrecision(6))} %`)
  }

  get state(): RunState {
    return { part: this.#part, statements: this.#same.statements, group: this.#group }
  }

  restore({ part, statements, group }: RunState): void {
    this.#part = part
    this.#same.restore(part, statements)
    this.#group = group === undefined ? undefined : { ...group }
  }

  get percentages(): Percentages {
    return { most: this.#most, suspectLine: this.#suspectLine }
  }

  /** Takes account of those of later rows. */
  join({ most, suspectLine }: Percentages): void {
    this.#most = Math.max(this.#most, most)
    this.#suspectLine ||= suspectLine
  }

  /** Begins with another part, or goes on with the same one under another number. */
  #enter(part: number, material: number): void {
    const group = this.#group
    const goesOn = this.#part === -1 && group !== undefined && group.name === this.#nameOf(part, material)
    if (goesOn) this.#group = { ...group, material }
    else this.close()
    this.#part = part
  }

  #add(part: number, material: number, share: number, exact: boolean, line: number): void {
    if (material !== this.#group?.material) {
      this.close()
      this.#group = { line, name: this.#nameOf(part, material), material, sum: 0, exact: true, rows: 0 }
    }
    const group = this.#group as Group
    group.sum += share
    group.rows++
    group.exact &&= exact
    if (this.#percentHeader !== undefined && group.rows > 1 && Math.abs(group.sum - PERCENT) <= TOLERANCE / 100)
      this.#suspectLine ||= group.line
  }

  #compareWithOne(percent: number, line: number): void {
    if (percent <= 0) return
    if (percent > this.#most) this.#most = percent
    if (percent <= SMALL_PERCENT) this.#suspectLine ||= line
  }
}
