/**
 * Where a tenant's documents, parts, BOM lines, declarations, verdicts and jobs live.
 * Every method takes the tenant first; nothing of one tenant is visible to another.
 * Inside {@link Repository.transaction} all calls of the same fiber see and change one
 * snapshot, and either all of it is kept or none.
 */
import * as Context from "effect/Context"
import type * as Effect from "effect/Effect"
import type * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import type { AuditEntry } from "../domain/Audit.ts"
import type { Declaration, Reject, RejectedRow, TableHeader } from "../domain/Declaration.ts"
import type { Declarations } from "../domain/Declarations.ts"
import type { Mapping, ProposedColumn } from "../domain/Mapping.ts"
import type { Override } from "../domain/Override.ts"
import type { Bom } from "../domain/Part.ts"
import type { JudgedBy, RuleSetName, RuleSetNames } from "../domain/Rules.ts"
import type { DutyStatus, FindingStatus, Status } from "../domain/Status.ts"
import type { PartVerdict, ProductVerdict, RegulationStanding, StatusCounts } from "../domain/Verdict.ts"

/** A tenant's name: 1 to 64 of `a-z 0-9 - _`. */
export const TenantId = Schema.String.check(Schema.isPattern(/^[a-z0-9_-]{1,64}$/)).pipe(Schema.brand("TenantId"))
export type TenantId = typeof TenantId.Type

const messageOf = (cause: unknown): string =>
  cause instanceof Error || (typeof cause === "object" && cause !== null && "message" in cause)
    ? String(cause.message)
    : "an unknown failure"

export class RepositoryError extends Schema.TaggedError<RepositoryError>()("RepositoryError", {
  operation: Schema.String,
  retryable: Schema.Boolean,
  cause: Schema.Defect()
}) {
  override get message(): string {
    return `The repository could not ${this.operation}: ${messageOf(this.cause)}`
  }
}

export type DocumentKind = "bom" | "declarations"

/** A committed document. `revision` is the tenant revision it arrived with. */
export interface DocumentRecord {
  readonly sha256: string
  readonly name: string
  readonly kind: DocumentKind
  readonly bytes: number
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  readonly warned: number
  readonly codes: Codes
  readonly table: TableHeader | undefined
  readonly revision: number
  /** The day it was sent, `YYYY-MM-DD`. */
  readonly arrived?: string | undefined
}

/** How often each code was reported, rejects and warnings alike. */
export type Codes = Readonly<Record<string, number>>

/** Accepted rows and rejects of one stretch of a document, invisible until the document is committed. */
export interface StagedChunk {
  /** A safe integer of 0 or more; staging the same index of the same document twice keeps it once. */
  readonly index: number
  /** To iterate over; an array, or columns that make a row when it is asked for. */
  readonly declarations: Declarations
  readonly rejects: ReadonlyArray<RejectedRow>
  readonly warnings: ReadonlyArray<Reject>
}

export interface SavedMapping {
  readonly name: string
  readonly mapping: Mapping
}

export type JobState = "queued" | "running" | "succeeded" | "succeeded-with-rejects" | "failed"

export interface Job {
  readonly id: string
  readonly state: JobState
  readonly kind: DocumentKind
  readonly documentName: string
  readonly sha256: string
  readonly bytesTotal: number
  readonly bytesDone: number
  readonly rows: number
  readonly accepted: number
  readonly rejected: number
  /** Remarks about rows that were accepted. */
  readonly warned: number
  /** Exact counts, also of what is not listed. */
  readonly codes: Codes
  /** What the columns hold, when that was stated. */
  readonly mapping: Mapping | undefined
  /** When the job has failed because the columns are not sure: the mapping to confirm or correct. */
  readonly proposal: ReadonlyArray<ProposedColumn> | undefined
  /** The table's header, once it is known: a file of rejects is written by it. */
  readonly table: TableHeader | undefined
  /** Set when the job has failed: what went wrong and what to do. */
  readonly error: string | undefined
  /** The revision the import produced, or found unchanged. */
  readonly revision: number | undefined
  readonly product: string | undefined
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** Who sent the document, where that is known. */
  readonly by?: string | undefined
}

export interface PageRequest {
  /** 1 to 1000. */
  readonly limit: number
  /** Opaque: `next` or `previous` of another page; absent for the first page. */
  readonly cursor?: string | undefined
  /** Case-insensitive substring of number, name or material. */
  readonly search?: string | undefined
}

