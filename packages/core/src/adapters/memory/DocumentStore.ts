/** A document store in memory. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { hasher } from "../../domain/Hash.ts"
import { DocumentStore, DocumentStoreError } from "../../ports/DocumentStore.ts"

export const documents: Layer.Layer<DocumentStore> = Layer.sync(DocumentStore, () => {
  const files = new Map<string, ReadonlyArray<Uint8Array>>()
  const nameOf = (tenant: string, sha256: string) => `${tenant}/${sha256}`
  return {
    put: Effect.fnUntraced(function* <E, R>(tenant: string, bytes: Stream.Stream<Uint8Array, E, R>) {
      const hash = hasher()
      const chunks = yield* Stream.runCollect(bytes)
      for (const chunk of chunks) hash.update(chunk)
      const sha256 = hash.digest()
      files.set(nameOf(tenant, sha256), chunks)
      return { sha256, bytes: chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0) }
    }),
    get: (tenant, sha256) =>
      Stream.suspend(() => {
        const chunks = files.get(nameOf(tenant, sha256))
        return chunks === undefined
          ? Stream.fail(new DocumentStoreError({ operation: `read document ${sha256}`, cause: "it is not stored" }))
          : Stream.fromIterable(chunks)
      })
  }
})
