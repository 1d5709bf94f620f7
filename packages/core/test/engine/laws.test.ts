/** What holds of every judgement, on random products and declarations. */
import { execFileSync } from "node:child_process"
import { fileURLToPath } from "node:url"
import {
  type Bom,
  type BomLine,
  Decimal,
  type Declaration,
  dutyStatuses,
  type Finding,
  rank,
  statuses
} from "@certivo/core/domain"
import { type BomOptions, type JudgedProduct, judgeBom, type RuleSet, worstBy } from "@certivo/core/engine"
import { documentLimits } from "@certivo/core/regulations"
import { assert, describe, it } from "@effect/vitest"
import { amountOf, type Case, caseOf, duties, narrowed, restrictions, rowOf } from "./arbitrary.ts"
import { type Random, randomOf, seed, times } from "./random.ts"
import { decimal } from "./support.ts"

const judge = (
  { bom, declarations }: Case,
  options: Partial<BomOptions> = {},
  ruleSets: ReadonlyArray<RuleSet> = [restrictions, duties]
): JudgedProduct => {
  const byPart = Map.groupBy(declarations, ({ part }) => part)
  return judgeBom(bom, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, { asOf: "2026-11-23", ...options })
}

const nodesOf = ({ root, product }: JudgedProduct) => [root, ...product.parts]

/** Every finding by its part and rule. */
const findingsOf = (judged: JudgedProduct): ReadonlyMap<string, Finding> =>
  new Map(
    nodesOf(judged).flatMap(({ key, findings }) => findings.map((finding) => [`${key} ${finding.rule}`, finding]))
  )

const isBroken = ({ status }: Finding): boolean => status === "non-compliant" || status === "above-threshold"
const isKept = ({ status }: Finding): boolean =>
  ["compliant", "exempt", "below-threshold", "not-contained", "not-applicable"].includes(status)

const law = (name: string, cases: number, check: (random: Random) => void): void => {
  it(`${name} (${times(cases)} cases, seed ${seed})`, { timeout: 600_000 }, () => {
    for (let index = 0; index < times(cases); index++) {
      try {
        check(randomOf(seed + index))
      } catch (error) {
        assert.fail(`CERTIVO_SEED=${seed + index}: ${error instanceof Error ? error.message : error}`)
      }
    }
  })
}

const withLines = (bom: Bom, change: (lines: ReadonlyArray<BomLine>) => ReadonlyArray<BomLine>): Bom => ({
  ...bom,
  lines: new Map([...bom.lines].map(([parent, lines]) => [parent, change(lines)]))
})

