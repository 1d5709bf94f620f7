/** Decisions of people in a store: kept apart from what suppliers state, judged by at once, for as long as they hold. */
import { Compliance, euRohs, type Job, type Override, Repository, TenantId, verifyTrail } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"

const tenant = TenantId.make("acme")
const asOf = "2026-11-23"
const live = () => Compliance.layer.pipe(Layer.provideMerge(Layer.fresh(memory)))

const imported = Effect.fnUntraced(function* (name: string, text: string) {
  const compliance = yield* Compliance
  const bytes = Stream.make(new TextEncoder().encode(text))
  yield* compliance.submit(tenant, { name, bytes, id: name, now: `${asOf}T00:00:00.000Z` })
  const job: Job = yield* compliance.run(tenant, name, asOf, () => Effect.void)
  assert.strictEqual(job.state, "succeeded", job.error)
})

const bomOf = (product: string, ...parts: ReadonlyArray<string>) =>
  JSON.stringify({
    bom_id: product,
    parts: parts.map((part_number) => ({ part_number, weight_g: 1, material: "Brass" }))
  })

/** Two products with a part that breaks a limit, and one without. */
const filled = Effect.gen(function* () {
  const compliance = yield* Compliance
  yield* compliance.useRules(tenant, [{ ...euRohs, undeclared: "not-applicable" }])
  yield* imported("a.json", bomOf("A", "LEADED"))
  yield* imported("b.json", bomOf("B", "CLEAN"))
  yield* imported("c.json", bomOf("C", "LEADED", "CLEAN"))
  const rows = ["LEADED,Solder,Lead,7439-92-1,5000,ppm", "CLEAN,Solder,Lead,7439-92-1,5,ppm", ""]
  yield* imported("d.csv", ["part_number,material,substance,cas,concentration,unit", ...rows].join("\n"))
  yield* TestClock.setTime(Date.parse(`${asOf}T12:00:00Z`))
})

const accepted: Override = {
  id: "D-1",
  part: " leaded",
  rule: "eu-rohs/",
  status: "compliant",
  reason: "measured at 900 ppm, report 4711",
  by: "Q. Manager",
  on: "2026-11-20",
  until: "2026-12-31"
}

const statuses = Effect.gen(function* () {
  const compliance = yield* Compliance
  const { page } = yield* compliance.products(tenant, { limit: 10 })
  return page.items.map(({ key, status }) => `${key} ${status}`)
})

const before = ["A non-compliant", "B compliant", "C non-compliant"]
const after = ["A compliant", "B compliant", "C compliant"]

