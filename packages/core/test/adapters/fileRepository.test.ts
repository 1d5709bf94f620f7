import {
  appendFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { repository } from "@certivo/core/adapters/file"
import { Repository, TenantId } from "@certivo/core/ports"
import { repositoryContract } from "@certivo/core/testing"
import { afterAll, assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"

const root = mkdtempSync(join(tmpdir(), "certivo-files-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

let folders = 0
const newFolder = () => join(root, String(folders++))

repositoryContract("file", repository(newFolder()))
repositoryContract("file with a snapshot after every transaction", repository(newFolder(), { snapshotAfterBytes: 1 }))

const tenant = TenantId.make("t")
const use = <A, E>(
  directory: string,
  effect: Effect.Effect<A, E, Repository>,
  options: { readonly snapshotAfterBytes?: number } = {}
) => Effect.provide(effect, repository(directory, options), { local: true })

const take = Effect.flatMap(Repository, (store) => store.transaction(tenant, store.nextRevision(tenant)))
const revision = Effect.flatMap(Repository, (store) => store.transaction(tenant, store.revision(tenant)))
const logOf = (directory: string) => {
  const folder = join(directory, tenant)
  return join(folder, readdirSync(folder).find((name) => name.startsWith("log-")) ?? "none")
}

describe("a directory of files", () => {
  it.effect("keeps what was committed between openings, through snapshots and without", () =>
    Effect.gen(function* () {
      for (const options of [{}, { snapshotAfterBytes: 1 }, { snapshotAfterBytes: 100 }]) {
        const directory = newFolder()
        for (let count = 1; count <= 5; count++) assert.strictEqual(yield* use(directory, take, options), count)
      }
    })
  )

  it.effect("cut off anywhere in its last write, it opens as it was before that write", () =>
    Effect.gen(function* () {
      const directory = newFolder()
      yield* use(directory, take)
      const whole = statSync(logOf(directory)).size
      yield* use(directory, take)
      const bytes = readFileSync(logOf(directory))
      for (let length = whole; length < bytes.length; length++) {
        writeFileSync(logOf(directory), bytes)
        truncateSync(logOf(directory), length)
        assert.strictEqual(yield* use(directory, revision), 1, `cut at byte ${length}`)
        assert.strictEqual(yield* use(directory, take), 2)
      }
    })
  )

  it.effect("a byte changed in the middle is refused, naming the file", () =>
    Effect.gen(function* () {
      const directory = newFolder()
      yield* use(directory, take)
      yield* use(directory, take)
      const bytes = readFileSync(logOf(directory))
      bytes[12] = 0x58
      writeFileSync(logOf(directory), bytes)
      const error = yield* Effect.flip(use(directory, revision))
      assert.include(error.message, "is damaged at byte 0")
    })
  )

  it.effect("bytes that another program left at the end are removed", () =>
    Effect.gen(function* () {
      const directory = newFolder()
      yield* use(directory, take)
      appendFileSync(logOf(directory), "00000000 {nonsense}\nhalf a li")
      assert.strictEqual(yield* use(directory, revision), 1)
      assert.strictEqual(yield* use(directory, take), 2)
      assert.strictEqual(yield* use(directory, revision), 2)
    })
  )

  it.effect("is open in one place at a time", () =>
    Effect.gen(function* () {
      const directory = newFolder()
      const error = yield* use(directory, Effect.flip(use(directory, revision)))
      assert.strictEqual(error._tag, "StoreInUse")
    })
  )
})
