/** Bytes on their way into a store: on the disk under a passing name until their hash is known. */
import { createHash, randomUUID } from "node:crypto"
import { mkdir, open, readdir, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { DocumentStoreError } from "../../ports/DocumentStore.ts"

export const attempt = <A>(operation: string, body: () => Promise<A>): Effect.Effect<A, DocumentStoreError> =>
  Effect.tryPromise({ try: body, catch: (cause) => new DocumentStoreError({ operation, cause }) })

/** SHA-256 by Node, as the core's own hasher gives it. */
export const nodeHasher = () => {
  const hash = createHash("sha256")
  return { update: (chunk: Uint8Array) => void hash.update(chunk), digest: () => hash.digest("hex") }
}

/** Removes what processes have left in a folder that were killed while they wrote. */
export const removeParts = (folder: string, before: string) =>
  attempt("remove what broken uploads have left", async () => {
    const names: ReadonlyArray<string> = await readdir(folder).catch(() => [])
    for (const name of names.filter((one) => /^\.[0-9a-f-]{36}\.part$/.test(one))) {
      const path = join(folder, name)
      const { mtime } = await stat(path)
      if (mtime.toISOString() < before) await rm(path, { force: true })
    }
  })

/** Writes the bytes to a file that is on the disk when this returns, and is removed with the scope. */
export const spool = Effect.fnUntraced(function* <E, R>(folder: string, bytes: Stream.Stream<Uint8Array, E, R>) {
  const path = join(folder, `.${randomUUID()}.part`)
  yield* attempt(`create ${folder}`, () => mkdir(folder, { recursive: true, mode: 0o700 }))
  yield* Effect.addFinalizer(() => Effect.promise(() => rm(path, { force: true })))
  const file = yield* Effect.acquireRelease(
    attempt(`create ${path}`, () => open(path, "wx", 0o600)),
    (opened) => Effect.promise(() => opened.close())
  )
  const hash = nodeHasher()
  let size = 0
  yield* Stream.runForEach(bytes, (chunk) =>
    attempt("write a document", async () => {
      hash.update(chunk)
      size += chunk.byteLength
      await file.writeFile(chunk)
    })
  )
  yield* attempt("flush a document", () => file.sync())
  return { path, sha256: hash.digest(), bytes: size }
})
