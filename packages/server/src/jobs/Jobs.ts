/**
 * Runs imports one after the other in this process, and tells who listens how they go. Jobs live
 * in the repository: those that a stopped process left are taken up at the next start.
 */
import { Compliance, dayOf, type Job, Repository, type TenantId } from "@certivo/core"
import * as Cause from "effect/Cause"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as PubSub from "effect/PubSub"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"

export class Jobs extends Context.Service<
  Jobs,
  {
    readonly enqueue: (tenant: TenantId, jobId: string) => Effect.Effect<void>
    /** The job now and at each change, until it has ended. Empty when there is no such job. */
    readonly watch: (tenant: TenantId, jobId: string) => Stream.Stream<Job>
  }
>()("@certivo/server/Jobs") {
  static readonly layer = Layer.effect(
    Jobs,
    Effect.suspend(() => make)
  )
}

interface Progress {
  readonly tenant: TenantId
  readonly job: Job
}

export const hasEnded = (job: Job): boolean => job.state !== "queued" && job.state !== "running"

const make = Effect.gen(function* () {
  const compliance = yield* Compliance
  const repository = yield* Repository
  const queue = yield* Queue.unbounded<{ readonly tenant: TenantId; readonly jobId: string }>()
  const progress = yield* PubSub.sliding<Progress>(1024)
  const read = (tenant: TenantId, jobId: string) => repository.transaction(tenant, repository.job(tenant, jobId))
  const publish = (tenant: TenantId) => (job: Job) => Effect.asVoid(PubSub.publish(progress, { tenant, job }))

  /** A job whose run died is marked failed, so that it does not die again at every start. */
  const fail = Effect.fnUntraced(function* (tenant: TenantId, jobId: string, cause: Cause.Cause<unknown>) {
    yield* Effect.logError("A job has failed", jobId, cause)
    const job = yield* read(tenant, jobId)
    if (Option.isNone(job) || hasEnded(job.value)) return
    const error = Cause.squash(cause)
    const failed: Job = { ...job.value, state: "failed", error: error instanceof Error ? error.message : String(error) }
    yield* repository.transaction(tenant, repository.putJob(tenant, failed))
    yield* publish(tenant)(failed)
  })

  const runOne = Effect.fnUntraced(function* (entry: { readonly tenant: TenantId; readonly jobId: string }) {
    const asOf = dayOf(yield* Clock.currentTimeMillis)
    yield* compliance.run(entry.tenant, entry.jobId, asOf, publish(entry.tenant)).pipe(
      Effect.catchCause((cause) =>
        Cause.hasInterruptsOnly(cause) ? Effect.interrupt : fail(entry.tenant, entry.jobId, cause)
      ),
      Effect.catch((error) => Effect.logError("A job's failure could not be stored", error))
    )
  })

  for (const { tenant, job } of yield* repository.unfinishedJobs) yield* Queue.offer(queue, { tenant, jobId: job.id })
  yield* Effect.forkScoped(Effect.forever(Effect.flatMap(Queue.take(queue), runOne)))

  return Jobs.of({
    enqueue: (tenant, jobId) => Effect.asVoid(Queue.offer(queue, { tenant, jobId })),
    watch: (tenant, jobId) =>
      Stream.unwrap(
        Effect.gen(function* () {
          const subscription = yield* PubSub.subscribe(progress)
          const now = yield* Effect.orDie(read(tenant, jobId))
          if (Option.isNone(now)) return Stream.empty
          if (hasEnded(now.value)) return Stream.succeed(now.value)
          const changes = Stream.fromSubscription(subscription).pipe(
            Stream.filter((change) => change.tenant === tenant && change.job.id === jobId),
            Stream.map((change) => change.job)
          )
          return Stream.concat(Stream.succeed(now.value), changes).pipe(Stream.takeUntil(hasEnded))
        })
      )
  })
})
