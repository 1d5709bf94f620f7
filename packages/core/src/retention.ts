/** What becomes of original documents that nothing refers to, and of those that are old. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { DocumentStore } from "./ports/DocumentStore.ts"
import { Repository, type TenantId } from "./ports/Repository.ts"

export interface Retention {
  /** Hours after which a document is removed that neither a committed one nor a job that has not ended refers to; 48 when left out. */
  readonly unclaimedHours?: number | undefined
  /**
   * Days after its arrival for which the original of a committed document is kept; for ever when left out. Rows, hash and
   * verdicts stay, but what they rest on can then no longer be read again.
   */
  readonly originalDays?: number | undefined
}

const UNCLAIMED_HOURS = 48
const HOUR = 3_600_000

/** Removes what retention lets go of a tenant's documents, and what broken uploads have left; returns how many it removed. */
export const sweepDocuments = Effect.fn("sweepDocuments")(function* (tenant: TenantId, retention: Retention = {}) {
  const repository = yield* Repository
  const documents = yield* DocumentStore
  const now = yield* Clock.currentTimeMillis
  const ago = (hours: number) => new Date(now - hours * HOUR).toISOString()
  const jobs = yield* repository.unfinishedJobs
  const claimed = new Set(jobs.flatMap((entry) => (entry.tenant === tenant ? [entry.job.sha256] : [])))
  const keptSince = retention.originalDays === undefined ? "" : ago(retention.originalDays * 24).slice(0, 10)
  const isKept = (sha256: string) =>
    claimed.has(sha256)
      ? Effect.succeed(true)
      : Effect.map(
          repository.transaction(tenant, repository.findDocument(tenant, sha256)),
          (found) => Option.isSome(found) && (found.value.arrived === undefined || found.value.arrived >= keptSince)
        )
  return yield* documents.sweep(tenant, ago(retention.unclaimedHours ?? UNCLAIMED_HOURS), isKept)
})
