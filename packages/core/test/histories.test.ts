import { Compliance } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomOf, seed, times } from "./engine/random.ts"
import { history } from "./histories.ts"

describe("imports in any order", () => {
  it.effect(
    `leave what a judgement from scratch gives (${times(50)} histories, seed ${seed})`,
    () =>
      Effect.gen(function* () {
        for (let index = 0; index < times(50); index++) yield* history(randomOf(seed + index), 8)
      }).pipe(Effect.provide(Compliance.layer.pipe(Layer.provideMerge(memory)))),
    600_000
  )
})
