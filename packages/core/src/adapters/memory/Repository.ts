/** A repository in memory: for the library, tests and browsers. Nothing outlives the process. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Semaphore from "effect/Semaphore"
import type { AuditEntry } from "../../domain/Audit.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Override } from "../../domain/Override.ts"
import { type Bom, type BomLine, type Part, partKey } from "../../domain/Part.ts"
import { holdsOn, ruleSetNames } from "../../domain/Rules.ts"
import { changedBy } from "../../ports/boms.ts"
import {
  type AuditRequest,
  type KeptRuleSet,
  Repository,
  type RepositoryError,
  type RulesInForce,
  type TenantId
} from "../../ports/Repository.ts"
import { hasStatus } from "../../ports/verdicts.ts"
import { apply, type Command, headOf, partSortKey } from "./commands.ts"
import { entriesOf } from "./dump.ts"
import { arrivalKey, declarationsBy, documentsBetween } from "./found.ts"
import { compareKeys, downwards, matches, pageOf } from "./pages.ts"
import { Draft, emptyTables, type Tables, tableNames } from "./state.ts"

/** The transaction the running fiber is in, if any. */
interface Transaction {
  readonly tenant: TenantId
  readonly draft: Draft
  readonly commands: Array<Command>
}

const Current = Context.Reference<Transaction | undefined>("@certivo/core/adapters/memory/Transaction", {
  defaultValue: () => undefined
})

interface Tenant {
  readonly tables: Tables
  readonly lock: Semaphore.Semaphore
}

/** Where a store's data comes from and goes to beyond memory. */
export interface Journal {
  /** What there is when the store opens. */
  readonly tenants: ReadonlyMap<TenantId, Tables>
  /** Called with the changes of a transaction before anybody sees them; a failure takes them back. */
  readonly commit: (
    tenant: TenantId,
    commands: ReadonlyArray<Command>,
    tables: Tables
  ) => Effect.Effect<void, RepositoryError>
}

const noJournal: Journal = { tenants: new Map(), commit: () => Effect.void }

