/** The Compliance service as Promises and async iterables, for people who do not use Effect. */
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as ManagedRuntime from "effect/ManagedRuntime"
import * as Option from "effect/Option"
import { layer as memory } from "./adapters/memory/index.ts"
import { type Bytes, streamOf } from "./bytes.ts"
import { Compliance, type PartReport } from "./Compliance.ts"
import type { Mapping } from "./domain/Mapping.ts"
import type { DocumentStore } from "./ports/DocumentStore.ts"
import {
  type Job,
  type PartRow,
  type PartsRequest,
  type ProductRow,
  type Repository,
  TenantId
} from "./ports/Repository.ts"

export interface CertivoOptions {
  /** Where things are kept; in memory when left out. */
  readonly store?: Layer.Layer<Repository | DocumentStore, unknown> | undefined
  /** How documents are decoded; in the thread at hand when left out. `layer()` of `@certivo/core/adapters/threads` spreads large ones. */
  readonly decoding?: Layer.Layer<never> | undefined
  /** 1 to 64 of `a-z 0-9 - _`. */
  readonly tenant?: string | undefined
}

export interface Certivo extends AsyncDisposable {
  /** Imports a BOM or declarations; resolves when all that follows from them is judged. */
  readonly import: (name: string, bytes: Bytes, options?: { readonly mapping?: Mapping | undefined }) => Promise<Job>
  readonly products: (filter?: { readonly search?: string | undefined }) => AsyncIterable<ProductRow>
  /** Parts of a product, worst status first. */
  readonly parts: (product: string, filter?: Omit<PartsRequest, "limit" | "cursor">) => AsyncIterable<PartRow>
  /** A part with the proof of its verdict; undefined when no BOM holds it. */
  readonly part: (partNumber: string) => Promise<PartReport | undefined>
}

const PAGE = 500

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
    Compliance.layer().pipe(Layer.provide(options.store ?? memory), Layer.provide(options.decoding ?? Layer.empty))
  )
  const run = <A, E>(use: (compliance: Compliance["Service"]) => Effect.Effect<A, E>): Promise<A> =>
    runtime.runPromise(Effect.flatMap(Compliance, use))
  const today = () => new Date().toISOString().slice(0, 10)

  return {
    import: (name, bytes, { mapping } = {}) =>
      run((compliance) =>
        Effect.gen(function* () {
          const now = new Date().toISOString()
          const job = yield* compliance.submit(tenant, {
            name,
            bytes: streamOf(bytes),
            id: crypto.randomUUID(),
            now,
            mapping
          })
          return yield* compliance.run(tenant, job.id, today(), () => Effect.void)
        })
      ),

    async *products(filter = {}) {
      let cursor: string | undefined
      do {
        const { page } = await run((compliance) => compliance.products(tenant, { ...filter, limit: PAGE, cursor }))
        yield* page.items
        cursor = page.next
      } while (cursor !== undefined)
    },

    async *parts(product, filter = {}) {
      let cursor: string | undefined
      do {
        const found = await run((compliance) => compliance.parts(tenant, product, { ...filter, limit: PAGE, cursor }))
        if (Option.isNone(found)) return
        yield* found.value.page.items
        cursor = found.value.page.next
      } while (cursor !== undefined)
    },

    part: (partNumber) =>
      run((compliance) => Effect.map(compliance.part(tenant, partNumber, today()), Option.getOrUndefined)),

    [Symbol.asyncDispose]: () => runtime.dispose()
  }
}
