/** A customer's list of restricted substances as a table: rows become rules, rows of one group one rule. */
import { hasher } from "../domain/Hash.ts"
import type { Member, Rule, RuleSet } from "../engine/Rule.ts"
import { MAX_CELLS } from "../ingest/table/Batch.ts"
import { cellTexts, textOfBytes } from "../ingest/table/CellText.ts"
import { RecordReader } from "../ingest/table/Records.ts"
import { styleOf } from "../ingest/values/Numbers.ts"
import { type RuleHeader, readHeader } from "./RuleColumns.ts"
import { type RuleRow, readRow } from "./RuleRow.ts"
import { excerpt, type RuleSetProblem, unreadable } from "./UnreadableRuleSet.ts"

interface Row {
  readonly cells: ReadonlyArray<string>
  readonly line: number
}

/** Where the header is looked for. */
const HEADER_SEARCH = 30
const HEAD_BYTES = 1 << 16

/** @throws UnreadableRuleSet */
export const fromTable = (file: string, bytes: Uint8Array): RuleSet => {
  const problems: Array<RuleSetProblem> = []
  const report = (problem: RuleSetProblem) => void problems.push(problem)
  const table = tableOf(bytes)
  if (table === undefined)
    throw unreadable(file, [
      {
        code: "header.missing",
        value: "",
        message: "no line is a header that names a substance or its CAS number and a limit: substance, cas, limit_ppm"
      }
    ])
  const { header, before, rows, delimiter } = table
  if (header.twice !== undefined)
    report({ line: table.line, column: header.twice, code: "header.duplicate", value: "", message: "stands twice" })
  for (const { line, code } of table.broken)
    report({ line, code, value: "", message: "cannot be read; check the quotes of the line" })
  const limits = header.columns.get("limit")?.cell
  const shown = limits === undefined ? undefined : styleOf(rows.map(({ cells }) => cells[limits] ?? ""))
  const style = shown ?? (delimiter === 59 ? undefined : { point: "." as const, sure: false })
  const read = rows.flatMap(({ cells, line }) => readRow(cells, line, { file, header, style, report }) ?? [])
  const rules = rulesOf(read, report)
  if (rows.length === 0 && table.broken.length === 0)
    report({ code: "table.empty", value: "", message: "there is no row below the header" })
  const stated = statedOf(before)
  const id = stated.get("id") ?? idOf(file)
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(id))
    report({
      line: 1,
      column: "id",
      code: "id.invalid",
      value: excerpt(id),
      message: "must be lower-case letters, digits and hyphens"
    })
  if (problems.length > 0)
    throw unreadable(
      file,
      problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
    )
  const unused = header.unused.length === 0 ? undefined : `Columns not used: ${header.unused.join(", ")}.`
  const notice = [stated.get("notice"), unused].filter((text) => text !== undefined).join(" ")
  return {
    id,
    version: stated.get("version") ?? `sha256:${digestOf(bytes).slice(0, 12)}`,
    title: stated.get("title") ?? file.replace(/\.[^.]*$/, ""),
    ...(notice === "" ? {} : { notice }),
    rules,
    exemptions: []
  }
}

const idOf = (file: string): string =>
  file
    .replace(/\.[^.]*$/, "")
    .normalize("NFKD")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "")
    .slice(0, 64) || "rules"

const digestOf = (bytes: Uint8Array): string => {
  const hash = hasher()
  hash.update(bytes)
  return hash.digest()
}

/** What lines such as `# version: 2026-01` above the header say of the whole list. */
const statedOf = (before: ReadonlyArray<string>): ReadonlyMap<string, string> =>
  new Map(
    before.flatMap((line): ReadonlyArray<[string, string]> => {
      const match = /^#\s*(id|version|title|notice)\s*:\s*(.*?)[,;\s]*$/i.exec(line)
      return match === null ? [] : [[(match[1] as string).toLowerCase(), match[2] as string]]
    })
  )

interface Table {
  readonly header: RuleHeader
  readonly line: number
  readonly delimiter: number
  /** Lines above the header. */
  readonly before: ReadonlyArray<string>
  readonly rows: ReadonlyArray<Row>
  readonly broken: ReadonlyArray<{ readonly line: number; readonly code: string }>
}

