import { Compliance, sweepDocuments, TenantId } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { DocumentStore } from "@certivo/core/ports"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"

const tenant = TenantId.make("acme")
const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"

const bytes = (text: string) => Stream.succeed(new TextEncoder().encode(text))

let ids = 0
const submit = Effect.fnUntraced(function* (text: string) {
  const compliance = yield* Compliance
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  return yield* compliance.submit(tenant, { name: "a.csv", bytes: bytes(text), id: `job-${ids++}`, now })
})

const run = Effect.fnUntraced(function* (id: string) {
  const compliance = yield* Compliance
  return yield* compliance.run(tenant, id, "2026-11-23", () => Effect.void)
})

const stored = Effect.flatMap(DocumentStore, (documents) => Stream.runCollect(documents.list(tenant))).pipe(
  Effect.map((found) => found.map(({ sha256 }) => sha256).sort())
)

const live = Compliance.layer.pipe(Layer.provideMerge(memory))

describe("originals", () => {
  it.effect("stay while a committed document or a job that waits refers to them, and 48 hours without", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-23T08:00:00Z"))
      const documents = yield* DocumentStore
      const committed = yield* submit(`${header}A,Lead,1000,1\n`)
      yield* run(committed.id)
      const waiting = yield* submit(`${header}B,Lead,1000,1\n`)
      const failed = yield* submit("part_number\nA\n")
      assert.strictEqual((yield* run(failed.id)).state, "failed")
      const orphan = yield* documents.put(tenant, bytes("nobody's"))
      yield* TestClock.adjust("48 hours")
      assert.strictEqual(yield* sweepDocuments(tenant), 0)
      const renewed = yield* documents.put(tenant, bytes("nobody's"))
      assert.deepStrictEqual(renewed, orphan)
      yield* TestClock.adjust("1 hour")
      assert.strictEqual(yield* sweepDocuments(tenant), 1)
      assert.deepStrictEqual(yield* stored, [committed.sha256, orphan.sha256, waiting.sha256].sort())
      assert.strictEqual(yield* sweepDocuments(tenant, { unclaimedHours: 0 }), 1)
      assert.deepStrictEqual(yield* stored, [committed.sha256, waiting.sha256].sort())
      assert.strictEqual((yield* run(waiting.id)).state, "succeeded")
    }).pipe(Effect.provide(live))
  )

  it.effect("of committed documents go when the retention says so, and their rows stay", () =>
    Effect.gen(function* () {
      yield* TestClock.setTime(Date.parse("2026-11-23T08:00:00Z"))
      const compliance = yield* Compliance
      const bom = yield* submit('{"bom_id":"P","parts":[{"part_number":"A","weight_g":1}]}')
      yield* run(bom.id)
      yield* run((yield* submit(`${header}A,Lead,1000,1\n`)).id)
      yield* TestClock.adjust("10 days")
      assert.strictEqual(yield* sweepDocuments(tenant, { originalDays: 10 }), 0)
      yield* TestClock.adjust("1 day")
      assert.strictEqual(yield* sweepDocuments(tenant, { originalDays: 10 }), 2)
      assert.deepStrictEqual(yield* stored, [])
      const { page } = yield* compliance.products(tenant, { limit: 10 })
      assert.deepStrictEqual(
        page.items.map((row) => [row.partNumber, row.status]),
        [["P", "compliant"]]
      )
    }).pipe(Effect.provide(live))
  )
})
