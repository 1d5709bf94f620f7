/** Bytes that are held to the hash they are stored under. */
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { hasher } from "../domain/Hash.ts"
import { DocumentStoreError } from "../ports/DocumentStore.ts"

/** Passes the bytes on, and fails behind the last when they do not have the hash. */
export const verified = <E>(
  bytes: Stream.Stream<Uint8Array, E>,
  sha256: string,
  newHasher: typeof hasher
): Stream.Stream<Uint8Array, E | DocumentStoreError> =>
  Stream.suspend(() => {
    const hash = newHasher()
    const check = Stream.suspend(() => {
      const found = hash.digest()
      return found === sha256
        ? Stream.empty
        : Stream.fail(
            new DocumentStoreError({
              operation: `read document ${sha256}`,
              cause: `its bytes were changed: they have the hash ${found}. Restore it from a backup.`
            })
          )
    })
    return Stream.concat(
      Stream.tap(bytes, (chunk) => Effect.sync(() => hash.update(chunk))),
      check
    )
  })
