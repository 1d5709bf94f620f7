import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Repository, TenantId } from "@certivo/core/ports"
import { repositoryContract } from "@certivo/core/testing"
import { afterAll, assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { layer } from "./sqlite.ts"

const folder = mkdtempSync(join(tmpdir(), "certivo-sqlite-"))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

repositoryContract("SQLite", layer(join(folder, "contract.db")))

it.effect("keeps what was committed between openings", () =>
  Effect.gen(function* () {
    const tenant = TenantId.make("t")
    const take = Effect.flatMap(Repository, (store) => store.transaction(tenant, store.nextRevision(tenant)))
    const open = () => Effect.provide(take, layer(join(folder, "kept.db")), { local: true })
    assert.deepStrictEqual([yield* open(), yield* open()], [1, 2])
  })
)
