import { mkdtempSync, readdirSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { layer } from "@certivo/core/adapters/file"
import { documentStoreContract } from "@certivo/core/testing"
import { afterAll, assert, it } from "@effect/vitest"

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
