import { assert } from "vitest"
import type { NamedPortfolio } from "../../../src/engine/portfolio/index.ts"
import { judgeBom } from "../../../src/engine/Rollup.ts"
import type { World } from "./worlds.ts"

/** Holds a portfolio to the exact judge, product by product; returns how many statuses were compared. */
export const expectSame = (
  { boms, declarations, ruleSets }: World,
  { portfolio, numberOf }: NamedPortfolio,
  options: Omit<Parameters<typeof judgeBom>[3], "asOf">,
  name: string
): number => {
  const products = new Set(boms.map(({ product }) => product))
  let compared = 0
  for (const bom of boms)
    for (const [index, ruleSet] of ruleSets.entries()) {
      const evidence = { declarations: (key: string) => declarations.get(key) ?? [] }
      const { root, product } = judgeBom(bom, evidence, [ruleSet], { ...options, asOf: portfolio.asOf })
      for (const verdict of [root, ...product.parts]) {
        const isProduct = products.has(verdict.key)
        if (isProduct && verdict !== root) continue
        const part = numberOf(verdict.key) as number
        const { status, duty, ownStatus } = verdict
        assert.deepStrictEqual(
          portfolio.statusOf(part, index),
          { status, duty },
          `${name}, ${ruleSet.id}, ${verdict.key}`
        )
        if (!isProduct) assert.strictEqual(portfolio.ownStatusOf(part, index).status, ownStatus, `${name}, own`)
        compared++
      }
    }
  return compared
}
