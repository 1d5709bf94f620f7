/** Every code that the engine can give is documented, and no other. */
import { readdirSync, readFileSync } from "node:fs"
import { assert, describe, it } from "@effect/vitest"

const engine = new URL("../../src/engine/", import.meta.url)
const page = readFileSync(new URL("../../../../docs/reference/reasons.md", import.meta.url), "utf8")

const codes = (text: string, pattern: RegExp): ReadonlyArray<string> =>
  [...text.matchAll(pattern)].map(([, code = ""]) => code)

describe("docs/reference/reasons.md", () => {
  it("lists the codes of the engine", () => {
    const given = readdirSync(engine)
      .filter((name) => name.endsWith(".ts"))
      .flatMap((name) => codes(readFileSync(new URL(name, engine), "utf8"), /"([a-z]+\.[a-z_]+)"/g))
    const documented = codes(page, /^\| `([a-z]+\.[a-z_]+)` +\|/gm)
    assert.deepStrictEqual([...documented].sort(), [...new Set(given)].sort())
  })
})
