import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { layerPglite } from "@certivo/core/adapters/postgres"
import { Repository, TenantId } from "@certivo/core/ports"
import { repositoryContract } from "@certivo/core/testing"
import { afterAll, assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"

repositoryContract("PGlite", layerPglite({ directory: undefined }))

const folder = mkdtempSync(join(tmpdir(), "certivo-pglite-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const tenant = TenantId.make("t")
const take = Effect.gen(function* () {
  const repository = yield* Repository
  return yield* repository.transaction(tenant, repository.nextRevision(tenant))
})

it.live("keeps a directory between openings, and opens it for one process at a time", () =>
  Effect.gen(function* () {
    const directory = join(folder, "store")
    const open = () => Effect.provide(take, layerPglite({ directory }), { local: true })
    assert.strictEqual(yield* open(), 1)
    assert.strictEqual(yield* open(), 2)
    writeFileSync(`${directory}.lock`, String(process.ppid))
    const error = yield* Effect.flip(open())
    assert.strictEqual(error._tag, "StoreInUse")
    writeFileSync(`${directory}.lock`, "999999999")
    assert.strictEqual(yield* open(), 3)
  })
)

it.live("opens a directory once in a process, however its path is written", () =>
  Effect.gen(function* () {
    const directory = join(folder, "once")
    const twice = Effect.gen(function* () {
      assert.strictEqual(yield* take, 1)
      const error = yield* Effect.flip(
        Effect.provide(take, layerPglite({ directory: `${directory}/` }), { local: true })
      )
      assert.strictEqual(error._tag, "StoreInUse")
      assert.isTrue(existsSync(`${directory}.lock`))
      return yield* take
    })
    assert.strictEqual(yield* Effect.provide(twice, layerPglite({ directory }), { local: true }), 2)
    assert.isFalse(existsSync(`${directory}.lock`))
    assert.strictEqual(yield* Effect.provide(take, layerPglite({ directory: `${directory}/` }), { local: true }), 3)
  })
)