describe("overrides of a store", () => {
  it.effect("stand above findings at once, in what is listed and in what is explained", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      assert.deepStrictEqual(yield* statuses, before)
      const found = yield* compliance.addOverrides(tenant, [accepted], asOf, "ann")
      assert.deepStrictEqual(found, { overrides: [accepted], judged: 2 })
      assert.deepStrictEqual(yield* statuses, after)
      const report = Option.getOrThrow(yield* compliance.part(tenant, "LEADED", asOf))
      const decided = report.findings.find(({ override }) => override !== undefined)
      assert.deepInclude(decided, { status: "compliant" })
      assert.deepInclude(decided?.override, { id: "D-1", calculated: "non-compliant", by: "Q. Manager" })
      assert.include(report.explanation.steps.map(({ text }) => text).join("\n"), "report 4711")
      const { items } = yield* compliance.declarations(tenant, { by: { substance: "lead" }, limit: 10 })
      assert.deepStrictEqual(
        items.map(({ text }) => text),
        ["5000 ppm", "5 ppm"]
      )
    }).pipe(Effect.provide(live()))
  )

  it.effect("stand for declarations and BOMs that come after them too", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* compliance.addOverrides(tenant, [accepted], asOf)
      yield* filled
      assert.deepStrictEqual(yield* statuses, after)
    }).pipe(Effect.provide(live()))
  )

  it.effect("end with their last day, and a verdict from before says so", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.addOverrides(tenant, [accepted], asOf)
      assert.strictEqual(Option.getOrThrow(yield* compliance.product(tenant, "A")).judgedBy.until, "2026-12-31")
      yield* TestClock.setTime(Date.parse("2027-01-01T00:00:00Z"))
      assert.isFalse((yield* compliance.products(tenant, { limit: 1 })).isCurrent)
      assert.strictEqual(yield* compliance.judgeAgain(tenant, "2027-01-01"), 2)
      assert.deepStrictEqual(yield* statuses, before)
    }).pipe(Effect.provide(live()))
  )

  it.effect("begin on their day", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.addOverrides(tenant, [{ ...accepted, on: "2026-12-01" }], asOf)
      assert.deepStrictEqual(yield* statuses, before)
      assert.strictEqual(yield* compliance.judgeAgain(tenant, "2026-12-01"), 2)
      assert.deepStrictEqual(yield* statuses, after)
    }).pipe(Effect.provide(live()))
  )

  it.effect("are withdrawn from a day on, and stay on record", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.addOverrides(tenant, [accepted], asOf, "ann")
      const ended = { ...accepted, until: "2026-11-22" }
      const withdrawn = yield* compliance.withdrawOverride(tenant, "D-1", asOf, "bob")
      assert.deepStrictEqual(withdrawn, Option.some({ overrides: [ended], judged: 2 }))
      assert.deepStrictEqual(yield* statuses, before)
      assert.deepStrictEqual((yield* compliance.overrides(tenant, { limit: 9, part: "Leaded " })).items, [ended])
      const again = yield* compliance.withdrawOverride(tenant, "D-1", asOf)
      assert.deepStrictEqual(again, Option.some({ overrides: [], judged: 0 }))
      assert.deepStrictEqual(yield* compliance.withdrawOverride(tenant, "D-2", asOf), Option.none())
      const trail = yield* compliance.auditTrail(tenant, { after: 0, limit: 100 })
      assert.isUndefined(verifyTrail(trail))
      assert.deepStrictEqual(
        trail.slice(-2).map(({ by, did, detail }) => [by, did, detail]),
        [
          ["ann", "overrides.added", { overrides: [accepted] }],
          ["bob", "override.withdrawn", { until: "2026-11-22", before: accepted }]
        ]
      )
    }).pipe(Effect.provide(live()))
  )

  it.effect("are taken all or none, and never in place of another", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const repository = yield* Repository
      yield* filled
      yield* compliance.addOverrides(tenant, [accepted], asOf)
      const revision = yield* repository.revision(tenant)
      const { until: _, ...endless } = accepted
      const shuffled = Object.fromEntries(Object.entries(accepted).toReversed()) as Override
      assert.deepStrictEqual(yield* compliance.addOverrides(tenant, [shuffled], asOf), { overrides: [], judged: 0 })
      const refused = [
        [{ ...accepted, reason: "another" }],
        [{ ...endless, id: "D-2" }, endless],
        [
          { ...endless, id: "D-3" },
          { ...accepted, id: "D-3" }
        ],
        [{ ...endless, id: "\u0000" }],
        [{ ...endless, id: "D-4", part: "x".repeat(251) }],
        [{ ...endless, id: "D-4", part: "  " }],
        [{ ...endless, id: "D-5", part: "\ud800" }],
        [{ ...endless, id: "D-6", until: "2026-11-19" }],
        Array.from({ length: 1001 }, (_, index) => ({ ...endless, id: `E-${index}` }))
      ]
      for (const overrides of refused) {
        const error = yield* Effect.flip(compliance.addOverrides(tenant, overrides, asOf))
        assert.strictEqual(error._tag, "RefusedOverride")
        assert.match(error.message, /^The override ".*" is refused: /)
      }
      assert.deepStrictEqual((yield* compliance.overrides(tenant, { limit: 10 })).items, [accepted])
      assert.strictEqual(yield* repository.revision(tenant), revision)
    }).pipe(Effect.provide(live()))
  )

  it.effect("two at once of one id: one is kept, the other is refused", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const added = yield* Effect.forEach(
        ["one", "another"],
        (reason) => Effect.exit(compliance.addOverrides(tenant, [{ ...accepted, reason }], asOf)),
        { concurrency: 2 }
      )
      assert.deepStrictEqual(added.map(({ _tag }) => _tag).sort(), ["Failure", "Success"])
    }).pipe(Effect.provide(live()))
  )

  it.effect("are previewed, in place of those of the same id", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      const changes = Effect.fnUntraced(function* (overrides: ReadonlyArray<Override>) {
        const { products } = yield* compliance.preview(tenant, { overrides }, asOf)
        return (yield* Stream.runCollect(products)).map(({ partNumber, after }) => `${partNumber} ${after.status}`)
      })
      assert.deepStrictEqual(yield* changes([accepted]), ["A compliant", "C compliant"])
      yield* compliance.addOverrides(tenant, [accepted], asOf)
      assert.deepStrictEqual(yield* changes([accepted]), [])
      assert.deepStrictEqual(yield* changes([{ ...accepted, until: "2026-11-22" }]), [
        "A non-compliant",
        "C non-compliant"
      ])
      const refused = compliance.preview(tenant, { overrides: [{ ...accepted, part: "\u0000" }] }, asOf)
      assert.strictEqual((yield* Effect.flip(refused))._tag, "RefusedOverride")
    }).pipe(Effect.provide(live()))
  )
})
