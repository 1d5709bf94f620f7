/** Transactions that see one tenant: the policies of the tables go by its name, and the role owns nothing. */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import type { SqlClient, SqlError } from "effect/sql"
import { RepositoryError, type TenantId } from "../../ports/Repository.ts"

/** The tenant whose transaction the running fiber is in. */
const Current = Context.Reference<TenantId | undefined>("@certivo/core/adapters/postgres/Tenant", {
  defaultValue: () => undefined
})

const isSqlError = (error: unknown): error is SqlError.SqlError =>
  typeof error === "object" && error !== null && "_tag" in error && error._tag === "SqlError"

/** Names the operation in the failure of a statement. */
export const run = <A, E, R>(operation: string, effect: Effect.Effect<A, E | SqlError.SqlError, R>) =>
  Effect.catchIf(effect, isSqlError, (error) =>
    Effect.fail(new RepositoryError({ operation, retryable: error.reason.isRetryable, cause: error }))
  ) as Effect.Effect<A, Exclude<E, SqlError.SqlError> | RepositoryError, R>

export const tenants = (sql: SqlClient.SqlClient) => {
  const transaction = <A, E, R>(
    tenant: TenantId,
    effect: Effect.Effect<A, E, R>
  ): Effect.Effect<A, E | RepositoryError, R> =>
    Effect.flatMap(Current, (current) =>
      current === tenant
        ? effect
        : (run(
            "run a transaction",
            sql.withTransaction(
              sql`SELECT set_config('certivo.tenant', ${tenant}, true)`.pipe(
                Effect.andThen(sql.unsafe("SET LOCAL ROLE certivo_app")),
                Effect.andThen(Effect.provideService(effect, Current, tenant))
              )
            )
          ) as Effect.Effect<A, E | RepositoryError, R>)
    )

  /** One method: in the fiber's transaction of the tenant, or in one of its own. */
  const within = <A, E>(tenant: TenantId, operation: string, effect: Effect.Effect<A, E | SqlError.SqlError>) =>
    transaction(tenant, run(operation, effect))

  /** A transaction that sees the data of one moment, however long it takes. */
  const snapshot = <A, E, R>(tenant: TenantId, effect: Effect.Effect<A, E, R>) =>
    Effect.flatMap(Current, (current) =>
      current === tenant
        ? effect
        : (run(
            "run a transaction",
            sql.withTransaction(
              Effect.andThen(
                sql.unsafe("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY"),
                transaction(tenant, effect)
              )
            )
          ) as Effect.Effect<A, E | RepositoryError, R>)
    )

  return { run, snapshot, transaction, within }
}
