/**
 * Imports: a document is stored, staged in chunks, and becomes current in one transaction with
 * the verdicts that follow from it. Every step can be repeated, so an import that was killed ends
 * as if it had run once.
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { SubmitInput } from "./Compliance.ts"
import type { DecodingFailed, DecodingShape } from "./Decoding.ts"
import type { Reject, RejectedRow } from "./domain/Declaration.ts"
import { type Declarations, JoinedDeclarations } from "./domain/Declarations.ts"
import { judgeBom } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import { type DecodedBom, findCycle } from "./ingest/bom/BomBuilder.ts"
import type { DecodedDocument } from "./ingest/Document.ts"
import { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import type { DocumentStore, DocumentStoreError } from "./ports/DocumentStore.ts"
import type { DocumentRecord, Job, Repository, RepositoryError, StagedChunk, TenantId } from "./ports/Repository.ts"
import { Remarks } from "./Remarks.ts"

export type ImportFailure = RepositoryError | DocumentStoreError | DecodingFailed

/** Rows staged in one transaction. */
const ROWS_PER_CHUNK = 10_000

type Progress = (job: Job) => Effect.Effect<void>

export const makeImports = (
  repository: Repository["Service"],
  documents: DocumentStore["Service"],
  decoding: DecodingShape,
  ruleSets: ReadonlyArray<RuleSet>
) => {
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
      createdAt: input.now
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
    const before = yield* repository.transaction(tenant, repository.findDocument(tenant, job.sha256))
    if (Option.isSome(before)) return yield* unchanged(tenant, job, before.value, onProgress)
    const started = yield* save(tenant, { ...job, ...nothingRead, state: "running" })
    yield* onProgress(started)
    const ended = yield* importDocument(tenant, started, asOf, onProgress).pipe(
      Effect.catchTag("UnreadableDocument", (error) =>
        save(tenant, { ...started, state: "failed", error: error.message, proposal: error.proposal })
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
    const { kind, rows, accepted, rejected, warned, codes, table, revision } = document
    const ended = yield* save(
      tenant,
      finished({ ...job, kind, rows, accepted, rejected, warned, codes, table }, revision)
    )
    yield* onProgress(ended)
    return ended
  })

  const importDocument = Effect.fnUntraced(function* (tenant: TenantId, job: Job, asOf: string, onProgress: Progress) {
    yield* repository.transaction(tenant, repository.discardStaged(tenant, job.sha256))
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
    /** Hands over what waits, and reads on while it is staged: no more than one chunk at a time. */
    const flush = Effect.gen(function* () {
      yield* staged
      staging = yield* Effect.forkChild(stage(reading.chunk(), reading.job))
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
    return yield* repository.transaction(tenant, commit(tenant, reading.job, reading.bom, asOf))
  }, Effect.scoped)

  /** Makes what was staged current, with the verdicts that follow from it. */
  const commit = Effect.fnUntraced(function* (
    tenant: TenantId,
    job: Job,
    bom: DecodedBom["bom"] | undefined,
    asOf: string
  ) {
    const revision = yield* repository.nextRevision(tenant)
    yield* repository.putDocument(tenant, recordOf(job, revision))
    if (bom !== undefined) yield* repository.putBom(tenant, bom)
    const changed = bom === undefined ? { document: job.sha256 } : { parts: [...bom.parts.keys()] }
    yield* judgeProducts(tenant, job, yield* repository.productsUsing(tenant, changed), revision, asOf)
    const product = bom === undefined ? undefined : (bom.parts.get(bom.product)?.partNumber ?? bom.product)
    const ended = { ...finished(job, revision), product }
    yield* repository.putJob(tenant, ended)
    return ended
  })

  const judgeProducts = (tenant: TenantId, job: Job, products: ReadonlyArray<string>, revision: number, asOf: string) =>
    Effect.forEach(
      products,
      Effect.fnUntraced(function* (product) {
        const bom = yield* repository.bom(tenant, product)
        if (Option.isNone(bom)) return
        const cycle = findCycle(product, bom.value.lines)
        if (cycle !== undefined) return yield* closesCycle(job, cycle)
        const declarations = yield* repository.declarations(tenant, [...bom.value.parts.keys()])
        const byPart = Map.groupBy(declarations, (declaration) => declaration.part)
        const judged = judgeBom(bom.value, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, { asOf })
        yield* repository.putVerdict(tenant, judged.product, revision)
      }),
      { discard: true }
    )

  return { submit, run }
}

/** Two BOMs that are sound alone can contain each other. */
const closesCycle = (job: Job, cycle: ReadonlyArray<string>) =>
  new UnreadableDocument({
    document: job.documentName,
    code: "bom.cycle",
    detail: `together with the BOMs imported before, it contains itself: ${cycle.join(" > ")}`
  })

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

/** What has been read of a document, and what of it waits to be staged. */
class Reading {
  job: Job
  bom: DecodedBom["bom"] | undefined
  readonly #remarks = new Remarks()
  #index = 0
  #declarations: Array<Declarations> = []
  #rows = 0
  #rejects: Array<RejectedRow> = []
  #warnings: Array<Reject> = []

  constructor(job: Job) {
    this.job = job
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
      index: this.#index++,
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

  #remark(rejects: ReadonlyArray<RejectedRow>, warnings: ReadonlyArray<Reject>): void {
    for (const reject of this.#remarks.rejects(rejects)) this.#rejects.push(reject)
    for (const warning of this.#remarks.warnings(warnings)) this.#warnings.push(warning)
  }
}
