import { assert, describe, it } from "vitest"
import { exactly, upTo } from "../../src/domain/Amount.ts"
import * as Decimal from "../../src/domain/Decimal.ts"
import type { Declaration } from "../../src/domain/Declaration.ts"
import type { Bom, Part } from "../../src/domain/Part.ts"
import { BomCycle, type Edit, portfolioOf, withExemption, withRule } from "../../src/engine/portfolio/index.ts"
import type { Exemption, Rule, RuleSet } from "../../src/engine/Rule.ts"
import { expectSame } from "./portfolio/expectSame.ts"
import { changesText } from "./portfolio/model.ts"
import { decimal, declarationOf, pick, randomOf, ruleSetOf, type World, worldOf } from "./portfolio/worlds.ts"

const source = { text: "made up", standing: "primary", taken: "2026-01-01" } as const

const leadRule: Rule = {
  id: "lead",
  name: "lead",
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "single",
  members: [{ cas: "7439-92-1" }],
  outcome: "non-compliant",
  source
}

const setOf = (rules: ReadonlyArray<Rule>, exemptions: ReadonlyArray<Exemption> = []): RuleSet => ({
  id: "set",
  version: "1",
  title: "set",
  undeclared: "not-applicable",
  rules,
  exemptions
})

const partOf = (key: string, massGrams?: string): Part => ({
  key,
  partNumber: key,
  name: undefined,
  material: "Brass",
  massGrams: massGrams === undefined ? undefined : decimal(massGrams)
})

/** Lines as `parent: [child, quantity]…`. */
const bomOf = (
  product: string,
  masses: Record<string, string | undefined>,
  lines: Record<string, ReadonlyArray<readonly [string, string]>>
): Bom => ({
  product,
  parts: new Map(Object.entries(masses).map(([key, mass]) => [key, partOf(key, mass)])),
  lines: new Map(
    Object.entries(lines).map(([parent, own]) => [
      parent,
      own.map(([child, quantity]) => ({ parent, child, quantity: decimal(quantity) }))
    ])
  )
})

const contains = (part: string, amount: Declaration["amount"], more: Partial<Declaration> = {}): Declaration => ({
  ...declarationOf(randomOf(1), part, 1, true),
  substance: "Lead",
  cas: "7439-92-1",
  ec: undefined,
  partMassMg: undefined,
  amount,
  basis: undefined,
  limitPpm: undefined,
  exemption: undefined,
  intentional: undefined,
  source: { document: "a.csv", sha256: "00", line: 1 },
  ...more
})

const statusWith = (massGrams: string, amount: Declaration["amount"], rule = leadRule) => {
  const { portfolio } = portfolioOf({
    boms: [bomOf("P", { P: massGrams }, {})],
    declarations: () => [contains("P", amount)],
    ruleSets: [setOf([rule])],
    asOf: "2026-11-23"
  })
  return portfolio.statusOf(0, 0).status
}

describe("amounts at a limit", () => {
  it("0.0041 g in 4.1 g are 1000 ppm and not a hair more", () => {
    assert.strictEqual(statusWith("4.1", exactly("mg", decimal("4.1"))), "compliant")
    assert.strictEqual(statusWith("4.1", exactly("mg", decimal("4.100000000000001"))), "non-compliant")
    assert.strictEqual(statusWith("4.1", exactly("mg", decimal("4.0999999999999999999"))), "compliant")
    assert.strictEqual(
      statusWith("4.1", exactly("mg", decimal("4.1")), { ...leadRule, comparison: "at-or-above" }),
      "non-compliant"
    )
    assert.strictEqual(
      statusWith("4.1", upTo("mg", decimal("4.1"), true), { ...leadRule, comparison: "at-or-above" }),
      "compliant"
    )
    assert.strictEqual(
      statusWith("4.1", upTo("mg", decimal("4.1"), false), { ...leadRule, comparison: "at-or-above" }),
      "unknown"
    )
  })

  it("stand where fractions put them, whatever the number of digits", { timeout: 60_000 }, () => {
    const random = randomOf(7)
    const digits = (count: number) => Array.from({ length: count }, () => random(10)).join("")
    for (let run = 0; run < 3000; run++) {
      const mass = decimal(`${random(50)}.${digits(1 + random(12))}`)
      if (Decimal.isZero(mass)) continue
      const limit = decimal(`${1 + random(2000)}.${digits(random(8))}`)
      // The amount that is exactly allowed, and a hair beside it.
      const hair = decimal(`0.${"0".repeat(5 + random(25))}1`)
      const allowed = Decimal.shift(Decimal.multiply(limit, mass), -3)
      const less = Decimal.add(allowed, Decimal.negate(hair))
      const amounts = [allowed, Decimal.add(allowed, hair), Decimal.isNegative(less) ? allowed : less]
      for (const [at, amount] of amounts.entries()) {
        const rule = { ...leadRule, limitPpm: Decimal.toText(limit) }
        const found = statusWith(Decimal.toText(mass), exactly("mg", amount), rule)
        assert.strictEqual(
          found,
          at === 1 ? "non-compliant" : "compliant",
          `${Decimal.toText(amount)} in ${Decimal.toText(mass)}`
        )
      }
    }
  })
})