/** Read with the delimiter under which some line near the beginning is a header of most columns. */
const tableOf = (bytes: Uint8Array): Table | undefined => {
  let best: { readonly header: RuleHeader; readonly index: number; readonly delimiter: number } | undefined
  for (const delimiter of [",", ";", "\t", "|"].map((mark) => mark.charCodeAt(0)))
    for (const [index, { cells }] of recordsOf(bytes.subarray(0, HEAD_BYTES), delimiter).rows.entries()) {
      const header = index >= HEADER_SEARCH || cells[0]?.startsWith("#") === true ? undefined : readHeader(cells)
      if (header !== undefined && header.columns.size > (best?.header.columns.size ?? 1))
        best = { header, index, delimiter }
    }
  if (best === undefined) return undefined
  const { header, index, delimiter } = best
  const { rows, broken } = recordsOf(bytes, delimiter)
  return {
    header,
    line: rows[index]?.line ?? 1,
    delimiter,
    before: textOfBytes(bytes.subarray(0, HEAD_BYTES)).text.split(/\r?\n/, (rows[index]?.line ?? 1) - 1),
    rows: rows.slice(index + 1).filter(isFilled),
    broken
  }
}

const isFilled = ({ cells }: Row): boolean => cells.some((cell) => cell !== "")

const recordsOf = (bytes: Uint8Array, delimiter: number): Pick<Table, "rows" | "broken"> => {
  const rows: Array<Row> = []
  const broken: Array<{ readonly line: number; readonly code: string }> = []
  const reader = new RecordReader(delimiter, {
    records: (records) => {
      for (let record = 0; record < records.length; record++)
        rows.push({
          cells: cellTexts(records, record, MAX_CELLS).map((text) => text.trim()),
          line: records.lines[record] as number
        })
    },
    isRow: () => false,
    problem: (code, line) => void broken.push({ line, code })
  })
  reader.push(bytes)
  reader.end()
  return { rows, broken }
}

/** Rows with one key become one rule; each other row is a rule by itself. */
const rulesOf = (rows: ReadonlyArray<RuleRow>, report: (problem: RuleSetProblem) => void): ReadonlyArray<Rule> => {
  const groups = Map.groupBy(rows, (row) => row.key ?? row)
  const rules: Array<Rule> = []
  const ids = new Set<string>()
  const seen = new Map<string, number>()
  for (const group of groups.values()) {
    const [first] = group as [RuleRow]
    for (const row of group.slice(1)) sameRule(first, row, report)
    const members = distinct(group.flatMap((row) => row.members)) as [Member, ...Array<Member>]
    const rule = { ...first.rule, aggregation: aggregationOf(group, members) }
    const content = JSON.stringify([members.map(keyOf), { ...rule, source: undefined, limitPpm: undefined }])
    const before = seen.get(content)
    if (before !== undefined)
      report({
        line: first.line,
        code: "rule.duplicate",
        value: excerpt(first.name),
        message: `has a rule on line ${before} already; keep one of them, or tell them apart by level, category or days`
      })
    seen.set(content, first.line)
    rules.push({ id: freeId(first, members, ids), name: first.name, ...rule, members })
  }
  return rules
}

const sameRule = (first: RuleRow, row: RuleRow, report: (problem: RuleSetProblem) => void): void => {
  const differing = (
    ["limitPpm", "comparison", "level", "basis", "element", "outcome", "effectiveFrom", "effectiveTo"] as const
  ).find((key) => first.rule[key] !== row.rule[key])
  if (differing !== undefined)
    report({
      line: row.line,
      column: differing,
      code: "rule.conflict",
      value: excerpt(String(row.rule[differing] ?? "")),
      message: `differs from line ${first.line} of the same rule ${row.key}, which says ${first.rule[differing] ?? "nothing"}`
    })
}

const aggregationOf = (group: ReadonlyArray<RuleRow>, members: ReadonlyArray<Member>): Rule["aggregation"] =>
  group.find((row) => row.aggregation !== undefined)?.aggregation ?? (members.length > 1 ? "sum" : "single")

const keyOf = ({ cas, ec, names }: Member): string => cas ?? ec ?? names?.[0] ?? ""

const distinct = (members: ReadonlyArray<Member>): ReadonlyArray<Member> => [
  ...new Map(members.map((member) => [keyOf(member), member])).values()
]

const freeId = (row: RuleRow, members: readonly [Member, ...Array<Member>], ids: Set<string>): string => {
  const wanted = (row.key ?? keyOf(members[0])).replaceAll(/[^A-Za-z0-9 ._:()/+-]+/g, "-").replace(/^[^A-Za-z0-9]+/, "")
  const base = wanted.slice(0, 90) || `line-${row.line}`
  let id = base
  for (let next = 2; ids.has(id); next++) id = `${base}-${next}`
  ids.add(id)
  return id
}
