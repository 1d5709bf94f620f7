/** A store judges by the rule sets that were chosen for it, whoever opens it. */
import {
  Compliance,
  check,
  documentLimits,
  euReachSvhc,
  euRohs,
  type Job,
  Repository,
  TenantId,
  verifyTrail
} from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { statusReport } from "@certivo/core/reports"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"

const tenant = TenantId.make("acme")
const asOf = "2026-11-23"
const encode = (text: string) => new TextEncoder().encode(text)
const live = () => Compliance.layer.pipe(Layer.provideMerge(Layer.fresh(memory)))

const bomOf = (product: string, ...parts: ReadonlyArray<string>) =>
  JSON.stringify({
    bom_id: product,
    parts: parts.map((part_number) => ({ part_number, weight_g: 1, material: "Brass" }))
  })

const header = "part_number,material,substance,cas,concentration,unit"
const declared = (...rows: ReadonlyArray<string>) => [header, ...rows, ""].join("\n")

const imported = Effect.fnUntraced(function* (name: string, text: string) {
  const compliance = yield* Compliance
  const bytes = Stream.make(encode(text))
  yield* compliance.submit(tenant, { name, bytes, id: name, now: `${asOf}T00:00:00.000Z` })
  const job: Job = yield* compliance.run(tenant, name, asOf, () => Effect.void)
  assert.include(["succeeded", "succeeded-with-rejects"], job.state, job.error)
})

const keysOf = Effect.fnUntraced(function* (filter: object) {
  const compliance = yield* Compliance
  const { page, isCurrent } = yield* compliance.products(tenant, { limit: 100, ...filter })
  return { keys: page.items.map(({ key }) => key), isCurrent }
})

/** Several products, of which some fail by RoHS. */
const filled = Effect.gen(function* () {
  yield* imported("a.json", bomOf("A", "LEADED"))
  yield* imported("b.json", bomOf("B", "CLEAN"))
  yield* imported("c.json", bomOf("C", "LEADED", "CLEAN"))
  yield* imported("d.csv", declared("LEADED,Solder,Lead,7439-92-1,5000,ppm", "CLEAN,Solder,Lead,7439-92-1,5,ppm"))
})

