/** What every document store must do. */
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { DocumentStore } from "../ports/DocumentStore.ts"

const bytes = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(texts.map((text) => new TextEncoder().encode(text)))

/** SHA-256 of `abc` (FIPS 180-4, example 1). */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

export const documentStoreContract = <E>(name: string, layer: Layer.Layer<DocumentStore, E>): void => {
  describe(`${name} keeps the document store contract`, () => {
    withLayer(layer)((it) => {
      it.effect("names a document by the hash of its bytes and gives them back", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          assert.deepStrictEqual(yield* store.put("t1", bytes("a", "bc")), { sha256: ABC, bytes: 3 })
          assert.deepStrictEqual(yield* store.put("t1", bytes("abc")), { sha256: ABC, bytes: 3 })
          const text = yield* store.get("t1", ABC).pipe(Stream.decodeText, Stream.mkString)
          assert.strictEqual(text, "abc")
        })
      )

      it.effect("keeps nothing of a stream that breaks, and nothing for another tenant", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const broken = Stream.concat(bytes("x"), Stream.fail("broken" as const))
          assert.strictEqual(yield* Effect.flip(store.put("t2", broken)), "broken")
          const error = yield* store.get("t2", ABC).pipe(Stream.runDrain, Effect.flip)
          assert.strictEqual(error._tag, "DocumentStoreError")
        })
      )
    })
  })
}