describe("a judgement", () => {
  law("does not depend on the order of rows, documents, BOM lines or members of rules", 300, (random) => {
    const one = caseOf(random)
    const other: Case = {
      bom: withLines(one.bom, (lines) => random.shuffled(lines)),
      declarations: random.shuffled(one.declarations)
    }
    const members = (ruleSet: RuleSet): RuleSet => ({
      ...ruleSet,
      rules: ruleSet.rules.map((rule) => ({ ...rule, members: random.shuffled(rule.members) as typeof rule.members }))
    })
    const text = (judged: JudgedProduct) =>
      nodesOf(judged)
        .map((node) => JSON.stringify(node))
        .sort()
    assert.deepStrictEqual(text(judge(one)), text(judge(other, {}, [members(restrictions), members(duties)])))
  })

  law("of materials and articles does not depend on quantities", 300, (random) => {
    const made = caseOf(random)
    const weighed = [...made.bom.parts].map(([key, part]) => [key, { ...part, massGrams: decimal("2.5") }] as const)
    const one: Case = { ...made, bom: { ...made.bom, parts: new Map(weighed) } }
    const quantity = decimal(random.pick(["1", "0.001", "1000", "3"]))
    const other = { ...one, bom: withLines(one.bom, (lines) => lines.map((line) => ({ ...line, quantity }))) }
    const [before, after] = [findingsOf(judge(one)), findingsOf(judge(other))]
    for (const [key, finding] of before)
      if (finding.level !== "product") assert.deepStrictEqual(after.get(key), finding)
  })

  law("keeps a failure that is proven, whatever row is added", 500, (random) => {
    const one = caseOf(random)
    const part = random.pick([...one.bom.parts.keys()])
    const more = { ...one, declarations: [...one.declarations, rowOf(random, part, 1000)] }
    const after = findingsOf(judge(more))
    for (const [key, finding] of findingsOf(judge(one)))
      if (isBroken(finding)) assert.strictEqual(after.get(key)?.status, finding.status, key)
  })

  law("fails when a row is added that is above every limit", 200, (random) => {
    const one = caseOf(random)
    const high = decimal("900000")
    const row: Declaration = {
      ...rowOf(random, random.pick(nodesOf(judge(one)).map(({ key }) => key)), 1000),
      substance: "Lead",
      cas: "7439-92-1",
      basis: undefined,
      amount: { unit: "ppm", low: high, lowOpen: false, high, highOpen: false }
    }
    const after = findingsOf(judge({ ...one, declarations: [...one.declarations, row] }))
    assert.strictEqual(after.get(`${row.part} restrictions/lead`)?.status, "non-compliant")
  })

  law("moves only out of unknown when a statement becomes closer", 500, (random) => {
    const one = caseOf(random)
    const closer = random.below(one.declarations.length)
    const other = {
      ...one,
      declarations: one.declarations.map((row, index) =>
        index === closer ? { ...row, amount: narrowed(random, row.amount) } : row
      )
    }
    const after = findingsOf(judge(other))
    for (const [key, finding] of findingsOf(judge(one))) {
      const next = after.get(key) ?? assert.fail(key)
      if (isBroken(finding)) assert.isTrue(isBroken(next), key)
      // what now contradicts another statement, or what a whole can hold, leaves the upper end open
      const isContradicted =
        next.reason?.code === "disclosure.excess" || next.notes?.some(({ code }) => code === "evidence.conflicting")
      if (isKept(finding) && !isContradicted)
        assert.isTrue(isKept(next), `${key}: ${finding.status} became ${next.status}`)
    }
  })

  law("becomes better by the loss of a row only when the row is among its evidence", 500, (random) => {
    const one = caseOf(random)
    const rows = one.declarations.filter(({ substance }) => substance !== "Filler")
    if (rows.length === 0) return
    const lost = random.pick(rows)
    const after = findingsOf(judge({ ...one, declarations: one.declarations.filter((row) => row !== lost) }))
    for (const [key, finding] of findingsOf(judge(one))) {
      const next = after.get(key)
      if (next === undefined || finding.level === "product" || rank(next.status) >= rank(finding.status)) continue
      // a row less may make a document a full disclosure that contradicted itself before; one row of it is evidence
      const codes = [finding.reason?.code, next.reason?.code]
      if (codes.some((code) => code === "members.missing" || code?.startsWith("disclosure."))) continue
      // without the mass of a material the materials that are named are taken to be all there are
      if (lost.materialMassMg !== undefined && finding.reason?.code === "substance.undeclared") continue
      assert.isTrue(
        finding.evidence.some(({ line }) => line === lost.source.line),
        `${key}: ${finding.status} became ${next.status} without line ${lost.source.line}`
      )
    }
  })

  law("of a node is the worst of its own findings and of its children, by either order", 300, (random) => {
    const one = caseOf(random)
    for (const rollup of ["fail-dominates", "unknown-dominates"] as const) {
      const judged = judge(one, { rollup })
      const nodes = new Map(nodesOf(judged).map((node) => [node.key, node]))
      const height = (status: Finding["status"]) =>
        status === "unknown" && rollup === "unknown-dominates" ? 5 : rank(status)
      for (const node of nodes.values()) {
        const children = (one.bom.lines.get(node.key) ?? []).map(({ child }) => nodes.get(child) ?? assert.fail(child))
        const worst = Math.max(height(node.ownStatus), ...children.map(({ status }) => height(status)))
        assert.strictEqual(height(node.status), worst, node.key)
        for (const child of children) assert.isAtLeast(height(node.duty), height(child.duty), node.key)
      }
    }
  })

  law("stands by each rule set as by that set alone, and the worst of all of them is the whole", 300, (random) => {
    const one = caseOf(random)
    const ruleSets = [documentLimits, restrictions, duties]
    for (const rollup of ["fail-dominates", "unknown-dominates"] as const) {
      const nodes = nodesOf(judge(one, { rollup }, ruleSets))
      const alone = ruleSets.map((ruleSet) => nodesOf(judge(one, { rollup }, [ruleSet])))
      for (const [at, { key, status, duty, byRegulation }] of nodes.entries()) {
        const by = alone.map((found) => found[at] ?? assert.fail(key))
        assert.deepStrictEqual<ReadonlyArray<object>>(byRegulation, [
          { regulation: "document-limits", status: by[0]?.status },
          { regulation: "restrictions", status: by[1]?.status },
          { regulation: "duties", duty: by[2]?.duty }
        ])
        const worst = worstBy(rollup)
        assert.strictEqual(worst(byRegulation.flatMap(({ status }) => status ?? [])), status, key)
        assert.strictEqual(worst(byRegulation.flatMap(({ duty }) => duty ?? [])), duty, key)
      }
    }
  })

  law("never gives a duty the status of a restriction, or the other way round", 300, (random) => {
    for (const node of nodesOf(judge(caseOf(random)))) {
      assert.include(statuses as ReadonlyArray<string>, node.status)
      assert.include(dutyStatuses as ReadonlyArray<string>, node.duty)
      for (const { outcome, status } of node.findings)
        assert.include((outcome === undefined ? statuses : dutyStatuses) as ReadonlyArray<string>, status)
    }
  })

  law("shows a concentration that the limit is on the right side of", 300, (random) => {
    for (const finding of findingsOf(judge(caseOf(random))).values()) {
      const { limitPpm, ppm, range, comparison, status } = finding
      if (limitPpm === undefined || (ppm === undefined && range === undefined)) continue
      const [low, high] = [Number(ppm ?? range?.low), Number(ppm ?? range?.high ?? Number.POSITIVE_INFINITY)]
      if (isBroken(finding)) assert.isAtLeast(low, Number(limitPpm) * 0.99999)
      if (status === "compliant" || status === "below-threshold") assert.isAtMost(high, Number(limitPpm) * 1.00001)
      if (ppm === limitPpm && status === "compliant") assert.strictEqual(comparison, "above")
    }
  })

  it("is the same in another process, time zone and language", () => {
    const script = fileURLToPath(new URL("elsewhere.ts", import.meta.url))
    const run = (TZ: string, LANG: string) =>
      execFileSync(process.execPath, [script, String(seed)], { encoding: "utf8", env: { ...process.env, TZ, LANG } })
    const here = run("UTC", "C")
    assert.match(here, /^sha256:[0-9a-f]{64}\n$/)
    assert.strictEqual(run("Pacific/Kiritimati", "tr_TR.UTF-8"), here)
    assert.strictEqual(run("Pacific/Marquesas", "ja_JP.UTF-8"), here)
  }, 120_000)
})

describe("a statement that is drawn closer", () => {
  law("lies inside of what it was", 1000, (random) => {
    const amount = amountOf(random)
    const closer = narrowed(random, amount)
    assert.isAtLeast(Decimal.compare(closer.low, amount.low), 0)
    if (amount.high !== undefined) assert.isAtMost(Decimal.compare(closer.high ?? amount.high, amount.high), 0)
  })
})
