/** What was remarked about the rows of a document. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql"
import type { Reject } from "../../domain/Declaration.ts"
import type { TenantId } from "../../ports/Repository.ts"
import * as Rows from "./rows.ts"

export const stageRemarks = (
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  sha256: string,
  found: ReadonlyArray<Reject & { readonly cells?: ReadonlyArray<string> }>,
  isWarning: boolean
) =>
  Effect.gen(function* () {
    if (found.length === 0) return
    yield* sql`INSERT INTO reject
      (tenant_id, sha256, line, byte_offset, column_name, code, value, message, suggestion, cells, document, is_warning)
      SELECT ${tenant}, ${sha256}, t.line::bigint, NULLIF(t.at, '')::bigint, t.col, t.code, t.value, t.message,
        NULLIF(t.suggestion, ''), NULLIF(t.cells, ''), NULLIF(t.document, ''), ${isWarning}
      FROM unnest(
        ${found.map((row) => String(row.line))}::text[],
        ${found.map((row) => (row.offset === undefined ? "" : String(row.offset)))}::text[],
        ${found.map((row) => Rows.storable(row.column))}::text[],
        ${found.map((row) => row.code)}::text[],
        ${found.map((row) => Rows.storable(row.value))}::text[],
        ${found.map((row) => row.message)}::text[],
        ${found.map((row) => row.suggestion ?? "")}::text[],
        ${found.map((row) => (row.cells === undefined ? "" : JSON.stringify(row.cells.map(Rows.storable))))}::text[],
        ${found.map((row) => Rows.storable(row.document ?? ""))}::text[]
      ) AS t (line, at, col, code, value, message, suggestion, cells, document)`
  })

export const remarks = (
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  sha256: string,
  limit: number,
  isWarning: boolean
) =>
  sql<Rows.RejectRow>`SELECT line, byte_offset, column_name, code, value, message, suggestion, cells,
    document FROM reject
    WHERE tenant_id = ${tenant} AND sha256 = ${sha256} AND is_warning = ${isWarning}
    ORDER BY line, position LIMIT ${limit}`
