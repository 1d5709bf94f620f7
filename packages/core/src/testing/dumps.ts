/** What a repository must hand over of a tenant, and take back. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { KeptRuleSet, StagedChunk } from "../ports/Repository.ts"
import { type Entry, Repository, type TenantId } from "../ports/Repository.ts"
import { restore } from "../ports/restore.ts"
import {
  bomOf,
  declarationOf,
  documentOf,
  jobOf,
  judgedBy,
  newTenant,
  overrideOf,
  trailOf,
  verdictOf
} from "./samples.ts"

const chunkOf = (sha256: string, rows: number): StagedChunk => ({
  index: 0,
  declarations: Array.from({ length: rows }, (_, at) => declarationOf(`P${at % 7}`, sha256, 2 + (at >> 1))),
  rejects: [{ line: 9, column: "x", code: "value.missing", value: "", message: "m", cells: ["", "b"] }],
  warnings: [{ line: 8, column: "x", code: "value.odd", value: "", message: "w" }]
})

const keptAs = (version: string): KeptRuleSet => ({ id: "a", version, hash: `sha256:${version}`, body: { version } })

/** A tenant with something of everything: parts no product holds any more, rows that nobody committed, jobs that wait. */
const fill = Effect.fnUntraced(function* (tenant: TenantId) {
  const repository = yield* Repository
  const [first, second, never] = [documentOf("1"), { ...documentOf("0"), revision: 2 }, documentOf("2")]
  yield* repository.transaction(
    tenant,
    Effect.gen(function* () {
      yield* repository.nextRevision(tenant)
      yield* repository.stage(tenant, first.sha256, chunkOf(first.sha256, 12))
      yield* repository.putDocument(tenant, first)
      yield* repository.putBom(tenant, bomOf("TOP", { TOP: [["A", "2"]], A: [["OLD", "1"]] }))
      yield* repository.putBom(tenant, bomOf("OTHER", { OTHER: [["A", "AR"]], A: [["NEW", "0.5"]] }))
      yield* repository.putVerdict(tenant, verdictOf("TOP", [["NEW", "exempt"]]), 1, judgedBy("a"))
      yield* repository.putRules(tenant, [keptAs("1"), keptAs("2")], 1)
      yield* repository.nextRevision(tenant)
      yield* repository.putRules(tenant, [keptAs("3"), keptAs("1")], 2)
      yield* repository.stage(tenant, second.sha256, chunkOf(second.sha256, 10_001))
      yield* repository.putDocument(tenant, second)
      yield* repository.putVerdict(tenant, verdictOf("OTHER", []), 2, judgedBy("a"))
      yield* repository.stage(tenant, never.sha256, chunkOf(never.sha256, 1))
      yield* Effect.forEach(["b", "a"], (id) => repository.putOverride(tenant, overrideOf(id, "NEW")))
      yield* repository.putMapping(tenant, "m", { columns: { MPN: { field: "part_number" } } })
      yield* repository.putJob(tenant, { ...jobOf("b"), state: "succeeded", revision: 1 })
      yield* repository.putJob(tenant, jobOf("a"))
      yield* Effect.forEach(trailOf(2), (entry) => repository.appendAudit(tenant, entry))
    })
  )
})

const dumpOf = Effect.fnUntraced(function* (tenant: TenantId) {
  const repository = yield* Repository
  const entries: Array<Entry> = []
  yield* repository.dump(tenant, (entry) => Effect.sync(() => void entries.push(entry)))
  return entries
})

const productsOf = Effect.fnUntraced(function* (tenant: TenantId) {
  const repository = yield* Repository
  return yield* repository.transaction(
    tenant,
    Effect.all({
      revision: repository.revision(tenant),
      products: repository.products(tenant, { limit: 10 }),
      parts: repository.parts(tenant, "TOP", { limit: 10 }),
      boms: Effect.forEach(["TOP", "OTHER", "OLD"], (key) => repository.bom(tenant, key)),
      usedIn: repository.whereUsed(tenant, "NEW", 10),
      rules: repository.rules(tenant),
      bodies: Effect.forEach(["sha256:1", "sha256:2"], (hash) => repository.ruleSet(tenant, hash)),
      declarations: repository.declarations(tenant, ["P0", "P6"]),
      overrides: repository.overridesOn(tenant, ["NEW"]),
      waiting: repository.job(tenant, "a"),
      trail: repository.auditTrail(tenant, { after: 0, limit: 10 })
    })
  )
})

export const dumps = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("what one tenant's dump gives, another takes back, to the same dump and the same answers", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const [from, to] = [newTenant(), newTenant()]
      yield* fill(from)
      const entries = yield* dumpOf(from)
      yield* repository.transaction(
        to,
        Effect.forEach(entries, (entry) => restore(repository, to, entry), { discard: true })
      )
      assert.deepStrictEqual(yield* dumpOf(to), entries)
      assert.deepStrictEqual(yield* productsOf(to), yield* productsOf(from))
      const found = yield* repository.tenants
      assert.deepStrictEqual([found.includes(from), found.includes(to)], [true, true])
    })
  )

  it.effect("a tenant that has nothing dumps nothing but revision 0, and is not listed", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      assert.deepStrictEqual(yield* dumpOf(tenant), [{ is: "revision", revision: 0 }])
      assert.isFalse((yield* repository.tenants).includes(tenant))
    })
  )
}
