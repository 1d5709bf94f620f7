/**
 * Whole stores as a directory, to move them from one kind of store to another: of each tenant the original documents and
 * a file of entries, one a line. The same data gives the same bytes.
 */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { DocumentStore } from "../../ports/DocumentStore.ts"
import { type Entry, Repository, TenantId } from "../../ports/Repository.ts"
import { restore } from "../../ports/restore.ts"
import { checkBag, fileOf, InvalidBag, writeBag } from "./bag.ts"
import { decode, encode } from "./codec.ts"

/** The store that is imported into has data of the tenant already. */
export class TenantExists extends Schema.TaggedError<TenantExists>()("TenantExists", { tenant: Schema.String }) {
  override get message(): string {
    return `The store has data of the tenant ${this.tenant} already; an export is imported only where there is none.`
  }
}

export interface Transferred {
  readonly tenant: TenantId
  readonly documents: number
  readonly entries: number
}

/** Exports these tenants, or all, into a new directory. The store may be in use: of each tenant one moment is exported. */
export const exportStore = (directory: string, tenants?: ReadonlyArray<TenantId>) =>
  writeBag(directory, (bag) =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const documents = yield* DocumentStore
      const nothing = (why: string) => new InvalidBag({ directory, detail: `${why}, so there is nothing to export` })
      const one = Effect.fnUntraced(function* (tenant: TenantId) {
        let entries = 0
        yield* bag.add(`${tenant}/entries.jsonl`, (write) =>
          repository.dump(tenant, (entry) => {
            entries++
            return write(new TextEncoder().encode(`${encode(ordered(entry))}\n`))
          })
        )
        if (entries === 1) return yield* nothing(`the tenant ${tenant} has nothing`)
        const stored = [...(yield* Stream.runCollect(documents.list(tenant)))].map(({ sha256 }) => sha256).sort()
        for (const sha256 of stored)
          yield* bag.add(`${tenant}/documents/${sha256}`, (write) =>
            Stream.runForEach(documents.get(tenant, sha256), write)
          )
        return { tenant, documents: stored.length, entries } satisfies Transferred
      })
      const found = tenants ?? (yield* repository.tenants)
      if (found.length === 0) return yield* nothing("the store is empty")
      return yield* Effect.forEach(found, one)
    })
  )

/** With the members of each object in order, and without those that are undefined. */
const ordered = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(ordered)
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, ordered(item)]))
  if (typeof value !== "object" || value === null) return value
  const members = Object.entries(value).filter(([, item]) => item !== undefined)
  members.sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(members.map(([name, item]) => [name, ordered(item)]))
}

/**
 * Imports an export into a store that has nothing of its tenants. Nothing of a tenant is seen until all of it is there,
 * and an import that was killed is run again.
 */
export const importStore = (directory: string) =>
  Effect.gen(function* () {
    const paths = yield* checkBag(directory)
    const tenants = paths.flatMap((path) => /^([a-z0-9_-]{1,64})\/entries\.jsonl$/.exec(path)?.[1] ?? [])
    if (tenants.length === 0) return yield* new InvalidBag({ directory, detail: "it holds no export of a store" })
    return yield* Effect.forEach(tenants, (tenant) => importTenant(directory, TenantId.make(tenant), paths))
  })

const importTenant = Effect.fnUntraced(function* (directory: string, tenant: TenantId, paths: ReadonlyArray<string>) {
  const repository = yield* Repository
  const documents = yield* DocumentStore
  yield* repository.dump(tenant, (entry) =>
    entry.is === "rows" || (entry.is === "revision" && entry.revision === 0)
      ? Effect.void
      : new TenantExists({ tenant })
  )
  const files = paths.filter((path) => path.startsWith(`${tenant}/documents/`))
  for (const path of files) yield* documents.put(tenant, fileOf(directory, path))
  let entries = 0
  yield* Stream.runForEach(entriesOf(directory, tenant), (entry) => {
    entries++
    if (entry.is !== "rows") return Effect.void
    const discard = entry.chunk.index === 0 ? repository.discardStaged(tenant, entry.sha256) : Effect.void
    return repository.transaction(tenant, Effect.andThen(discard, restore(repository, tenant, entry)))
  })
  yield* repository.transaction(
    tenant,
    Stream.runForEach(entriesOf(directory, tenant), (entry) =>
      entry.is === "rows" ? Effect.void : restore(repository, tenant, entry)
    )
  )
  return { tenant, documents: files.length, entries } satisfies Transferred
})

const entriesOf = (directory: string, tenant: TenantId): Stream.Stream<Entry, InvalidBag> =>
  fileOf(directory, `${tenant}/entries.jsonl`).pipe(
    Stream.decodeText,
    Stream.splitLines,
    Stream.mapEffect((line) =>
      Effect.try({
        try: () => decode(line) as Entry,
        catch: () => new InvalidBag({ directory, detail: `${tenant}/entries.jsonl holds a line that is no entry` })
      })
    )
  )
