import { assert, describe, it } from "vitest"
import { crashes } from "./crash.ts"

const ROUNDS = { file: 3, PGlite: 1, PostgreSQL: 2 }

describe.each(["file", "PGlite", "PostgreSQL"] as const)("imports into %s that are killed", (kind) => {
  it("end as if they had run once, one after the other and at once", { timeout: 300_000 }, async () => {
    const { end, kills, round } = await crashes(kind)
    try {
      for (let seed = 1; seed <= ROUNDS[kind]; seed++) assert.strictEqual(await round(seed), undefined, `seed ${seed}`)
      assert.isAbove(kills(), 0)
    } finally {
      await end()
    }
  })
})
