/** A document store in the database, for those who back up and restore one thing: rows of a megabyte each. */
import { randomBytes } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { SqlClient, type SqlError } from "effect/sql"
import { DocumentStore, DocumentStoreError } from "../../ports/DocumentStore.ts"
import { TenantId } from "../../ports/Repository.ts"
import { nodeHasher } from "../file/spool.ts"
import { removeStale } from "../sweep.ts"
import { verified } from "../verified.ts"
import { TimeLimits, tenants } from "./tenants.ts"

const PIECE_BYTES = 1 << 20

interface FileRow {
  readonly sha256: string
  readonly bytes: bigint
  readonly stored_at: Date
}

export const make = Effect.gen(function* () {
  const sql = yield* SqlClient.SqlClient
  const { within } = tenants(sql, yield* TimeLimits)

  const attempt = <A>(tenant: string, operation: string, effect: Effect.Effect<A, SqlError.SqlError>) =>
    within(TenantId.make(tenant), operation, effect).pipe(
      Effect.mapError((cause) => new DocumentStoreError({ operation, cause }))
    )

  /** The hash is known behind the last byte: until then the pieces belong to an upload, which nobody sees. */
  const put = Effect.fnUntraced(function* <E, R>(tenant: string, bytes: Stream.Stream<Uint8Array, E, R>) {
    const upload = uuidAt(yield* Clock.currentTimeMillis)
    const hash = nodeHasher()
    let size = 0
    let piece = 0
    const keep = (chunk: Uint8Array) => {
      hash.update(chunk)
      size += chunk.length
      return attempt(
        tenant,
        "write a document",
        sql`INSERT INTO document_piece (tenant_id, upload, piece, bytes)
          VALUES (${tenant}, ${upload}::uuid, ${piece++}, ${chunk}) ON CONFLICT DO NOTHING`
      )
    }
    const discard = attempt(
      tenant,
      "drop an upload",
      sql`DELETE FROM document_piece WHERE tenant_id = ${tenant} AND upload = ${upload}::uuid`
    )
    yield* Stream.runForEach(pieces(bytes), keep).pipe(Effect.onError(() => Effect.ignore(discard)))
    const sha256 = hash.digest()
    const named = yield* attempt(
      tenant,
      `keep document ${sha256}`,
      sql<{ upload: string }>`INSERT INTO document_file (tenant_id, sha256, upload, bytes)
        VALUES (${tenant}, ${sha256}, ${upload}::uuid, ${size})
        ON CONFLICT (tenant_id, sha256) DO UPDATE SET stored_at = now() RETURNING upload::text`
    )
    if (named[0]?.upload !== upload) yield* discard
    return { sha256, bytes: size }
  })

  const get = (tenant: string, sha256: string) => {
    const operation = `read document ${sha256}`
    const piece = (upload: string, index: number) =>
      attempt(
        tenant,
        operation,
        sql<{ bytes: Uint8Array }>`SELECT bytes FROM document_piece
          WHERE tenant_id = ${tenant} AND upload = ${upload}::uuid AND piece = ${index}`
      )
    const bytes = attempt(
      tenant,
      operation,
      sql<{ upload: string }>`SELECT upload::text FROM document_file WHERE tenant_id = ${tenant} AND sha256 = ${sha256}`
    ).pipe(
      Effect.flatMap(([file]) =>
        file === undefined
          ? Effect.fail(new DocumentStoreError({ operation, cause: "it is not stored" }))
          : Effect.succeed(
              Stream.paginate(0, (index) =>
                Effect.map(
                  piece(file.upload, index),
                  (rows) =>
                    [
                      rows.map((row) => new Uint8Array(row.bytes)),
                      rows.length === 0 ? Option.none() : Option.some(index + 1)
                    ] as const
                )
              )
            )
      )
    )
    return verified(Stream.unwrap(bytes), sha256, nodeHasher)
  }

  /** Removes the document, with a time only when it was stored before; says whether it did. */
  const remove = (tenant: string, sha256: string, before?: string) =>
    Effect.map(
      attempt(
        tenant,
        `remove document ${sha256}`,
        sql`WITH removed AS (
            DELETE FROM document_file WHERE tenant_id = ${tenant} AND sha256 = ${sha256}
              AND stored_at < ${before ?? "infinity"}::timestamptz RETURNING upload),
          pieces AS (
            DELETE FROM document_piece USING removed
            WHERE document_piece.tenant_id = ${tenant} AND document_piece.upload = removed.upload)
          SELECT upload FROM removed`
      ),
      (removed) => removed.length > 0
    )

  const files = (tenant: string, before: string) =>
    attempt(
      tenant,
      "list documents",
      sql<FileRow>`SELECT sha256, bytes, stored_at FROM document_file
        WHERE tenant_id = ${tenant} AND stored_at < ${before}::timestamptz`
    )

  /** Pieces of uploads that began before a time, which their names tell, and were never named. */
  const removePieces = (tenant: string, before: string) =>
    attempt(
      tenant,
      "remove what broken uploads have left",
      sql`DELETE FROM document_piece WHERE tenant_id = ${tenant} AND upload < ${firstUuidAt(Date.parse(before))}::uuid
        AND NOT EXISTS (SELECT 1 FROM document_file
          WHERE document_file.tenant_id = ${tenant} AND document_file.upload = document_piece.upload)`
    )

  return DocumentStore.of({
    put,
    get,
    link: () => Effect.succeed(Option.none()),
    list: (tenant) =>
      Stream.fromIterableEffect(files(tenant, "infinity")).pipe(
        Stream.map(({ sha256, bytes, stored_at }) => ({
          sha256,
          bytes: Number(bytes),
          storedAt: new Date(stored_at).toISOString()
        }))
      ),
    remove: (tenant, sha256) => Effect.asVoid(remove(tenant, sha256)),
    sweep: (tenant, before, isKept) =>
      removeStale(
        Stream.map(Stream.fromIterableEffect(files(tenant, before)), ({ sha256 }) => sha256),
        isKept,
        (sha256) => remove(tenant, sha256, before)
      ).pipe(Effect.tap(removePieces(tenant, before)))
  })
})

