/**
 * Imports: a document is stored, staged in chunks, and becomes current in one transaction with
 * the verdicts that follow from it. Every step can be repeated, so an import that was killed ends
 * as if it had run once. Imports of one document wait for each other; those of other processes
 * are noticed at the commit, which counts what is staged.
 */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as RcMap from "effect/RcMap"
import * as Semaphore from "effect/Semaphore"
import * as Stream from "effect/Stream"
import { importOf, nextAudited } from "./audit.ts"
import type { SubmitInput } from "./Compliance.ts"
import type { DecodingFailed, DecodingShape } from "./Decoding.ts"
import type { Reject, RejectedRow } from "./domain/Declaration.ts"
import { type Declarations, JoinedDeclarations } from "./domain/Declarations.ts"
import { canonical, hashOf } from "./domain/Hash.ts"
import type { Bom } from "./domain/Part.ts"
import { type DecodedBom, findCycle } from "./ingest/bom/BomBuilder.ts"
import type { DecodedDocument } from "./ingest/Document.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import type { Judging } from "./judging.ts"
import type { DocumentStore, DocumentStoreError } from "./ports/DocumentStore.ts"
import type { DocumentRecord, Job, Repository, RepositoryError, StagedChunk, TenantId } from "./ports/Repository.ts"
import { Remarks } from "./Remarks.ts"

export type ImportFailure = RepositoryError | DocumentStoreError | DecodingFailed

/** Another process has committed the document meanwhile. */
class AlreadyCommitted extends Data.TaggedError("AlreadyCommitted") {}

/** Another process imports the document too, and has dropped or added staged rows. */
class StagingDisturbed extends Data.TaggedError("StagingDisturbed") {}

/** How often rows are staged again that another process has dropped. */
const STAGED_AGAIN = 2

/** Rows staged in one transaction. */
const ROWS_PER_CHUNK = 10_000

type Progress = (job: Job) => Effect.Effect<void>

