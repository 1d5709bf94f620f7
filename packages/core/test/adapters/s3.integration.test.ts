import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import S3rver from "@20minutes/s3rver"
import { CreateBucketCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3"
import { layer } from "@certivo/core/adapters/s3"
import { DocumentStore } from "@certivo/core/ports"
import { documentStoreContract } from "@certivo/core/testing"
import { afterAll, assert, beforeAll, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

const directory = mkdtempSync(join(tmpdir(), "certivo-s3-"))
/** Does not check signatures: it does not know those of buckets in the path. */
const server = new S3rver({ address: "127.0.0.1", port: 0, silent: true, directory, allowMismatchedSignatures: true })
const { port } = await server.run()
const client = new S3Client({
  endpoint: `http://127.0.0.1:${port}`,
  region: "us-east-1",
  forcePathStyle: true,
  requestChecksumCalculation: "WHEN_REQUIRED",
  responseChecksumValidation: "WHEN_REQUIRED",
  credentials: { accessKeyId: "S3RVER", secretAccessKey: "S3RVER" }
})
const bucket = "evidence"
const store = layer({ client, bucket, prefix: "certivo/", spoolDirectory: join(directory, "spool") })

beforeAll(() => client.send(new CreateBucketCommand({ Bucket: bucket })))
afterAll(async () => {
  client.destroy()
  await server.close()
  rmSync(directory, { recursive: true, force: true })
})

documentStoreContract("S3", store)

const text = (value: string) => Stream.succeed(new TextEncoder().encode(value))

it.effect("a link downloads the document under its name, until it expires", () =>
  Effect.gen(function* () {
    const documents = yield* DocumentStore
    const { sha256 } = yield* documents.put("t", text("part_number\n"))
    const link = yield* documents.link("t", sha256, { fileName: "Größe.csv", seconds: 3600 })
    const url = Option.getOrThrow(link)
    assert.strictEqual(new URL(url).searchParams.get("X-Amz-Expires"), "300")
    const answer = yield* Effect.promise(() => fetch(url))
    assert.strictEqual(yield* Effect.promise(() => answer.text()), "part_number\n")
    assert.strictEqual(answer.headers.get("content-disposition"), "attachment; filename*=UTF-8''Gr%C3%B6%C3%9Fe.csv")
  }).pipe(Effect.provide(store))
)

it.effect("a document that was changed in the bucket is not given out as the one that was stored", () =>
  Effect.gen(function* () {
    const documents = yield* DocumentStore
    const { sha256 } = yield* documents.put("t", text("0.1 %"))
    const Key = `certivo/t/${sha256}`
    yield* Effect.promise(() => client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: "0.2 %" })))
    const error = yield* documents.get("t", sha256).pipe(Stream.runDrain, Effect.flip)
    assert.include(error.message, "its bytes were changed")
  }).pipe(Effect.provide(store))
)
