/** What a change would do to the verdicts of a store, before it is made: nothing is written. */
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { readDeclarations } from "./check.ts"
import { Decoding, type DecodingFailed, type DecodingShape } from "./Decoding.ts"
import type { Declaration } from "./domain/Declaration.ts"
import type { Declarations } from "./domain/Declarations.ts"
import { hasher } from "./domain/Hash.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { Override } from "./domain/Override.ts"
import { partKey } from "./domain/Part.ts"
import type { PartVerdict, ProductVerdict } from "./domain/Verdict.ts"
import { type BomOptions, judgeBom } from "./engine/Rollup.ts"
import type { RuleSet } from "./engine/Rule.ts"
import type { UnreadableDocument } from "./ingest/UnreadableDocument.ts"
import type { Judging } from "./judging.ts"
import { acceptable, type RefusedOverride } from "./overrides.ts"
import type { Repository, RepositoryError, TenantId } from "./ports/Repository.ts"

/** Declarations that are proposed are held in memory: no more than these in all. */
export const MAX_PROPOSED_ROWS = 200_000

export interface ProposedDocument<E, R> {
  readonly name: string
  readonly bytes: Stream.Stream<Uint8Array, E, R>
  /** What the columns of a table hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
}

/** Other rule sets in place of those in force, declarations and overrides beside those there are, another day, or all of these. */
export interface Proposal<E = never, R = never> {
  readonly ruleSets?: ReadonlyArray<RuleSet> | undefined
  readonly declarations?: ReadonlyArray<ProposedDocument<E, R>> | undefined
  /** In place of those of the same id. */
  readonly overrides?: ReadonlyArray<Override> | undefined
  readonly asOf?: string | undefined
}

export type Standing = Pick<ProductVerdict, "status" | "duty" | "byRegulation">

export interface PreviewedPart {
  readonly partNumber: string
  readonly name: string | undefined
  readonly before: Standing
  readonly after: Standing
}

/** A product of which something would stand otherwise: itself, or the parts that are listed. */
export interface PreviewedProduct extends PreviewedPart {
  readonly parts: ReadonlyArray<PreviewedPart>
}

export interface PreviewedDocument {
  readonly name: string
  readonly accepted: number
  readonly rejected: number
  /** Whether it is in the store, or proposed before, so that it would change nothing. */
  readonly isKnown: boolean
}

export interface Preview {
  readonly documents: ReadonlyArray<PreviewedDocument>
  /** Judged one after the other as they are taken. */
  readonly products: Stream.Stream<PreviewedProduct, RepositoryError>
}

/** More declarations are proposed than a preview holds. */
export class TooManyProposedRows extends Data.TaggedError("TooManyProposedRows")<{ readonly document: string }> {
  override get message(): string {
    return `${this.document}: a preview takes up to ${MAX_PROPOSED_ROWS} declarations in all. Propose some of them, or import them into a copy of the store.`
  }
}

export type PreviewFailure =
  | RepositoryError
  | UnreadableDocument
  | DecodingFailed
  | TooManyProposedRows
  | RefusedOverride

const PRODUCTS_PER_PAGE = 200

type Rows = Map<string, Array<Declaration>>

/** What has been read of a proposal. */
interface Proposed {
  readonly rows: Rows
  /** The documents that the rows are from. */
  readonly hashes: Set<string>
  count: number
}

export const makePreview = (repository: Repository["Service"], decoding: DecodingShape, judging: Judging) => {
  /** Adds a document's rows to those that are proposed, unless the store has it, or the proposal already. */
  const propose = Effect.fnUntraced(function* <E, R>(
    tenant: TenantId,
    { mapping, ...document }: ProposedDocument<E, R>,
    today: string,
    proposed: Proposed
  ) {
    const found: Array<Declaration> = []
    let isTooMuch = false
    const keeper = {
      add: (rows: Declarations) => {
        isTooMuch ||= proposed.count + found.length + rows.length > MAX_PROPOSED_ROWS
        if (!isTooMuch) for (const row of rows) found.push(row)
      }
    }
    const options = { as: "declarations", mapping, today } as const
    const { name, sha256, accepted, rejected } = yield* Effect.provideService(
      readDeclarations(document, "", options, keeper, hasher()),
      Decoding,
      decoding
    )
    if (isTooMuch) return yield* new TooManyProposedRows({ document: name })
    const isKnown = proposed.hashes.has(sha256) || Option.isSome(yield* repository.findDocument(tenant, sha256))
    if (!isKnown) {
      proposed.hashes.add(sha256)
      proposed.count += found.length
      for (const row of found) {
        const own = proposed.rows.get(row.part) ?? []
        own.push({ ...row, source: { ...row.source, sha256 } })
        proposed.rows.set(row.part, own)
      }
    }
    return { name, accepted, rejected, isKnown } satisfies PreviewedDocument
  })

  /** Keys of all products, page by page. */
  const allProducts = (tenant: TenantId) =>
    Stream.paginate(undefined as string | undefined, (cursor) =>
      repository.products(tenant, { limit: PRODUCTS_PER_PAGE, cursor }).pipe(
        Effect.catchTag("InvalidCursor", Effect.die),
        Effect.map(({ items, next }) => [items.map(({ key }) => key), Option.fromNullishOr(next)] as const)
      )
    )

  return Effect.fn("Compliance.preview")(function* <E, R>(tenant: TenantId, proposal: Proposal<E, R>, today: string) {
    const found: Proposed = { rows: new Map(), hashes: new Set(), count: 0 }
    const documents = yield* Effect.forEach(proposal.declarations ?? [], (one) => propose(tenant, one, today, found))
    const { ruleSets } = yield* repository.transaction(tenant, judging.inForce(tenant))
    const { asOf = today, overrides = [] } = proposal
    yield* Effect.forEach(overrides, acceptable)
    const isAboutAll = proposal.ruleSets !== undefined || asOf !== today
    const parts = [...found.rows.keys(), ...overrides.map(({ part }) => partKey(part))]
    const keys = isAboutAll
      ? allProducts(tenant)
      : Stream.fromIterable(yield* repository.productsUsing(tenant, { parts }))
    const replaced = new Set(overrides.map(({ id }) => id))
    const judged = Effect.fnUntraced(function* (key: string) {
      const bom = yield* repository.bom(tenant, key)
      if (Option.isNone(bom)) return []
      const parts = [...bom.value.parts.keys()]
      const known = yield* judging.declared(tenant, parts)
      const decided = [...(yield* judging.decided(tenant, parts)).values()].flat()
      const by = (ruleSets: ReadonlyArray<RuleSet>, options: BomOptions, more: Rows) =>
        judgeBom(
          bom.value,
          { declarations: (part) => [...(known.get(part) ?? []), ...(more.get(part) ?? [])] },
          ruleSets,
          options
        ).product
      const left = [...decided.filter(({ id }) => !replaced.has(id)), ...overrides]
      return changed(
        by(ruleSets, { asOf: today, overrides: decided }, new Map()),
        by(proposal.ruleSets ?? ruleSets, { asOf, overrides: left }, found.rows)
      )
    })
    const products = keys.pipe(
      Stream.mapEffect((key) => repository.transaction(tenant, judged(key))),
      Stream.flatMap(Stream.fromIterable)
    )
    return { documents, products } satisfies Preview
  })
}

/** The product, if anything of it stands otherwise. */
const changed = (before: ProductVerdict, after: ProductVerdict): ReadonlyArray<PreviewedProduct> => {
  const then = new Map(before.parts.map((part) => [part.key, part]))
  const parts = after.parts.flatMap((part) => {
    const old = then.get(part.key) as PartVerdict
    return isSame(old, part) ? [] : [previewed(old, part)]
  })
  return parts.length === 0 && isSame(before, after) ? [] : [{ ...previewed(before, after), parts }]
}

const previewed = (before: ProductVerdict | PartVerdict, after: ProductVerdict | PartVerdict): PreviewedPart => ({
  partNumber: after.partNumber,
  name: after.name,
  before: standingOf(before),
  after: standingOf(after)
})

const standingOf = ({ status, duty, byRegulation }: Standing): Standing => ({ status, duty, byRegulation })

/** As a whole, and by each rule set that judges both times. */
const isSame = (a: Standing, b: Standing): boolean => {
  if (a.status !== b.status || a.duty !== b.duty) return false
  const before = new Map(a.byRegulation.map((one) => [one.regulation, one]))
  return b.byRegulation.every((one) => {
    const old = before.get(one.regulation)
    return old === undefined || (old.status === one.status && old.duty === one.duty)
  })
}
