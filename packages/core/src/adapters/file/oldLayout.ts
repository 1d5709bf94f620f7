/**
 * A read-only face over the old layout: a directory with `bom.json` and, perhaps, `compliance.csv`. The files are
 * imported into memory when the store opens, and stay as they are. It stands on the service, since it judges.
 */
import { createReadStream, existsSync } from "node:fs"
import { stat } from "node:fs/promises"
import { join, resolve } from "node:path"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { Compliance } from "../../Compliance.ts"
import { dayOf } from "../../domain/Day.ts"
import { DocumentStore, DocumentStoreError } from "../../ports/DocumentStore.ts"
import { Repository, RepositoryError, TenantId } from "../../ports/Repository.ts"
import { layer as memory } from "../memory/index.ts"

export interface OldLayoutOptions {
  /** Whose data it is; `default` when left out. */
  readonly tenant?: string | undefined
}

/**
 * The store over the directory, with the documents' own limits and today's law. Whatever would change it fails.
 *
 * ```ts
 * const certivo = createCertivo({ store: oldLayout("examples/edge-gateway/legacy") })
 * ```
 */
export const oldLayout = (
  directory: string,
  { tenant = "default" }: OldLayoutOptions = {}
): Layer.Layer<Repository | DocumentStore, RepositoryError> => {
  const load = Layer.effectDiscard(
    Effect.gen(function* () {
      const root = resolve(directory)
      yield* importFile(join(root, "bom.json"), "bom.json", TenantId.make(tenant))
      const declarations = join(root, "compliance.csv")
      if (existsSync(declarations)) yield* importFile(declarations, "compliance.csv", TenantId.make(tenant))
    })
  )
  const filled = load.pipe(Layer.provide(Layer.fresh(Compliance.layer)), Layer.provideMerge(Layer.fresh(memory)))
  return Layer.merge(Layer.effect(Repository, readOnlyRepository), Layer.effect(DocumentStore, readOnlyDocuments)).pipe(
    Layer.provide(filled)
  )
}

const importFile = Effect.fnUntraced(function* (path: string, name: string, tenant: TenantId) {
  const compliance = yield* Compliance
  const cannotRead = (cause: unknown) => new RepositoryError({ operation: `read ${path}`, retryable: false, cause })
  const { mtime } = yield* Effect.tryPromise({ try: () => stat(path), catch: cannotRead })
  const bytes = Stream.fromAsyncIterable(createReadStream(path) as AsyncIterable<Uint8Array>, cannotRead)
  const today = dayOf(yield* Clock.currentTimeMillis)
  const { state, error } = yield* compliance
    .submit(tenant, { name, bytes, id: name, now: mtime.toISOString() })
    .pipe(Effect.andThen(compliance.run(tenant, name, today, () => Effect.void)), Effect.mapError(cannotRead))
  if (state === "failed") return yield* cannotRead(new Error(error))
})

const READ_ONLY = new Error("the old layout is read only; import its files into a store of another kind")

const readOnlyRepository = Effect.map(Repository, (repository) => {
  const refuse = (operation: string) => () =>
    Effect.fail(new RepositoryError({ operation, retryable: false, cause: READ_ONLY }))
  return Repository.of({
    ...repository,
    nextRevision: refuse("take a revision"),
    appendAudit: refuse("add to the audit trail"),
    stage: refuse("stage rows"),
    discardStaged: refuse("discard staged rows"),
    putDocument: refuse("commit a document"),
    putBom: refuse("take a BOM"),
    putRules: refuse("put rule sets in force"),
    putOverride: refuse("keep an override"),
    putVerdict: refuse("store a verdict"),
    putMapping: refuse("save a mapping"),
    deleteMapping: refuse("delete a mapping"),
    putJob: refuse("store a job")
  })
})

const readOnlyDocuments = Effect.map(DocumentStore, (documents) => {
  const refuse = (operation: string) => () => Effect.fail(new DocumentStoreError({ operation, cause: READ_ONLY }))
  return DocumentStore.of({
    ...documents,
    put: refuse("store a document"),
    remove: refuse("remove a document"),
    sweep: refuse("sweep documents")
  })
})
