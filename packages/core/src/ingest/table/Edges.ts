/** What a stretch of rows that is decoded by itself tells of its first and last part, so that rows are compared across its ends. */
import type { Reject } from "../../domain/Declaration.ts"
import { remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { PartRun, type Percentages, type RunState, type Seen } from "./PartRun.ts"
import type { Statement } from "./SameStatement.ts"

/** A row of the first part; its values are texts as they stand in the table. */
export interface SeenText extends Seen<string> {
  /** Of its part and material in a remark. */
  readonly name: string
}

export interface Edges {
  /** Rows of the first part. */
  readonly first: ReadonlyArray<SeenText>
  /** What is known behind the last row, unless all rows are of the first part. */
  readonly last:
    | {
        /** Missing when no row has been compared since numbers changed their meaning. */
        readonly part: string | undefined
        readonly statements: ReadonlyArray<Statement<string>>
        readonly group: (Omit<NonNullable<RunState["group"]>, "material"> & { readonly material: string }) | undefined
      }
    | undefined
  /** Of the rows behind the first part. */
  readonly percentages: Percentages
}

/** Texts that keep their number until the part changes. */
const MAX_TEXTS = 1 << 17

/** Compares the rows at the ends of stretches that follow each other. */
export class EdgeJoiner {
  readonly #run: PartRun
  #numbers = new Map<string, number>()
  #name = ""
  #warnings: Array<Reject> = []

  /** @param percentHeader header of the amounts when it says that they are percent */
  constructor(percentHeader: string | undefined) {
    this.#run = new PartRun(
      percentHeader,
      () => this.#name,
      (line, code, column = "", value = "") =>
        this.#warnings.push(remark({ line, column, code, value, message: messageOf(code, column) }))
    )
  }

  /** Takes the next stretch, whose lines are counted from `before` on. */
  join({ first, last, percentages }: Edges, before: number): ReadonlyArray<Reject> {
    for (const row of first) {
      this.#name = row.name
      this.#run.see(
        this.#numberOf(row.part),
        this.#numberOf(row.substance),
        this.#numberOf(row.cas),
        this.#numberOf(row.material),
        row.isShare,
        this.#numberOf(row.limit),
        row.low,
        row.high,
        row.share,
        row.bare,
        row.line + before
      )
    }
    if (last !== undefined) {
      this.#run.close()
      this.#numbers.clear()
      this.#restore(last, before)
    } else if (this.#numbers.size > MAX_TEXTS) {
      this.#numbers.clear()
      this.#run.reset()
    }
    const { most, suspectLine } = percentages
    this.#run.join({ most, suspectLine: suspectLine === 0 ? 0 : suspectLine + before })
    return this.#taken()
  }

  /** After the last stretch. */
  end(): ReadonlyArray<Reject> {
    this.#run.end()
    return this.#taken()
  }

  #restore({ part, statements, group }: NonNullable<Edges["last"]>, before: number): void {
    this.#run.restore({
      part: part === undefined ? -1 : this.#numberOf(part),
      statements: statements.map((row) => ({
        ...row,
        substance: this.#numberOf(row.substance),
        cas: this.#numberOf(row.cas),
        material: this.#numberOf(row.material),
        limit: this.#numberOf(row.limit)
      })),
      group:
        group === undefined
          ? undefined
          : { ...group, material: this.#numberOf(group.material), line: group.line + before }
    })
  }

  #numberOf(text: string): number {
    const known = this.#numbers.get(text)
    if (known !== undefined) return known
    const number = this.#numbers.size
    this.#numbers.set(text, number)
    return number
  }

  #taken(): ReadonlyArray<Reject> {
    const warnings = this.#warnings
    this.#warnings = []
    return warnings
  }
}
