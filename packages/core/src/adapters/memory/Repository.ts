/** A repository in memory: for the library, tests and browsers. Nothing outlives the process. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Bom, BomLine, Part } from "../../domain/Part.ts"
import { rank } from "../../domain/Status.ts"
import type { PartVerdict, ProductVerdict } from "../../domain/Verdict.ts"
import { type PartRow, Repository, type StagedChunk, type TenantId } from "../../ports/Repository.ts"
import { compareKeys, matches, pageOf } from "./pages.ts"
import { Draft, emptyTables, type Tables } from "./state.ts"

/** The transaction the running fiber is in, if any. */
const Current = Context.Reference<{ readonly tenant: TenantId; readonly draft: Draft } | undefined>(
  "@certivo/core/adapters/memory/Transaction",
  { defaultValue: () => undefined }
)

interface Tenant {
  tables: Tables
  readonly lock: Semaphore.Semaphore
}

const make = Effect.sync(() => {
  const tenants = new Map<TenantId, Tenant>()

  const tenantOf = (id: TenantId): Tenant => {
    const tenant = tenants.get(id) ?? { tables: emptyTables(), lock: Semaphore.makeUnsafe(1) }
    tenants.set(id, tenant)
    return tenant
  }

  const transaction = <A, E, R>(id: TenantId, effect: Effect.Effect<A, E, R>): Effect.Effect<A, E, R> =>
    Effect.flatMap(Current, (current) => {
      if (current?.tenant === id) return effect
      const tenant = tenantOf(id)
      return Semaphore.withPermit(
        tenant.lock,
        Effect.suspend(() => {
          const draft = new Draft(tenant.tables)
          return Effect.provideService(effect, Current, { tenant: id, draft }).pipe(
            Effect.tap(() =>
              Effect.sync(() => {
                tenant.tables = draft.commit()
              })
            )
          )
        })
      )
    })

  /** Runs `body` on the fiber's transaction, or in one of its own. */
  const within = <A>(id: TenantId, body: (draft: Draft) => A): Effect.Effect<A> =>
    transaction(
      id,
      Effect.map(Current, (current) => body((current as NonNullable<typeof current>).draft))
    )

  return Repository.of({
    transaction,
    revision: (tenant) => within(tenant, (draft) => draft.read("revision").get("head") ?? 0),
    nextRevision: (tenant) =>
      within(tenant, (draft) => {
        const next = (draft.read("revision").get("head") ?? 0) + 1
        draft.write("revision").set("head", next)
        return next
      }),

    findDocument: (tenant, sha256) =>
      within(tenant, (draft) => Option.fromNullishOr(draft.read("documents").get(sha256))),
    discardStaged: (tenant, sha256) =>
      within(tenant, (draft) => {
        if (!draft.read("documents").has(sha256)) draft.write("staged").delete(sha256)
      }),
    stage: (tenant, sha256, chunk) => within(tenant, (draft) => stage(draft, sha256, chunk)),
    putDocument: (tenant, document) =>
      within(tenant, (draft) => {
        if (!draft.read("documents").has(document.sha256)) draft.write("documents").set(document.sha256, document)
      }),
    rejects: (tenant, sha256, limit) =>
      within(tenant, (draft) =>
        [...(draft.read("staged").get(sha256)?.rejects ?? [])].sort((a, b) => a.line - b.line).slice(0, limit)
      ),
    warnings: (tenant, sha256, limit) =>
      within(tenant, (draft) =>
        [...(draft.read("staged").get(sha256)?.warnings ?? [])].sort((a, b) => a.line - b.line).slice(0, limit)
      ),

    putMapping: (tenant, name, mapping) => within(tenant, (draft) => void draft.write("mappings").set(name, mapping)),
    mapping: (tenant, name) => within(tenant, (draft) => Option.fromNullishOr(draft.read("mappings").get(name))),
    mappings: (tenant) =>
      within(tenant, (draft) =>
        [...draft.read("mappings")]
          .map(([name, mapping]) => ({ name, mapping }))
          .sort((a, b) => compareKeys([a.name], [b.name]))
      ),
    deleteMapping: (tenant, name) => within(tenant, (draft) => void draft.write("mappings").delete(name)),

    putBom: (tenant, bom) => within(tenant, (draft) => putBom(draft, bom)),
    bom: (tenant, product) => within(tenant, (draft) => Option.fromNullishOr(readBom(draft, product))),
    productsUsing: (tenant, changed) =>
      within(tenant, (draft) => {
        const parts =
          "parts" in changed
            ? changed.parts
            : (draft.read("staged").get(changed.document)?.declarations ?? []).map((declaration) => declaration.part)
        return productsAbove(draft, parts)
      }),
    declarations: (tenant, parts) => within(tenant, (draft) => committedDeclarations(draft, new Set(parts))),

    putVerdict: (tenant, verdict, revision) => within(tenant, (draft) => putVerdict(draft, verdict, revision)),
    product: (tenant, product) => within(tenant, (draft) => Option.fromNullishOr(draft.read("verdicts").get(product))),
    products: (tenant, request) =>
      Effect.flatMap(
        within(tenant, (draft) =>
          [...draft.read("verdicts").values()]
            .filter((row) => matches(request.search, row.partNumber, row.name))
            .sort((a, b) => compareKeys([a.key], [b.key]))
        ),
        (rows) => pageOf(rows, (row) => [row.key], request)
      ),
    parts: (tenant, product, request) =>
      Effect.flatMap(
        within(tenant, (draft) =>
          (draft.read("productParts").get(product) ?? []).filter(
            (row) =>
              (request.status === undefined || row.status === request.status) &&
              matches(request.search, row.partNumber, row.name, row.material)
          )
        ),
        (rows) => pageOf(rows, partSortKey, request)
      ),
    whereUsed: (tenant, part, limit) =>
      within(tenant, (draft) =>
        productsAbove(draft, [part])
          .filter((key) => key !== part)
          .map((key) => draft.read("parts").get(key)?.partNumber ?? key)
          .sort()
          .slice(0, limit)
      ),

    putJob: (tenant, job) => within(tenant, (draft) => void draft.write("jobs").set(job.id, job)),
    job: (tenant, id) => within(tenant, (draft) => Option.fromNullishOr(draft.read("jobs").get(id))),
    unfinishedJobs: Effect.sync(() =>
      [...tenants]
        .flatMap(([tenant, { tables }]) => [...tables.jobs.values()].map((job) => ({ tenant, job })))
        .filter(({ job }) => job.state === "queued" || job.state === "running")
        .sort((a, b) => compareKeys([a.job.createdAt, a.job.id], [b.job.createdAt, b.job.id]))
    )
  })
})

