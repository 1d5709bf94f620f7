/**
 * A document store on S3, or any service that speaks its protocol: `<prefix><tenant>/<sha256>`.
 * Needs the optional peers `@aws-sdk/client-s3`, `@aws-sdk/lib-storage` and `@aws-sdk/s3-request-presigner`. Node only.
 */
import { createReadStream } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type S3Client
} from "@aws-sdk/client-s3"
import { Upload } from "@aws-sdk/lib-storage"
import { getSignedUrl } from "@aws-sdk/s3-request-presigner"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { DocumentStore, DocumentStoreError, type StoredDocument } from "../../ports/DocumentStore.ts"
import { attempt, nodeHasher, removeParts, spool } from "../file/spool.ts"
import { removeStale } from "../sweep.ts"
import { verified } from "../verified.ts"

export interface S3Options {
  readonly client: S3Client
  readonly bucket: string
  /** Begins every key; for a bucket that holds other things too. */
  readonly prefix?: string | undefined
  /** Where documents wait until their hash is known; a folder of the system's temporary one when left out. */
  readonly spoolDirectory?: string | undefined
}

const MAX_LINK_SECONDS = 300

export const layer = ({ client, bucket, prefix = "", spoolDirectory }: S3Options): Layer.Layer<DocumentStore> => {
  const folder = spoolDirectory ?? join(tmpdir(), "certivo-spool")
  const keyOf = (tenant: string, sha256: string) => `${prefix}${tenant}/${sha256}`

  const storedAt = (Key: string) =>
    attempt(`look at ${Key}`, () =>
      client.send(new HeadObjectCommand({ Bucket: bucket, Key })).then(
        ({ LastModified }) => LastModified?.toISOString(),
        (error: { readonly $metadata?: { readonly httpStatusCode?: number } }) => {
          if (error.$metadata?.httpStatusCode !== 404) throw error
        }
      )
    )

  const list = (tenant: string) => {
    const start = `${prefix}${tenant}/`
    return Stream.paginate(undefined as string | undefined, (token) =>
      Effect.map(
        attempt("list documents", () =>
          client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: start, ContinuationToken: token }))
        ),
        ({ Contents = [], NextContinuationToken }) =>
          [
            Contents.map(
              ({ Key = "", Size = 0, LastModified }): StoredDocument => ({
                sha256: Key.slice(start.length),
                bytes: Size,
                storedAt: (LastModified ?? new Date(0)).toISOString()
              })
            ),
            Option.fromNullishOr(NextContinuationToken)
          ] as const
      )
    )
  }

  const remove = (tenant: string, sha256: string) =>
    Effect.asVoid(
      attempt(`remove document ${sha256}`, () =>
        client.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(tenant, sha256) }))
      )
    )

  return Layer.succeed(DocumentStore, {
    put: (tenant, bytes) =>
      Effect.scoped(
        Effect.gen(function* () {
          const { path, sha256, bytes: size } = yield* spool(folder, bytes)
          const Key = keyOf(tenant, sha256)
          yield* attempt(`store document ${sha256}`, () =>
            new Upload({ client, params: { Bucket: bucket, Key, Body: createReadStream(path) } }).done()
          )
          return { sha256, bytes: size }
        })
      ),
    get: (tenant, sha256) => {
      const operation = `read document ${sha256}`
      const body = attempt(operation, async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: keyOf(tenant, sha256) }))
        if (Body === undefined) throw new Error("the answer has no body")
        return Body as unknown as AsyncIterable<Uint8Array>
      })
      const chunks = Effect.map(body, (stream) =>
        Stream.fromAsyncIterable(stream, (cause) => new DocumentStoreError({ operation, cause }))
      )
      return verified(Stream.unwrap(chunks), sha256, nodeHasher)
    },
    link: (tenant, sha256, { fileName, seconds }) =>
      Effect.asSome(
        attempt(`make a link to document ${sha256}`, () =>
          getSignedUrl(
            client,
            new GetObjectCommand({
              Bucket: bucket,
              Key: keyOf(tenant, sha256),
              ResponseContentDisposition: `attachment; filename*=UTF-8''${encodeURIComponent(fileName)}`
            }),
            { expiresIn: Math.min(seconds, MAX_LINK_SECONDS) }
          )
        )
      ),
    list,
    remove,
    sweep: (tenant, before, isKept) => {
      const stale = Stream.filter(list(tenant), (document) => document.storedAt < before)
      return removeStale(
        Stream.map(stale, ({ sha256 }) => sha256),
        isKept,
        Effect.fnUntraced(function* (sha256) {
          const at = yield* storedAt(keyOf(tenant, sha256))
          if (at === undefined || at >= before) return false
          yield* remove(tenant, sha256)
          return true
        })
      ).pipe(Effect.tap(removeParts(folder, before)))
    }
  })
}
