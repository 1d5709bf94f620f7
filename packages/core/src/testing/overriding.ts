/** What a repository must hold of the decisions of people. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { Override } from "../domain/Override.ts"
import { Repository, type TenantId } from "../ports/Repository.ts"
import { allOf } from "./reading.ts"
import { newTenant, overrideOf } from "./samples.ts"

const put = Effect.fnUntraced(function* (tenant: TenantId, ...overrides: ReadonlyArray<Override>) {
  const repository = yield* Repository
  for (const override of overrides) yield* repository.transaction(tenant, repository.putOverride(tenant, override))
})

export const overriding = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect(
    "overrides come back as they went, by id and by part, and one of the same id takes the place of another",
    () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const [tenant, other] = [newTenant(), newTenant()]
        const [a, b, c] = [overrideOf("a", "p-1"), overrideOf("b", " P-1 "), overrideOf("c", "P-2")]
        const { until: _, ...endless } = overrideOf("Z", "P-1")
        yield* put(tenant, c, b, endless, a)
        yield* put(other, overrideOf("a", "P-9"))
        assert.deepStrictEqual(yield* repository.override(tenant, "a"), Option.some(a))
        assert.deepStrictEqual(yield* repository.override(tenant, "Z"), Option.some(endless))
        assert.deepStrictEqual(yield* repository.override(tenant, "missing"), Option.none())
        assert.deepStrictEqual(yield* repository.overridesOn(tenant, ["P-1", "P-1", "P-7"]), [endless, a, b])
        assert.deepStrictEqual(yield* repository.overridesOn(tenant, ["P-9"]), [])
        assert.deepStrictEqual(yield* repository.overridesOn(tenant, []), [])
        const moved = { ...overrideOf("a", "P-2"), reason: "measured again" }
        yield* put(tenant, moved)
        assert.deepStrictEqual(yield* repository.overridesOn(tenant, ["P-1"]), [endless, b])
        assert.deepStrictEqual(yield* repository.overridesOn(tenant, ["P-2", "P-1"]), [endless, moved, b, c])
      })
  )

  it.effect("overrides are listed by id, all or those about one part", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const all = Array.from({ length: 9 }, (_, index) => overrideOf(`D-${index}`, `P-${index % 2}`))
      yield* put(tenant, ...all.toReversed())
      const list = (part?: string) =>
        allOf((cursor) => repository.overrides(tenant, { limit: 2, cursor, ...(part !== undefined && { part }) }))
      assert.deepStrictEqual(yield* list(), all)
      assert.deepStrictEqual(
        yield* list("P-1"),
        all.filter(({ part }) => part === "P-1")
      )
      assert.deepStrictEqual(yield* list("P-3"), [])
    })
  )
}