const partSortKey = (row: PartRow): ReadonlyArray<string | number> => [-rank(row.status), row.key]

const stage = (draft: Draft, sha256: string, chunk: StagedChunk): void => {
  const before = draft.read("staged").get(sha256) ?? { chunks: new Set(), declarations: [], rejects: [], warnings: [] }
  if (before.chunks.has(chunk.index)) return
  draft.write("staged").set(sha256, {
    chunks: new Set([...before.chunks, chunk.index]),
    declarations: [...before.declarations, ...chunk.declarations],
    rejects: [...before.rejects, ...chunk.rejects],
    warnings: [...before.warnings, ...chunk.warnings]
  })
}

const putBom = (draft: Draft, bom: Bom): void => {
  const parts = draft.write("parts")
  const lines = draft.write("lines")
  const parents = draft.write("parents")
  for (const part of bom.parts.values()) parts.set(part.key, part)
  for (const [parent, children] of bom.lines) {
    for (const line of lines.get(parent) ?? []) parents.set(line.child, without(parents.get(line.child), parent))
    for (const line of children) parents.set(line.child, new Set([...(parents.get(line.child) ?? []), parent]))
    lines.set(parent, children)
  }
  draft.write("products").set(bom.product, true)
}

const without = (set: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> =>
  new Set([...(set ?? [])].filter((entry) => entry !== key))

const readBom = (draft: Draft, product: string): Bom | undefined => {
  const known = draft.read("parts")
  if (!known.has(product)) return undefined
  const parts = new Map<string, Part>()
  const lines = new Map<string, ReadonlyArray<BomLine>>()
  const waiting = [product]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const part = known.get(key)
    if (part === undefined || parts.has(key)) continue
    parts.set(key, part)
    const children = draft.read("lines").get(key)
    if (children === undefined) continue
    lines.set(key, children)
    for (const line of children) waiting.push(line.child)
  }
  return { product, parts, lines }
}

const productsAbove = (draft: Draft, parts: ReadonlyArray<string>): ReadonlyArray<string> => {
  const seen = new Set(parts)
  const waiting = [...seen]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const parent of draft.read("parents").get(key) ?? []) {
      if (seen.has(parent)) continue
      seen.add(parent)
      waiting.push(parent)
    }
  }
  return [...seen].filter((key) => draft.read("products").has(key)).sort()
}

const committedDeclarations = (draft: Draft, parts: ReadonlySet<string>): ReadonlyArray<Declaration> =>
  [...draft.read("documents").keys()]
    .flatMap((sha256) => draft.read("staged").get(sha256)?.declarations ?? [])
    .filter((declaration) => parts.has(declaration.part))
    .sort((a, b) => compareKeys(declarationKey(a), declarationKey(b)))

const declarationKey = (declaration: Declaration) => [
  declaration.part,
  declaration.source.sha256,
  declaration.source.line
]

const putVerdict = (draft: Draft, verdict: ProductVerdict, revision: number): void => {
  const { parts, ...row } = verdict
  draft.write("verdicts").set(verdict.key, { ...row, revision })
  const rows = parts.map(partRowOf).sort((a, b) => compareKeys(partSortKey(a), partSortKey(b)))
  draft.write("productParts").set(verdict.key, rows)
}

const partRowOf = (verdict: PartVerdict): PartRow => {
  const { findings, findingsOmitted: _omitted, reasons: _reasons, ...row } = verdict
  const worst = findings.reduce<PartRow["worst"]>(
    (before, finding) => (before === undefined || rank(finding.status) > rank(before.status) ? finding : before),
    undefined
  )
  return { ...row, worst }
}

export const repository: Layer.Layer<Repository> = Layer.effect(Repository, make)
