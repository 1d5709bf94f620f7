/**
 * Imports: a document is stored, staged in chunks, and becomes current in one transaction with
 * the verdicts that follow from it. Every step can be repeated, so an import that was killed ends
 * as if it had run once.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { SubmitInput } from "./Compliance.ts"
import { unreadable } from "./check.ts"
import type { Declaration, Reject } from "./domain/Declaration.ts"
import { judgeBom } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import { decodeBom, MAX_BOM_BYTES } from "./ingest/Bom.ts"
import { decodeDeclarations } from "./ingest/Declarations.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import type { DocumentStore, DocumentStoreError } from "./ports/DocumentStore.ts"
import type { DocumentKind, DocumentRecord, Job, Repository, RepositoryError, TenantId } from "./ports/Repository.ts"

export type ImportFailure = RepositoryError | DocumentStoreError

/** Rows staged in one transaction. */
const ROWS_PER_CHUNK = 5000

type Progress = (job: Job) => Effect.Effect<void>

export const makeImports = (
  repository: Repository["Service"],
  documents: DocumentStore["Service"],
  ruleSets: ReadonlyArray<RuleSet>
) => {
  const save = (tenant: TenantId, job: Job) =>
    repository.transaction(tenant, repository.putJob(tenant, job)).pipe(Effect.as(job))

  const submit = Effect.fn("Compliance.submit")(function* <E, R>(tenant: TenantId, input: SubmitInput<E, R>) {
    const { sha256, bytes } = yield* documents.put(tenant, input.bytes)
    const job: Job = {
      id: input.id,
      state: "queued",
      kind: yield* kindOf(tenant, sha256),
      documentName: input.name,
      sha256,
      bytesTotal: bytes,
      bytesDone: 0,
      rows: 0,
      accepted: 0,
      rejected: 0,
      error: undefined,
      revision: undefined,
      product: undefined,
      createdAt: input.now
    }
    return yield* save(tenant, job)
  })

  /** A BOM is a JSON object; anything else is read as declarations. */
  const kindOf = (tenant: TenantId, sha256: string): Effect.Effect<DocumentKind, DocumentStoreError> =>
    documents.get(tenant, sha256).pipe(
      Stream.take(1),
      Stream.runFold(
        () => "",
        (head, chunk) => head + new TextDecoder().decode(chunk.subarray(0, 4096))
      ),
      Effect.map((head) => (head.trimStart().startsWith("{") ? "bom" : "declarations"))
    )

  const run = Effect.fn("Compliance.run")(function* (
    tenant: TenantId,
    jobId: string,
    asOf: string,
    onProgress: Progress
  ) {
    const found = yield* repository.transaction(tenant, repository.job(tenant, jobId))
    if (Option.isNone(found)) return yield* Effect.die(new Error(`There is no job ${jobId}.`))
    const job = found.value
    if (job.state !== "queued" && job.state !== "running") return job
    const before = yield* repository.transaction(tenant, repository.findDocument(tenant, job.sha256))
    if (Option.isSome(before)) return yield* unchanged(tenant, job, before.value, onProgress)
    const started = yield* save(tenant, { ...job, state: "running", bytesDone: 0, rows: 0, accepted: 0, rejected: 0 })
    yield* onProgress(started)
    const importDocument = job.kind === "bom" ? importBom : importDeclarations
    const ended = yield* importDocument(tenant, started, asOf, onProgress).pipe(
      Effect.catchTag("UnreadableDocument", (error) =>
        save(tenant, { ...started, state: "failed", error: error.message })
      )
    )
    yield* onProgress(ended)
    return ended
  })

  /** The same bytes once more change nothing. */
  const unchanged = Effect.fnUntraced(function* (
    tenant: TenantId,
    job: Job,
    document: DocumentRecord,
    onProgress: Progress
  ) {
    const { rows, accepted, rejected, revision } = document
    const ended = yield* save(tenant, finished({ ...job, rows, accepted, rejected }, revision))
    yield* onProgress(ended)
    return ended
  })

  const importBom = Effect.fnUntraced(function* (tenant: TenantId, job: Job, asOf: string) {
    if (job.bytesTotal > MAX_BOM_BYTES)
      return yield* new UnreadableDocument({
        document: job.documentName,
        code: "bom.too_large",
        detail: "the BOM is larger than 256 MiB"
      })
    const bytes = yield* collect(documents.get(tenant, job.sha256), job.bytesTotal)
    const { bom, rejects, rows } = yield* unreadable(() => decodeBom(job.documentName, bytes))
    const read = { ...job, rows, accepted: rows - rejects.length, rejected: rejects.length }
    yield* repository.transaction(tenant, repository.discardStaged(tenant, job.sha256))
    yield* repository.transaction(tenant, repository.stage(tenant, job.sha256, { index: 0, declarations: [], rejects }))
    return yield* repository.transaction(
      tenant,
      Effect.gen(function* () {
        const revision = yield* repository.nextRevision(tenant)
        yield* repository.putDocument(tenant, recordOf(read, revision))
        yield* repository.putBom(tenant, bom)
        const products = yield* repository.productsUsing(tenant, { parts: [...bom.parts.keys()] })
        yield* judgeProducts(tenant, products, revision, asOf)
        const product = bom.parts.get(bom.product)?.partNumber ?? bom.product
        const ended = { ...finished(read, revision), product }
        yield* repository.putJob(tenant, ended)
        return ended
      })
    )
  })

  const importDeclarations = Effect.fnUntraced(function* (
    tenant: TenantId,
    job: Job,
    asOf: string,
    onProgress: Progress
  ) {
    yield* repository.transaction(tenant, repository.discardStaged(tenant, job.sha256))
    const decoder = decodeDeclarations({ name: job.documentName, sha256: job.sha256 })
    let current: Job = job
    let index = 0
    let declarations: Array<Declaration> = []
    let rejects: Array<Reject> = []
    const take = (rows: ReturnType<typeof decoder.push>, bytes: number) => {
      for (const declaration of rows.declarations) declarations.push(declaration)
      for (const reject of rows.rejects) rejects.push(reject)
      current = {
        ...current,
        bytesDone: current.bytesDone + bytes,
        rows: current.rows + rows.accepted + rows.rejected,
        accepted: current.accepted + rows.accepted,
        rejected: current.rejected + rows.rejected
      }
    }
    const flush = Effect.suspend(() => {
      const chunk = { index: index++, declarations, rejects }
      declarations = []
      rejects = []
      return repository
        .transaction(
          tenant,
          Effect.andThen(repository.stage(tenant, job.sha256, chunk), repository.putJob(tenant, current))
        )
        .pipe(Effect.andThen(Effect.suspend(() => onProgress(current))))
    })
    yield* Stream.runForEach(documents.get(tenant, job.sha256), (chunk) =>
      unreadable(() => take(decoder.push(chunk), chunk.byteLength)).pipe(
        Effect.andThen(
          Effect.suspend(() => (declarations.length + rejects.length >= ROWS_PER_CHUNK ? flush : Effect.void))
        )
      )
    )
    yield* unreadable(() => take(decoder.end(), 0))
    yield* flush
    return yield* repository.transaction(
      tenant,
      Effect.gen(function* () {
        const revision = yield* repository.nextRevision(tenant)
        yield* repository.putDocument(tenant, recordOf(current, revision))
        const products = yield* repository.productsUsing(tenant, { document: job.sha256 })
        yield* judgeProducts(tenant, products, revision, asOf)
        const ended = finished(current, revision)
        yield* repository.putJob(tenant, ended)
        return ended
      })
    )
  })

  const judgeProducts = (tenant: TenantId, products: ReadonlyArray<string>, revision: number, asOf: string) =>
    Effect.forEach(
      products,
      Effect.fnUntraced(function* (product) {
        const bom = yield* repository.bom(tenant, product)
        if (Option.isNone(bom)) return
        const declarations = yield* repository.declarations(tenant, [...bom.value.parts.keys()])
        const byPart = Map.groupBy(declarations, (declaration) => declaration.part)
        const judged = judgeBom(bom.value, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, asOf)
        yield* repository.putVerdict(tenant, judged.product, revision)
      }),
      { discard: true }
    )

  return { submit, run }
}

const finished = (job: Job, revision: number): Job => ({
  ...job,
  state: job.rejected > 0 ? "succeeded-with-rejects" : "succeeded",
  bytesDone: job.bytesTotal,
  error: undefined,
  revision
})

const recordOf = (job: Job, revision: number): DocumentRecord => ({
  sha256: job.sha256,
  name: job.documentName,
  kind: job.kind,
  bytes: job.bytesTotal,
  rows: job.rows,
  accepted: job.accepted,
  rejected: job.rejected,
  revision
})

const collect = <E>(stream: Stream.Stream<Uint8Array, E>, size: number): Effect.Effect<Uint8Array, E> =>
  Effect.suspend(() => {
    const bytes = new Uint8Array(size)
    let offset = 0
    return Stream.runForEach(stream, (chunk) =>
      Effect.sync(() => {
        bytes.set(chunk, offset)
        offset += chunk.byteLength
      })
    ).pipe(Effect.as(bytes))
  })
