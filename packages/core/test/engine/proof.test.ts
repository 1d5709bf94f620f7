import { readFileSync } from "node:fs"
import { type Proof, type ProofNode, proofDocument, proofHtml, proofText, prove } from "@certivo/core"
import type { Finding } from "@certivo/core/domain"
import type { Rule, RuleSet } from "@certivo/core/engine"
import { Ajv2020 } from "ajv/dist/2020.js"
import { assert, describe, it } from "vitest"
import { judgeRows, type RowInput } from "./judged.ts"

const source = { text: "Act 1, Annex", url: "https://example.test/act", standing: "secondary" as const }
const rule = (fields: Partial<Rule>): Rule => ({
  id: "lead",
  name: "Lead",
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "sum",
  members: [{ cas: "7439-92-1", names: ["lead"] }],
  outcome: "non-compliant",
  source,
  ...fields
})
const act = (rules: ReadonlyArray<Rule>, more: Partial<RuleSet> = {}): RuleSet => ({
  id: "act",
  version: "7",
  title: "The Act",
  rules,
  exemptions: [],
  ...more
})

const nodes = (node: ProofNode): ReadonlyArray<ProofNode> => [node, ...node.children.flatMap(nodes)]
const ofKind = <K extends ProofNode["kind"]>(proof: Proof, kind: K) =>
  nodes(proof.root).filter((node): node is Extract<ProofNode, { kind: K }> => node.kind === kind)
const textOf = (proof: Proof) =>
  nodes(proof.root)
    .map(({ text }) => text)
    .join("\n")

const proofOf = (rows: ReadonlyArray<RowInput>, rules: ReadonlyArray<RuleSet>, options = {}, part = "A"): Proof =>
  prove(judgeRows(rows, rules, options), part) as Proof