describe("rule sets of a store", () => {
  it.effect("judge what is imported, and lists are by each of them", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* compliance.useRules(tenant, [euRohs, euReachSvhc])
      yield* filled
      const failing = { status: "non-compliant", regulation: "eu-rohs" } as const
      assert.deepStrictEqual(yield* keysOf(failing), { keys: ["A", "C"], isCurrent: true })
      assert.deepStrictEqual((yield* keysOf({ ...failing, regulation: "document-limits" })).keys, [])
      assert.deepStrictEqual((yield* keysOf({ status: "above-threshold", regulation: "eu-reach-svhc" })).keys, [
        "A",
        "C"
      ])
      const parts = Option.getOrThrow(yield* compliance.parts(tenant, "C", { limit: 10, ...failing }))
      assert.deepStrictEqual(
        parts.page.items.map(({ key }) => key),
        ["LEADED"]
      )
      const report = Option.getOrThrow(yield* compliance.part(tenant, "LEADED", asOf))
      assert.deepInclude(report.byRegulation, { regulation: "eu-rohs", status: "non-compliant" })
    }).pipe(Effect.provide(live()))
  )

  it.effect("are the documents' own limits until others are chosen, and a verdict says by which it is", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      const before = yield* compliance.rules(tenant)
      assert.deepStrictEqual(
        before.ruleSets.map(({ id }) => id),
        [documentLimits.id]
      )
      assert.deepStrictEqual(yield* keysOf({ status: "non-compliant" }), { keys: [], isCurrent: true })
      yield* compliance.useRules(tenant, [documentLimits, euRohs], "ann")
      const after = yield* compliance.rules(tenant)
      assert.isFalse((yield* keysOf({})).isCurrent)
      const stale = Option.getOrThrow(yield* compliance.product(tenant, "A"))
      assert.deepStrictEqual(stale.judgedBy, { ...before, asOf })
      assert.deepStrictEqual((yield* keysOf({ status: "non-compliant", regulation: "eu-rohs" })).keys, [])
      assert.isFalse(Option.getOrThrow(yield* compliance.parts(tenant, "A", { limit: 1 })).isCurrent)
      assert.strictEqual(yield* compliance.judgeAgain(tenant, asOf), 3)
      const current = Option.getOrThrow(yield* compliance.product(tenant, "A"))
      assert.strictEqual(current.judgedBy.hash, after.hash)
      assert.isTrue(Option.getOrThrow(yield* compliance.parts(tenant, "A", { limit: 1 })).isCurrent)
      assert.deepStrictEqual(yield* keysOf({ status: "non-compliant", regulation: "eu-rohs" }), {
        keys: ["A", "C"],
        isCurrent: true
      })
    }).pipe(Effect.provide(live()))
  )

  it.effect("find a verdict that a day has ended, which is judged anew as of the day", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const exemptions = euRohs.exemptions.map(({ renewalPending: _, ...one }) => ({ ...one, lastDay: "2026-12-11" }))
      yield* compliance.useRules(tenant, [{ ...euRohs, undeclared: "not-applicable", exemptions }])
      yield* imported("a.json", bomOf("A", "STEEL"))
      yield* imported("b.json", bomOf("B", "CLEAN"))
      const row = (part: string, amount: string, claim: string) => `${part},Steel,Lead,7439-92-1,${amount},ppm,${claim}`
      yield* imported(
        "d.csv",
        [`${header},exemption`, row("STEEL", "3000", "6(a)"), row("CLEAN", "5", ""), ""].join("\n")
      )
      const read = Effect.fnUntraced(function* (day: string) {
        yield* TestClock.setTime(Date.parse(`${day}T12:00:00Z`))
        const { page, isCurrent } = yield* compliance.products(tenant, { limit: 10 })
        const parts = Option.getOrThrow(yield* compliance.parts(tenant, "A", { limit: 10 }))
        return [page.items.map(({ status }) => status).join(), isCurrent, parts.isCurrent] as const
      })
      assert.deepStrictEqual(yield* read("2026-12-11"), ["exempt,compliant", true, true])
      const { judgedBy } = Option.getOrThrow(yield* compliance.product(tenant, "A"))
      assert.deepStrictEqual([judgedBy.asOf, judgedBy.until], [asOf, "2026-12-11"])
      assert.deepStrictEqual(yield* read("2026-12-12"), ["exempt,compliant", false, false])
      assert.strictEqual(yield* compliance.judgeAgain(tenant, "2026-12-12"), 1)
      assert.deepStrictEqual(yield* read("2026-12-12"), ["non-compliant,compliant", true, true])
    }).pipe(Effect.provide(live()))
  )

  it.effect(
    "leave an entry in the trail when they change and for each time products are judged again, and none else",
    () =>
      Effect.gen(function* () {
        const compliance = yield* Compliance
        yield* filled
        yield* compliance.useRules(tenant, [documentLimits])
        assert.strictEqual(yield* compliance.judgeAgain(tenant, asOf), 0)
        yield* compliance.useRules(tenant, [documentLimits, euRohs], "ann")
        yield* compliance.useRules(tenant, [documentLimits, euRohs], "bob")
        yield* compliance.judgeAgain(tenant, asOf)
        assert.strictEqual(yield* compliance.judgeAgain(tenant, asOf), 0)
        const trail = yield* compliance.auditTrail(tenant, { after: 0, limit: 100 })
        assert.isUndefined(verifyTrail(trail))
        const { hash, ruleSets } = yield* compliance.rules(tenant)
        assert.deepStrictEqual(
          trail.slice(4).map(({ by, did, subject, detail }) => ({ by, did, subject, detail })),
          [
            { by: "ann", did: "rules.changed", subject: hash, detail: { ruleSets } },
            { by: undefined, did: "products.judged", subject: hash, detail: { ruleSets, asOf, products: 3 } }
          ]
        )
      }).pipe(Effect.provide(live()))
  )

  it.effect("are those of the store, not of the process that opens it", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const another = Layer.fresh(Compliance.layer)
      yield* compliance.useRules(tenant, [euRohs])
      yield* filled.pipe(Effect.provide(another, { local: true }))
      assert.deepStrictEqual(yield* keysOf({ status: "non-compliant", regulation: "eu-rohs" }), {
        keys: ["A", "C"],
        isCurrent: true
      })
    }).pipe(Effect.provide(live()))
  )

  it.effect("judge again from where a process that was killed has come to", () =>
    Effect.gen(function* () {
      const [repository, compliance] = [yield* Repository, yield* Compliance]
      const parts = Array.from({ length: 900 }, (_, index) => `P${index}`)
      const products = ["A", "B", "C", "D", "E"]
      for (const product of products) yield* imported(`${product}.json`, bomOf(product, ...parts))
      yield* compliance.useRules(tenant, [euRohs])
      let left = 4
      const dying = Layer.succeed(Repository, {
        ...repository,
        putVerdict: (...verdict) => (left-- === 0 ? Effect.die(new Error("killed")) : repository.putVerdict(...verdict))
      })
      const again = Effect.flatMap(Compliance, (service) => service.judgeAgain(tenant, asOf))
      const exit = yield* again.pipe(
        Effect.provide(Layer.fresh(Compliance.layer).pipe(Layer.provide(dying)), { local: true }),
        Effect.exit
      )
      assert.strictEqual(exit._tag, "Failure")
      const { hash } = yield* compliance.rules(tenant)
      const kept = yield* repository.productsToJudge(tenant, hash, asOf, 10)
      assert.strictEqual(kept.length, 2)
      assert.strictEqual(yield* compliance.judgeAgain(tenant, asOf), 2)
      const judged = yield* Effect.forEach(products, (product) => compliance.product(tenant, product))
      for (const row of judged) assert.strictEqual(Option.getOrThrow(row).judgedBy.hash, hash)
    }).pipe(Effect.provide(live()))
  )

  it.effect("judge each product once when two processes judge again at once", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.useRules(tenant, [euRohs])
      const again = compliance.judgeAgain(tenant, asOf)
      const counts = yield* Effect.all([again, again, again], { concurrency: 3 })
      assert.strictEqual(
        counts.reduce((sum, count) => sum + count),
        3
      )
      const trail = yield* compliance.auditTrail(tenant, { after: 0, limit: 100 })
      assert.deepStrictEqual(
        trail.map(({ revision }) => revision),
        [1, 2, 3, 4, 5, 6]
      )
    }).pipe(Effect.provide(live()))
  )

  it.effect("give the statuses by regulation that a report on the same documents gives", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const rules = [euRohs, euReachSvhc]
      yield* compliance.useRules(tenant, [documentLimits, ...rules])
      yield* filled
      const text = declared("LEADED,Solder,Lead,7439-92-1,5000,ppm", "CLEAN,Solder,Lead,7439-92-1,5,ppm")
      for (const [product, ...parts] of [
        ["A", "LEADED"],
        ["B", "CLEAN"],
        ["C", "LEADED", "CLEAN"]
      ] as const) {
        const report = statusReport(
          yield* check({
            bom: { name: "bom.json", bytes: encode(bomOf(product, ...parts)) },
            declarations: [{ name: "d.csv", bytes: Stream.make(encode(text)) }],
            rules,
            asOf
          })
        )
        const { byRegulation, status, duty } = Option.getOrThrow(yield* compliance.product(tenant, product))
        assert.deepStrictEqual(
          byRegulation.map((by) => [by.regulation, by.status, by.duty]),
          report.regulations.map(({ id, restriction, duty }) => [id, restriction?.status, duty?.status])
        )
        assert.deepStrictEqual([status, duty], [report.status, report.duty])
      }
    }).pipe(Effect.provide(live()))
  )
})
