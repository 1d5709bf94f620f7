/** A row of a table of rules as a rule, with the defaults of a customer's list. */
import { atomsOf, elementOfCas } from "../domain/Formula.ts"
import { casOfName } from "../domain/SubstanceNames.ts"
import type { Member, Rule, Source } from "../engine/Rule.ts"
import { type DecimalStyle, plain } from "../ingest/values/Numbers.ts"
import {
  isWrong,
  readAggregation,
  readBasis,
  readCasCell,
  readComparison,
  readDay,
  readEcCell,
  readElement,
  readLevel,
  readLimit,
  readList,
  readOutcome,
  readStanding,
  type Wrong
} from "./RuleCells.ts"
import type { RuleColumn, RuleHeader } from "./RuleColumns.ts"
import { excerpt, type RuleSetProblem } from "./UnreadableRuleSet.ts"

export interface RuleRow {
  readonly line: number
  /** What joins rows to one rule: its id or the name of its group. */
  readonly key: string | undefined
  readonly name: string
  readonly members: ReadonlyArray<Member>
  /** Everything but id, name, members and aggregation. */
  readonly rule: Omit<Rule, "id" | "name" | "members" | "aggregation">
  readonly aggregation: Rule["aggregation"] | undefined
}

export interface RowContext {
  readonly file: string
  readonly header: RuleHeader
  readonly style: DecimalStyle | undefined
  readonly report: (problem: RuleSetProblem) => void
}

/** `undefined` when something in the row is wrong, which is then reported. */
export const readRow = (cells: ReadonlyArray<string>, line: number, context: RowContext): RuleRow | undefined => {
  const row = new Cells(cells, line, context)
  const limit = row.read("limit", (text) =>
    readLimit(text, row.text("unit") === "" ? context.header.unit : row.text("unit"), context.style)
  )
  const comparison = row.read("comparison", readComparison) ?? limit?.comparison ?? "above"
  const members = membersOf(row)
  const element = row.read("element", readElement) ?? elementOf(row, members)
  const basis = row.read("basis", readBasis) ?? (element === undefined ? "compound" : "element")
  const limited = comparison === "above" || comparison === "at-or-above"
  if (limited && limit !== undefined && limit.limitPpm === undefined)
    row.wrong("limit", { code: "limit.missing", message: "needs a limit, or the comparison present or intentional" })
  if (!limited && limit?.limitPpm !== undefined)
    row.wrong("limit", { code: "limit.superfluous", message: `has no meaning with the comparison ${comparison}` })
  if (basis !== "compound" && element === undefined)
    row.wrong("element", { code: "element.missing", message: "needs the symbol of the element that is counted: Pb" })
  if (members.length === 0 && row.text("cas") === "" && row.text("ec") === "")
    row.wrong("substance", { code: "member.unidentified", message: "needs a CAS number, an EC number or a name" })
  const rule: RuleRow["rule"] = {
    level: row.read("level", readLevel) ?? "article",
    comparison,
    ...(limit?.limitPpm === undefined ? {} : { limitPpm: limit.limitPpm }),
    basis,
    ...(basis === "compound" || element === undefined ? {} : { element }),
    ...scopeOf(row),
    ...row.optional("effectiveFrom", readDay),
    ...row.optional("effectiveTo", readDay),
    ...row.optional("listedOn", readDay),
    outcome: row.read("outcome", readOutcome) ?? "non-compliant",
    source: sourceOf(row, context.file)
  }
  if (rule.effectiveFrom !== undefined && rule.effectiveTo !== undefined && rule.effectiveTo < rule.effectiveFrom)
    row.wrong("effectiveTo", { code: "date.order", message: `lies before the first day, ${rule.effectiveFrom}` })
  const key = row.text("rule") || row.text("group")
  return row.failed
    ? undefined
    : {
        line,
        key: key === "" ? undefined : key,
        name: row.text("group") || row.text("substance") || members[0]?.cas || members[0]?.ec || key,
        members,
        rule,
        aggregation: row.read("aggregation", readAggregation)
      }
}

