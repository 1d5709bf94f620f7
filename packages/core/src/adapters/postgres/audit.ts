/** The audit trail: a row for each revision, with its entry as it was hashed. */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql"
import type { AuditEntry } from "../../domain/Audit.ts"
import type { AuditRequest, TenantId } from "../../ports/Repository.ts"

export const append = (sql: SqlClient.SqlClient, tenant: TenantId, entry: AuditEntry) =>
  Effect.asVoid(sql`INSERT INTO audit (tenant_id, revision, body)
    VALUES (${tenant}, ${entry.revision}, ${JSON.stringify(entry)}) ON CONFLICT DO NOTHING`)

export const read = (sql: SqlClient.SqlClient, tenant: TenantId, request: AuditRequest) => {
  const rows =
    "after" in request
      ? sql`revision > ${request.after} ORDER BY revision`
      : sql`revision < ${request.before ?? Number.MAX_SAFE_INTEGER} ORDER BY revision DESC`
  return Effect.map(
    sql<{ body: string }>`SELECT body FROM audit WHERE tenant_id = ${tenant} AND ${rows} LIMIT ${request.limit}`,
    (found) => found.map(({ body }) => JSON.parse(body) as AuditEntry)
  )
}
