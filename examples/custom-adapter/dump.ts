/** All that a tenant has, as entries in a fixed order. */
import type { AuditEntry, Declaration, Mapping, Override, Part, Reject, RejectedRow } from "@certivo/core/domain"
import {
  type DocumentRecord,
  type Entry,
  type Job,
  type PartRow,
  type ProductRow,
  verdictOfRows
} from "@certivo/core/ports"
import { linesOf, partOf } from "./boms.ts"
import { type Database, unpack } from "./database.ts"
import { ruleEntries } from "./rules.ts"

const ROWS_PER_ENTRY = 5000

export function* entriesOf(db: Database, tenant: string): Iterable<Entry> {
  const bodies = <A>(statement: string, ...values: ReadonlyArray<string | number>) =>
    db.all(statement, tenant, ...values).map((row) => unpack<A>(row.body))

  const staged = db.all("SELECT DISTINCT sha256 FROM staged WHERE tenant = ? ORDER BY sha256", tenant)
  for (const row of staged) yield* rowsOf(db, tenant, String(row.sha256))
  const [head] = db.all("SELECT revision FROM head WHERE tenant = ?", tenant)
  yield { is: "revision", revision: Number(head?.revision ?? 0) }
  const documents = bodies<DocumentRecord>("SELECT body FROM document WHERE tenant = ? ORDER BY sha256")
  for (const document of [...documents].sort((a, b) => a.revision - b.revision)) yield { is: "document", document }

  const products = db.all("SELECT key FROM part WHERE tenant = ? AND product ORDER BY key", tenant)
  const [first] = products
  if (first !== undefined)
    for (const part of bodies<Part>("SELECT body FROM part WHERE tenant = ? ORDER BY key")) {
      const lines = linesOf(db, tenant, part.key)
      yield bomEntry(String(first.key), part, lines.length === 0 ? [] : [[part.key, lines]])
    }
  for (const row of products) {
    const key = String(row.key)
    yield bomEntry(key, partOf(db, tenant, key) as Part, [])
  }

  yield* ruleEntries(db, tenant)
  for (const override of bodies<Override>("SELECT body FROM override WHERE tenant = ? ORDER BY id"))
    yield { is: "override", override }
  const rows = bodies<ProductRow>("SELECT body FROM listed WHERE tenant = ? AND list = '' ORDER BY key")
  for (const row of rows)
    yield verdictOfRows(
      row,
      bodies<PartRow>("SELECT body FROM listed WHERE tenant = ? AND list = ? ORDER BY rank, key", row.key)
    )
  for (const row of db.all("SELECT name, body FROM mapping WHERE tenant = ? ORDER BY name", tenant))
    yield { is: "mapping", name: String(row.name), mapping: unpack<Mapping>(row.body) }
  for (const job of bodies<Job>("SELECT body FROM job WHERE tenant = ? ORDER BY id")) yield { is: "job", job }
  for (const entry of bodies<AuditEntry>("SELECT body FROM audit WHERE tenant = ? ORDER BY revision"))
    yield { is: "audit", entry }
}

function* rowsOf(db: Database, tenant: string, sha256: string): Iterable<Entry> {
  const remarks = <A>(warning: number) =>
    db
      .all(
        "SELECT body FROM remark WHERE tenant = ? AND sha256 = ? AND warning = ? ORDER BY line, id",
        tenant,
        sha256,
        warning
      )
      .map((row) => unpack<A>(row.body))
  let [line, id, index] = [-1, -1, 0]
  for (;;) {
    const rows = db.all(
      `SELECT line, id, body FROM declaration WHERE tenant = ? AND sha256 = ? AND (line, id) > (?, ?)
       ORDER BY line, id LIMIT ?`,
      tenant,
      sha256,
      line,
      id,
      ROWS_PER_ENTRY
    )
    const last = rows.at(-1)
    if (last === undefined && index > 0) return
    const declarations = rows.map((row) => unpack<Declaration>(row.body))
    const [rejects, warnings] = index === 0 ? [remarks<RejectedRow>(0), remarks<Reject>(1)] : [[], []]
    yield { is: "rows", sha256, chunk: { index: index++, declarations, rejects, warnings } }
    if (last === undefined) return
    line = Number(last.line)
    id = Number(last.id)
  }
}

const bomEntry = (
  product: string,
  part: Part,
  lines: Iterable<readonly [string, ReturnType<typeof linesOf>]>
): Entry => ({
  is: "bom",
  bom: { product, parts: new Map([[part.key, part]]), lines: new Map(lines) }
})
