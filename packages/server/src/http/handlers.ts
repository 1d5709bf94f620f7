/** What each endpoint does. */
import {
  Api,
  Authorization,
  CurrentUser,
  InvalidQuery,
  NotFound,
  OverrideRefused,
  TooLarge,
  TooManyAttempts,
  Unauthorized
} from "@certivo/api"
import {
  Compliance,
  type DeclarationsBy,
  MAX_LISTED_REJECTS,
  Repository,
  type RepositoryError,
  rejectsFile,
  TenantId
} from "@certivo/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import { HttpApiBuilder } from "effect/http-api"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { Tokens } from "../auth/Tokens.ts"
import { Jobs } from "../jobs/Jobs.ts"
import {
  DEFAULT_PAGE,
  invalidCursor,
  orNotFound,
  savedMappingIn,
  subjectOf,
  tenantOf,
  today,
  unavailable
} from "./answers.ts"
import {
  auditEntryOf,
  declarationOf,
  documentOf,
  evidencePageOf,
  jobOf,
  pageOf,
  partDetailOf,
  partOf,
  productOf,
  rejectOf
} from "./encode.ts"
import { Previews } from "./previews.ts"

const MAX_REJECTS = 1000

const Products = HttpApiBuilder.group(
  Api,
  "products",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    return handlers.handleAll({
      list: Effect.fn(function* ({ query }) {
        const listed = yield* compliance
          .products(yield* tenantOf, { ...query, limit: query.limit ?? DEFAULT_PAGE })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, InvalidCursor: invalidCursor }))
        return pageOf(listed, productOf)
      }),
      get: Effect.fn(function* ({ params }) {
        const row = yield* compliance
          .product(yield* tenantOf, params.partNumber)
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return productOf(yield* orNotFound(`product ${params.partNumber}`)(row))
      }),
      parts: Effect.fn(function* ({ params, query }) {
        const found = yield* compliance
          .parts(yield* tenantOf, params.partNumber, { ...query, limit: query.limit ?? DEFAULT_PAGE })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, InvalidCursor: invalidCursor }))
        return pageOf(yield* orNotFound(`product ${params.partNumber}`)(found), partOf)
      })
    })
  })
)

const Parts = HttpApiBuilder.group(
  Api,
  "parts",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    return handlers.handle(
      "get",
      Effect.fn(function* ({ params }) {
        const report = yield* compliance
          .part(yield* tenantOf, params.partNumber, yield* today)
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return partDetailOf(yield* orNotFound(`part ${params.partNumber}`)(report))
      })
    )
  })
)

const Imports = HttpApiBuilder.group(
  Api,
  "imports",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    const repository = yield* Repository
    const jobs = yield* Jobs
    const savedMapping = savedMappingIn(repository)
    const find = Effect.fnUntraced(function* (id: string) {
      const tenant = yield* tenantOf
      const job = yield* repository
        .transaction(tenant, repository.job(tenant, id))
        .pipe(Effect.catchTag("RepositoryError", unavailable))
      return { tenant, job: yield* orNotFound(`job ${id}`)(job) }
    })
    return handlers.handleAll({
      create: Effect.fn(function* ({ payload, query }) {
        const tenant = yield* tenantOf
        const now = new Date(yield* Clock.currentTimeMillis).toISOString()
        const bytes = payload.pipe(Stream.mapError(() => new TooLarge({ code: "too-large" })))
        const mapping = query.mapping === undefined ? undefined : yield* savedMapping(query.mapping)
        const job = yield* compliance
          .submit(tenant, { name: query.name, bytes, id: crypto.randomUUID(), now, mapping, by: yield* subjectOf })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, DocumentStoreError: unavailable }))
        yield* jobs.enqueue(tenant, job.id)
        return jobOf(job)
      }),
      job: Effect.fn(function* ({ params }) {
        return jobOf((yield* find(params.id)).job)
      }),
      events: Effect.fn(function* ({ params }) {
        const { tenant } = yield* find(params.id)
        return jobs.watch(tenant, params.id).pipe(Stream.map(jobOf))
      }),
      rejects: Effect.fn(function* ({ params }) {
        const { tenant, job } = yield* find(params.id)
        const items = yield* repository
          .transaction(tenant, repository.rejects(tenant, job.sha256, MAX_REJECTS))
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return { total: job.rejected, items: items.map(rejectOf) }
      }),
      rejectsFile: Effect.fn(function* ({ params }) {
        const { tenant, job } = yield* find(params.id)
        const rows = yield* repository
          .transaction(tenant, repository.rejects(tenant, job.sha256, MAX_LISTED_REJECTS))
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return rejectsFile(job.table, rows)
      }),
      warnings: Effect.fn(function* ({ params }) {
        const { tenant, job } = yield* find(params.id)
        const items = yield* repository
          .transaction(tenant, repository.warnings(tenant, job.sha256, MAX_REJECTS))
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return { total: job.warned, items }
      })
    })
  })
)

