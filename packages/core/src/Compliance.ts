/** The one service that users call: documents in, verdicts out, over any repository. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import { nextAudited } from "./audit.ts"
import { Decoding } from "./Decoding.ts"
import * as Decimal from "./domain/Decimal.ts"
import type { Declaration } from "./domain/Declaration.ts"
import type { Mapping } from "./domain/Mapping.ts"
import { type Bom, partKey } from "./domain/Part.ts"
import type { DutyStatus, Status } from "./domain/Status.ts"
import type { PartVerdict } from "./domain/Verdict.ts"
import type { Proof } from "./engine/proof/Proof.ts"
import { prove } from "./engine/proof/prove.ts"
import { type Explanation, explanationOf } from "./engine/proof/Text.ts"
import { type JudgedProduct, judgeBom } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import { type ImportFailure, makeImports } from "./imports.ts"
import { DocumentStore, type DocumentStoreError } from "./ports/DocumentStore.ts"
import {
  type InvalidCursor,
  type Job,
  type Page,
  type PageRequest,
  type PartRow,
  type PartsRequest,
  type ProductRow,
  Repository,
  type RepositoryError,
  type TenantId
} from "./ports/Repository.ts"
import { documentLimits } from "./regulations/index.ts"

export interface PartChild {
  readonly partNumber: string
  readonly quantity: string
  readonly status: Status
  readonly duty: DutyStatus
}

/** A part judged on demand: its verdict, the proof of it, and where it stands in the BOMs. */
export interface PartReport extends Omit<PartVerdict, "key" | "quantity"> {
  readonly children: ReadonlyArray<PartChild>
  readonly usedIn: ReadonlyArray<string>
  readonly explanation: Explanation
  readonly revision: number
}

export interface SubmitInput<E, R> {
  readonly name: string
  readonly bytes: Stream.Stream<Uint8Array, E, R>
  readonly id: string
  /** ISO 8601, UTC. */
  readonly now: string
  /** What the columns of a table hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** Who sends it, for the audit trail. */
  readonly by?: string | undefined
}

export class Compliance extends Context.Service<
  Compliance,
  {
    /** Stores the document as evidence and queues the job that imports it. */
    readonly submit: <E, R>(
      tenant: TenantId,
      input: SubmitInput<E, R>
    ) => Effect.Effect<Job, E | RepositoryError | DocumentStoreError, R>
    /**
     * Runs a queued or interrupted job to its end, as of a day. A document that cannot be read ends
     * the job as `failed`. Running it again, also after a crash at any point, changes nothing more.
     */
    readonly run: (
      tenant: TenantId,
      jobId: string,
      asOf: string,
      onProgress: (job: Job) => Effect.Effect<void>
    ) => Effect.Effect<Job, ImportFailure>
    readonly products: (
      tenant: TenantId,
      request: PageRequest
    ) => Effect.Effect<{ readonly page: Page<ProductRow>; readonly revision: number }, RepositoryError | InvalidCursor>
    readonly product: (
      tenant: TenantId,
      partNumber: string
    ) => Effect.Effect<Option.Option<ProductRow>, RepositoryError>
    /** None when there is no such product. */
    readonly parts: (
      tenant: TenantId,
      product: string,
      request: PartsRequest
    ) => Effect.Effect<
      Option.Option<{ readonly page: Page<PartRow>; readonly revision: number }>,
      RepositoryError | InvalidCursor
    >
    /** What is declared of a substance, by a supplier, of a material or in a document, in the order it came in. */
    readonly declarations: Repository["Service"]["findDeclarations"]
    /** Documents that were imported, those that arrived last first. */
    readonly documents: Repository["Service"]["documents"]
    /** Keeps a mapping under a name, in place of what was there. */
    readonly saveMapping: (
      tenant: TenantId,
      name: string,
      mapping: Mapping,
      by?: string
    ) => Effect.Effect<void, RepositoryError>
    /** Deleting what is not there changes nothing. */
    readonly deleteMapping: (tenant: TenantId, name: string, by?: string) => Effect.Effect<void, RepositoryError>
    /** What changed the tenant's data, when and by whom: an entry for each revision, which `verifyTrail` verifies. */
    readonly auditTrail: Repository["Service"]["auditTrail"]
    /** Judged from the current declarations, as of a day. None when no BOM holds the part. */
    readonly part: (
      tenant: TenantId,
      partNumber: string,
      asOf: string
    ) => Effect.Effect<Option.Option<PartReport>, RepositoryError>
  }
