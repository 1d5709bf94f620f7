/** What every repository must hold of the audit trail. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { nextAudited } from "../audit.ts"
import { type AuditEntry, auditEntry, verifyTrail } from "../domain/Audit.ts"
import { type AuditRequest, Repository, type TenantId } from "../ports/Repository.ts"
import { newTenant, trailOf } from "./samples.ts"

const revisionsOf = (entries: ReadonlyArray<AuditEntry>) => entries.map(({ revision }) => revision)

const read = (tenant: TenantId, request: AuditRequest) =>
  Effect.flatMap(Repository, (repository) => repository.auditTrail(tenant, request))

const imported = (subject: string) => ({ did: "document.imported", subject, detail: { rows: 1 } }) as const

export const auditing = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("changes at once stand in the trail one behind the other, without a gap, and a forgery shows", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const subjects = Array.from({ length: 20 }, (_, index) => String(index))
      const revisions = yield* Effect.forEach(
        subjects,
        (subject) => repository.transaction(tenant, nextAudited(repository, tenant, imported(subject))),
        { concurrency: 20 }
      )
      const trail = yield* read(tenant, { after: 0, limit: 1000 })
      assert.deepStrictEqual(
        revisionsOf(trail),
        [...revisions].sort((a, b) => a - b)
      )
      assert.deepStrictEqual(new Set(trail.map(({ subject }) => subject)), new Set(subjects))
      assert.isUndefined(verifyTrail(trail))
      const forged = trail.map((entry) => (entry.revision === 7 ? { ...entry, subject: "forged" } : entry))
      assert.strictEqual(verifyTrail(forged)?.revision, 7)
    })
  )

  it.effect("a reader that keeps the revision it has come to misses nothing while others commit", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const commits = Effect.forEach(
        Array.from({ length: 20 }, (_, index) => imported(String(index))),
        (change) => repository.transaction(tenant, nextAudited(repository, tenant, change)),
        { concurrency: 4 }
      )
      const seen: Array<AuditEntry> = []
      const reader = Effect.gen(function* () {
        while (seen.at(-1)?.revision !== 20)
          seen.push(...(yield* read(tenant, { after: seen.at(-1)?.revision ?? 0, limit: 3 })))
      })
      yield* Effect.all([commits, reader], { concurrency: 2 })
      assert.deepStrictEqual(
        revisionsOf(seen),
        Array.from({ length: 20 }, (_, index) => index + 1)
      )
    })
  )

  it.effect("the trail is read onwards from a revision and backwards, and entries come back as they went", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const [tenant, other] = [newTenant(), newTenant()]
      const trail = trailOf(12)
      const append = (entry: AuditEntry) => repository.transaction(tenant, repository.appendAudit(tenant, entry))
      assert.deepStrictEqual(yield* read(tenant, { limit: 5 }), [])
      for (const entry of trail) yield* append(entry)
      yield* append(auditEntry(trail[3], 5, { ...(trail[4] as AuditEntry), by: "somebody else" }))
      assert.deepStrictEqual(yield* read(tenant, { after: 0, limit: 1000 }), trail)
      const of = (request: AuditRequest) => Effect.map(read(tenant, request), revisionsOf)
      assert.deepStrictEqual(yield* of({ after: 8, limit: 3 }), [9, 10, 11])
      assert.deepStrictEqual(yield* of({ after: 11, limit: 3 }), [12])
      assert.deepStrictEqual(yield* of({ after: 12, limit: 3 }), [])
      assert.deepStrictEqual(yield* of({ limit: 2 }), [12, 11])
      assert.deepStrictEqual(yield* of({ before: 11, limit: 3 }), [10, 9, 8])
      assert.deepStrictEqual(yield* of({ before: 1, limit: 3 }), [])
      assert.deepStrictEqual(yield* read(other, { after: 0, limit: 3 }), [])
    })
  )

  it.effect("a transaction that fails leaves no entry", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const take = nextAudited(repository, tenant, imported("a"))
      for (const end of [Effect.fail("no"), Effect.die("a bug"), Effect.interrupt])
        yield* Effect.exit(repository.transaction(tenant, Effect.andThen(take, end)))
      assert.deepStrictEqual(yield* read(tenant, { after: 0, limit: 10 }), [])
      yield* repository.transaction(tenant, take)
      assert.deepStrictEqual(revisionsOf(yield* read(tenant, { after: 0, limit: 10 })), [1])
    })
  )
}
