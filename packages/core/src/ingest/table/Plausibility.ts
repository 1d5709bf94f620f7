/** Notices what is odd about good rows: repetitions, contradictions, sums that cannot be, percent written as fractions. */
import type { DeclarationPlan } from "./DeclarationPlan.ts"
import type { RowRemarks } from "./RowRemarks.ts"
import { SameStatement } from "./SameStatement.ts"

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
  sum: number
  exact: boolean
  rows: number
}

export class Plausibility {
  readonly #plan: DeclarationPlan
  readonly #percentHeader: string | undefined
  readonly #remarks: RowRemarks
  readonly #same = new SameStatement()
  #part = -1
  #material = -1
  #group: Group | undefined
  #most = 0
  #least = Number.POSITIVE_INFINITY
  #suspectLine = 0

  /** @param percentHeader header of the amounts when it says that they are percent */
  constructor(plan: DeclarationPlan, percentHeader: string | undefined, remarks: RowRemarks) {
    this.#plan = plan
    this.#percentHeader = percentHeader
    this.#remarks = remarks
  }

  /**
   * Looks at the row whose ids stand at `row` among those of the records at hand.
   *
   * @param low lower end of its amount in canonical units, and `high` the upper one
   * @param isShare whether these are ppm instead of milligrams
   * @param bare whether the amount is a number in the unit of its header
   */
  see(row: number, low: number, high: number, isShare: boolean, bare: boolean, line: number): void {
    const { part, byId } = this.#plan
    const partId = part.ids[row] as number
    const material = byId.material?.ids[row] ?? 0
    const likeness = this.#same.see(
      partId,
      byId.substance?.ids[row] ?? 0,
      byId.cas?.ids[row] ?? byId.ec?.ids[row] ?? 0,
      2 * material + (isShare ? 1 : 0),
      byId.limit?.ids[row] ?? 0,
      low,
      high
    )
    if (likeness !== "new") this.#remarks.say(line, likeness === "repeated" ? "row.duplicate" : "row.conflicting")
    const share = likeness === "repeated" ? undefined : isShare ? low : this.#shareOf(row, low)
    if (share !== undefined) this.#balance(partId, material, share, low === high, line)
    if (bare && low === high && this.#percentHeader !== undefined) this.#compareWithOne(high / PERCENT, line)
  }

  /** The numbers of the columns mean something else from here on. */
  reset(): void {
    this.#same.reset()
    this.#part = -1
  }

  /** After the last row. */
  end(): void {
    this.#close()
    if (this.#suspectLine === 0 || this.#most > 1) return
    const column = this.#percentHeader ?? ""
    this.#remarks.say(this.#suspectLine, "percent.fraction_suspect", column)
  }

  #balance(part: number, material: number, share: number, exact: boolean, line: number): void {
    if (part !== this.#part || material !== this.#material || this.#group === undefined)
      this.#enter(part, material, line)
    const group = this.#group as Group
    group.sum += share
    group.rows++
    group.exact &&= exact
    if (this.#percentHeader !== undefined && group.rows > 1 && Math.abs(group.sum - PERCENT) <= TOLERANCE / 100)
      this.#suspectLine ||= group.line
  }

  /** Millionths that a mass is of the material, or else of the part, when the row says how heavy that is. */
  #shareOf(row: number, mg: number): number | undefined {
    const { materialMass, partMass } = this.#plan.byId
    const mass = this.#massAt(materialMass, row) ?? this.#massAt(partMass, row)
    return mass === undefined || mass === 0 ? undefined : (mg / mass) * FULL
  }

  #massAt(column: DeclarationPlan["keyed"][number] | undefined, row: number): number | undefined {
    const found = column?.dictionary.values[column.ids[row] as number] as { readonly size?: number } | undefined
    return found?.size
  }

  #enter(part: number, material: number, line: number): void {
    const { byId, part: parts } = this.#plan
    const key = (parts.dictionary.values[part] as { readonly key: string }).key
    const of = byId.material === undefined ? "" : (byId.material.dictionary.values[material]?.text ?? "")
    const name = of === "" ? key : `${key}, ${of}`
    const goesOn = this.#part === -1 && this.#group?.name === name
    if (!goesOn) {
      this.#close()
      this.#group = { line, name, sum: 0, exact: true, rows: 0 }
    }
    this.#part = part
    this.#material = material
  }

  #close(): void {
    const group = this.#group
    this.#group = undefined
    if (group === undefined) return
    const { sum, exact, rows } = group
    const over = sum > FULL + TOLERANCE + 1e-6
    const under = exact && rows > 1 && sum >= MEANT_COMPLETE && sum < FULL - TOLERANCE - 1e-6
    if (over || under)
      this.#remarks.say(group.line, "mass.balance", "", `${group.name}: ${Number((sum / PERCENT).toPrecision(6))} %`)
  }

  #compareWithOne(percent: number, line: number): void {
    if (percent <= 0) return
    if (percent > this.#most) this.#most = percent
    if (percent >= this.#least) return
    this.#least = percent
    if (percent <= SMALL_PERCENT) this.#suspectLine ||= line
  }
}
