/** Whole transactions again, when what failed left nothing of them; and those of which nobody knows whether they were kept. */
import * as Cause from "effect/Cause"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schedule from "effect/Schedule"
import { type SqlClient, SqlError } from "effect/sql"
import { RepositoryError } from "../../ports/Repository.ts"

/** What is known of a transaction when its connection is lost. */
export interface Attempt<A> {
  /** Its id in the database, once it has written what must not be written twice. */
  xid?: string
  /** Its result, from the moment the commit is sent. */
  value?: A
}

class Again extends Data.TaggedError("Again")<{ readonly cause: Cause.Cause<unknown> }> {}

/** The server is shut down, has crashed, or is not up yet. */
const ENDED = ["57P01", "57P02", "57P03"]

const conflicts = ["DeadlockError", "SerializationError", "LockTimeoutError"]

/** What the database said, however a failure of it was named or what became of a failed rollback. */
const reasonsOf = (cause: Cause.Cause<unknown>): ReadonlyArray<SqlError.SqlErrorReason> =>
  cause.reasons.flatMap((reason) => {
    const found = Cause.isFailReason(reason) ? reason.error : Cause.isDieReason(reason) ? reason.defect : undefined
    const error = found instanceof RepositoryError ? found.cause : found
    return SqlError.isSqlError(error) ? [error.reason] : []
  })

const isLost = (cause: Cause.Cause<unknown>): boolean =>
  reasonsOf(cause).some(
    (reason) =>
      reason._tag === "ConnectionError" ||
      ENDED.includes(String((reason.cause as { code?: unknown } | undefined)?.code))
  )

const isConflict = (cause: Cause.Cause<unknown>): boolean =>
  reasonsOf(cause).some(({ _tag }) => conflicts.includes(_tag))

const backOff = Schedule.jittered(Schedule.exponential("50 millis"))

/** Whether a transaction was kept; none when the database cannot say. Waits for one whose backend has not noticed the end yet. */
const wasKept = (sql: SqlClient.SqlClient, xid: string) =>
  sql<{ status: string | null }>`SELECT pg_xact_status(${xid}::xid8) AS status`.pipe(
    Effect.flatMap(([row]) =>
      row?.status === "in progress" ? Effect.fail("in progress") : Effect.succeed(row?.status)
    ),
    Effect.retry({ schedule: Schedule.spaced("100 millis"), times: 50 }),
    Effect.match({
      onFailure: () => Option.none(),
      onSuccess: (status) =>
        status === "committed" ? Option.some(true) : status === "aborted" ? Option.some(false) : Option.none()
    })
  )

/**
 * Runs a transaction, and runs it again from its start when it met another or lost its connection. A connection that
 * is lost during the commit leaves open whether the transaction was kept; the database then tells by its id.
 *
 * @param once runs it; notes its id when it has one, and its result before the commit
 */
export const attempted = <A, E, R>(
  sql: SqlClient.SqlClient,
  once: (attempt: Attempt<A>) => Effect.Effect<A, E, R>
): Effect.Effect<A, E | RepositoryError, R> =>
  Effect.suspend((): Effect.Effect<A, unknown, R> => {
    const attempt: Attempt<A> = {}
    return Effect.catchCause(once(attempt), (cause) => recovered(sql, attempt, cause))
  }).pipe(
    Effect.retry({ schedule: backOff, times: 5, while: (error) => error instanceof Again }),
    Effect.catchIf(
      (error): error is Again => error instanceof Again,
      ({ cause }) => failed(cause)
    )
  ) as Effect.Effect<A, E | RepositoryError, R>

const recovered = <A>(
  sql: SqlClient.SqlClient,
  attempt: Attempt<A>,
  cause: Cause.Cause<unknown>
): Effect.Effect<A, unknown> => {
  if (Cause.hasInterrupts(cause)) return Effect.failCause(cause)
  if (isConflict(cause)) return Effect.fail(new Again({ cause }))
  if (!isLost(cause)) return Effect.failCause(cause)
  const { value, xid } = attempt
  if (xid === undefined || !("value" in attempt)) return Effect.fail(new Again({ cause }))
  return Effect.flatMap(wasKept(sql, xid), (kept) => {
    if (Option.isNone(kept)) return failed(cause)
    return kept.value ? Effect.succeed(value as A) : Effect.fail(new Again({ cause }))
  })
}

/** A failure of the database, which its failed rollback may have made a defect of. */
const failed = (cause: Cause.Cause<unknown>): Effect.Effect<never, unknown> => {
  const reason = cause.reasons.find(Cause.isFailReason)
  return Effect.fail(
    reason?.error instanceof RepositoryError || SqlError.isSqlError(reason?.error)
      ? reason.error
      : new RepositoryError({ operation: "run a transaction", retryable: true, cause: Cause.squash(cause) })
  )
}