describe("a finding", () => {
  it("is followed from the rule and its source to the row, its conversion, and the comparison", () => {
    const proof = proofOf(
      [{ unit: "ppm", low: "5000", text: "0.5 %", cas: "1317-36-8", substance: "Lead monoxide" }],
      [
        act([
          rule({
            basis: "element",
            element: "Pb",
            members: [{ cas: "1317-36-8", names: ["lead monoxide"], formula: "PbO" }]
          })
        ])
      ]
    )
    const text = textOf(proof)
    assert.include(text, "More than 1000 ppm of Lead over the whole article breaks the restriction")
    assert.include(text, "Source: Act 1, Annex; as others report it, not read in the act itself")
    assert.include(text, '"0.5 %" is 5000 ppm (1 % = 10000 ppm); 5000 ppm × 207.2 ÷ 223.199 for Pb in PbO ≈ 4641.6 ppm')
    assert.include(text, "It is above the limit: 1036000 > 1000 × 223.199 = 223199")
    assert.include(text, "supplier.csv, line 2")
    assert.include(text, "3641.6 ppm above the limit, 4.642 times the limit")
    assert.include(text, "The Act (act, version 7)")
  })

  it("of a range shows both ends, and what would settle it", () => {
    const proof = proofOf([{ unit: "mg", low: "4", high: "20", text: "4-20 mg" }], [act([rule({})])])
    const text = textOf(proof)
    assert.include(
      text,
      "lower end 4 mg × 1000 ÷ 10 g of the part = 400 ppm; upper end 20 mg × 1000 ÷ 10 g of the part = 2000 ppm"
    )
    assert.include(text, "The lower end is below the limit: 4000 µg < 1000 ppm × 10 g = 10000 µg")
    assert.include(text, "The upper end is above the limit: 20000 µg > 1000 ppm × 10 g = 10000 µg")
    assert.include(text, "Needed: an amount, or a range that lies on one side of 1000 ppm.")
  })

  it("of a sum adds its rows, and what nobody declares", () => {
    const members = [
      { cas: "117-81-7", names: ["dehp"] },
      { cas: "84-74-2", names: ["dbp"] },
      { cas: "85-68-7", names: ["bbp"] }
    ] as const
    const proof = proofOf(
      [
        { unit: "ppm", low: "300", cas: "117-81-7", substance: "DEHP" },
        { unit: "mg", low: "1", cas: "84-74-2", substance: "DBP" }
      ],
      [act([rule({ name: "Phthalates", members })])]
    )
    const [sum] = ofKind(proof, "sum")
    assert.include(sum?.text ?? "", "100 + 300 = 400 ppm")
    assert.include(textOf(proof), "Needed: the amounts of what else Phthalates adds up: bbp.")
  })

  it("that a person decided shows who, when and why beside what the evidence gives", () => {
    const proof = proofOf([{ unit: "ppm", low: "2000" }], [act([rule({})])], {
      overrides: [
        {
          id: "o-1",
          part: "A",
          rule: "act/lead",
          status: "compliant",
          by: "Q. Manager",
          on: "2026-01-05",
          reason: "Lab report 12"
        }
      ]
    })
    const [override] = ofKind(proof, "override")
    assert.deepStrictEqual([override?.status, override?.calculated], ["compliant", "non-compliant"])
    assert.include(override?.text ?? "", 'Decided by Q. Manager on 2026-01-05: compliant, because "Lab report 12"')
    assert.strictEqual(ofKind(proof, "comparison")[0]?.sign, ">")
  })

  it("under an exemption shows its scope and dates, and when it ends", () => {
    const exemptions = [
      {
        id: "6(c)",
        members: [{ cas: "7439-92-1" }],
        scope: "lead in copper alloys",
        maxPpm: "40000",
        lastDay: "2027-06-30",
        source
      }
    ] as const
    const proof = proofOf([{ unit: "ppm", low: "20000", exemption: "6 (C), 99(z)" }], [act([rule({})], { exemptions })])
    assert.deepStrictEqual(
      ofKind(proof, "exemption").map(({ id, known, lastDay }) => [id, known, lastDay]),
      [
        ["6(c)", true, "2027-06-30"],
        ["99(z)", false, undefined]
      ]
    )
    assert.strictEqual(proof.root.status, "exempt")
    assert.include(textOf(proof), "Without the exemption the limit is not kept; the claimed ones end on 2027-06-30.")
  })

  it.each([
    [{ unit: "mg", low: "1" }, {}, { massGrams: null }, "Needed: the mass of A, in the BOM or in a declaration"],
    [
      { substance: "Zinc", cas: "7440-66-6", unit: "ppm", low: "1" },
      {},
      {},
      "Needed: how much Lead there is, or a statement about the whole of The Act."
    ],
    [{ unit: "ppm", low: "0", high: null }, {}, {}, "Needed: how much Lead there is."],
    [{ unit: "ppm", low: "0", high: "2000" }, {}, {}, "Needed: an amount, or an upper bound of at most 1000 ppm."],
    [
      { unit: "mg", low: "1" },
      { level: "homogeneous-material" },
      { material: null },
      "Needed: the amount in each homogeneous material"
    ],
    [{ unit: "ppm", low: "1", validTo: "2026-01-01" }, {}, {}, "Needed: a statement that still holds on 2026-11-23."],
    [
      { unit: "ppm", low: "1" },
      { comparison: "intentional", limitPpm: null },
      {},
      "Needed: whether Lead was added on purpose."
    ]
  ] as const)("that is unknown for %j says what is missing", (row, fields, part, needed) => {
    const { limitPpm, ...rest } = { limitPpm: "1000", ...fields }
    const { limitPpm: _limit, ...base } = rule(rest as Partial<Rule>)
    const judged = judgeRows([row as RowInput], [act([limitPpm === null ? base : { ...base, limitPpm }])], {}, part)
    const proof = prove(judged, "A") as Proof
    assert.strictEqual(proof.root.status, "unknown")
    assert.include(textOf(proof), needed)
  })
})

describe("duties", () => {
  const duty = act(
    [rule({ outcome: "declare" }), rule({ id: "w", outcome: "warning", comparison: "present" })].map(
      ({ limitPpm, ...one }) => (one.comparison === "present" ? one : { ...one, limitPpm: limitPpm as string })
    )
  )
  it("are worded as duties, never as failures", () => {
    const proof = proofOf([{ unit: "ppm", low: "2000" }], [duty])
    const text = `${proofText(proof)}${proofHtml(proof)}`
    assert.include(text, "There is a duty to inform")
    assert.include(text, "there is a duty to warn")
    assert.include(text, "above the threshold")
    assert.notInclude(text.replaceAll(/<style>[\s\S]*<\/style>/g, ""), "non-compliant")
    assert.notInclude(text, "restriction")
    assert.deepStrictEqual([proof.root.status, proof.root.duty], ["not-applicable", "above-threshold"])
  })
})

