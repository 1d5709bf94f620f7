import { Compliance, type Job, MAX_LISTED_REJECTS, MAX_LISTED_WARNINGS, Repository, TenantId } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

const tenant = TenantId.make("acme")
const asOf = "2026-11-23"
const bom = JSON.stringify({
  bom_id: "EG-1",
  product_name: "Gateway",
  parts: [
    { part_number: "A", weight_g: 4.1 },
    { part_number: "B", weight_g: 10 }
  ]
})
const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"

const live = () => Compliance.layer.pipe(Layer.provideMerge(memory))

let ids = 0
const importText = Effect.fnUntraced(function* (name: string, text: string) {
  const compliance = yield* Compliance
  const bytes = Stream.fromIterable([new TextEncoder().encode(text)])
  const job = yield* compliance.submit(tenant, { name, bytes, id: `job-${ids++}`, now: "2026-11-23T00:00:00.000Z" })
  return yield* compliance.run(tenant, job.id, asOf, () => Effect.void)
})

const statuses = Effect.gen(function* () {
  const compliance = yield* Compliance
  const found = Option.getOrThrow(yield* compliance.parts(tenant, "eg-1", { limit: 100 }))
  return found.page.items.map((row) => [row.partNumber, row.status])
})

describe("Compliance", () => {
  it.effect("judges again when documents arrive, in whatever order", () =>
    Effect.gen(function* () {
      yield* importText("early.csv", `${header}A,Lead,1000,4.1\n`)
      const job = yield* importText("bom.json", bom)
      assert.strictEqual(job.product, "EG-1")
      assert.deepStrictEqual(yield* statuses, [
        ["B", "unknown"],
        ["A", "compliant"]
      ])
      const late = yield* importText("late.csv", `${header}B,Lead,1000,10.000000000001\nB,Lead,x,1\n`)
      assert.deepStrictEqual([late.state, late.accepted, late.rejected], ["succeeded-with-rejects", 1, 1])
      assert.deepStrictEqual(yield* statuses, [
        ["B", "non-compliant"],
        ["A", "compliant"]
      ])
    }).pipe(Effect.provide(live()))
  )

  it.effect("the same bytes a second time change nothing, under any name", () =>
    Effect.gen(function* () {
      yield* importText("bom.json", bom)
      const first = yield* importText("a.csv", `${header}A,Lead,1000,1\nB,,1,1\n`)
      const again = yield* importText("b.csv", `${header}A,Lead,1000,1\nB,,1,1\n`)
      assert.deepStrictEqual([again.revision, again.accepted, again.rejected], [first.revision, 1, 1])
      const repository = yield* Repository
      assert.strictEqual((yield* repository.declarations(tenant, ["A"])).length, 1)
    }).pipe(Effect.provide(live()))
  )

  it.effect("an import that is interrupted anywhere ends as if it had run once", () =>
    Effect.gen(function* () {
      const rows = Array.from({ length: 12_000 }, (_, index) => `${index % 2 ? "A" : "B"},S${index},1000,0.001\n`)
      const text = header + rows.join("")
      const compliance = yield* Compliance
      const repository = yield* Repository
      yield* importText("bom.json", bom)
      const bytes = Stream.fromIterable(
        Array.from({ length: Math.ceil(text.length / 4096) }, (_, index) =>
          new TextEncoder().encode(text.slice(index * 4096, (index + 1) * 4096))
        )
      )
      const job = yield* compliance.submit(tenant, {
        name: "big.csv",
        bytes,
        id: "big",
        now: "2026-11-23T00:00:00.000Z"
      })
      for (const stopAfter of [1, 2, 3]) {
        let seen = 0
        const stop = () => (++seen === stopAfter ? Effect.die(new Error("killed")) : Effect.void)
        yield* compliance.run(tenant, job.id, asOf, stop).pipe(Effect.exit)
        assert.strictEqual((yield* repository.declarations(tenant, ["A", "B"])).length, 0)
        assert.strictEqual((yield* repository.unfinishedJobs).length, 1)
      }
      const progress: Array<Job> = []
      const ended = yield* compliance.run(tenant, job.id, asOf, (state) => Effect.sync(() => progress.push(state)))
      assert.strictEqual(ended.state, "succeeded")
      assert.strictEqual((yield* repository.declarations(tenant, ["A", "B"])).length, 12_000)
      assert.isAbove(progress.length, 2)
    }).pipe(Effect.provide(live()))
  )

  it.effect("a document that cannot be read fails its job and names the reason", () =>
    Effect.gen(function* () {
      const job = yield* importText("x.csv", "part_number\nA\n")
      assert.strictEqual(job.state, "failed")
      assert.include(job.error ?? "", "substance_mass_mg")
    }).pipe(Effect.provide(live()))
  )

  it.effect("lists rejects and warnings up to their bounds, and counts all of them by code", () =>
    Effect.gen(function* () {
      const bad = "A,,1000,1\n".repeat(MAX_LISTED_REJECTS) + "B,Lead,x,1\n".repeat(7)
      const odd = "C,Lead,1000,1\n".repeat(MAX_LISTED_WARNINGS + 8)
      const job = yield* importText("dirty.csv", header + bad + odd)
      const codes = {
        "value.missing": MAX_LISTED_REJECTS,
        "value.not_a_number": 7,
        "row.duplicate": MAX_LISTED_WARNINGS + 7
      }
      assert.deepStrictEqual(job.codes, codes)
      assert.deepStrictEqual(
        [job.accepted, job.rejected, job.warned],
        [MAX_LISTED_WARNINGS + 8, MAX_LISTED_REJECTS + 7, MAX_LISTED_WARNINGS + 7]
      )
      const repository = yield* Repository
      const [rejects, warnings] = yield* repository.transaction(
        tenant,
        Effect.all([
          repository.rejects(tenant, job.sha256, 1_000_000),
          repository.warnings(tenant, job.sha256, 1_000_000)
        ])
      )
      assert.deepStrictEqual([rejects.length, warnings.length], [MAX_LISTED_REJECTS, MAX_LISTED_WARNINGS])
      const again = yield* importText("again.csv", header + bad + odd)
      assert.deepStrictEqual([again.codes, again.warned], [job.codes, job.warned])
    }).pipe(Effect.provide(live()))
  )

  it.effect("explains a part with its arithmetic and its row", () =>
    Effect.gen(function* () {
      yield* importText("bom.json", bom)
      yield* importText("a.csv", `${header}A,Lead,1000,4.100000000001\n`)
      const compliance = yield* Compliance
      const report = Option.getOrThrow(yield* compliance.part(tenant, " a ", asOf))
      const text = report.explanation.steps.map((step) => step.text).join("\n")
      assert.include(text, "4100.000000001 µg > 1000 ppm × 4.1 g = 4100 µg")
      assert.include(text, "a.csv, line 2")
      assert.deepStrictEqual(report.usedIn, ["EG-1"])
      const product = Option.getOrThrow(yield* compliance.part(tenant, "EG-1", asOf))
      assert.deepStrictEqual(
        product.children.map((child) => [child.partNumber, child.status]),
        [
          ["A", "non-compliant"],
          ["B", "unknown"]
        ]
      )
      assert.isTrue(Option.isNone(yield* compliance.part(tenant, "nowhere", asOf)))
    }).pipe(Effect.provide(live()))
  )
})
