/** What a repository must hold of BOMs. */
import { assert, type Vitest } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { Repository } from "../ports/Repository.ts"
import { bomOf, newTenant } from "./samples.ts"

export const boms = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("BOMs come back with shared parts once, in order, to the last digit", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const bom = bomOf("TOP", {
        TOP: [
          ["A", "2"],
          ["B", "0.000000000000000000001"],
          ["C", "AR"]
        ],
        A: [["M", "1"]],
        B: [["M", "3"]],
        M: [["R", "10"]]
      })
      yield* repository.transaction(tenant, repository.putBom(tenant, bom))
      const read = (key: string) => repository.transaction(tenant, repository.bom(tenant, key))
      assert.deepStrictEqual(yield* read("TOP"), Option.some(bom))
      const below = Option.getOrThrow(yield* read("M"))
      assert.deepStrictEqual([...below.parts.keys()].sort(), ["M", "R"])
      assert.isTrue(Option.isNone(yield* read("NONE")))
      const using = (parts: ReadonlyArray<string>) =>
        repository.transaction(tenant, repository.productsUsing(tenant, { parts }))
      assert.deepStrictEqual(yield* using(["R"]), ["TOP"])
      assert.deepStrictEqual(yield* using(["NONE"]), [])
      yield* repository.transaction(tenant, repository.putBom(tenant, bomOf("TOP", { TOP: [["A", "2"]] })))
      const replaced = Option.getOrThrow(yield* read("TOP"))
      assert.deepStrictEqual([...replaced.parts.keys()].sort(), ["A", "M", "R", "TOP"])
    })
  )

  it.effect("who takes a BOM learns which parts and assemblies were not so before", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const put = (bom: ReturnType<typeof bomOf>) =>
        Effect.map(repository.transaction(tenant, repository.putBom(tenant, bom)), (keys) => [...keys].sort().join())
      const first = bomOf("TOP", { TOP: [["A", "2"]], A: [["M", "1"]] })
      assert.strictEqual(yield* put(first), "A,M,TOP")
      assert.strictEqual(yield* put(first), "")
      const other = { TWO: [["A", "1"]], A: [["M", "1"]] } as const
      assert.strictEqual(yield* put(bomOf("TWO", other)), "TWO")
      assert.strictEqual(yield* put(bomOf("TWO", { ...other, A: [["M", "1.5"]] })), "A")
      assert.strictEqual(yield* put(bomOf("TWO", { ...other, A: [["M", "AR"]] })), "A")
      assert.strictEqual(
        yield* put(
          bomOf("TWO", {
            ...other,
            A: [
              ["M", "AR"],
              ["N", "1"]
            ]
          })
        ),
        "A,N"
      )
      assert.strictEqual(yield* put(bomOf("TWO", { ...other, A: [] })), "A")
      const { parts, ...rest } = bomOf("TWO", {})
      const heavier = new Map([...parts].map(([key, part]) => [key, { ...part, massGrams: undefined }]))
      assert.strictEqual(yield* put({ ...rest, parts: heavier }), "TWO")
      assert.strictEqual(yield* put({ ...rest, parts: heavier }), "")
    })
  )
}
