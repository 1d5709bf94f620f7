/** A document store in a directory: `<tenant>/<first two digits>/<sha256>`, written once and never changed. */
import { createHash, randomUUID } from "node:crypto"
import { createReadStream } from "node:fs"
import { mkdir, open, rename, rm } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { DocumentStore, DocumentStoreError } from "../../ports/DocumentStore.ts"

const CHUNK_BYTES = 64 * 1024

const attempt = <A>(operation: string, body: () => Promise<A>): Effect.Effect<A, DocumentStoreError> =>
  Effect.tryPromise({ try: body, catch: (cause) => new DocumentStoreError({ operation, cause }) })

export const layer = (directory: string): Layer.Layer<DocumentStore> =>
  Layer.succeed(DocumentStore, {
    put: (tenant, bytes) =>
      Effect.scoped(
        Effect.gen(function* () {
          const folder = join(directory, tenant)
          const temporary = join(folder, `.${randomUUID()}.part`)
          yield* attempt(`create ${folder}`, () => mkdir(folder, { recursive: true, mode: 0o700 }))
          yield* Effect.addFinalizer(() => Effect.promise(() => rm(temporary, { force: true })))
          const file = yield* Effect.acquireRelease(
            attempt(`create ${temporary}`, () => open(temporary, "wx", 0o600)),
            (opened) => Effect.promise(() => opened.close())
          )
          const hash = createHash("sha256")
          let size = 0
          yield* Stream.runForEach(bytes, (chunk) =>
            attempt("write a document", async () => {
              hash.update(chunk)
              size += chunk.byteLength
              await file.writeFile(chunk)
            })
          )
          yield* attempt("flush a document", () => file.sync())
          const sha256 = hash.digest("hex")
          const target = join(folder, sha256.slice(0, 2))
          yield* attempt(`keep document ${sha256}`, async () => {
            await mkdir(target, { recursive: true, mode: 0o700 })
            await rename(temporary, join(target, sha256))
          })
          return { sha256, bytes: size }
        })
      ),
    get: (tenant, sha256) =>
      Stream.suspend(() =>
        Stream.fromAsyncIterable(
          createReadStream(join(directory, tenant, sha256.slice(0, 2), sha256), {
            highWaterMark: CHUNK_BYTES
          }) as AsyncIterable<Uint8Array>,
          (cause) => new DocumentStoreError({ operation: `read document ${sha256}`, cause })
        )
      )
  })
