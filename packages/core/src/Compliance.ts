/** The one service that users call: documents in, verdicts out, over any repository. */
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import type * as Stream from "effect/Stream"
import { nextAudited } from "./audit.ts"
import { Decoding } from "./Decoding.ts"
import { dayOf } from "./domain/Day.ts"
import * as Decimal from "./domain/Decimal.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { Override } from "./domain/Override.ts"
import { partKey } from "./domain/Part.ts"
import { holdsOn, type RuleSetNames } from "./domain/Rules.ts"
import type { DutyStatus, Status } from "./domain/Status.ts"
import type { PartVerdict } from "./domain/Verdict.ts"
import type { Proof } from "./engine/proof/Proof.ts"
import { prove } from "./engine/proof/prove.ts"
import { type Explanation, explanationOf } from "./engine/proof/Text.ts"
import type { JudgedProduct } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import { type ImportFailure, makeImports } from "./imports.ts"
import { makeJudging } from "./judging.ts"
import { makeOverriding, type Overridden, type RefusedOverride } from "./overrides.ts"
import { DocumentStore, type DocumentStoreError } from "./ports/DocumentStore.ts"
import {
  type InvalidCursor,
  type Job,
  type ListRequest,
  type Page,
  type PartRow,
  type ProductRow,
  Repository,
  type RepositoryError,
  type TenantId
} from "./ports/Repository.ts"
import { makePreview, type Preview, type PreviewFailure, type Proposal } from "./preview.ts"

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

/** A page of a list as of a revision. */
export interface Listed<A> {
  readonly page: Page<A>
  readonly revision: number
  /** Whether the verdicts on all that is listed hold today by the rule sets in force; else some of it still shows what was before. */
  readonly isCurrent: boolean
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
      request: ListRequest
    ) => Effect.Effect<Listed<ProductRow>, RepositoryError | InvalidCursor>
    readonly product: (
      tenant: TenantId,
      partNumber: string
    ) => Effect.Effect<Option.Option<ProductRow>, RepositoryError>
    /** None when there is no such product. */
    readonly parts: (
      tenant: TenantId,
      product: string,
      request: ListRequest
    ) => Effect.Effect<Option.Option<Listed<PartRow>>, RepositoryError | InvalidCursor>
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
    /** The rule sets in force: the documents' own limits until others were chosen. */
    readonly rules: (tenant: TenantId) => Effect.Effect<RuleSetNames, RepositoryError>
    /**
     * Puts rule sets in force, for every process on the store. Verdicts stay as they are, and say by which rule sets they
     * are, until {@link judgeAgain} comes to them or an import judges their product.
     */
    readonly useRules: (
      tenant: TenantId,
      ruleSets: ReadonlyArray<RuleSet>,
      by?: string
    ) => Effect.Effect<void, RepositoryError>
    /** Decisions of people that stand above findings, by id; with `part`, those about that part number. */
    readonly overrides: Repository["Service"]["overrides"]
    /**
     * Keeps decisions and judges the products of their parts again, as of a day, all or none. What is there already
     * changes nothing; a decision never takes the place of another.
     */
    readonly addOverrides: (
      tenant: TenantId,
      overrides: ReadonlyArray<Override>,
      asOf: string,
      by?: string
    ) => Effect.Effect<Overridden, RepositoryError | RefusedOverride>
    /** Ends a decision the day before, and judges the products of its part again. None when there is no such decision. */
    readonly withdrawOverride: (
      tenant: TenantId,
      id: string,
      asOf: string,
      by?: string
    ) => Effect.Effect<Option.Option<Overridden>, RepositoryError>
    /**
     * Judges all products whose verdict does not hold on a day by the rule sets in force, as of that day, and says how
     * many they were: by other rule sets, or from before the day on which a rule, an exemption or evidence ended or began.
     * It commits some at a time, so that when it is stopped, it goes on the next time from where it was.
     */
    readonly judgeAgain: (tenant: TenantId, asOf: string) => Effect.Effect<number, RepositoryError>
    /**
     * Which products and parts would stand otherwise by other rule sets, with more declarations or overrides or on another
     * day, as compared to the rules in force and the declarations there are on a day. Each product is judged both ways as it is
     * taken; nothing is written, and imports need not wait.
     */
    readonly preview: <E = never, R = never>(
      tenant: TenantId,
      proposal: Proposal<E, R>,
      today: string
    ) => Effect.Effect<Preview, E | PreviewFailure, R>
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
  static readonly layer = Layer.effect(
    Compliance,
    Effect.suspend(() => make)
  )
}

const MAX_USED_IN = 100

const today = Effect.map(Clock.currentTimeMillis, dayOf)

const make = Effect.gen(function* () {
  const repository = yield* Repository
  const documents = yield* DocumentStore
  const judging = makeJudging(repository)
  const decoding = yield* Decoding
  const overriding = makeOverriding(repository, judging)
  const imports = yield* makeImports(repository, documents, decoding, judging)

  return Compliance.of({
    submit: imports.submit,
    run: imports.run,

    products: (tenant, request) =>
      repository.transaction(
        tenant,
        Effect.all({
          page: repository.products(tenant, request),
          revision: repository.revision(tenant),
          isCurrent: Effect.flatMap(today, (day) => judging.isCurrent(tenant, day))
        })
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
    rules: (tenant) => repository.transaction(tenant, judging.names(tenant)),
    useRules: (tenant, ruleSets, by) => repository.transaction(tenant, judging.use(tenant, ruleSets, by)),
    overrides: (tenant, { part, ...request }) =>
      repository.overrides(tenant, { ...request, part: part === undefined ? undefined : partKey(part) }),
    addOverrides: overriding.add,
    withdrawOverride: overriding.withdraw,
    judgeAgain: judging.judgeAgain,
    preview: makePreview(repository, decoding, judging),
    auditTrail: repository.auditTrail,

    parts: (tenant, product, request) =>
      repository.transaction(
        tenant,
        Effect.gen(function* () {
          const key = partKey(product)
          const row = yield* repository.product(tenant, key)
          if (Option.isNone(row)) return Option.none()
          const page = yield* repository.parts(tenant, key, request)
          const { hash } = yield* judging.names(tenant)
          const isCurrent = holdsOn(row.value.judgedBy, hash, yield* today)
          return Option.some({ page, revision: yield* repository.revision(tenant), isCurrent })
        })
      ),

    part: (tenant, partNumber, asOf) =>
      repository.transaction(
        tenant,
        Effect.gen(function* () {
          const key = partKey(partNumber)
          const bom = yield* repository.bom(tenant, key)
          if (Option.isNone(bom)) return Option.none()
          const judged = yield* judging.together(tenant, yield* judging.inForce(tenant), asOf)(bom.value)
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
