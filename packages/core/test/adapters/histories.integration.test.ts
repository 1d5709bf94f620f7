import { Compliance } from "@certivo/core"
import { documents, layer } from "@certivo/core/adapters/postgres"
import { describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomOf, seed, times } from "../engine/random.ts"
import { history } from "../histories.ts"
import { database } from "./database.ts"

const live = Compliance.layer.pipe(Layer.provideMerge(Layer.mergeAll(documents, layer)), Layer.provide(database))

describe("imports into PostgreSQL in any order", () => {
  it.live(
    `leave what a judgement from scratch gives (${times(10)} histories, seed ${seed})`,
    () =>
      Effect.gen(function* () {
        for (let index = 0; index < times(10); index++) yield* history(randomOf(seed + index), 8)
      }).pipe(Effect.provide(live)),
    600_000
  )
})