/** Rows of a list that are counted. */
export const MAX_COUNTED = 10_000

/** Rows that a search finds that are counted. */
export const MAX_FOUND = 1000

export interface Page<A> {
  readonly items: ReadonlyArray<A>
  /** Cursor of the page behind this one; absent on the last. */
  readonly next: string | undefined
  /** Cursor of the page before this one; absent on the first. */
  readonly previous: string | undefined
  /** Counted up to {@link MAX_COUNTED}, of a search up to {@link MAX_FOUND}; `atLeast` says that there are more. */
  readonly total: { readonly count: number; readonly atLeast: boolean }
}

export interface ProductRow {
  readonly key: string
  readonly partNumber: string
  readonly name: string | undefined
  readonly status: Status
  readonly duty: DutyStatus
  readonly byRegulation: ReadonlyArray<RegulationStanding>
  readonly factsHash: string
  readonly summary: StatusCounts
  /** Tenant revision the verdict was calculated at. */
  readonly revision: number
  readonly judgedBy: JudgedBy
}

/** A part in the list of a product: its verdict with its worst finding only. */
export type PartRow = Omit<PartVerdict, "findings" | "findingsOmitted" | "reasons"> & {
  readonly worst: PartVerdict["findings"][number] | undefined
}

/** A page of rows of one status. */
export interface ListRequest extends PageRequest {
  /** Of the restrictions as a whole; with `regulation`, of that one, be it of its restrictions or of its duties. */
  readonly status?: FindingStatus | undefined
  /** The id of a rule set; leaves out nothing unless `status` does. */
  readonly regulation?: string | undefined
}

/** A rule set with what it holds, as plain JSON. */
export interface KeptRuleSet extends RuleSetName {
  readonly body: unknown
}

/** The rule sets of a tenant, and the revision since which they are in force. */
export interface RulesInForce extends RuleSetNames {
  readonly since: number
}

/** What declarations are looked for by; names are as a document writes them. */
export type DeclarationsBy =
  /** By CAS or EC number, or by name: one that means a single number stands for that. */
  | { readonly substance: string }
  | { readonly supplier: string }
  | { readonly material: string }
  /** By the SHA-256 of the document. */
  | { readonly document: string }

export type DeclarationsRequest = Omit<PageRequest, "search"> & { readonly by: DeclarationsBy }

export interface DocumentsRequest extends Omit<PageRequest, "search"> {
  /** The name under which they were sent, as a whole. */
  readonly named?: string | undefined
  /** The first and the last day, `YYYY-MM-DD`, on which they arrived. */
  readonly since?: string | undefined
  readonly until?: string | undefined
}

export interface OverridesRequest extends Omit<PageRequest, "search"> {
  /** The key of the part that they are about. */
  readonly part?: string | undefined
}

/** Entries of later revisions in their order, or of earlier ones backwards: without either, from the last one on. */
export type AuditRequest = {
  /** 1 to 1000. */
  readonly limit: number
} & ({ readonly after: number } | { readonly before?: number | undefined })

/** A piece of what a tenant has, in the form in which the repository takes it: see `restore`. */
export type Entry =
  | { readonly is: "rows"; readonly sha256: string; readonly chunk: StagedChunk }
  | { readonly is: "revision"; readonly revision: number }
  | { readonly is: "document"; readonly document: DocumentRecord }
  /** Some parts with the lines below them; `product` is a product, of which more may follow. */
  | { readonly is: "bom"; readonly bom: Bom }
  /** As far as it is stored: of each part the worst finding. */
  | {
      readonly is: "verdict"
      readonly verdict: ProductVerdict
      readonly revision: number
      readonly judgedBy: JudgedBy
    }
  /** Rule sets that came into force. */
  | { readonly is: "rules"; readonly ruleSets: ReadonlyArray<KeptRuleSet>; readonly since: number }
  | { readonly is: "override"; readonly override: Override }
  | ({ readonly is: "mapping" } & SavedMapping)
  | { readonly is: "job"; readonly job: Job }
  | { readonly is: "audit"; readonly entry: AuditEntry }

/** The cursor was not made by this list. */
export class InvalidCursor extends Schema.TaggedError<InvalidCursor>()("InvalidCursor", {}) {}

