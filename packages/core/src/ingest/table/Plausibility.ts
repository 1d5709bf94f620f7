/** Notices what is odd about the good rows of a table beside each other. */
import type { DeclarationPlan, KeyedColumn } from "./DeclarationPlan.ts"
import type { Edges, SeenText } from "./Edges.ts"
import { PartRun, type Percentages, type Say, type Seen } from "./PartRun.ts"

/** Millionths of the whole. */
const FULL = 1_000_000

export class Plausibility {
  readonly #plan: DeclarationPlan
  readonly #run: PartRun
  /** Rows of the first part of a block, which may go on from the block before. */
  #first: Array<Seen> | undefined
  #firstRows: ReadonlyArray<Seen> = []

  /**
   * @param percentHeader header of the amounts when it says that they are percent
   * @param isBlock whether rows come before and behind these
   */
  constructor(plan: DeclarationPlan, percentHeader: string | undefined, say: Say, isBlock: boolean) {
    this.#plan = plan
    this.#first = isBlock ? [] : undefined
    this.#run = new PartRun(percentHeader, (part, material) => this.#nameOf(part, material), say)
  }

  /**
   * Looks at the row whose ids stand at `row` among those of the records at hand.
   *
   * @param low lower end of its amount in canonical units, and `high` the upper one
   * @param isShare whether these are ppm instead of milligrams
   * @param bare whether the amount is a number in the unit of its header
   */
  see(row: number, low: number, high: number, isShare: boolean, bare: boolean, line: number): void {
    const { part: parts, byId } = this.#plan
    const part = parts.ids[row] as number
    const substance = byId.substance?.ids[row] ?? 0
    const cas = (byId.cas ?? byId.ec)?.ids[row] ?? 0
    const material = byId.material?.ids[row] ?? 0
    const limit = byId.limit?.ids[row] ?? 0
    const share = isShare ? low : this.#shareOf(row, low)
    if (this.#first !== undefined) {
      if (this.#first.length === 0 || this.#first[0]?.part === part) {
        this.#first.push({ part, substance, cas, material, isShare, limit, low, high, share, bare, line })
        return
      }
      this.#firstRows = this.#first
      this.#first = undefined
    }
    this.#run.see(part, substance, cas, material, isShare, limit, low, high, share, bare, line)
  }

  /** The numbers of the columns mean something else from here on. */
  reset(): void {
    this.#run.reset()
  }

  /** After the last row. */
  end(): void {
    this.#run.end()
  }

  /** What rows before and behind these need to know. */
  get edges(): Edges {
    const { part: parts, byId } = this.#plan
    const textOf = (column: KeyedColumn | undefined) => column?.dictionary.texts() ?? (() => "")
    const [part, substance, cas, material, limit] = [
      parts.dictionary.texts(),
      textOf(byId.substance),
      textOf(byId.cas ?? byId.ec),
      textOf(byId.material),
      textOf(byId.limit)
    ]
    const stated = <A extends { substance: number; cas: number; material: number; limit: number }>(row: A) => ({
      ...row,
      substance: substance(row.substance),
      cas: cas(row.cas),
      material: material(row.material),
      limit: limit(row.limit)
    })
    const first = (this.#first ?? this.#firstRows).map(
      (row): SeenText => ({ ...stated(row), part: part(row.part), name: this.#nameOf(row.part, row.material) })
    )
    const percentages: Percentages = this.#run.percentages
    if (this.#first !== undefined) return { first, last: undefined, percentages }
    const { part: at, statements, group } = this.#run.state
    return {
      first,
      last: {
        part: at === -1 ? undefined : part(at),
        statements: statements.map(stated),
        group: group === undefined ? undefined : { ...group, material: material(group.material) }
      },
      percentages
    }
  }

  #nameOf(part: number, material: number): string {
    const { part: parts, byId } = this.#plan
    const key = (parts.dictionary.values[part] as { readonly key: string }).key
    const of = byId.material?.dictionary.values[material]?.text ?? ""
    return of === "" ? key : `${key}, ${of}`
  }

  /** Millionths that a mass is of the material, or else of the part, when the row says how heavy that is. */
  #shareOf(row: number, mg: number): number | undefined {
    const { materialMass, partMass } = this.#plan.byId
    const mass = this.#massAt(materialMass, row) ?? this.#massAt(partMass, row)
    return mass === undefined || mass === 0 ? undefined : (mg / mass) * FULL
  }

  #massAt(column: KeyedColumn | undefined, row: number): number | undefined {
    const found = column?.dictionary.values[column.ids[row] as number] as { readonly size?: number } | undefined
    return found?.size
  }
}
