/** The columns of a table of rules, by the names customers give them. */
import { headerUnit, normalHeader } from "../ingest/table/Mapping.ts"
import { synonyms } from "../ingest/table/Synonyms.ts"

const names = {
  rule: "rule|rule id|id",
  group: "group|substance group|family",
  substance: `substance|name|${synonyms.substance.sure}|${synonyms.substance.likely}`,
  cas: synonyms.cas.sure,
  ec: synonyms.ec.sure,
  formula: "formula|molecular formula",
  limit:
    "limit|limit value|threshold|threshold value|max|maximum|max concentration|maximum concentration|maximum limit|restriction limit|grenzwert|limite",
  unit: "unit|units|uom|limit unit|einheit|unite",
  level: "level|concentration level|ebene",
  comparison: "comparison|operator|fails when",
  basis: "basis|counted as",
  element: "counted element|element symbol|element",
  aggregation: "aggregation",
  outcome: "outcome|action|consequence|requirement",
  categories: "category|categories|product category|part category|kategorie",
  exceptCategories: "except category|except categories",
  materials: "material|materials|material words",
  effectiveFrom: "effective from|effective|effective date|valid from|gultig ab",
  effectiveTo: "effective to|valid to|valid until|gultig bis",
  listedOn: "listed on|date listed|listing date|date of inclusion",
  source: "source|legal source|legal basis|regulation|legislation|quelle",
  url: "url|link",
  standing: "standing",
  taken: "taken|as of",
  note: "note|notes|comment|comments|remark|remarks|condition|conditions|scope|bemerkung"
} as const

export type RuleColumn = keyof typeof names

const byName = new Map<string, RuleColumn>()
for (const [column, list] of Object.entries(names) as ReadonlyArray<[RuleColumn, string]>)
  for (const name of list.split("|")) if (name !== "" && !byName.has(name)) byName.set(name, column)

export interface RuleHeader {
  readonly columns: ReadonlyMap<RuleColumn, { readonly cell: number; readonly header: string }>
  /** Unit of the limits, when the header of their column states one: `limit_ppm`, `Limit (%)`. */
  readonly unit: string | undefined
  /** Columns that mean nothing here. */
  readonly unused: ReadonlyArray<string>
  /** A column that stands twice. */
  readonly twice: string | undefined
}

/** Reads the cells of a header; a line is one when it names what is limited and another column. */
export const readHeader = (cells: ReadonlyArray<string>): RuleHeader | undefined => {
  const columns = new Map<RuleColumn, { readonly cell: number; readonly header: string }>()
  const unused: Array<string> = []
  let twice: string | undefined
  for (const [cell, header] of cells.entries()) {
    const column = byName.get(normalHeader(header))
    if (column === undefined) {
      if (header !== "") unused.push(header)
    } else if (columns.has(column)) twice ??= header
    else columns.set(column, { cell, header })
  }
  const identified = columns.has("cas") || columns.has("ec") || columns.has("substance")
  const limit = columns.get("limit")?.header
  return identified && columns.size > 1
    ? { columns, unit: limit === undefined ? undefined : headerUnit(limit), unused, twice }
    : undefined
}
