/** The Compliance service as Promises and async iterables, for people who do not use Effect. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { layer as memory } from "./adapters/memory/index.ts"
import { type Bytes, streamOf } from "./bytes.ts"
import { Compliance, type PartReport } from "./Compliance.ts"
import type { AuditEntry } from "./domain/Audit.ts"
import { dayOf } from "./domain/Day.ts"
import type { Declaration } from "./domain/Declaration.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { Override } from "./domain/Override.ts"
import type { RuleSet } from "./engine/Rule.ts"
import type { DocumentStore } from "./ports/DocumentStore.ts"
import {
  type DeclarationsBy,
  type DocumentRecord,
  type DocumentsRequest,
  type Job,
  type ListRequest,
  type Page,
  type PageRequest,
  type PartRow,
  type ProductRow,
  type Repository,
  TenantId
} from "./ports/Repository.ts"
import type { PreviewedProduct, Proposal, ProposedDocument } from "./preview.ts"

export interface CertivoOptions {
  /** Where things are kept; in memory when left out. */
  readonly store?: Layer.Layer<Repository | DocumentStore, unknown> | undefined
  /** How documents are decoded; in the thread at hand when left out. `layer()` of `@certivo/core/adapters/threads` spreads large ones. */
  readonly decoding?: Layer.Layer<never> | undefined
  /** 1 to 64 of `a-z 0-9 - _`. */
  readonly tenant?: string | undefined
}

export interface ImportOptions {
  /** What the columns of a table hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** Who imports it, for the audit trail. */
  readonly by?: string | undefined
}

/** What is proposed: rule sets in place of those in force, declarations or overrides beside those there are, or another day. */
export interface ProposedChange extends Omit<Proposal, "declarations"> {
  readonly declarations?: ReadonlyArray<Omit<ProposedDocument<never, never>, "bytes"> & { readonly bytes: Bytes }>
}

/** What a list is narrowed to: a text, and a status as a whole or by one regulation. */
export type Filter = Omit<ListRequest, "limit" | "cursor">

export interface Certivo extends AsyncDisposable {
  /** Imports a BOM or declarations; resolves when all that follows from them is judged. */
  readonly import: (name: string, bytes: Bytes, options?: ImportOptions) => Promise<Job>
  readonly products: (filter?: Filter) => AsyncIterable<ProductRow>
  /** Parts of a product, worst status first. */
  readonly parts: (product: string, filter?: Filter) => AsyncIterable<PartRow>
  /**
   * Puts rule sets in force, and judges by them all that was judged by others; resolves with the number of those products.
   * They stay in force in the store: until they are chosen, it judges by the documents' own limits.
   */
  readonly useRules: (ruleSets: ReadonlyArray<RuleSet>, by?: string) => Promise<number>
  /**
   * Judges as of today what does not hold any more: each product says in `judgedBy` until which day its verdict stands.
   * Resolves with the number of those products; call it once a day, or before a list that must be of today.
   */
  readonly judgeAgain: () => Promise<number>
  /**
   * Keeps decisions of people that stand above findings, all or none, and judges the products of their parts again as of
   * today; resolves with the number of those products. Rejects with `RefusedOverride`: a decision never takes the place
   * of another.
   */
  readonly addOverrides: (overrides: ReadonlyArray<Override>, by?: string) => Promise<number>
  /** Ends a decision yesterday; resolves with the number of products judged again, undefined when there is no such decision. */
  readonly withdrawOverride: (id: string, by?: string) => Promise<number | undefined>
  /** Decisions of people by their ids; with `part`, those about that part number. */
  readonly overrides: (about?: { readonly part?: string | undefined }) => AsyncIterable<Override>
  /**
   * Which products and parts would stand otherwise, as of today, by other rule sets, with more declarations or overrides
   * or on another day; nothing is changed. Products are judged one after the other as they are taken.
   */
  readonly preview: (proposal: ProposedChange) => AsyncIterable<PreviewedProduct>
  /** What is declared of a substance (by name, CAS or EC number), by a supplier, of a material or in a document. */
  readonly declarations: (by: DeclarationsBy) => AsyncIterable<Declaration>
  /** Documents that were imported, those that arrived last first. */
  readonly documents: (filter?: Omit<DocumentsRequest, "limit" | "cursor">) => AsyncIterable<DocumentRecord>
  /**
   * What changed the data, when and by whom, from the first revision on or behind one that is known: who keeps the
   * revision it has come to misses nothing. `verifyTrail` of `@certivo/core/promise` verifies it.
   */
  readonly audit: (behind?: { readonly after?: number | undefined }) => AsyncIterable<AuditEntry>
  /** A part with the proof of its verdict; undefined when no BOM holds it. */
  readonly part: (partNumber: string) => Promise<PartReport | undefined>
}