describe("an assembly", () => {
  const bom = {
    product: "P",
    lines: {
      P: [
        ["B1", "1"],
        ["B2", "3"],
        ["OK", "1"]
      ],
      B1: [["M", "2"]],
      B2: [
        ["M", "4"],
        ["X", "1"]
      ],
      M: [["A", "2.5"]]
    }
  } as const
  const rows = [
    { part: "A", unit: "ppm", low: "2000" },
    { part: "X", unit: "ppm", low: "3000" },
    { part: "OK", unit: "ppm", low: "1" }
  ] as const

  it("leads to the parts that decide, each once, with the way to it and its pieces", () => {
    const proof = prove(judgeRows(rows, [act([rule({})])], {}, {}, bom), "P") as Proof
    const parts = proof.root.children.filter(({ kind }) => kind === "part")
    assert.deepStrictEqual(
      parts.map(
        (node) =>
          node.kind === "part" && [node.partNumber, node.quantity, node.path?.map(({ partNumber }) => partNumber)]
      ),
      [
        ["A", "35", ["P", "B1", "M", "A"]],
        ["X", "3", ["P", "B2", "X"]]
      ]
    )
    assert.include(proof.root.text, "because of 2 parts it contains")
    assert.include(parts[0]?.text ?? "", "[P > 1 × B1 > 2 × M > 2.5 × A; 35 in all]")
    assert.isTrue(
      proofText(proof)
        .split("\n")
        .every((line) => line.length <= 80)
    )
  })

  it("of any node below the product is explained as well, and a rule narrows it", () => {
    const judged = judgeRows(rows, [act([rule({}), rule({ id: "other" })])], {}, {}, bom)
    assert.include(prove(judged, "b2")?.root.text ?? "", "B2 is non-compliant because of 2 parts")
    const narrow = prove(judged, "P", { rule: "act/other" }) as Proof
    assert.deepStrictEqual([...new Set(ofKind(narrow, "finding").map((node) => node.rule))], ["act/other"])
    assert.isUndefined(prove(judged, "nowhere"))
  })

  it("lists as many parts, findings, rows and steps as its limits, and counts the others", () => {
    const many = Array.from({ length: 40 }, (_, index) => `C${index}`)
    const deep = {
      product: "P",
      lines: {
        P: [["D0", "1"] as const],
        ...Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`D${index}`, [[`D${index + 1}`, "2"]]])),
        D50: many.map((key) => [key, "1"] as const)
      }
    }
    const judged = judgeRows(
      many.flatMap((part) =>
        Array.from({ length: 40 }, (_, line) => ({ part, unit: "ppm" as const, low: "2000", line }))
      ),
      [act(Array.from({ length: 60 }, (_, index) => rule({ id: `r${index}` })))],
      {},
      {},
      deep
    )
    const proof = prove(judged, "P") as Proof
    assert.deepStrictEqual(proof.root.children.filter(({ kind }) => kind === "part").length, proof.limits.parts)
    const [part] = ofKind(proof, "part").slice(1)
    assert.strictEqual(part?.path?.length, proof.limits.steps)
    assert.strictEqual(part?.stepsOmitted, 53 - proof.limits.steps)
    const omitted = ofKind(proof, "omitted").map(({ count }) => count)
    assert.includeMembers(omitted, [15, 10, 15])
    assert.isBelow(nodes(proof.root).length, 25 * 50 * 60)
  })
})

describe("the forms", () => {
  const hostile = '<img src=x onerror="alert(1)">\u001b[31m'
  const proof = proofOf(
    [{ unit: "ppm", low: "2000", text: hostile, document: `${hostile}.csv`, substance: "Lead", cas: "7439-92-1" }],
    [act([rule({ source: { ...source, url: "javascript:alert(1)" } })])]
  )

  it("escape what documents hold, in HTML and in a terminal", () => {
    const html = proofHtml(proof)
    assert.notInclude(html, "<img")
    assert.notInclude(html, 'href="javascript')
    assert.include(html, "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;")
    assert.notInclude(html, "<script")
    assert.notInclude(proofText(proof), "\u001b")
  })

  it("as JSON fit their schema", () => {
    const schema = JSON.parse(
      readFileSync(new URL("../../../../docs/reference/explanation.schema.json", import.meta.url), "utf8")
    )
    const validate = new Ajv2020().compile(schema)
    assert.isTrue(validate(JSON.parse(JSON.stringify(proofDocument(proof)))), JSON.stringify(validate.errors))
  })
})

