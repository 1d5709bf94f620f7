import { assert, describe, it } from "vitest"
import { portfolioOf } from "../../src/engine/portfolio/index.ts"
import { expectSame } from "./portfolio/expectSame.ts"
import { pick, randomOf, worldOf } from "./portfolio/worlds.ts"

const days = ["2026-05-01", "2026-06-12", "2026-07-01", "2026-07-10", "2026-07-16", "2026-09-01"]

/** More with `CERTIVO_HISTORIES`. */
const SEEDS = Math.max(1000, Number(process.env.CERTIVO_HISTORIES ?? 0) / 100)

describe("a portfolio", () => {
  it("gives every part the statuses that the exact judge gives it", { timeout: 600_000 }, () => {
    let compared = 0
    for (let seed = 1; seed <= SEEDS; seed++) {
      const random = randomOf(seed)
      const world = worldOf(random)
      const options = {
        asOf: pick(random, days),
        ranges: pick(random, ["indeterminate", "worst-case"] as const),
        rollup: pick(random, ["fail-dominates", "unknown-dominates"] as const),
        overrides: world.overrides
      }
      const found = portfolioOf({ ...world, ...options, declarations: (key) => world.declarations.get(key) ?? [] })
      compared += expectSame(world, found, options, `seed ${seed}`)
    }
    assert.isAbove(compared, 5 * SEEDS)
  })
})
