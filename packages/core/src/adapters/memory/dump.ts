/** All that a tenant has, as entries in a fixed order. */
import type { Declaration } from "../../domain/Declaration.ts"
import type { BomLine, Part } from "../../domain/Part.ts"
import type { Entry } from "../../ports/Repository.ts"
import { verdictOfRows } from "../../ports/verdicts.ts"
import { compareKeys } from "./pages.ts"
import type { Tables } from "./state.ts"

/** Declarations, and parts, of one entry. */
const ROWS_PER_ENTRY = 5000

export function* entriesOf(tables: Tables): Iterable<Entry> {
  yield* rows(tables)
  yield { is: "revision", revision: tables.revision.get("head") ?? 0 }
  const documents = [...tables.documents.values()]
  documents.sort((a, b) => compareKeys([a.revision, a.sha256], [b.revision, b.sha256]))
  for (const document of documents) yield { is: "document", document }
  yield* boms(tables)
  for (const [since, ruleSets] of tables.rules) yield { is: "rules", ruleSets, since }
  for (const [, override] of byKey(tables.overrides)) yield { is: "override", override }
  for (const [key, row] of byKey(tables.verdicts)) yield verdictOfRows(row, tables.productParts.get(key) ?? [])
  for (const [name, mapping] of byKey(tables.mappings)) yield { is: "mapping", name, mapping }
  for (const [, job] of byKey(tables.jobs)) yield { is: "job", job }
  for (const entry of tables.audit.values()) yield { is: "audit", entry }
}

function* rows({ declarations, staged }: Tables): Iterable<Entry> {
  const byDocument = new Map<string, Array<Declaration>>([...staged.keys()].map((sha256) => [sha256, []]))
  for (const [, documents] of byKey(declarations))
    for (const [sha256, rows] of documents) for (const row of rows) byDocument.get(sha256)?.push(row)
  for (const [sha256, rows] of byKey(byDocument)) {
    rows.sort((a, b) => a.source.line - b.source.line)
    const { rejects = [], warnings = [] } = staged.get(sha256) ?? {}
    for (let index = 0; index === 0 || index * ROWS_PER_ENTRY < rows.length; index++) {
      const remarks = index === 0 ? { rejects: byLine(rejects), warnings: byLine(warnings) } : noRemarks
      const some = rows.slice(index * ROWS_PER_ENTRY, (index + 1) * ROWS_PER_ENTRY)
      yield { is: "rows", sha256, chunk: { index, declarations: some, ...remarks } }
    }
  }
}

const noRemarks = { rejects: [], warnings: [] }

const byLine = <A extends { readonly line: number }>(remarks: ReadonlyArray<A>): ReadonlyArray<A> =>
  [...remarks].sort((a, b) => a.line - b.line)

/** Parts with their lines, some at a time; then the products, which every one of these entries makes known. */
function* boms({ parts, lines, products }: Tables): Iterable<Entry> {
  const [first] = byKey(products)
  if (first === undefined) return
  const all = byKey(parts)
  for (let from = 0; from < all.length; from += ROWS_PER_ENTRY) {
    const some = new Map(all.slice(from, from + ROWS_PER_ENTRY))
    yield bomEntry(
      first[0],
      some,
      [...some.keys()].map((key) => [key, lines.get(key)])
    )
  }
  for (const [product] of byKey(products)) {
    const part = parts.get(product)
    if (part !== undefined) yield bomEntry(product, new Map([[product, part]]), [])
  }
}

const bomEntry = (
  product: string,
  parts: ReadonlyMap<string, Part>,
  lines: ReadonlyArray<readonly [string, ReadonlyArray<BomLine> | undefined]>
): Entry => ({
  is: "bom",
  bom: { product, parts, lines: new Map(lines.flatMap(([key, some]) => (some === undefined ? [] : [[key, some]]))) }
})

const byKey = <A>(table: ReadonlyMap<string, A>): ReadonlyArray<readonly [string, A]> =>
  [...table].sort(([a], [b]) => compareKeys([a], [b]))
