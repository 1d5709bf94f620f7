import { assert, describe, it } from "vitest"
import { BomCycle, type Careful, type Edit, ONE_MATERIAL, withRule } from "../../src/engine/portfolio/index.ts"
import type { Rule, RuleSet } from "../../src/engine/Rule.ts"
import {
  allStatuses,
  changesText,
  declarationsEdit,
  Model,
  randomMass,
  randomQuantity,
  randomRows,
  statusText
} from "./portfolio/model.ts"
import { pick, type Random, randomOf } from "./portfolio/worlds.ts"

/** Sequences of edits; more with `CERTIVO_HISTORIES`. */
const HISTORIES = Number(process.env.CERTIVO_HISTORIES ?? 100_000)
const EDITS = 2

const source = { text: "made up", standing: "primary", taken: "2026-01-01" } as const
const lead = { cas: "7439-92-1" }
const leadOxide = { cas: "1317-36-8", formula: "PbO" }
const dehp = { cas: "117-81-7" }
const dbp = { cas: "84-74-2" }

const rule = (id: string, more: Partial<Rule>): Rule => ({
  id,
  name: id,
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "single",
  members: [dehp],
  outcome: "non-compliant",
  source,
  ...more
})

const element = { basis: "element", element: "Pb", aggregation: "sum", members: [lead, leadOxide] } as const

/** The versions of one rule; the first of each is in force at the beginning. */
const leadRules = [
  rule("lead", { ...element, level: "homogeneous-material" }),
  rule("lead", { ...element, level: "homogeneous-material", limitPpm: "100" }),
  rule("lead", { ...element, limitPpm: "4.1" }),
  rule("lead", { ...element, limitPpm: "999.999" }),
  rule("lead", { ...element, comparison: "at-or-above" }),
  rule("lead", { members: [lead], limitPpm: "6000" }),
  rule("lead", { ...element, effectiveFrom: "2026-07-01" }),
  rule("lead", { ...element, outcome: "declare" })
] as const
const dehpRules = [
  rule("dehp", {}),
  rule("dehp", { limitPpm: "100" }),
  rule("dehp", { limitPpm: "1000.001" }),
  rule("dehp", { members: [dehp, dbp], aggregation: "sum" }),
  rule("dehp", { members: [dehp, dbp] }),
  rule("dehp", { outcome: "declare", comparison: "at-or-above" })
] as const

const setOf = (rules: ReadonlyArray<Rule>, undeclared: "unknown" | "not-applicable"): RuleSet => ({
  id: "set",
  version: "1",
  title: "set",
  undeclared,
  rules,
  exemptions: []
})

const strict = setOf([leadRules[0], dehpRules[0]], "not-applicable")
const thorough = setOf([leadRules[0], dehpRules[0]], "unknown")
const duties = setOf([dehpRules[5]], "unknown")

class Failure extends Error {}

/** Stands for the exact judge: what it says depends on mass, lines, declarations and day. It fails when told to. */
const carefulJudge = () => {
  let left = Number.POSITIVE_INFINITY
  const careful: Careful = ({ part, asOf, evidence }) => {
    if (left-- === 0) throw new Failure()
    const mass = evidence.massOf(part)
    const isHeavy = mass !== undefined && mass.coefficient > 40n
    const isLate = evidence.declarationsOf(part).length > 0 && asOf > "2026-06-30"
    return {
      status: isLate ? "unknown" : isHeavy ? "exempt" : "compliant",
      duty: evidence.linesOf(part).length > 0 ? "below-threshold" : "not-applicable"
    }
  }
  return { careful, failAfter: (calls: number) => (left = calls), work: () => (left = Number.POSITIVE_INFINITY) }
}

const edit = (random: Random, model: Model): Edit => {
  const part = random(model.rows.length)
  switch (random(10)) {
    case 0:
    case 1:
    case 2:
      return declarationsEdit(part, randomRows(random))
    case 3:
      return { edit: "mass", part, massGrams: randomMass(random) }
    case 4:
    case 5: {
      // Cycles are asked for too.
      const child = random(20) === 0 ? random(model.rows.length) : random(Math.max(1, part))
      return { edit: "line", parent: part, child, quantity: randomQuantity(random) }
    }
    case 6: {
      const child = pick(random, [...(model.lines[part]?.keys() ?? []), 0])
      return { edit: "remove-line", parent: part, child }
    }
    case 7:
      return { edit: "as-of", asOf: pick(random, ["2026-05-01", "2026-08-01"]) }
    case 8:
      return { edit: "part", part, attributes: random(2) === 0 ? ONE_MATERIAL : 0, categories: [] }
    default: {
      const ruleSet = random(model.ruleSets.length)
      const rules = model.ruleSets[ruleSet] as RuleSet
      const next = pick(random, [...leadRules, ...dehpRules])
      return {
        edit: "rules",
        ruleSet,
        rules: random(8) === 0 ? pick(random, [strict, thorough, duties]) : withRule(rules, next)
      }
    }
  }
}

const history = (seed: number) => {
  const random = randomOf(seed)
  const rollup = random(4) === 0 ? "unknown-dominates" : "fail-dominates"
  const model = new Model(
    2 + random(5),
    pick(random, [[strict], [thorough], [strict], [thorough, duties]]),
    "2026-05-01"
  )
  const nodes = model.rows.length
  for (let node = 0; node < nodes; node++) {
    model.rows[node] = randomRows(random)
    model.masses[node] = randomMass(random)
    for (let line = node === 0 ? 0 : random(3); line > 0; line--)
      model.lines[node]?.set(random(node), randomQuantity(random))
  }
  const judge = carefulJudge()
  const portfolio = model.build(random, judge.careful, rollup)
  const sets = model.ruleSets.length
  for (let step = 0; step < EDITS; step++) {
    const edits = Array.from({ length: random(4) === 0 ? 3 : 1 }, () => edit(random, model))
    const before = allStatuses(portfolio, nodes, sets)
    const unchanged = () => assert.strictEqual(statusText(allStatuses(portfolio, nodes, sets)), statusText(before))
    try {
      const foreseen = random(4) === 0 ? portfolio.preview(edits) : undefined
      if (foreseen !== undefined) unchanged()
      if (random(8) === 0) {
        judge.failAfter(random(3))
        try {
          portfolio.preview(edits)
        } catch (error) {
          if (!(error instanceof Failure)) throw error
        } finally {
          judge.work()
        }
        unchanged()
      }
      const changes = portfolio.apply(edits)
      if (foreseen !== undefined) assert.strictEqual(changesText(foreseen), changesText(changes))
      for (const one of edits) model.make(one)
      const expected = allStatuses(model.build(random, judge.careful, rollup), nodes, sets)
      const found = allStatuses(portfolio, nodes, sets)
      assert.strictEqual(statusText(found), statusText(expected))
      const differences = expected.flatMap((after, at) => {
        const was = before[at] as (typeof before)[number]
        return after.status === was.status && after.duty === was.duty
          ? []
          : [{ part: Math.floor(at / sets), ruleSet: at % sets, before: was, after }]
      })
      assert.strictEqual(changesText(changes), changesText(differences))
    } catch (error) {
      if (!(error instanceof BomCycle)) throw error
      unchanged()
    }
  }
}

describe("a portfolio through edits", () => {
  it("comes out as one that is built anew", { timeout: 600_000 }, () => {
    for (let seed = 1; seed <= HISTORIES; seed++)
      try {
        history(seed)
      } catch (error) {
        throw new Error(`history ${seed}`, { cause: error })
      }
  })
})
