import { type Rule, type RuleSet, readRuleSet, UnreadableRuleSet } from "@certivo/core"
import { packs } from "@certivo/core/regulations"
import { assert, describe, it } from "vitest"

const encode = (text: string) => new TextEncoder().encode(text)
const read = (text: string, name = "Acme RSL 2026.csv"): RuleSet => readRuleSet(name, encode(text))

const problems = (text: string | Uint8Array, name = "list.csv") => {
  try {
    readRuleSet(name, typeof text === "string" ? encode(text) : text)
  } catch (error) {
    if (error instanceof UnreadableRuleSet) return error.problems
    throw error
  }
  return assert.fail("was accepted")
}

const only = (text: string): Rule => {
  const [rule, ...more] = read(text).rules
  assert.isEmpty(more)
  return rule ?? assert.fail("has no rule")
}

describe("a customer's table", () => {
  it("becomes rules with the usual defaults and a version by its content", () => {
    const set = read("substance,cas,limit_ppm\nLead,7439-92-1,100\nAzo dyes,,prohibited\n")
    assert.deepStrictEqual([set.id, set.title], ["acme-rsl-2026", "Acme RSL 2026"])
    assert.match(set.version, /^sha256:[0-9a-f]{12}$/)
    assert.deepStrictEqual(set.rules, [
      {
        id: "7439-92-1",
        name: "Lead",
        level: "article",
        comparison: "above",
        limitPpm: "100",
        basis: "compound",
        aggregation: "single",
        members: [{ cas: "7439-92-1", names: ["lead"] }],
        outcome: "non-compliant",
        source: { text: "Acme RSL 2026.csv", standing: "unchecked" }
      },
      {
        id: "azo dyes",
        name: "Azo dyes",
        level: "article",
        comparison: "present",
        basis: "compound",
        aggregation: "single",
        members: [{ names: ["azo dyes"] }],
        outcome: "non-compliant",
        source: { text: "Acme RSL 2026.csv", standing: "unchecked" }
      }
    ])
  })

  it("says what it is above its header, and which columns mean nothing here", () => {
    const { id, version, title, notice } = read(
      "# id: acme\n# version: 2026-01\n# title: Acme, restricted\nCAS,Limit (%),Test method\n50-00-0,0.1,EN 1\n"
    )
    assert.deepStrictEqual(
      { id, version, title, notice },
      { id: "acme", version: "2026-01", title: "Acme, restricted", notice: "Columns not used: Test method." }
    )
  })

  it.each([
    ["limit_ppm", "1000", "above", "1000"],
    ["limit (%)", "0.1", "above", "1000"],
    ["limit", "0.1 %", "above", "1000"],
    ["limit", "< 1000 mg/kg", "at-or-above", "1000"],
    ["limit", "max. 25 ppb", "above", "0.025"],
    ["limit", "≤ 0.1 %", "above", "1000"],
    ["limit", "Prohibited", "present", undefined],
    ["limit", "not detectable", "present", undefined],
    ["limit", "not intentionally added", "intentional", undefined]
  ])("takes %s %s as %s %s", (header, cell, comparison, limitPpm) => {
    const rule = only(`cas,${header}\n50-00-0,"${cell}"\n`)
    assert.deepStrictEqual([rule.comparison, rule.limitPpm], [comparison, limitPpm])
  })

  it("reads semicolons with commas for decimals, in German and in Windows' code page", () => {
    const text = "Stoff;CAS-Nr.;Grenzwert (mg/kg);Bemerkung\nBlei;7439-92-1;0,5;für Möbel\n"
    const bytes = Uint8Array.from(text, (letter) => letter.charCodeAt(0))
    const [rule] = readRuleSet("liste.csv", bytes).rules
    assert.deepStrictEqual([rule?.limitPpm, rule?.scope?.note], ["0.5", "für Möbel"])
  })

  it("joins the rows of a group to one rule that adds them up", () => {
    const rule = only(
      "group,substance,cas,limit,unit\nPhthalates,DEHP,117-81-7,0.1,%\nPhthalates,DBP,84-74-2,1000,ppm\n"
    )
    assert.deepStrictEqual(
      [rule.id, rule.name, rule.aggregation, rule.limitPpm, rule.members.map(({ cas }) => cas)],
      ["Phthalates", "Phthalates", "sum", "1000", ["117-81-7", "84-74-2"]]
    )
  })

  it("keeps limits for several categories apart, and takes scope, days, source and element", () => {
    const [toys, jewels] = read(
      [
        "cas,limit_ppm,category,element,basis,level,outcome,effective_from,source,standing",
        "7439-92-1,90,toy; childcare,Pb,element,homogeneous material,banned,2026-01-01,Acme 4.2,primary",
        "7439-92-1,100,jewellery,,element,product,report,01.07.2026,,"
      ].join("\n")
    ).rules
    assert.deepInclude(toys, {
      id: "7439-92-1",
      level: "homogeneous-material",
      basis: "element",
      element: "Pb",
      scope: { categories: ["toy", "childcare"] },
      effectiveFrom: "2026-01-01",
      source: { text: "Acme 4.2", standing: "primary" }
    })
    assert.deepInclude(jewels, {
      id: "7439-92-1-2",
      level: "product",
      element: "Pb",
      outcome: "declare",
      effectiveFrom: "2026-07-01"
    })
  })

  it("finds the number of a name that means one substance, and several numbers in a cell", () => {
    assert.strictEqual(only("substance,limit_ppm\nDEHP,1000\n").members[0].cas, "117-81-7")
    const { members, aggregation } = only('cas,limit_ppm\n"10588-01-9, 7789-12-0",1000\n')
    assert.deepStrictEqual([members.map(({ cas }) => cas), aggregation], [["10588-01-9", "7789-12-0"], "sum"])
  })

  it("names every problem with its line, column, value and what to do", () => {
    const found = problems(
      [
        "substance,cas,limit,unit,level,effective_from",
        "Lead,7439-92-2,100,ppm,article,2026-02-30",
        "Lead,7439-92-1,100,,arm,01/02/2026",
        "Cadmium,7440-43-9,100,ppmv,,",
        ",,5,ppm,,",
        "Mercury,7439-97-6,,ppm,,",
        "Mercury,7439-97-6,5,ppm,,",
        "Mercury,7439-97-6,50,ppm,,",
        "Flunisolide,542449,5,ppm,,",
        '"1,000 of it",50-00-0,"1,000",ppm,,',
        "Nickel,7440-02-0,200,%,,"
      ].join("\n")
    )
    assert.deepStrictEqual(
      found.map(({ line, column = "", code }) => `${line} ${column} ${code}`.replace("  ", " ")),
      [
        "2 cas cas.check_digit",
        "2 effective_from date.invalid",
        "3 limit unit.missing",
        "3 level level.unknown",
        "3 effective_from date.invalid",
        "4 limit unit.unknown",
        "5 substance member.unidentified",
        "6 limit limit.missing",
        "8 rule.duplicate",
        "9 cas cas.rehyphenated",
        "10 limit value.ambiguous_number",
        "11 limit limit.range"
      ]
    )
    assert.include(found[0]?.message ?? "", "7439-92-1")
    assert.strictEqual(found[5]?.value, "100")
  })

  it("refuses rows of one rule that contradict each other", () => {
    assert.deepStrictEqual(
      problems("rule,cas,limit_ppm\nx,50-00-0,10\nx,117-81-7,20\n").map(({ line, code, value }) => [line, code, value]),
      [[3, "rule.conflict", "20"]]
    )
  })

  it.each([
    ["hello\nworld\n", "header.missing"],
    ["", "header.missing"],
    ["cas,limit_ppm\n", "table.empty"],
    ["cas,limit_ppm,cas\n50-00-0,1,50-00-0\n", "header.duplicate"],
    ['cas,limit_ppm\n50-00-0,"1\n', "quote.unterminated"],
    ["PK\u0003\u0004", "file.workbook"],
    ["{", "file.not_json"],
    ["[]", "header.missing"]
  ])("refuses %j with %s", (text, code) => {
    assert.deepStrictEqual(
      problems(text).map((problem) => problem.code),
      [code]
    )
  })

  it("lists a thousand problems and counts the rest", () => {
    try {
      read(`cas,limit_ppm\n${"7439-92-2,1\n".repeat(1500)}`)
      assert.fail("was accepted")
    } catch (error) {
      assert.instanceOf(error, UnreadableRuleSet)
      const { problems, omitted, message } = error as UnreadableRuleSet
      assert.deepStrictEqual([problems.length, omitted], [1000, 500])
      assert.isBelow(message.length, 4000)
    }
  })
})