/** Twenty-six parts: each holds the one below twice, 16.8 million pieces of the last in the first. */
const doubling = () => {
  const keys = Array.from({ length: 26 }, (_, level) => `L${String(level).padStart(2, "0")}`)
  return bomOf(
    "L00",
    Object.fromEntries(keys.map((key, level) => [key, level === 25 ? "0.001" : undefined])),
    Object.fromEntries(
      keys.slice(0, -1).map((key, level) => [key, [[keys[level + 1] as string, level === 24 ? "1" : "2"]]])
    )
  )
}

describe("a BOM of shared assemblies", () => {
  it("is walked once, and weighed exactly", () => {
    const { portfolio, numberOf, declare } = portfolioOf({
      boms: [doubling()],
      declarations: (key) => (key === "L25" ? [contains(key, exactly("ppm", decimal("999")))] : []),
      ruleSets: [setOf([leadRule])],
      asOf: "2026-11-23"
    })
    const [top, last] = [numberOf("L00") as number, numberOf("L25") as number]
    assert.strictEqual(portfolio.statusOf(top, 0).status, "compliant")
    assert.strictEqual(Decimal.toText(portfolio.massOf(top) as Decimal.Decimal), "16777.216")
    const changes = portfolio.apply([declare(last, [contains("L25", exactly("ppm", decimal("1001")))])])
    assert.strictEqual(changes.length, 26)
    assert.strictEqual(portfolio.statusOf(top, 0).status, "non-compliant")
  })

  it("keeps its statuses whatever the quantities are", () => {
    const random = randomOf(3)
    for (let run = 0; run < 200; run++) {
      const world = worldOf(random)
      const stated = world.boms.map((bom) => ({
        ...bom,
        parts: new Map(
          [...bom.parts].map(([key, part]) => [key, { ...part, massGrams: part.massGrams ?? decimal("7") }])
        )
      }))
      const ruleSets = world.ruleSets.map((set) => ({
        ...set,
        rules: set.rules.filter(({ level }) => level !== "product" && level !== "battery")
      }))
      const { portfolio, numberOf } = portfolioOf({
        ...world,
        boms: stated,
        ruleSets,
        declarations: (key) => world.declarations.get(key) ?? [],
        asOf: "2026-07-01"
      })
      const edits: Array<Edit> = [...(stated[0] as Bom).lines.values()].flat().map(({ parent, child }) => ({
        edit: "line",
        parent: numberOf(parent) as number,
        child: numberOf(child) as number,
        quantity: decimal(String(1 + random(1000)))
      }))
      assert.strictEqual(portfolio.apply(edits).length, 0)
      assert.strictEqual(portfolio.recalculate().length, 0)
    }
  })
})