interface Rational {
  readonly n: bigint
  readonly d: bigint
}
const rational = (text: string): Rational => {
  const [whole = "", digits = ""] = text.split(".")
  return { n: BigInt(whole + digits), d: 10n ** BigInt(digits.length) }
}
const times = (a: Rational, b: Rational): Rational => ({ n: a.n * b.n, d: a.d * b.d })
const over = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d, d: a.d * b.n })
const plus = (a: Rational, b: Rational): Rational => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
const same = (a: Rational, b: Rational): boolean => a.n * b.d === b.n * a.d
const zero: Rational = { n: 0n, d: 1n }

describe("the arithmetic", () => {
  it("gives, done again from what is shown, what was compared", () => {
    let seed = 7
    const pick = <A>(items: ReadonlyArray<A>): A => {
      seed = (seed * 1103515245 + 12345) % 2147483648
      return items[seed % items.length] as A
    }
    const members = [
      { cas: "1317-36-8", names: ["lead monoxide"], formula: "PbO" },
      { cas: "7758-97-6", names: ["lead chromate"], formula: "PbCrO4" },
      { cas: "7439-92-1", names: ["lead"] },
      { cas: "1-00-0", names: ["lead naphthenate"] }
    ] as const
    let checked = 0
    for (let round = 0; round < 1500; round++) {
      const level = pick(["homogeneous-material", "article", "product", "presence"] as const)
      const isElement = pick([true, false])
      const own = rule({
        level,
        aggregation: pick(["sum", "single"] as const),
        members,
        ...(isElement ? { basis: "element" as const, element: "Pb" } : {})
      })
      const { limitPpm: _limit, ...present } = own
      const rows = members.slice(0, pick([1, 2, 3, 4])).map((member, line): RowInput => {
        const low = pick(["0", "3", "0.35", "900"])
        return {
          part: pick(["A", "A", "B"]),
          line,
          substance: member.names[0],
          cas: member.cas,
          unit: pick(["mg", "ppm"] as const),
          low,
          ...pick([{}, { high: "1000" }, { high: null }]),
          ...pick([{}, { material: "Brass" }, { material: "Brass", materialMassMg: "250.5" }])
        }
      })
      const judged = judgeRows(
        rows,
        [act([level === "presence" ? { ...present, comparison: "present" } : own])],
        { ranges: pick(["indeterminate", "worst-case"] as const) },
        pick([{}, { material: null }]),
        pick([undefined, { product: "A", lines: { A: [["B", "3"]] } }])
      )
      const proof = prove(judged, "A", { limits: { parts: 5 } }) as Proof
      for (const { children, finding } of ofKind(proof, "finding")) checked += redo(children, finding)
    }
    assert.isAbove(checked, 700)
  })

  /** Each term from its amount and factors, their sum, and both sides of each comparison. */
  const redo = (children: ReadonlyArray<ProofNode>, finding: Finding): number => {
    const terms = children.filter((node) => node.kind === "term")
    const [sum] = children.filter((node) => node.kind === "sum")
    if (terms.length === 0) return 0
    for (const { amount, factors, low, high, children: remarks } of terms) {
      const scale = (text: string) =>
        factors.reduce(
          (product, { numerator, denominator }) =>
            times(times(product, rational(numerator)), over({ n: 1n, d: 1n }, rational(denominator))),
          rational(text)
        )
      const stated = (exact: typeof low) => over(rational(exact.numerator), rational(exact.denominator))
      const isRemarked = remarks.some(({ kind }) => kind === "note")
      assert.isTrue(
        same(stated(low), scale(amount.low)) ||
          (isRemarked && same(stated(low), zero)) ||
          (amount.high !== undefined && same(stated(low), scale(amount.high)))
      )
      if (high !== undefined) assert.isTrue(amount.high !== undefined && same(stated(high), scale(amount.high)))
    }
    const lows = terms.map(({ low }) => over(rational(low.numerator), rational(low.denominator))).reduce(plus, zero)
    const total = sum === undefined ? lows : over(rational(sum.low.numerator), rational(sum.low.denominator))
    assert.isTrue(same(lows, total), finding.rule)
    for (const { end, left, right, sign } of children.filter((node) => node.kind === "comparison")) {
      const limit = rational(finding.limitPpm as string)
      const value = times(over(rational(left), rational(right)), limit)
      if (end !== "upper") assert.isTrue(same(value, total))
      const difference = rational(left).n * rational(right).d - rational(right).n * rational(left).d
      assert.strictEqual(sign, difference > 0n ? ">" : difference < 0n ? "<" : "=")
    }
    return 1
  }
})