export const makeImports = Effect.fnUntraced(function* (
  repository: Repository["Service"],
  documents: DocumentStore["Service"],
  decoding: DecodingShape,
  judging: Judging
) {
  const turns = yield* RcMap.make({ lookup: (_document: string) => Semaphore.make(1) })

  /** Runs when no other import of the document runs in this process. */
  const inTurn = <A, E>(tenant: TenantId, sha256: string, effect: Effect.Effect<A, E>) =>
    RcMap.get(turns, `${tenant}/${sha256}`).pipe(
      Effect.flatMap((turn) => Semaphore.withPermit(turn, effect)),
      Effect.scoped
    )

  const save = (tenant: TenantId, job: Job) =>
    repository.transaction(tenant, repository.putJob(tenant, job)).pipe(Effect.as(job))

  const submit = Effect.fn("Compliance.submit")(function* <E, R>(tenant: TenantId, input: SubmitInput<E, R>) {
    const { sha256, bytes } = yield* documents.put(tenant, input.bytes)
    const job: Job = {
      id: input.id,
      state: "queued",
      kind: "declarations",
      documentName: input.name,
      sha256,
      bytesTotal: bytes,
      bytesDone: 0,
      rows: 0,
      accepted: 0,
      rejected: 0,
      warned: 0,
      codes: {},
      mapping: input.mapping,
      proposal: undefined,
      table: undefined,
      error: undefined,
      revision: undefined,
      product: undefined,
      createdAt: input.now,
      by: input.by
    }
    return yield* save(tenant, job)
  })

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
    const ended = yield* inTurn(tenant, job.sha256, runOnce(tenant, job, asOf, onProgress))
    yield* onProgress(ended)
    return ended
  })

  const runOnce = Effect.fnUntraced(function* (tenant: TenantId, job: Job, asOf: string, onProgress: Progress) {
    const before = yield* unchanged(tenant, job)
    if (Option.isSome(before)) return before.value
    const started = yield* save(tenant, { ...job, ...nothingRead, state: "running" })
    yield* onProgress(started)
    const fail = (error: string, proposal?: Job["proposal"]) =>
      save(tenant, { ...started, state: "failed", error, proposal })
    return yield* importDocument(tenant, started, asOf, onProgress).pipe(
      Effect.catchTags({
        UnreadableDocument: ({ message, proposal }) => fail(message, proposal),
        StagingDisturbed: () =>
          fail(`${job.documentName} was imported under another name or mapping at the same time. Send it again.`),
        AlreadyCommitted: () => Effect.map(unchanged(tenant, job), Option.getOrThrow)
      })
    )
  })

  /** The same bytes once more change nothing; none when they are new. */
  const unchanged = Effect.fnUntraced(function* (tenant: TenantId, job: Job) {
    const found = yield* repository.transaction(tenant, repository.findDocument(tenant, job.sha256))
    if (Option.isNone(found)) return Option.none()
    const { kind, rows, accepted, rejected, warned, codes, table, revision } = found.value
    const ended = finished({ ...job, kind, rows, accepted, rejected, warned, codes, table }, revision)
    return Option.some(yield* save(tenant, ended))
  })

  const importDocument = Effect.fnUntraced(function* (tenant: TenantId, job: Job, asOf: string, onProgress: Progress) {
    yield* repository.transaction(tenant, repository.discardStaged(tenant, job.sha256))
    return yield* stageAndCommit(tenant, job, asOf, onProgress).pipe(
      Effect.retry({ times: STAGED_AGAIN, while: (error) => error._tag === "StagingDisturbed" })
    )
  })

  const stageAndCommit = Effect.fnUntraced(function* (tenant: TenantId, job: Job, asOf: string, onProgress: Progress) {
    const opened = yield* decoding.open(
      { name: job.documentName, sha256: job.sha256, arrived: arrivalOf(job) },
      { mapping: job.mapping, today: arrivalOf(job) }
    )
    const reading = new Reading(job)
    const stage = (chunk: StagedChunk, job: Job) =>
      repository
        .transaction(
          tenant,
          Effect.andThen(repository.stage(tenant, job.sha256, chunk), repository.putJob(tenant, job))
        )
        .pipe(Effect.andThen(onProgress(job)))
    let staging: Fiber.Fiber<void, RepositoryError> | undefined
    const staged = Effect.suspend(() => (staging === undefined ? Effect.void : Fiber.join(staging)))
    /** Hands over what waits, and reads on while it is staged: no more than one chunk at a time, none beyond the reading. */
    const flush = Effect.gen(function* () {
      yield* staged
      staging = yield* Effect.forkScoped(stage(reading.chunk(), reading.job))
    })
    const take = Effect.fnUntraced(function* (found: ReadonlyArray<DecodedDocument>) {
      for (const one of found) {
        reading.take(one)
        if (reading.waiting >= ROWS_PER_CHUNK) yield* flush
      }
    })
    yield* Stream.runForEach(documents.get(tenant, job.sha256), (chunk) => {
      reading.advance(chunk.byteLength)
      return Effect.flatMap(opened.push(chunk), take)
    })
    yield* Effect.flatMap(opened.end, take)
    yield* flush
    yield* staged
    return yield* repository.transaction(tenant, commit(tenant, reading, asOf))
  }, Effect.scoped)

  /** Makes what was staged current, with the verdicts that follow from it. */
  const commit = Effect.fnUntraced(function* (tenant: TenantId, reading: Reading, asOf: string) {
    const { bom, job } = reading
    const product = bom === undefined ? undefined : (bom.parts.get(bom.product)?.partNumber ?? bom.product)
    const revision = yield* nextAudited(repository, tenant, importOf(job, product))
    if (Option.isSome(yield* repository.findDocument(tenant, job.sha256))) return yield* new AlreadyCommitted()
    if (!reading.isStaged(yield* repository.stagedChunks(tenant, job.sha256))) return yield* new StagingDisturbed()
    yield* repository.putDocument(tenant, recordOf(job, revision))
    const changed =
      bom === undefined
        ? { document: job.sha256 }
        : { parts: [bom.product, ...(yield* repository.putBom(tenant, bom))] }
    const products = yield* repository.productsUsing(tenant, changed)
    yield* judging.judgeProducts(tenant, products, revision, asOf, (whole) => withoutCycle(job, whole))
    const ended = { ...finished(job, revision), product }
    yield* repository.putJob(tenant, ended)
    return ended
  })

  return { submit, run }
})