describe("JSON", () => {
  it.each([...packs.keys()])("of %s reads as the pack itself", (id) => {
    const pack = packs.get(id)
    assert.deepStrictEqual(readRuleSet(`${id}.json`, encode(JSON.stringify(pack))), JSON.parse(JSON.stringify(pack)))
  })

  const set = (rule: object) =>
    JSON.stringify({
      id: "acme",
      version: "1",
      title: "Acme",
      exemptions: [],
      rules: [
        {
          id: "lead",
          name: "Lead",
          level: "article",
          comparison: "above",
          limitPpm: "100",
          basis: "compound",
          aggregation: "single",
          members: [{ cas: "7439-92-1" }],
          outcome: "non-compliant",
          source: { text: "Acme 4.2", standing: "primary" },
          ...rule
        }
      ]
    })

  it.each([
    [{ limit_ppm: 3 }, "/rules/0/limit_ppm", "3"],
    [{ level: "arm" }, "/rules/0/level", "arm"],
    [{ limitPpm: "-1" }, "/rules/0/limitPpm", "-1"],
    [{ limitPpm: undefined }, "/rules/0", ""],
    [{ basis: "element" }, "/rules/0", ""],
    [{ members: [] }, "/rules/0/members/0", ""],
    [{ members: [{ cas: "7439-92-2" }] }, "/rules/0/members/0/cas", "7439-92-2"],
    [{ members: [{ ec: "231-101-4" }] }, "/rules/0/members/0/ec", "231-101-4"],
    [{ members: [{ cas: "7439-92-1", formula: "Qq2" }] }, "/rules/0/members/0/formula", "Qq2"],
    [{ members: [{ names: ["Lead"] }] }, "/rules/0/members/0/names/0", "Lead"],
    [{ members: [{}] }, "/rules/0/members/0", ""],
    [{ effectiveFrom: "2026-02-30" }, "/rules/0/effectiveFrom", "2026-02-30"],
    [{ effectiveFrom: "2026-02-01", effectiveTo: "2026-01-31" }, "/rules/0/effectiveTo", "2026-01-31"]
  ])("with %j is refused at %s", (rule, pointer, value) => {
    assert.deepStrictEqual(
      problems(set(rule), "acme.json").map((problem) => [problem.pointer, problem.value]),
      [[pointer, value]]
    )
  })

  it("names a rule that stands twice", () => {
    const twice = JSON.parse(set({}))
    twice.rules.push(twice.rules[0])
    assert.deepStrictEqual(
      problems(JSON.stringify(twice), "acme.json").map(({ pointer, code }) => [pointer, code]),
      [["/rules/1/id", "rule.duplicate"]]
    )
  })
})
