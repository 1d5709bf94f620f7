/** What every document store must do. Run it on your own adapter with vitest. */
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { DocumentStore } from "../ports/DocumentStore.ts"

const bytes = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(texts.map((text) => new TextEncoder().encode(text)))

/** SHA-256 of `abc` (FIPS 180-4, example 1). */
const ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

const MEGABYTE = 1 << 20

let tenants = 0
/** A tenant that no other test has used, also not one of an earlier run on the same store. */
const newTenant = () => `t${Date.now().toString(36)}-${tenants++}`

export const documentStoreContract = <E>(name: string, layer: Layer.Layer<DocumentStore, E>): void => {
  describe(`${name} keeps the document store contract`, () => {
    withLayer(layer, { timeout: 60_000 })((it) => {
      it.effect("names a document by the hash of its bytes and gives them back", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const tenant = newTenant()
          assert.deepStrictEqual(yield* store.put(tenant, bytes("a", "bc")), { sha256: ABC, bytes: 3 })
          assert.deepStrictEqual(yield* store.put(tenant, bytes("abc")), { sha256: ABC, bytes: 3 })
          const text = yield* store.get(tenant, ABC).pipe(Stream.decodeText, Stream.mkString)
          assert.strictEqual(text, "abc")
        })
      )

      it.effect("keeps nothing of a stream that breaks, and nothing for another tenant", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const [mine, theirs] = [newTenant(), newTenant()]
          const broken = Stream.concat(bytes("x"), Stream.fail("broken" as const))
          assert.strictEqual(yield* Effect.flip(store.put(mine, broken)), "broken")
          assert.deepStrictEqual(yield* Stream.runCollect(store.list(mine)), [])
          yield* store.put(mine, bytes("abc"))
          const error = yield* store.get(theirs, ABC).pipe(Stream.runDrain, Effect.flip)
          assert.strictEqual(error._tag, "DocumentStoreError")
          assert.deepStrictEqual(yield* Stream.runCollect(store.list(theirs)), [])
        })
      )

      it.effect("gives a document of megabytes back in pieces, byte for byte, and an empty one", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const tenant = newTenant()
          const piece = (index: number) => new Uint8Array(MEGABYTE).map((_, at) => (at * 31 + index) & 255)
          const pieces = Array.from({ length: 9 }, (_, index) => piece(index))
          const { sha256, bytes: size } = yield* store.put(tenant, Stream.fromIterable(pieces))
          assert.strictEqual(size, 9 * MEGABYTE)
          let position = 0
          yield* Stream.runForEach(store.get(tenant, sha256), (chunk) =>
            Effect.sync(() => {
              for (const [at, byte] of chunk.entries()) {
                const expected = pieces[Math.floor((position + at) / MEGABYTE)]?.[(position + at) % MEGABYTE]
                if (byte !== expected) assert.fail(`byte ${position + at} is ${byte}, not ${expected}`)
              }
              position += chunk.length
            })
          )
          assert.strictEqual(position, size)
          const empty = yield* store.put(tenant, Stream.empty)
          assert.strictEqual(empty.bytes, 0)
          assert.strictEqual(yield* store.get(tenant, empty.sha256).pipe(Stream.decodeText, Stream.mkString), "")
        })
      )

      it.effect("lists what it holds, and removes", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const tenant = newTenant()
          for (const text of ["abc", "b", "c"]) yield* store.put(tenant, bytes(text))
          const listed = yield* Stream.runCollect(store.list(tenant))
          assert.deepStrictEqual(listed.map((document) => document.bytes).sort(), [1, 1, 3])
          const stored = listed.find(({ sha256 }) => sha256 === ABC)
          assert.match(stored?.storedAt ?? "", /^\d{4}-\d\d-\d\dT.*Z$/)
          yield* store.remove(tenant, ABC)
          yield* store.remove(tenant, ABC)
          assert.strictEqual((yield* Stream.runCollect(store.list(tenant))).length, 2)
          assert.strictEqual(
            (yield* store.get(tenant, ABC).pipe(Stream.runDrain, Effect.flip))._tag,
            "DocumentStoreError"
          )
        })
      )

      it.effect("sweeps what is older than a time and not kept, of one tenant", () =>
        Effect.gen(function* () {
          const store = yield* DocumentStore
          const [mine, theirs] = [newTenant(), newTenant()]
          for (const text of ["abc", "b", "c"]) yield* store.put(mine, bytes(text))
          yield* store.put(theirs, bytes("abc"))
          const asked: Array<string> = []
          const isKept = (sha256: string) => Effect.sync(() => asked.push(sha256) > 0 && sha256 === ABC)
          assert.strictEqual(yield* store.sweep(mine, "1970-01-01T00:00:00.000Z", isKept), 0)
          assert.deepStrictEqual(asked, [])
          assert.strictEqual(yield* store.sweep(mine, "2999-01-01T00:00:00.000Z", isKept), 2)
          assert.strictEqual(asked.length, 3)
          assert.strictEqual(yield* store.get(mine, ABC).pipe(Stream.decodeText, Stream.mkString), "abc")
          assert.deepStrictEqual(
            (yield* Stream.runCollect(store.list(mine))).map(({ sha256 }) => sha256),
            [ABC]
          )
          assert.strictEqual((yield* Stream.runCollect(store.list(theirs))).length, 1)
          const failed = yield* store.sweep(mine, "2999-01-01T00:00:00.000Z", () => Effect.fail("no")).pipe(Effect.flip)
          assert.strictEqual(failed, "no")
          assert.strictEqual((yield* Stream.runCollect(store.list(mine))).length, 1)
        })
      )
    })
  })
}
