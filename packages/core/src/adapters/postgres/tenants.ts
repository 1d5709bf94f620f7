/** Transactions that see one tenant: the policies of the tables go by its name, and the role owns nothing. */
import * as Context from "effect/Context"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import type { SqlClient, SqlError } from "effect/sql"
import { RepositoryError, type TenantId } from "../../ports/Repository.ts"
import { type Attempt, attempted } from "./attempts.ts"

/** The transaction that the running fiber is in. */
interface Transaction {
  readonly tenant: TenantId
  readonly attempt: Attempt<unknown>
}

const Current = Context.Reference<Transaction | undefined>("@certivo/core/adapters/postgres/Transaction", {
  defaultValue: () => undefined
})

export interface TimeLimitsShape {
  /** Of one statement, waiting included: 60 seconds. */
  readonly statement: Duration.Input
  /** Of waiting for one lock, which importing into a tenant takes from its other imports: 30 seconds. */
  readonly lock: Duration.Input
  /** Between two statements of a transaction, in which products are judged: 5 minutes. */
  readonly idle: Duration.Input
}

/** Times after which the database ends what takes too long. They are set in every transaction, for it alone. */
export const TimeLimits = Context.Reference<TimeLimitsShape>("@certivo/core/adapters/postgres/TimeLimits", {
  defaultValue: () => ({ statement: "60 seconds", lock: "30 seconds", idle: "5 minutes" })
})

const millis = (limit: Duration.Input): string => `${Math.max(1, Math.round(Duration.toMillis(limit)))}ms`

const isSqlError = (error: unknown): error is SqlError.SqlError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "SqlError"

/** Names the operation in the failure of a statement. */
export const run = <A, E, R>(operation: string, effect: Effect.Effect<A, E | SqlError.SqlError, R>) =>
  Effect.catchIf(effect, isSqlError, (error) =>
    Effect.fail(new RepositoryError({ operation, retryable: error.reason.isRetryable, cause: error }))
  ) as Effect.Effect<A, Exclude<E, SqlError.SqlError> | RepositoryError, R>

export const tenants = (sql: SqlClient.SqlClient, limits: TimeLimitsShape) => {
  /**
   * One statement, and settings that end with the transaction: behind a pool of sessions nothing else is safe. What is
   * asked takes some milliseconds, whatever the planner expects; to compile it first would take longer.
   */
  const begin = (tenant: TenantId) => sql`SELECT set_config('certivo.tenant', ${tenant}, true),
    set_config('role', 'certivo_app', true), set_config('jit', 'off', true), set_config('statement_timeout', ${millis(limits.statement)}, true),
    set_config('lock_timeout', ${millis(limits.lock)}, true),
    set_config('idle_in_transaction_session_timeout', ${millis(limits.idle)}, true)`

  const ofOneMoment = sql.unsafe("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")

  const once =
    <A, E, R>(
      tenant: TenantId,
      effect: Effect.Effect<A, E, R>,
      mode: Effect.Effect<unknown, SqlError.SqlError> = Effect.void
    ) =>
    (attempt: Attempt<A>) =>
      sql.withTransaction(
        Effect.andThen(mode, begin(tenant)).pipe(
          Effect.andThen(Effect.provideService(effect, Current, { tenant, attempt })),
          Effect.tap((value) =>
            Effect.sync(() => {
              attempt.value = value
            })
          )
        )
      )

  const transaction = <A, E, R>(
    tenant: TenantId,
    effect: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | RepositoryError, R> =>
    Effect.flatMap(Current, (current) => {
      if (current?.tenant === tenant) return effect
      const whole = current === undefined ? attempted(sql, once(tenant, effect)) : once(tenant, effect)({})
      return run("run a transaction", whole) as Effect.Effect<A, E | RepositoryError, R>
    })

  /** Notes the id of the transaction, by which the database tells whether it was kept. */
  const mark = (xid: string) =>
    Effect.map(Current, (current) => {
      if (current !== undefined) current.attempt.xid = xid
    })

  /** One method: in the fiber's transaction of the tenant, or in one of its own. */
  const within = <A, E>(tenant: TenantId, operation: string, effect: Effect.Effect<A, E | SqlError.SqlError>) =>
    transaction(tenant, run(operation, effect))

  /** A transaction that sees the data of one moment, however long it takes. */
  const snapshot = <A, E, R>(
    tenant: TenantId,
    effect: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | RepositoryError, R> =>
    Effect.flatMap(Current, (current) =>
      current?.tenant === tenant
        ? effect
        : (run("run a transaction", once(tenant, effect, ofOneMoment)({})) as Effect.Effect<A, E | RepositoryError, R>)
    )

  return { mark, run, snapshot, transaction, within }
}
