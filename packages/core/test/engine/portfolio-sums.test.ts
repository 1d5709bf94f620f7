/** Rules that add up what rows state: plain amounts alone, so that the exact judge is seldom asked. */
import { describe, it } from "vitest"
import * as Decimal from "../../src/domain/Decimal.ts"
import type { Declaration } from "../../src/domain/Declaration.ts"
import type { Bom, Part } from "../../src/domain/Part.ts"
import { portfolioOf, withRule } from "../../src/engine/portfolio/index.ts"
import type { Rule, RuleSet } from "../../src/engine/Rule.ts"
import { expectSame } from "./portfolio/expectSame.ts"
import { decimal, pick, type Random, randomOf, type World } from "./portfolio/worlds.ts"
import { setOf } from "./rules.ts"

/** More with `CERTIVO_HISTORIES`. */
const HISTORIES = Math.max(1500, Number(process.env.CERTIVO_HISTORIES ?? 0) / 20)

const substances = [
  ["Lead", "7439-92-1"],
  ["Lead", undefined],
  ["Lead oxide", "1317-36-8"],
  ["Lead chromate", "7758-97-6"],
  ["Lead and lead compounds", undefined],
  ["Cadmium", "7440-43-9"],
  ["Chromium", undefined],
  ["decaBDE", "1163-19-5"],
  ["octaBDE", "32536-52-0"],
  ["PBDE", undefined],
  ["DEHP", "117-81-7"],
  ["BBP", "85-68-7"],
  ["DBP", "84-74-2"],
  ["DIBP", "84-69-5"],
  ["Phthalates (sum)", undefined],
  ["Bromine", "7726-95-6"],
  ["Chlorine", "7782-50-5"],
  ["TBBPA", "79-94-7"],
  ["Zinc", "7440-66-6"]
] as const

const amounts = ["0", "1", "40", "100", "250", "499.9", "500", "600", "900", "1000", "1077.2147", "1500", "996000"]

const row = (random: Random, part: string, line: number): Declaration => {
  const [substance, cas] = pick(random, substances)
  const [a, b] = [decimal(pick(random, amounts)), decimal(pick(random, amounts))]
  const [low, high] = Decimal.compare(a, b) <= 0 ? [a, b] : [b, a]
  const isExact = random(3) > 0
  return {
    part,
    material: undefined,
    materialMassMg: undefined,
    partMassMg: undefined,
    substance,
    cas,
    ec: undefined,
    amount: {
      unit: random(3) === 0 ? "mg" : "ppm",
      low: isExact ? high : low,
      lowOpen: !isExact && Decimal.compare(low, high) < 0 && random(4) === 0,
      high,
      highOpen: false
    },
    basis: undefined,
    limitPpm: undefined,
    exemption: undefined,
    claim: undefined,
    source: { document: "a.csv", sha256: pick(random, ["00", "00", "01"]), line },
    text: ""
  }
}

const rows = (random: Random, part: string) =>
  Array.from({ length: 1 + random(7) }, (_, line) => row(random, part, line))

const ids = ["lead", "cadmium", "chromium-vi", "pbde", "xvii-51", "iec-halogens", "packaging"]

const worldOf = (random: Random): World => {
  const keys = ["TOP", "A", "B", "C", "D"]
  const part = (key: string): Part => ({
    key,
    partNumber: key,
    name: undefined,
    material: random(3) === 0 ? undefined : "Brass",
    massGrams: random(8) === 0 ? undefined : decimal(pick(random, ["1", "4.1", "0.25"])),
    ...(random(2) === 0 ? { categories: ["packaging"] } : {})
  })
  const bom: Bom = {
    product: "TOP",
    parts: new Map(keys.map((key) => [key, part(key)])),
    lines: new Map([["TOP", keys.slice(1).map((child) => ({ parent: "TOP", child, quantity: decimal("2") }))]])
  }
  const rules = ids.filter(() => random(3) > 0)
  const level = pick(random, ["article", "homogeneous-material", undefined] as const)
  const set = setOf(rules.length === 0 ? ids : rules)
  const ruleSet: RuleSet = {
    ...set,
    undeclared: pick(random, ["unknown", "not-applicable"]),
    rules: set.rules.map((rule) => ({ ...rule, ...(level === undefined ? {} : { level }) }))
  }
  const declarations = new Map(keys.slice(1).map((key) => [key, rows(random, key)]))
  return { boms: [bom], declarations, ruleSets: [ruleSet], overrides: [] }
}

const limits = ["40", "100", "250", "500", "600", "900", "1000", "1100", "1500", "6000"]

describe("sums in a portfolio", () => {
  it("come out as the exact judge has them, through changes of rows and of limits", { timeout: 600_000 }, () => {
    for (let seed = 1; seed <= HISTORIES; seed++) {
      const random = randomOf(seed)
      const world = worldOf(random)
      const declarations = new Map(world.declarations)
      let [ruleSet] = world.ruleSets as [RuleSet]
      const named = portfolioOf({ ...world, declarations: (key) => declarations.get(key) ?? [], asOf: "2026-11-23" })
      const hold = (step: number) =>
        expectSame({ ...world, declarations, ruleSets: [ruleSet] }, named, {}, `seed ${seed}, step ${step}`)
      hold(0)
      for (let step = 1; step < 4; step++) {
        if (random(3) === 0) {
          const key = pick(random, ["A", "B", "C", "D"])
          declarations.set(key, rows(random, key))
          named.portfolio.apply([named.declare(named.numberOf(key) as number, declarations.get(key) ?? [])])
        } else {
          const rule: Rule = { ...pick(random, ruleSet.rules), limitPpm: pick(random, limits) }
          ruleSet = withRule(ruleSet, rule)
          named.portfolio.apply([{ edit: "rules", ruleSet: 0, rules: ruleSet }])
        }
        hold(step)
      }
    }
  })
})
