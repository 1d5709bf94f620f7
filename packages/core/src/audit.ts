/** Changes that are written down where they are made. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { auditEntry, type Change } from "./domain/Audit.ts"
import type { Job, Repository, TenantId } from "./ports/Repository.ts"

/** Takes the tenant's next revision, with its entry in the audit trail: first in the transaction that makes the change. */
export const nextAudited = Effect.fnUntraced(function* (
  repository: Repository["Service"],
  tenant: TenantId,
  change: Omit<Change, "at">
) {
  const revision = yield* repository.nextRevision(tenant)
  yield* writeAudit(repository, tenant, revision, change)
  return revision
})

/** Writes the entry of a revision that the transaction has taken. */
export const writeAudit = Effect.fnUntraced(function* (
  repository: Repository["Service"],
  tenant: TenantId,
  revision: number,
  change: Omit<Change, "at">
) {
  const [last] = yield* repository.auditTrail(tenant, { limit: 1 })
  const at = new Date(yield* Clock.currentTimeMillis).toISOString()
  yield* repository.appendAudit(tenant, auditEntry(last, revision, { ...change, at }))
})

/** The change that the import of a document is. */
export const importOf = (job: Job, product: string | undefined): Omit<Change, "at"> => ({
  by: job.by,
  did: "document.imported",
  subject: job.sha256,
  detail: {
    name: job.documentName,
    kind: job.kind,
    product,
    rows: job.rows,
    accepted: job.accepted,
    rejected: job.rejected
  }
})