describe("edits", () => {
  const bom = bomOf(
    "TOP",
    { TOP: undefined, MID: undefined, A: "4.1", B: "1" },
    {
      TOP: [
        ["MID", "2"],
        ["B", "1"]
      ],
      MID: [["A", "3"]]
    }
  )
  const within = contains("A", exactly("mg", decimal("4.1")))
  const build = (ruleSet = setOf([leadRule]), declarations: ReadonlyArray<Declaration> = [within]) => {
    const named = portfolioOf({
      boms: [bom],
      declarations: (key) => (key === "A" ? declarations : [contains(key, exactly("ppm", Decimal.zero))]),
      ruleSets: [ruleSet],
      asOf: "2026-06-01"
    })
    const of = (key: string) => named.numberOf(key) as number
    const changed = (edits: ReadonlyArray<Edit>) =>
      [...named.portfolio.apply(edits)].map(({ part, after }) => `${named.keyOf(part)} ${after.status}`)
    return { ...named, of, changed }
  }

  it("tell exactly what they change", () => {
    const { portfolio, of, changed, declare } = build()
    const worse = declare(of("A"), [contains("A", exactly("mg", decimal("4.2")))])
    const foreseen = portfolio.preview([worse])
    assert.strictEqual(portfolio.statusOf(of("TOP"), 0).status, "compliant")
    assert.deepStrictEqual(changed([worse]), ["A non-compliant", "MID non-compliant", "TOP non-compliant"])
    assert.deepStrictEqual(
      [...foreseen].map(({ part }) => part),
      [of("A"), of("MID"), of("TOP")]
    )
    assert.deepStrictEqual(changed([{ edit: "mass", part: of("A"), massGrams: decimal("4.2") }]), [
      "A compliant",
      "MID compliant",
      "TOP compliant"
    ])
    assert.deepStrictEqual(changed([{ edit: "rules", ruleSet: 0, rules: setOf([{ ...leadRule, limitPpm: "999" }]) }]), [
      "A non-compliant",
      "MID non-compliant",
      "TOP non-compliant"
    ])
    assert.deepStrictEqual(changed([{ edit: "remove-line", parent: of("MID"), child: of("A") }]), [
      "MID compliant",
      "TOP compliant"
    ])
  })

  it("count evidence that an exemption covers until its last day", () => {
    const exemption: Exemption = {
      id: "6(c)",
      members: [{ cas: "7439-92-1" }],
      scope: "made up",
      lastDay: "2026-07-01",
      source
    }
    const claimed = contains("A", exactly("mg", decimal("8")), { exemption: "6(c)" })
    const ruleSet = setOf([leadRule], [exemption])
    const { of, portfolio, changed } = build(ruleSet, [claimed])
    assert.strictEqual(portfolio.statusOf(of("TOP"), 0).status, "exempt")
    assert.deepStrictEqual(changed([{ edit: "as-of", asOf: "2026-07-01" }]), [])
    assert.deepStrictEqual(changed([{ edit: "as-of", asOf: "2026-07-02" }]), [
      "A non-compliant",
      "MID non-compliant",
      "TOP non-compliant"
    ])
    const longer = withExemption(ruleSet, { ...exemption, lastDay: "2027-07-01" })
    assert.deepStrictEqual(changed([{ edit: "rules", ruleSet: 0, rules: longer }]), [
      "A exempt",
      "MID exempt",
      "TOP exempt"
    ])
  })

  it("refuse a line that would put a part below itself, with the path, and change nothing", () => {
    const { of, portfolio, changed } = build()
    const edits: ReadonlyArray<Edit> = [
      { edit: "mass", part: of("A"), massGrams: decimal("0.001") },
      { edit: "line", parent: of("A"), child: of("TOP"), quantity: decimal("1") }
    ]
    try {
      changed(edits)
      assert.fail("a cycle was taken")
    } catch (error) {
      assert.instanceOf(error, BomCycle)
      assert.deepStrictEqual((error as BomCycle).path, [of("TOP"), of("MID"), of("A"), of("TOP")])
    }
    assert.strictEqual(portfolio.statusOf(of("TOP"), 0).status, "compliant")
    assert.strictEqual(Decimal.toText(portfolio.massOf(of("TOP")) as Decimal.Decimal), "25.6")
    assert.strictEqual(portfolio.recalculate().length, 0)
  })

  it("refuse an amount that is no number, and change nothing", () => {
    const { of, portfolio, changed, declare } = build()
    const edit = declare(of("A"), [contains("A", exactly("mg", decimal("8"))), within])
    edit.rows.low[1] = Number.NaN
    edit.rows.high[1] = Number.NaN
    assert.throws(() => portfolio.apply([edit]), RangeError)
    assert.deepStrictEqual(changed([declare(of("A"), [within])]), [])
    assert.strictEqual(portfolio.recalculate().length, 0)
  })

  it("take in parts that are new", () => {
    const { of, portfolio, changed, declare } = build()
    const added = portfolio.addParts(2)
    assert.strictEqual(portfolio.statusOf(added, 0).status, "unknown")
    const line: Edit = { edit: "line", parent: of("MID"), child: added, quantity: decimal("1") }
    assert.deepStrictEqual(
      Array.from(portfolio.preview([line]), ({ after }) => after.status),
      ["unknown", "unknown"]
    )
    assert.strictEqual(
      portfolio.apply([
        { edit: "mass", part: added, massGrams: decimal("1") },
        { edit: "line", parent: added + 1, child: added, quantity: decimal("2") },
        { edit: "line", parent: of("MID"), child: added + 1, quantity: decimal("2") },
        { ...declare(0, [contains("NEW", exactly("mg", decimal("2")))]), part: added }
      ]).length,
      4
    )
    assert.strictEqual(portfolio.statusOf(of("TOP"), 0).status, "non-compliant")
    assert.strictEqual(portfolio.recalculate().length, 0)
    assert.strictEqual(changed([{ edit: "remove-line", parent: of("MID"), child: added + 1 }]).length, 2)
  })

  it("never make a status better by evidence that breaks a rule", () => {
    const rank = { "not-applicable": 0, compliant: 1, exempt: 2, unknown: 3, "non-compliant": 4 }
    for (let seed = 1; seed <= 300; seed++) {
      const random = randomOf(seed)
      const world = worldOf(random)
      const named = portfolioOf({
        ...world,
        overrides: [],
        declarations: (key) => world.declarations.get(key) ?? [],
        ruleSets: [setOf([leadRule])],
        asOf: "2026-07-01"
      })
      const product = named.numberOf((world.boms[0] as Bom).product) as number
      const before = named.portfolio.statusOf(product, 0).status
      const part = pick(random, [...(world.boms[0] as Bom).parts.keys()])
      const broken = contains(part, exactly("ppm", decimal("5000")))
      named.portfolio.apply([
        named.declare(named.numberOf(part) as number, [...(world.declarations.get(part) ?? []), broken])
      ])
      assert.isAtLeast(rank[named.portfolio.statusOf(product, 0).status], rank[before])
    }
  })
})