const PAGE = 500

type Rows<A> = Pick<Page<A>, "items" | "next">

const noRows: Rows<never> = { items: [], next: undefined }

/** The rows of all pages, each read when the one before it has been gone through. */
async function* paged<A>(read: (page: Pick<PageRequest, "limit" | "cursor">) => Promise<Rows<A>>): AsyncIterable<A> {
  let cursor: string | undefined
  do {
    const { items, next } = await read({ limit: PAGE, cursor })
    yield* items
    cursor = next
  } while (cursor !== undefined)
}

/**
 * Opens Certivo over a store.
 *
 * ```ts
 * const certivo = createCertivo()
 * await certivo.import("bom.json", await readFile("bom.json"))
 * await certivo.import("compliance.csv", createReadStream("compliance.csv"))
 * for await (const part of certivo.parts("EG-200", { status: "non-compliant" })) console.log(part.partNumber)
 * ```
 */
export const createCertivo = (options: CertivoOptions = {}): Certivo => {
  const tenant = TenantId.make(options.tenant ?? "default")
  const runtime = ManagedRuntime.make(
    Compliance.layer.pipe(Layer.provide(options.store ?? memory), Layer.provide(options.decoding ?? Layer.empty))
  )
  const run = <A, E>(use: (compliance: Compliance["Service"]) => Effect.Effect<A, E>): Promise<A> =>
    runtime.runPromise(Effect.flatMap(Compliance, use))
  const today = () => dayOf(Date.now())

  return {
    import: (name, bytes, { by, mapping } = {}) =>
      run((compliance) =>
        Effect.gen(function* () {
          const now = new Date().toISOString()
          const job = yield* compliance.submit(tenant, {
            name,
            bytes: streamOf(bytes),
            id: crypto.randomUUID(),
            now,
            mapping,
            by
          })
          return yield* compliance.run(tenant, job.id, today(), () => Effect.void)
        })
      ),

    products: (filter = {}) =>
      paged((page) =>
        run((compliance) => Effect.map(compliance.products(tenant, { ...filter, ...page }), (found) => found.page))
      ),
    parts: (product, filter = {}) =>
      paged((page) =>
        run((compliance) =>
          Effect.map(
            compliance.parts(tenant, product, { ...filter, ...page }),
            Option.match({ onNone: () => noRows, onSome: (found) => found.page })
          )
        )
      ),
    useRules: (ruleSets, by) =>
      run((compliance) =>
        Effect.andThen(compliance.useRules(tenant, ruleSets, by), compliance.judgeAgain(tenant, today()))
      ),
    judgeAgain: () => run((compliance) => compliance.judgeAgain(tenant, today())),
    addOverrides: (overrides, by) =>
      run((compliance) => Effect.map(compliance.addOverrides(tenant, overrides, today(), by), ({ judged }) => judged)),
    withdrawOverride: (id, by) =>
      run((compliance) =>
        Effect.map(
          compliance.withdrawOverride(tenant, id, today(), by),
          (found) => Option.getOrUndefined(found)?.judged
        )
      ),
    overrides: (about = {}) =>
      paged((page) => run((compliance) => compliance.overrides(tenant, { ...about, ...page }))),
    preview: ({ declarations = [], ...proposal }) => {
      const documents = declarations.map(({ bytes, ...document }) => ({ ...document, bytes: streamOf(bytes) }))
      const start = () =>
        run((compliance) => compliance.preview(tenant, { ...proposal, declarations: documents }, today()))
      return Stream.toAsyncIterable(Stream.unwrap(Effect.promise(async () => (await start()).products)))
    },
    declarations: (by) => paged((page) => run((compliance) => compliance.declarations(tenant, { by, ...page }))),
    documents: (filter = {}) =>
      paged((page) => run((compliance) => compliance.documents(tenant, { ...filter, ...page }))),

    audit: ({ after = 0 } = {}) =>
      paged(async ({ cursor, limit }) => {
        const items = await run((compliance) =>
          compliance.auditTrail(tenant, { limit, after: Number(cursor ?? after) })
        )
        return { items, next: items.at(-1)?.revision.toString() }
      }),

    part: (partNumber) =>
      run((compliance) => Effect.map(compliance.part(tenant, partNumber, today()), Option.getOrUndefined)),

    [Symbol.asyncDispose]: () => runtime.dispose()
  }
}
