import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { layer } from "@certivo/core/adapters/file"
import { DocumentStore } from "@certivo/core/ports"
import { documentStoreContract } from "@certivo/core/testing"
import { afterAll, assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

const directory = mkdtempSync(join(tmpdir(), "certivo-documents-"))
afterAll(() => rmSync(directory, { recursive: true }))

documentStoreContract("file", layer(directory))

it("leaves no temporary file behind", () => {
  const names = readdirSync(directory, { recursive: true }).map(String)
  assert.deepStrictEqual(
    names.filter((name) => name.endsWith(".part")),
    []
  )
})

it.effect("sweeps what a killed upload has left, and keeps what was stored again", () =>
  Effect.gen(function* () {
    const store = yield* DocumentStore
    const put = store.put("swept", Stream.succeed(new TextEncoder().encode("abc")))
    const { sha256 } = yield* put
    const document = join(directory, "swept", sha256.slice(0, 2), sha256)
    const part = (digit: string) => join(directory, "swept", `.${digit.repeat(8)}-0000-4000-8000-000000000000.part`)
    const long = new Date("2020-01-01")
    for (const path of [part("a"), part("b")]) writeFileSync(path, "half a docu")
    for (const path of [part("a"), document]) utimesSync(path, long, long)
    const removed = yield* store.sweep("swept", "2021-01-01T00:00:00.000Z", () => Effect.as(put, false))
    assert.strictEqual(removed, 0)
    assert.deepStrictEqual([part("a"), part("b"), document].map(existsSync), [false, true, true])
    rmSync(part("b"))
  }).pipe(Effect.provide(layer(directory)))
)