>()("@certivo/core/Compliance") {
  /** The service with these rule sets; the documents' own limits when left out. */
  static readonly layer = (ruleSets: ReadonlyArray<RuleSet> = [documentLimits]) =>
    Layer.effect(Compliance, make(ruleSets))
}

const MAX_USED_IN = 100

const make = Effect.fnUntraced(function* (ruleSets: ReadonlyArray<RuleSet>) {
  const repository = yield* Repository
  const documents = yield* DocumentStore
  const imports = yield* makeImports(repository, documents, yield* Decoding, ruleSets)

  return Compliance.of({
    submit: imports.submit,
    run: imports.run,

    products: (tenant, request) =>
      repository.transaction(
        tenant,
        Effect.all({ page: repository.products(tenant, request), revision: repository.revision(tenant) })
      ),

    product: (tenant, partNumber) => repository.transaction(tenant, repository.product(tenant, partKey(partNumber))),

    declarations: repository.findDeclarations,
    documents: repository.documents,

    saveMapping: (tenant, name, mapping, by) =>
      repository.transaction(
        tenant,
        Effect.andThen(
          nextAudited(repository, tenant, { by, did: "mapping.saved", subject: name, detail: { ...mapping } }),
          repository.putMapping(tenant, name, mapping)
        )
      ),
    deleteMapping: (tenant, name, by) =>
      repository.transaction(
        tenant,
        Effect.gen(function* () {
          if (Option.isNone(yield* repository.mapping(tenant, name))) return
          yield* nextAudited(repository, tenant, { by, did: "mapping.deleted", subject: name, detail: {} })
          yield* repository.deleteMapping(tenant, name)
        })
      ),
    auditTrail: repository.auditTrail,

    parts: (tenant, product, request) =>
      repository.transaction(
        tenant,
        Effect.gen(function* () {
          const key = partKey(product)
          const row = yield* repository.product(tenant, key)
          if (Option.isNone(row)) return Option.none()
          const page = yield* repository.parts(tenant, key, request)
          return Option.some({ page, revision: yield* repository.revision(tenant) })
        })
      ),

    part: (tenant, partNumber, asOf) =>
      repository.transaction(
        tenant,
        Effect.gen(function* () {
          const key = partKey(partNumber)
          const bom = yield* repository.bom(tenant, key)
          if (Option.isNone(bom)) return Option.none()
          const judged = judgeNode(bom.value, yield* declarationsOf(repository, tenant, bom.value), ruleSets, asOf)
          const { key: _key, quantity: _quantity, ...verdict } = judged.root
          return Option.some({
            ...verdict,
            children: childrenOf(judged),
            usedIn: yield* repository.whereUsed(tenant, key, MAX_USED_IN),
            explanation: explanationOf(prove(judged, key) as Proof),
            revision: yield* repository.revision(tenant)
          })
        })
      )
  })
})

const declarationsOf = (repository: Repository["Service"], tenant: TenantId, bom: Bom) =>
  repository.declarations(tenant, [...bom.parts.keys()])

const judgeNode = (
  bom: Bom,
  declarations: ReadonlyArray<Declaration>,
  ruleSets: ReadonlyArray<RuleSet>,
  asOf: string
): JudgedProduct => {
  const byPart = Map.groupBy(declarations, (declaration) => declaration.part)
  return judgeBom(bom, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, { asOf })
}

const childrenOf = ({ bom, product }: JudgedProduct): ReadonlyArray<PartChild> => {
  const verdicts = new Map(product.parts.map((part) => [part.key, part]))
  return (bom.lines.get(bom.product) ?? []).flatMap((line) => {
    const child = verdicts.get(line.child)
    return child === undefined
      ? []
      : [
          {
            partNumber: child.partNumber,
            quantity: Decimal.toText(line.quantity),
            status: child.status,
            duty: child.duty
          }
        ]
  })
}