const timeOf = (milliseconds: number): string =>
  milliseconds
    .toString(16)
    .padStart(12, "0")
    .replace(/^(.{8})(.{4})$/, "$1-$2")

/** A UUID of version 7, which begins with the time. */
const uuidAt = (milliseconds: number): string => {
  const random = randomBytes(9).toString("hex")
  return `${timeOf(milliseconds)}-7${random.slice(0, 3)}-a${random.slice(3, 6)}-${random.slice(6)}`
}

/** Before every UUID that begins at or after the time. */
const firstUuidAt = (milliseconds: number): string => `${timeOf(milliseconds)}-0000-0000-000000000000`

/** The bytes in pieces of one size; the last may be smaller. */
const pieces = <E, R>(bytes: Stream.Stream<Uint8Array, E, R>): Stream.Stream<Uint8Array, E, R> =>
  Stream.suspend(() => {
    let waiting: Array<Uint8Array> = []
    let size = 0
    const take = (): Uint8Array => {
      const whole = new Uint8Array(size)
      let at = 0
      for (const chunk of waiting) {
        whole.set(chunk, at)
        at += chunk.length
      }
      waiting = []
      size = 0
      return whole
    }
    const add = (chunk: Uint8Array): ReadonlyArray<Uint8Array> => {
      const full: Array<Uint8Array> = []
      for (let at = 0; at < chunk.length; ) {
        const part = chunk.slice(at, at + PIECE_BYTES - size)
        waiting.push(part)
        size += part.length
        at += part.length
        if (size === PIECE_BYTES) full.push(take())
      }
      return full
    }
    const rest = Stream.suspend(() => (size === 0 ? Stream.empty : Stream.succeed(take())))
    return Stream.concat(
      Stream.flatMap(bytes, (chunk) => Stream.fromIterable(add(chunk))),
      rest
    )
  })