/** Two BOMs that are sound alone can contain each other. */
const withoutCycle = (job: Job, { product, lines }: Bom): Effect.Effect<void, UnreadableDocument> => {
  const cycle = findCycle(product, lines)
  if (cycle === undefined) return Effect.void
  const detail = `together with the BOMs imported before, it contains itself: ${cycle.join(" > ")}`
  return Effect.fail(new UnreadableDocument({ document: job.documentName, code: "bom.cycle", detail }))
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
  warned: job.warned,
  codes: job.codes,
  table: job.table,
  revision,
  arrived: arrivalOf(job)
})

const arrivalOf = ({ createdAt }: Job): string => createdAt.slice(0, 10)

const nothingRead = { bytesDone: 0, rows: 0, accepted: 0, rejected: 0, warned: 0, codes: {} }

/**
 * Index of a job's first chunk. Jobs that read a document alike stage the same chunks, which are kept once; the
 * chunks of those that do not are told apart.
 */
const firstChunkOf = ({ createdAt, documentName, mapping }: Job): number => {
  const reading = hashOf("reading", [documentName, createdAt.slice(0, 10), canonical(mapping ?? null)])
  return Number.parseInt(reading.slice("sha256:".length, "sha256:".length + 8), 16) * 2 ** 20
}

/** What has been read of a document, and what of it waits to be staged. */
class Reading {
  job: Job
  bom: DecodedBom["bom"] | undefined
  readonly #remarks = new Remarks()
  readonly #firstChunk: number
  #chunks = 0
  #declarations: Array<Declarations> = []
  #rows = 0
  #rejects: Array<RejectedRow> = []
  #warnings: Array<Reject> = []

  constructor(job: Job) {
    this.job = job
    this.#firstChunk = firstChunkOf(job)
  }

  get waiting(): number {
    return this.#rows + this.#rejects.length + this.#warnings.length
  }

  advance(bytes: number): void {
    this.job = { ...this.job, bytesDone: this.job.bytesDone + bytes }
  }

  take(found: DecodedDocument): void {
    if (found.declarations.length > 0) this.#declarations.push(found.declarations)
    this.#rows += found.declarations.length
    const { bom } = found
    this.#remark(found.rejects, found.warnings)
    if (bom !== undefined) {
      this.bom = bom.bom
      this.#remark(bom.rejects, bom.warnings)
    }
    const bomRejected = bom?.rejects.length ?? 0
    const accepted = found.accepted + (bom === undefined ? 0 : bom.rows - bomRejected)
    const rejected = found.rejected + bomRejected
    const { job } = this
    this.job = {
      ...job,
      kind: bom === undefined ? job.kind : "bom",
      rows: job.rows + accepted + rejected,
      accepted: job.accepted + accepted,
      rejected: job.rejected + rejected,
      warned: this.#remarks.warned,
      codes: this.#remarks.codes,
      table: job.table ?? found.table
    }
  }

  /** Hands over what waits. */
  chunk(): StagedChunk {
    const chunk = {
      index: this.#firstChunk + this.#chunks++,
      declarations: new JoinedDeclarations(this.#declarations),
      rejects: this.#rejects,
      warnings: this.#warnings
    }
    this.#declarations = []
    this.#rows = 0
    this.#rejects = []
    this.#warnings = []
    return chunk
  }

  /** Whether just the chunks that were handed over are staged. */
  isStaged(staged: ReadonlyArray<number>): boolean {
    return staged.length === this.#chunks && staged.every((index, at) => index === this.#firstChunk + at)
  }

  #remark(rejects: ReadonlyArray<RejectedRow>, warnings: ReadonlyArray<Reject>): void {
    for (const reject of this.#remarks.rejects(rejects)) this.#rejects.push(reject)
    for (const warning of this.#remarks.warnings(warnings)) this.#warnings.push(warning)
  }
}