export const make = (journal: Journal = noJournal): Repository["Service"] => {
  const tenants = new Map<TenantId, Tenant>(
    [...journal.tenants].map(([id, tables]) => [id, { tables, lock: Semaphore.makeUnsafe(1) }])
  )

  const tenantOf = (id: TenantId): Tenant => {
    const tenant = tenants.get(id) ?? { tables: emptyTables(), lock: Semaphore.makeUnsafe(1) }
    tenants.set(id, tenant)
    return tenant
  }

  const transaction = <A, E, R>(
    id: TenantId,
    effect: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | RepositoryError, R> =>
    Effect.flatMap(Current, (current): Effect.Effect<A, E | RepositoryError, R> => {
      if (current?.tenant === id) return effect
      const { tables, lock } = tenantOf(id)
      return Semaphore.withPermit(
        lock,
        Effect.suspend(() => {
          const draft = new Draft(tables)
          const commands: Array<Command> = []
          return Effect.provideService(effect, Current, { tenant: id, draft, commands }).pipe(
            Effect.tap(() =>
              commands.length === 0 ? Effect.void : Effect.uninterruptible(journal.commit(id, commands, tables))
            ),
            Effect.onExit((exit) => Effect.sync(() => Exit.isFailure(exit) && draft.rollback()))
          )
        })
      )
    })

  const inTransaction = <A>(id: TenantId, body: (current: Transaction) => A) =>
    transaction(
      id,
      Effect.map(Current, (current) => body(current as Transaction))
    )

  const read = <A>(id: TenantId, body: (tables: Tables) => A) => inTransaction(id, ({ draft }) => body(draft.tables))

  const write = (id: TenantId, command: Command) =>
    inTransaction(id, ({ draft, commands }) => {
      apply(draft, command)
      commands.push(command)
    })

  return Repository.of({
    transaction,
    revision: (tenant) => read(tenant, ({ revision }) => revision.get("head") ?? 0),
    nextRevision: (tenant) =>
      Effect.andThen(
        write(tenant, { does: "nextRevision" }),
        inTransaction(tenant, ({ draft }) => headOf(draft))
      ),
    appendAudit: (tenant, entry) => write(tenant, { does: "appendAudit", entry }),
    auditTrail: (tenant, request) => read(tenant, ({ audit }) => trailOf([...audit.values()], request)),

    findDocument: (tenant, sha256) => read(tenant, ({ documents }) => Option.fromNullishOr(documents.get(sha256))),
    discardStaged: (tenant, sha256) => write(tenant, { does: "discardStaged", sha256 }),
    stage: (tenant, sha256, chunk) =>
      write(tenant, { does: "stage", sha256, chunk: { ...chunk, declarations: [...chunk.declarations] } }),
    stagedChunks: (tenant, sha256) =>
      read(tenant, ({ staged }) => [...(staged.get(sha256)?.chunks ?? [])].sort((a, b) => a - b)),
    putDocument: (tenant, document) => write(tenant, { does: "putDocument", document }),
    rejects: (tenant, sha256, limit) =>
      read(tenant, ({ staged }) => firstByLine(staged.get(sha256)?.rejects ?? [], limit)),
    warnings: (tenant, sha256, limit) =>
      read(tenant, ({ staged }) => firstByLine(staged.get(sha256)?.warnings ?? [], limit)),

    putMapping: (tenant, name, mapping) => write(tenant, { does: "putMapping", name, mapping }),
    mapping: (tenant, name) => read(tenant, ({ mappings }) => Option.fromNullishOr(mappings.get(name))),
    mappings: (tenant) =>
      read(tenant, ({ mappings }) =>
        [...mappings].map(([name, mapping]) => ({ name, mapping })).sort((a, b) => compareKeys([a.name], [b.name]))
      ),
    deleteMapping: (tenant, name) => write(tenant, { does: "deleteMapping", name }),

    putBom: (tenant, bom) =>
      Effect.flatMap(
        read(tenant, ({ parts, lines }) =>
          changedBy(bom, { part: (key) => parts.get(key), lines: (parent) => lines.get(parent) ?? [] })
        ),
        (changed) => Effect.as(write(tenant, { does: "putBom", bom }), changed)
      ),
    bom: (tenant, product) => read(tenant, (tables) => Option.fromNullishOr(bomOf(tables, product))),
    productsUsing: (tenant, changed) =>
      read(tenant, (tables) =>
        productsAbove(tables, "parts" in changed ? changed.parts : (tables.staged.get(changed.document)?.parts ?? []))
      ),
    declarations: (tenant, parts) => read(tenant, (tables) => committedDeclarations(tables, parts)),

    findDeclarations: (tenant, request) =>
      Effect.flatMap(
        read(tenant, (tables) => declarationsBy(tables, request.by)),
        (found) =>
          Effect.map(
            pageOf(found, ({ key }) => key, request),
            (page) => ({ ...page, items: page.items.map(({ declaration }) => declaration) })
          )
      ),
    documents: (tenant, request) =>
      Effect.flatMap(
        read(tenant, ({ documents }) => documentsBetween(documents.values(), request)),
        (rows) => pageOf(rows, arrivalKey, request, downwards)
      ),

    putRules: (tenant, ruleSets, since) => write(tenant, { does: "putRules", ruleSets, since }),
    rules: (tenant) => read(tenant, ({ rules }) => Option.map(Option.fromNullishOr([...rules].at(-1)), rulesOf)),
    ruleSet: (tenant, hash) =>
      read(tenant, ({ rules }) =>
        Option.map(
          Option.fromNullishOr([...rules.values()].flat().find((kept) => kept.hash === hash)),
          ({ body }) => body
        )
      ),
    productsToJudge: (tenant, rules, day, limit) =>
      read(tenant, ({ verdicts }) =>
        [...verdicts.values()]
          .filter(({ judgedBy }) => !holdsOn(judgedBy, rules, day))
          .slice(0, limit)
          .map(({ key }) => key)
      ),

    putOverride: (tenant, override) => write(tenant, { does: "putOverride", override }),
    override: (tenant, id) => read(tenant, ({ overrides }) => Option.fromNullishOr(overrides.get(id))),
    overridesOn: (tenant, parts) =>
      read(tenant, (tables) => {
        const meant = new Set(parts)
        return overridesById(tables, ({ part }) => meant.has(partKey(part)))
      }),
    overrides: (tenant, request) =>
      Effect.flatMap(
        read(tenant, (tables) =>
          overridesById(tables, ({ part }) => request.part === undefined || partKey(part) === request.part)
        ),
        (rows) => pageOf(rows, ({ id }) => [id], request)
      ),

    putVerdict: (tenant, verdict, revision, judgedBy) =>
      write(tenant, { does: "putVerdict", verdict, revision, judgedBy }),
    product: (tenant, product) => read(tenant, ({ verdicts }) => Option.fromNullishOr(verdicts.get(product))),
    products: (tenant, request) =>
      Effect.flatMap(
        read(tenant, ({ verdicts }) =>
          [...verdicts.values()]
            .filter((row) => hasStatus(row, request) && matches(request.search, row.partNumber, row.name))
            .sort((a, b) => compareKeys([a.key], [b.key]))
        ),
        (rows) => pageOf(rows, (row) => [row.key], request)
      ),
    parts: (tenant, product, request) =>
      Effect.flatMap(
        read(tenant, ({ productParts }) =>
          (productParts.get(product) ?? []).filter(
            (row) => hasStatus(row, request) && matches(request.search, row.partNumber, row.name, row.material)
          )
        ),
        (rows) => pageOf(rows, partSortKey, request)
      ),
    whereUsed: (tenant, part, limit) =>
      read(tenant, (tables) =>
        productsAbove(tables, [part])
          .filter((key) => key !== part)
          .map((key) => tables.parts.get(key)?.partNumber ?? key)
          .sort()
          .slice(0, limit)
      ),

    putJob: (tenant, job) => write(tenant, { does: "putJob", job }),
    job: (tenant, id) => read(tenant, ({ jobs }) => Option.fromNullishOr(jobs.get(id))),
    unfinishedJobs: Effect.suspend(() =>
      Effect.forEach([...tenants.keys()], (tenant) =>
        read(tenant, ({ jobs }) => [...jobs.values()].map((job) => ({ tenant, job })))
      )
    ).pipe(
      Effect.map((found) =>
        found
          .flat()
          .filter(({ job }) => job.state === "queued" || job.state === "running")
          .sort((a, b) => compareKeys([a.job.createdAt, a.job.id], [b.job.createdAt, b.job.id]))
      )
    ),

    tenants: Effect.sync(() =>
      [...tenants].flatMap(([id, { tables }]) => (tableNames.some((name) => tables[name].size > 0) ? [id] : [])).sort()
    ),
    dump: (tenant, take) =>
      transaction(
        tenant,
        Effect.flatMap(Current, (current) =>
          Effect.forEach(entriesOf((current as Transaction).draft.tables), take, { discard: true })
        )
      )
  })
}

const trailOf = (entries: ReadonlyArray<AuditEntry>, request: AuditRequest): ReadonlyArray<AuditEntry> => {
  if ("after" in request) return entries.filter(({ revision }) => revision > request.after).slice(0, request.limit)
  const { before = Number.POSITIVE_INFINITY, limit } = request
  return entries
    .filter(({ revision }) => revision < before)
    .slice(-limit)
    .reverse()
}

const rulesOf = ([since, ruleSets]: readonly [number, ReadonlyArray<KeptRuleSet>]): RulesInForce => ({
  ...ruleSetNames(ruleSets),
  since
})

const overridesById = ({ overrides }: Tables, isMeant: (override: Override) => boolean): ReadonlyArray<Override> =>
  [...overrides.values()].filter(isMeant).sort((a, b) => compareKeys([a.id], [b.id]))

const firstByLine = <A extends { readonly line: number }>(rows: ReadonlyArray<A>, limit: number): ReadonlyArray<A> =>
  [...rows].sort((a, b) => a.line - b.line).slice(0, limit)

const bomOf = (tables: Tables, product: string): Bom | undefined => {
  if (!tables.parts.has(product)) return undefined
  const parts = new Map<string, Part>()
  const lines = new Map<string, ReadonlyArray<BomLine>>()
  const waiting = [product]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const part = tables.parts.get(key)
    if (part === undefined || parts.has(key)) continue
    parts.set(key, part)
    const children = tables.lines.get(key)
    if (children === undefined) continue
    lines.set(key, children)
    for (const line of children) waiting.push(line.child)
  }
  return { product, parts, lines }
}

const productsAbove = (tables: Tables, parts: Iterable<string>): ReadonlyArray<string> => {
  const seen = new Set(parts)
  const waiting = [...seen]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    for (const parent of tables.parents.get(key) ?? []) {
      if (seen.has(parent)) continue
      seen.add(parent)
      waiting.push(parent)
    }
  }
  return [...seen].filter((key) => tables.products.has(key)).sort()
}

/** By part, document and line. */
const committedDeclarations = (tables: Tables, parts: ReadonlyArray<string>): ReadonlyArray<Declaration> =>
  [...new Set(parts)].sort().flatMap((part) =>
    [...(tables.declarations.get(part) ?? [])]
      .filter(([sha256]) => tables.documents.has(sha256))
      .sort(([a], [b]) => compareKeys([a], [b]))
      .flatMap(([, declarations]) => declarations)
  )

export const repository: Layer.Layer<Repository> = Layer.sync(Repository, () => make())