describe("histories of everything a supplier can send", () => {
  it("come out as the exact judge has it, day by day", { timeout: 600_000 }, () => {
    const days = ["2026-05-01", "2026-06-12", "2026-07-01", "2026-07-10", "2026-07-16", "2026-09-01"]
    for (let seed = 1; seed <= Math.max(400, Number(process.env.CERTIVO_HISTORIES ?? 0) / 100); seed++) {
      const random = randomOf(seed)
      const world = worldOf(random)
      const declarations = new Map(world.declarations)
      const ruleSets = [...world.ruleSets]
      const options = { ranges: pick(random, ["indeterminate", "worst-case"] as const), overrides: world.overrides }
      const named = portfolioOf({
        ...world,
        ...options,
        declarations: (key) => declarations.get(key) ?? [],
        asOf: pick(random, days)
      })
      for (let step = 0; step < 4; step++) {
        const edits: Array<Edit> = []
        if (random(2) === 0) {
          const key = named.keyOf(random([...new Set(world.boms.flatMap(({ parts }) => [...parts.keys()]))].length))
          const rows = Array.from({ length: random(4) }, (_, line) => declarationOf(random, key, line))
          declarations.set(key, rows)
          edits.push(named.declare(named.numberOf(key) as number, rows))
        }
        if (random(2) === 0) edits.push({ edit: "as-of", asOf: pick(random, days) })
        if (random(2) === 0) {
          const ruleSet = random(2)
          const set = ruleSets[ruleSet] as RuleSet
          const other = ruleSetOf(random, set.id)
          const rules =
            random(3) === 0 ? other : withRule(set, { ...(other.rules[0] as Rule), id: pick(random, set.rules).id })
          ruleSets[ruleSet] = rules
          edits.push({ edit: "rules", ruleSet, rules })
        }
        const foreseen = changesText(named.portfolio.preview(edits))
        assert.strictEqual(changesText(named.portfolio.apply(edits)), foreseen)
        const now: World = { ...world, declarations, ruleSets }
        expectSame(now, named, options, `seed ${seed}, step ${step}`)
      }
    }
  })
})
