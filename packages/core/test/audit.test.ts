import { Compliance, TenantId, verifyTrail } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { TestClock } from "effect/testing"

const tenant = TenantId.make("acme")
const bomOf = (product: string, part: string) =>
  JSON.stringify({ bom_id: product, parts: [{ part_number: part, weight_g: 1 }] })

const sent = Effect.fnUntraced(function* (id: string, name: string, text: string, by?: string) {
  const compliance = yield* Compliance
  const bytes = Stream.make(new TextEncoder().encode(text))
  yield* compliance.submit(tenant, { name, bytes, id, now: "2026-11-23T00:00:00.000Z", by })
  return yield* compliance.run(tenant, id, "2026-11-23", () => Effect.void)
})

it.effect("each change of the data is written down once: what, when and by whom", () =>
  Effect.gen(function* () {
    const compliance = yield* Compliance
    yield* TestClock.setTime(Date.parse("2026-11-24T08:00:00Z"))
    const bom = yield* sent("1", "a.json", bomOf("A", "B"), "ann")
    yield* sent("2", "again.json", bomOf("A", "B"), "bob")
    const cycle = yield* sent("3", "b.json", bomOf("B", "A"))
    assert.include(cycle.error ?? "", "contains itself")
    yield* TestClock.adjust("1 hour")
    const mapping = { columns: { MPN: { field: "part_number" as const } } }
    yield* compliance.saveMapping(tenant, "m", mapping, "bob")
    yield* compliance.deleteMapping(tenant, "m")
    yield* compliance.deleteMapping(tenant, "m", "bob")
    const trail = yield* compliance.auditTrail(tenant, { after: 0, limit: 10 })
    assert.isUndefined(verifyTrail(trail))
    assert.deepStrictEqual(
      trail.map(({ hash: _hash, previous: _previous, ...entry }) => entry),
      [
        {
          revision: 1,
          at: "2026-11-24T08:00:00.000Z",
          by: "ann",
          did: "document.imported",
          subject: bom.sha256,
          detail: { name: "a.json", kind: "bom", product: "A", rows: 1, accepted: 1, rejected: 0 }
        },
        { revision: 2, at: "2026-11-24T09:00:00.000Z", by: "bob", did: "mapping.saved", subject: "m", detail: mapping },
        { revision: 3, at: "2026-11-24T09:00:00.000Z", did: "mapping.deleted", subject: "m", detail: {} }
      ]
    )
  }).pipe(Effect.provide(Compliance.layer), Effect.provide(memory))
)
