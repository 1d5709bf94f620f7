/** What the endpoints have in common: for whom a request is, and how a failure is answered. */
import { CurrentUser, InvalidCursorProblem, NotFound, Unavailable } from "@certivo/api"
import { dayOf, type Repository, type RepositoryError, TenantId } from "@certivo/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"

export const DEFAULT_PAGE = 100

export const tenantOf = Effect.map(CurrentUser, (user) => TenantId.make(user.tenant))
export const subjectOf = Effect.map(CurrentUser, (user) => user.subject)
export const today = Effect.map(Clock.currentTimeMillis, dayOf)

export const unavailable = (error: RepositoryError | { readonly _tag: "DocumentStoreError" }) =>
  Effect.andThen(
    Effect.logError("The store does not answer", error),
    Effect.fail(new Unavailable({ code: "unavailable" }))
  )

export const invalidCursor = () => Effect.fail(new InvalidCursorProblem({ code: "invalid-cursor" }))

export const orNotFound =
  (what: string) =>
  <A>(option: Option.Option<A>): Effect.Effect<A, NotFound> =>
    Option.isSome(option)
      ? Effect.succeed(option.value)
      : Effect.fail(new NotFound({ code: "not-found", detail: `There is no ${what}.` }))

export const savedMappingIn = (repository: Repository["Service"]) =>
  Effect.fnUntraced(function* (name: string) {
    const tenant = yield* tenantOf
    const mapping = yield* repository
      .transaction(tenant, repository.mapping(tenant, name))
      .pipe(Effect.catchTag("RepositoryError", unavailable))
    return yield* orNotFound(`mapping ${name}`)(mapping)
  })