const Evidence = HttpApiBuilder.group(
  Api,
  "evidence",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    return handlers.handleAll({
      documents: Effect.fn(function* ({ query }) {
        const found = yield* compliance
          .documents(yield* tenantOf, { ...query, limit: query.limit ?? DEFAULT_PAGE })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, InvalidCursor: invalidCursor }))
        return evidencePageOf(found, documentOf)
      }),
      declarations: Effect.fn(function* ({ query: { by, value, cursor, limit = DEFAULT_PAGE } }) {
        const found = yield* compliance
          .declarations(yield* tenantOf, { by: { [by]: value } as DeclarationsBy, cursor, limit })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, InvalidCursor: invalidCursor }))
        return evidencePageOf(found, declarationOf)
      }),
      audit: Effect.fn(function* ({ query: { after, before, limit = DEFAULT_PAGE } }) {
        if (after !== undefined && before !== undefined)
          return yield* new InvalidQuery({
            code: "invalid-query",
            detail: "Ask for entries after a revision, or before one."
          })
        const items = yield* compliance
          .auditTrail(yield* tenantOf, after === undefined ? { before, limit } : { after, limit })
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return { items: items.map(auditEntryOf) }
      })
    })
  })
)

const Overrides = HttpApiBuilder.group(
  Api,
  "overrides",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    return handlers.handleAll({
      list: Effect.fn(function* ({ query }) {
        const found = yield* compliance
          .overrides(yield* tenantOf, { ...query, limit: query.limit ?? DEFAULT_PAGE })
          .pipe(Effect.catchTags({ RepositoryError: unavailable, InvalidCursor: invalidCursor }))
        return evidencePageOf(found, (override) => override)
      }),
      add: Effect.fn(function* ({ payload: { overrides } }) {
        return yield* compliance.addOverrides(yield* tenantOf, overrides, yield* today, yield* subjectOf).pipe(
          Effect.catchTags({
            RepositoryError: unavailable,
            RefusedOverride: ({ message }) =>
              Effect.fail(new OverrideRefused({ code: "override-refused", detail: message }))
          })
        )
      }),
      withdraw: Effect.fn(function* ({ params: { id } }) {
        const withdrawn = yield* compliance
          .withdrawOverride(yield* tenantOf, id, yield* today, yield* subjectOf)
          .pipe(Effect.catchTag("RepositoryError", unavailable))
        return yield* orNotFound(`override ${id}`)(withdrawn)
      })
    })
  })
)

const Mappings = HttpApiBuilder.group(
  Api,
  "mappings",
  Effect.fn(function* (handlers) {
    const compliance = yield* Compliance
    const repository = yield* Repository
    const within = <A>(use: (tenant: TenantId) => Effect.Effect<A, RepositoryError>) =>
      Effect.flatMap(tenantOf, (tenant) => repository.transaction(tenant, use(tenant))).pipe(
        Effect.catchTag("RepositoryError", unavailable)
      )
    return handlers.handleAll({
      list: () => Effect.map(within(repository.mappings), (items) => ({ items })),
      get: Effect.fn(function* ({ params: { name } }) {
        const mapping = yield* within((tenant) => repository.mapping(tenant, name))
        return { name, mapping: yield* orNotFound(`mapping ${name}`)(mapping) }
      }),
      put: Effect.fn(function* ({ params: { name }, payload }) {
        const by = yield* subjectOf
        yield* within((tenant) => compliance.saveMapping(tenant, name, payload, by))
        return { name, mapping: payload }
      }),
      delete: Effect.fn(function* ({ params: { name } }) {
        const by = yield* subjectOf
        yield* within((tenant) => compliance.deleteMapping(tenant, name, by))
      })
    })
  })
)

/** The tenant of a server that serves one. */
export const DEFAULT_TENANT = TenantId.make("default")

const Auth = (demo: boolean) =>
  HttpApiBuilder.group(
    Api,
    "auth",
    Effect.fn(function* (handlers) {
      const tokens = yield* Tokens
      return handlers.handleAll({
        token: Effect.fn(function* ({ payload }) {
          const outcome = yield* tokens.signIn(payload.secret)
          if (outcome === "too-many-attempts") return yield* new TooManyAttempts({ code: "too-many-attempts" })
          if (outcome === "refused") return yield* new Unauthorized({ code: "unauthorized" })
          return yield* tokens.issue({ tenant: DEFAULT_TENANT, subject: "admin" })
        }),
        demo: () =>
          demo
            ? tokens.issue({ tenant: DEFAULT_TENANT, subject: "demo" })
            : Effect.fail(new NotFound({ code: "not-found", detail: "This server does not run with --demo." }))
      })
    })
  )

const Health = HttpApiBuilder.group(
  Api,
  "health",
  Effect.fn(function* (handlers) {
    const repository = yield* Repository
    return handlers.handleAll({
      live: () => Effect.succeed({ status: "pass" as const }),
      ready: () =>
        repository
          .transaction(DEFAULT_TENANT, repository.revision(DEFAULT_TENANT))
          .pipe(Effect.as({ status: "pass" as const }), Effect.catchTag("RepositoryError", unavailable))
    })
  })
)

const AuthorizationLive = Layer.effect(
  Authorization,
  Effect.gen(function* () {
    const tokens = yield* Tokens
    return Authorization.of({
      bearer: Effect.fn(function* (httpEffect, { credential }) {
        const user = yield* tokens.verify(Redacted.value(credential))
        if (Option.isNone(user)) return yield* new Unauthorized({ code: "unauthorized" })
        return yield* Effect.provideService(httpEffect, CurrentUser, user.value)
      })
    })
  })
)

/** All groups; `demo` lets the dashboard sign in by itself. */
export const handlers = (demo: boolean) =>
  Layer.mergeAll(Products, Parts, Imports, Evidence, Overrides, Previews, Mappings, Auth(demo), Health).pipe(
    Layer.provide(AuthorizationLive)
  )
