/** A document store in a directory: `<tenant>/<first two digits>/<sha256>`, written once and never changed. */
import { createReadStream } from "node:fs"
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { DocumentStore, DocumentStoreError, type StoredDocument } from "../../ports/DocumentStore.ts"
import { removeStale } from "../sweep.ts"
import { verified } from "../verified.ts"
import { attempt, nodeHasher, removeParts, spool } from "./spool.ts"

const CHUNK_BYTES = 64 * 1024

export const layer = (directory: string): Layer.Layer<DocumentStore> => {
  const folderOf = (tenant: string, sha256: string) => join(directory, tenant, sha256.slice(0, 2))
  const pathOf = (tenant: string, sha256: string) => join(folderOf(tenant, sha256), sha256)

  const look = (tenant: string, sha256: string) =>
    attempt(`look at document ${sha256}`, async (): Promise<StoredDocument | undefined> => {
      const found = await stat(pathOf(tenant, sha256)).catch(noFile)
      return found && { sha256, bytes: found.size, storedAt: found.mtime.toISOString() }
    })

  const list = (tenant: string) =>
    Stream.fromIterableEffect(
      Effect.map(
        attempt("list documents", () => readdir(join(directory, tenant), { recursive: true }).catch(noFile)),
        (names = []) => names.flatMap((name) => /[\\/]([0-9a-f]{64})$/.exec(name)?.[1] ?? [])
      )
    ).pipe(
      Stream.mapEffect((sha256) => look(tenant, sha256)),
      Stream.filter((document) => document !== undefined)
    )

  const remove = (tenant: string, sha256: string) =>
    attempt(`remove document ${sha256}`, () => rm(pathOf(tenant, sha256), { force: true }))

  return Layer.succeed(DocumentStore, {
    put: (tenant, bytes) =>
      Effect.scoped(
        Effect.gen(function* () {
          const { path, sha256, bytes: size } = yield* spool(join(directory, tenant), bytes)
          yield* attempt(`keep document ${sha256}`, async () => {
            await mkdir(folderOf(tenant, sha256), { recursive: true, mode: 0o700 })
            await rename(path, pathOf(tenant, sha256))
          })
          return { sha256, bytes: size }
        })
      ),
    get: (tenant, sha256) =>
      verified(
        Stream.suspend(() =>
          Stream.fromAsyncIterable(
            createReadStream(pathOf(tenant, sha256), { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>,
            (cause) => new DocumentStoreError({ operation: `read document ${sha256}`, cause })
          )
        ),
        sha256,
        nodeHasher
      ),
    link: () => Effect.succeed(Option.none()),
    list,
    remove,
    sweep: (tenant, before, isKept) => {
      const isStale = (document: StoredDocument | undefined) => document !== undefined && document.storedAt < before
      const stale = Stream.map(Stream.filter(list(tenant), isStale), ({ sha256 }) => sha256)
      return removeStale(
        stale,
        isKept,
        Effect.fnUntraced(function* (sha256) {
          if (!isStale(yield* look(tenant, sha256))) return false
          yield* remove(tenant, sha256)
          return true
        })
      ).pipe(Effect.tap(removeParts(join(directory, tenant), before)))
    }
  })
}

const noFile = (error: NodeJS.ErrnoException): undefined => {
  if (error.code !== "ENOENT") throw error
}