/** One member for each CAS number of the row; a name that means one substance brings its number along. */
const membersOf = (row: Cells): ReadonlyArray<Member> => {
  const read = row.read("cas", readCasCell)
  const alsoRead = row.read("ec", readEcCell)
  const name = plain(row.text("substance")).toLowerCase()
  const names = name === "" ? {} : { names: [name] }
  const formula = row.optional("formula", (text) =>
    atomsOf(text) === undefined
      ? { code: "formula.invalid", message: "is no formula of known elements, such as PbCrO4" }
      : text
  )
  const byName = casOfName(name)
  const own = [...(read?.cas ?? []), ...(alsoRead?.cas ?? [])]
  const cas = own.length > 0 || byName === undefined ? own : [byName]
  const [ec] = [...(read?.ec ?? []), ...(alsoRead?.ec ?? [])]
  if (cas.length === 0 && ec === undefined && name === "") return []
  const one = cas.length < 2
  return (one ? [cas[0]] : cas).map((number) => ({
    ...(number === undefined ? {} : { cas: number }),
    ...(one && ec !== undefined ? { ec } : {}),
    ...names,
    ...formula
  }))
}

/** A rule on an element that names the element's own number counts that element. */
const elementOf = (row: Cells, members: ReadonlyArray<Member>): string | undefined => {
  const basis = readBasis(row.text("basis"))
  const cas = members[0]?.cas
  return basis === "compound" || isWrong(basis) || cas === undefined ? undefined : elementOfCas(cas)
}

const scopeOf = (row: Cells): Pick<Rule, "scope"> => {
  const scope = {
    ...row.words("categories"),
    ...row.words("exceptCategories"),
    ...row.words("materials"),
    ...(row.text("note") === "" ? {} : { note: row.text("note") })
  }
  return Object.keys(scope).length === 0 ? {} : { scope }
}

const sourceOf = (row: Cells, file: string): Source => ({
  text: row.text("source") || file,
  ...(row.text("url") === "" ? {} : { url: row.text("url") }),
  standing: row.read("standing", readStanding) ?? "unchecked",
  ...row.optional("taken", readDay)
})

/** The cells of a row by column; what cannot be read is reported and leaves the row failed. */
class Cells {
  failed = false
  readonly #cells: ReadonlyArray<string>
  readonly #line: number
  readonly #context: RowContext

  constructor(cells: ReadonlyArray<string>, line: number, context: RowContext) {
    this.#cells = cells
    this.#line = line
    this.#context = context
  }

  text(column: RuleColumn): string {
    const place = this.#context.header.columns.get(column)
    return place === undefined ? "" : (this.#cells[place.cell] ?? "").trim()
  }

  /** `undefined` for an empty cell, and for one that cannot be read. */
  read<A>(column: RuleColumn, reader: (text: string) => A | Wrong): A | undefined {
    const text = this.text(column)
    if (text === "" && column !== "limit") return undefined
    const value = reader(text)
    if (!isWrong(value)) return value
    this.wrong(column, value)
    return undefined
  }

  optional<C extends RuleColumn>(column: C, reader: (text: string) => string | Wrong): { readonly [K in C]?: string } {
    const value = this.read(column, reader)
    return (value === undefined ? {} : { [column]: value }) as { readonly [K in C]?: string }
  }

  words<C extends RuleColumn>(column: C): { readonly [K in C]?: ReadonlyArray<string> } {
    const words = readList(this.text(column))
    return (words.length === 0 ? {} : { [column]: words }) as { readonly [K in C]?: ReadonlyArray<string> }
  }

  wrong(column: RuleColumn, { code, message }: Wrong): void {
    this.failed = true
    this.#context.report({
      line: this.#line,
      column: this.#context.header.columns.get(column)?.header ?? column,
      code,
      value: excerpt(this.text(column)),
      message
    })
  }
}
