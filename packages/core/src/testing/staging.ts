/** What a repository must hold when several stage rows of one document at once. */
import { assert, type Vitest } from "@effect/vitest"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { Repository } from "../ports/Repository.ts"
import { declarationOf, documentOf, newTenant } from "./samples.ts"

/** Statements of the committing transaction in which the others could slip in. */
const STATEMENTS = 20

export const staging = (it: Vitest.MethodsNonLive<Repository>): void => {
  it.effect("who commits a document has its staged rows alone: others neither add to them nor drop them", () =>
    Effect.gen(function* () {
      const repository = yield* Repository
      const tenant = newTenant()
      const document = documentOf("f")
      const { sha256 } = document
      const stage = (index: number) => {
        const declarations = [declarationOf("P1", sha256, index)]
        return repository.stage(tenant, sha256, { index, declarations, rejects: [], warnings: [] })
      }
      yield* repository.transaction(tenant, stage(1))
      const open = yield* Deferred.make<void>()
      const others = yield* Effect.forEach([stage(2), repository.discardStaged(tenant, sha256)], (effect) =>
        Effect.forkChild(Effect.andThen(Deferred.await(open), effect))
      )
      yield* repository.transaction(
        tenant,
        Effect.gen(function* () {
          yield* repository.nextRevision(tenant)
          assert.deepStrictEqual(yield* repository.stagedChunks(tenant, sha256), [1])
          yield* Deferred.succeed(open, undefined)
          for (let read = 0; read < STATEMENTS; read++) yield* repository.revision(tenant)
          yield* repository.putDocument(tenant, document)
        })
      )
      for (const other of others) yield* Fiber.join(other)
      const rows = yield* repository.transaction(tenant, repository.declarations(tenant, ["P1"]))
      assert.deepStrictEqual(
        rows.map((row) => row.source.line),
        [1]
      )
      assert.deepStrictEqual(yield* repository.transaction(tenant, repository.stagedChunks(tenant, sha256)), [1])
    })
  )
}
