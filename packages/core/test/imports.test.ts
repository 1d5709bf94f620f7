import { Compliance, type Job, Repository, TenantId } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, describe, it } from "@effect/vitest"
import * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

const tenant = TenantId.make("acme")
const DAY = "2026-11-23"
/** Three chunks. */
const ROWS = 25_000
const text = `part_number,substance,threshold_ppm,substance_mass_mg\n${Array.from({ length: ROWS }, (_, row) => `A,S${row},1000,0.001\n`).join("")}`
const pieces = Array.from({ length: Math.ceil(text.length / 4096) }, (_, at) =>
  new TextEncoder().encode(text.slice(at * 4096, (at + 1) * 4096))
)

/** A service of its own over the shared store, as another process has it. */
const another = Effect.map(Layer.build(Layer.fresh(Compliance.layer)), (services) => Context.get(services, Compliance))

const submit = (compliance: Compliance["Service"], id: string, name = "a.csv") =>
  compliance.submit(tenant, { name, bytes: Stream.fromIterable(pieces), id, now: `${DAY}T00:00:00.000Z` })

/** Stops the import when it reports for the nth time, until it is let go. */
const halting = Effect.fnUntraced(function* (compliance: Compliance["Service"], id: string, at: number) {
  const [reached, go] = [yield* Deferred.make<void>(), yield* Deferred.make<void>()]
  let reports = 0
  const report = () =>
    ++reports === at ? Effect.andThen(Deferred.succeed(reached, undefined), Deferred.await(go)) : Effect.void
  const fiber = yield* Effect.forkChild(compliance.run(tenant, id, DAY, report))
  yield* Deferred.await(reached)
  return Effect.andThen(Deferred.succeed(go, undefined), Fiber.join(fiber))
})

const check = Effect.fnUntraced(function* (jobs: ReadonlyArray<Job>) {
  const repository = yield* Repository
  assert.deepStrictEqual(
    jobs.map((job) => [job.state, job.accepted, job.revision] as const),
    jobs.map(() => ["succeeded", ROWS, 1] as const)
  )
  assert.strictEqual((yield* repository.declarations(tenant, ["A"])).length, ROWS)
  assert.strictEqual(yield* repository.revision(tenant), 1)
})

/** Reports: running, then one for each of the three chunks. */
const STAGED_ONE = 2
const STAGED_ALL = 4

describe("two processes that import the same document at once", () => {
  it.effect("one has staged everything when the other drops it: nothing is lost", () =>
    Effect.gen(function* () {
      const [one, two] = [yield* another, yield* another]
      yield* submit(one, "1")
      yield* submit(two, "2")
      const endOne = yield* halting(one, "1", STAGED_ALL)
      const endTwo = yield* halting(two, "2", STAGED_ONE)
      yield* check([yield* endOne, yield* endTwo])
    }).pipe(Effect.provide(memory))
  )

  it.effect("one ends while the other is in the middle: nothing is there twice", () =>
    Effect.gen(function* () {
      const [one, two] = [yield* another, yield* another]
      yield* submit(one, "1")
      yield* submit(two, "2")
      const endOne = yield* halting(one, "1", STAGED_ONE)
      const ended = yield* two.run(tenant, "2", DAY, () => Effect.void)
      yield* check([ended, yield* endOne])
    }).pipe(Effect.provide(memory))
  )

  it.effect("under two names, no row of one gets into the other: it ends or says to send it again", () =>
    Effect.gen(function* () {
      const [one, two] = [yield* another, yield* another]
      yield* submit(one, "1")
      yield* submit(two, "2", "b.csv")
      const endOne = yield* halting(one, "1", STAGED_ONE)
      const endTwo = yield* halting(two, "2", STAGED_ALL)
      const failed = yield* endOne
      assert.strictEqual(failed.state, "failed")
      assert.include(failed.error ?? "", "Send it again")
      assert.strictEqual((yield* endTwo).state, "failed")
      const again = yield* submit(one, "3")
      yield* check([yield* one.run(tenant, again.id, DAY, () => Effect.void)])
    }).pipe(Effect.provide(memory))
  )
})

it.effect("imports of one document in one process wait for each other", () =>
  Effect.gen(function* () {
    const compliance = yield* another
    const ids = ["1", "2", "3"]
    yield* Effect.forEach(ids, (id) => submit(compliance, id, `${id}.csv`))
    const run = (id: string) => compliance.run(tenant, id, DAY, () => Effect.void)
    yield* check(yield* Effect.forEach(ids, run, { concurrency: "unbounded" }))
  }).pipe(Effect.provide(memory))
)