export class Repository extends Context.Service<
  Repository,
  {
    /**
     * Runs `effect` as one transaction of the tenant; failure or interruption leaves nothing behind.
     * What failed for a passing reason and left nothing behind, such as a lost connection, may be run again from its start.
     */
    readonly transaction: <A, E, R>(
      tenant: TenantId,
      effect: Effect.Effect<A, E, R>
    ) => Effect.Effect<A, E | RepositoryError, R>
    /** The tenant's current revision; 0 before the first commit. */
    readonly revision: (tenant: TenantId) => Effect.Effect<number, RepositoryError>
    /** Takes the next revision, gap-free and in commit order. Call it first in a transaction that changes what lists show: it serialises the commits of a tenant, and by the revision a page knows whether what was counted before still holds. */
    readonly nextRevision: (tenant: TenantId) => Effect.Effect<number, RepositoryError>
    /** Adds the entry of a revision to the audit trail, where it stays as it is: a second one of the same revision changes nothing. */
    readonly appendAudit: (tenant: TenantId, entry: AuditEntry) => Effect.Effect<void, RepositoryError>
    /** Who sees an entry sees all before it, so a reader that keeps the revision it has come to misses none. */
    readonly auditTrail: (
      tenant: TenantId,
      request: AuditRequest
    ) => Effect.Effect<ReadonlyArray<AuditEntry>, RepositoryError>

    readonly findDocument: (
      tenant: TenantId,
      sha256: string
    ) => Effect.Effect<Option.Option<DocumentRecord>, RepositoryError>
    /** Drops staged rows of a document that was never committed; leaves those of a committed one alone. */
    readonly discardStaged: (tenant: TenantId, sha256: string) => Effect.Effect<void, RepositoryError>
    /** Adds rows to a document that is not committed yet; changes nothing of a committed one. */
    readonly stage: (tenant: TenantId, sha256: string, chunk: StagedChunk) => Effect.Effect<void, RepositoryError>
    /** Indexes of the chunks staged for a document, ascending. Until the transaction ends nobody else stages or discards any. */
    readonly stagedChunks: (tenant: TenantId, sha256: string) => Effect.Effect<ReadonlyArray<number>, RepositoryError>
    /** Makes a document, and the declarations staged for it, current. Idempotent by hash. */
    readonly putDocument: (tenant: TenantId, document: DocumentRecord) => Effect.Effect<void, RepositoryError>
    /** Rejects kept for a document, by line, committed or not. */
    readonly rejects: (
      tenant: TenantId,
      sha256: string,
      limit: number
    ) => Effect.Effect<ReadonlyArray<RejectedRow>, RepositoryError>
    /** Remarks about accepted rows of a document, by line. */
    readonly warnings: (
      tenant: TenantId,
      sha256: string,
      limit: number
    ) => Effect.Effect<ReadonlyArray<Reject>, RepositoryError>

    /** Keeps a mapping under a name, in place of what was there. */
    readonly putMapping: (tenant: TenantId, name: string, mapping: Mapping) => Effect.Effect<void, RepositoryError>
    readonly mapping: (tenant: TenantId, name: string) => Effect.Effect<Option.Option<Mapping>, RepositoryError>
    /** All saved mappings, by name. */
    readonly mappings: (tenant: TenantId) => Effect.Effect<ReadonlyArray<SavedMapping>, RepositoryError>
    readonly deleteMapping: (tenant: TenantId, name: string) => Effect.Effect<void, RepositoryError>

    /**
     * Takes the parts of a BOM (the last statement of a part's attributes wins) and replaces the lines of its assemblies.
     * Gives the keys of the parts that are new or have other attributes, and of the assemblies that have other lines; the
     * product may be among them in any case.
     */
    readonly putBom: (tenant: TenantId, bom: Bom) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** A product with everything below it. */
    readonly bom: (tenant: TenantId, product: string) => Effect.Effect<Option.Option<Bom>, RepositoryError>
    /** Keys of all products with one of these parts, or a part that the staged or committed document declares, somewhere below them. */
    readonly productsUsing: (
      tenant: TenantId,
      changed: { readonly parts: ReadonlyArray<string> } | { readonly document: string }
    ) => Effect.Effect<ReadonlyArray<string>, RepositoryError>
    /** Committed declarations of these parts, ordered by part, document hash and line. */
    readonly declarations: (
      tenant: TenantId,
      parts: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<Declaration>, RepositoryError>

    /** Committed declarations in the order they came in: those of a document by line. */
    readonly findDeclarations: (
      tenant: TenantId,
      request: DeclarationsRequest
    ) => Effect.Effect<Page<Declaration>, RepositoryError | InvalidCursor>
    /** Committed documents, those that arrived last first; on one day by hash, downwards. */
    readonly documents: (
      tenant: TenantId,
      request: DocumentsRequest
    ) => Effect.Effect<Page<DocumentRecord>, RepositoryError | InvalidCursor>

    /** Puts rule sets in force in place of those before, which are kept. */
    readonly putRules: (
      tenant: TenantId,
      ruleSets: ReadonlyArray<KeptRuleSet>,
      since: number
    ) => Effect.Effect<void, RepositoryError>
    /** The rule sets in force; none before the first were put. */
    readonly rules: (tenant: TenantId) => Effect.Effect<Option.Option<RulesInForce>, RepositoryError>
    /** What a rule set holds that is or was in force. */
    readonly ruleSet: (tenant: TenantId, hash: string) => Effect.Effect<Option.Option<unknown>, RepositoryError>
    /** Keys of products whose verdict does not hold on a day by the rule sets of this hash (see `holdsOn`), at most `limit`. */
    readonly productsToJudge: (
      tenant: TenantId,
      rules: string,
      day: string,
      limit: number
    ) => Effect.Effect<ReadonlyArray<string>, RepositoryError>

    /** Keeps a decision, in place of one of the same id. */
    readonly putOverride: (tenant: TenantId, override: Override) => Effect.Effect<void, RepositoryError>
    readonly override: (tenant: TenantId, id: string) => Effect.Effect<Option.Option<Override>, RepositoryError>
    /** Decisions about these parts, by id. */
    readonly overridesOn: (
      tenant: TenantId,
      parts: ReadonlyArray<string>
    ) => Effect.Effect<ReadonlyArray<Override>, RepositoryError>
    /** Decisions by id. */
    readonly overrides: (
      tenant: TenantId,
      request: OverridesRequest
    ) => Effect.Effect<Page<Override>, RepositoryError | InvalidCursor>

    /** Replaces the stored verdict of a product and its parts. */
    readonly putVerdict: (
      tenant: TenantId,
      verdict: ProductVerdict,
      revision: number,
      judgedBy: JudgedBy
    ) => Effect.Effect<void, RepositoryError>
    readonly product: (tenant: TenantId, product: string) => Effect.Effect<Option.Option<ProductRow>, RepositoryError>
    /** By product number. */
    readonly products: (
      tenant: TenantId,
      request: ListRequest
    ) => Effect.Effect<Page<ProductRow>, RepositoryError | InvalidCursor>
    /** Worst status first, then part number. */
    readonly parts: (
      tenant: TenantId,
      product: string,
      request: ListRequest
    ) => Effect.Effect<Page<PartRow>, RepositoryError | InvalidCursor>
    /** Keys of products that hold the part, at most `limit`. */
    readonly whereUsed: (
      tenant: TenantId,
      part: string,
      limit: number
    ) => Effect.Effect<ReadonlyArray<string>, RepositoryError>

    readonly putJob: (tenant: TenantId, job: Job) => Effect.Effect<void, RepositoryError>
    readonly job: (tenant: TenantId, id: string) => Effect.Effect<Option.Option<Job>, RepositoryError>
    /** Jobs of all tenants that were queued or running: what a restarted server takes up again. Oldest first. */
    readonly unfinishedJobs: Effect.Effect<
      ReadonlyArray<{ readonly tenant: TenantId; readonly job: Job }>,
      RepositoryError
    >

    /** Every tenant that has anything. */
    readonly tenants: Effect.Effect<ReadonlyArray<TenantId>, RepositoryError>
    /**
     * Hands over all that a tenant has, as of one moment: rows by document hash and line, then everything else. The same
     * data gives the same entries in the same order, so two stores hold the same when their dumps are equal.
     */
    readonly dump: <E, R>(
      tenant: TenantId,
      take: (entry: Entry) => Effect.Effect<void, E, R>
    ) => Effect.Effect<void, E | RepositoryError, R>
  }
>()("@certivo/core/ports/Repository") {}
