/** A document store in memory. */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { hasher } from "../../domain/Hash.ts"
import { DocumentStore, DocumentStoreError, type StoredDocument } from "../../ports/DocumentStore.ts"
import { removeStale } from "../sweep.ts"

export const documents: Layer.Layer<DocumentStore> = Layer.sync(DocumentStore, () => {
  const tenants = new Map<string, Map<string, StoredDocument & { readonly chunks: ReadonlyArray<Uint8Array> }>>()
  const filesOf = (tenant: string) => {
    const files = tenants.get(tenant) ?? new Map()
    tenants.set(tenant, files)
    return files
  }
  return {
    put: Effect.fnUntraced(function* <E, R>(tenant: string, bytes: Stream.Stream<Uint8Array, E, R>) {
      const hash = hasher()
      const chunks = (yield* Stream.runCollect(bytes)).map((chunk) => chunk.slice())
      for (const chunk of chunks) hash.update(chunk)
      const sha256 = hash.digest()
      const size = chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0)
      const storedAt = new Date(yield* Clock.currentTimeMillis).toISOString()
      filesOf(tenant).set(sha256, { sha256, bytes: size, storedAt, chunks })
      return { sha256, bytes: size }
    }),
    get: (tenant, sha256) =>
      Stream.suspend(() => {
        const file = filesOf(tenant).get(sha256)
        return file === undefined
          ? Stream.fail(new DocumentStoreError({ operation: `read document ${sha256}`, cause: "it is not stored" }))
          : Stream.fromIterable(file.chunks)
      }),
    link: () => Effect.succeed(Option.none()),
    list: (tenant) =>
      Stream.suspend(() =>
        Stream.fromIterable([...filesOf(tenant).values()].map(({ chunks: _chunks, ...document }) => document))
      ),
    remove: (tenant, sha256) => Effect.sync(() => void filesOf(tenant).delete(sha256)),
    sweep: (tenant, before, isKept) =>
      Effect.suspend(() => {
        const files = filesOf(tenant)
        const isStale = (sha256: string) => (files.get(sha256)?.storedAt ?? before) < before
        return removeStale(Stream.fromIterable([...files.keys()].filter(isStale)), isKept, (sha256) =>
          Effect.sync(() => isStale(sha256) && files.delete(sha256))
        )
      })
  }
})
