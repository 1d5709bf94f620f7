/**
 * A process that imports, to be killed. Told to go on, it takes up what an earlier one has left and ends when
 * everything is imported.
 */
import { Compliance, TenantId } from "@certivo/core"
import { Repository } from "@certivo/core/ports"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { documents, type Sent } from "./documents.ts"
import { layerOf, type Store } from "./store.ts"

export interface Task {
  readonly store: Store
  readonly tenant: string
  /** Begins the names of this process's jobs. */
  readonly jobs: string
  readonly atOnce: boolean
}

const PIECE = 4096
export const DAY = "2026-11-23"

const piecesOf = (text: string) => {
  const bytes = new TextEncoder().encode(text)
  return Array.from({ length: Math.ceil(bytes.length / PIECE) }, (_, at) => bytes.slice(at * PIECE, (at + 1) * PIECE))
}

export const importAll = ({ atOnce, jobs, ...task }: Omit<Task, "store">) =>
  Effect.gen(function* () {
    const compliance = yield* Compliance
    const repository = yield* Repository
    const tenant = TenantId.make(task.tenant)
    const one = Effect.fnUntraced(function* ({ name, text }: Sent, index: number) {
      const id = `${jobs}-${index}`
      const known = yield* repository.transaction(tenant, repository.job(tenant, id))
      if (Option.isNone(known)) {
        const bytes = Stream.fromIterable(piecesOf(text))
        yield* compliance.submit(tenant, { name, bytes, id, now: `${DAY}T08:00:00.000Z` })
      }
      const job = yield* compliance.run(tenant, id, DAY, () => Effect.void)
      if (!job.state.startsWith("succeeded"))
        return yield* Effect.die(new Error(`${name} ended as ${job.state}: ${job.error}`))
    })
    yield* Effect.forEach(documents, one, { concurrency: atOnce ? "unbounded" : 1, discard: true })
  })

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  process.once("message", (task: Task) => {
    Effect.runPromise(Effect.provide(importAll(task), layerOf(task.store))).then(
      () => process.send?.("done", () => process.disconnect()),
      (error) => {
        process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
        process.exit(1)
      }
    )
  })
  process.send("ready")
}
