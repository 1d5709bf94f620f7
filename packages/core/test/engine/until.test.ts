/** Until when a judgement stands, if nothing but the day changes. */
import { type Declaration, dayAfter } from "@certivo/core/domain"
import { type JudgedProduct, judgeBom, judgedUntil, type RuleSet } from "@certivo/core/engine"
import { assert, describe, it } from "@effect/vitest"
import { caseOf, duties, restrictions } from "./arbitrary.ts"
import { type Random, randomOf, seed, times } from "./random.ts"
import { setOf } from "./rules.ts"
import { bomOf, declared, judged, table } from "./support.ts"

const FIRST = "2026-11-20"
const days = Array.from({ length: 11 }, (_, index) => `2026-11-${20 + index}`)

const maybeDay = (random: Random) => (random.chance(0.3) ? random.pick(days) : undefined)

/** Rules that come into force and end, and exemptions that do. */
const datedSet = (random: Random, set: RuleSet): RuleSet => ({
  ...set,
  rules: set.rules.map((rule) => {
    const [effectiveFrom, effectiveTo] = [maybeDay(random), maybeDay(random)]
    return { ...rule, ...(effectiveFrom && { effectiveFrom }), ...(effectiveTo && { effectiveTo }) }
  }),
  exemptions: set.exemptions.map(({ lastDay: _, ...exemption }) => {
    const [validFrom, lastDay] = [maybeDay(random), maybeDay(random)]
    return { ...exemption, ...(validFrom && { validFrom }), ...(lastDay && { lastDay }) }
  })
})

/** Evidence that ends, by its own word or because a statement becomes too old, and claims of exemptions. */
const datedRow = (random: Random, row: Declaration): Declaration => {
  const [validTo, issued] = [maybeDay(random), maybeDay(random)?.replace("2026", "2025")]
  const list = random.pick(["restrictions", "duties"])
  return {
    ...row,
    exemption: random.chance(0.5) ? random.pick(["6(a)", "6(c)", "7(c)-I", "6(a), 6(c)"]) : undefined,
    claim: random.chance(0.1)
      ? { list, version: undefined, says: random.pick(["compliant", "non-compliant"]) }
      : undefined,
    source: { ...row.source, ...(validTo && { validTo }), ...(issued && { issued }) }
  }
}

const withoutDay = ({ product, root }: JudgedProduct) => ({ product, root })

describe("the last day on which a judgement stands", () => {
  it(`has the same verdict on every day before it (${times(300)} cases, seed ${seed})`, { timeout: 600_000 }, () => {
    let changed = 0
    for (let index = 0; index < times(300); index++) {
      const random = randomOf(seed + index)
      const { bom, declarations } = caseOf(random)
      const byPart = Map.groupBy(
        declarations.map((row) => datedRow(random, row)),
        ({ part }) => part
      )
      const ruleSets = [datedSet(random, restrictions), datedSet(random, duties)]
      const on = (asOf: string) => judgeBom(bom, { declarations: (part) => byPart.get(part) ?? [] }, ruleSets, { asOf })
      let stands = on(FIRST)
      for (const day of days.slice(1)) {
        const now = on(day)
        const until = judgedUntil(stands)
        if (until === undefined || day <= until)
          assert.deepStrictEqual(withoutDay(now), withoutDay(stands), `CERTIVO_SEED=${seed + index}, ${day}`)
        else {
          if (now.product.status !== stands.product.status || now.product.duty !== stands.product.duty) changed++
          stands = now
        }
      }
    }
    assert.isAbove(changed, 0)
  })

  it("is that of the claimed exemption that ends first, and not that of another", () => {
    const brass = { part_number: "P", substance: "Lead", amount: "0.3 %", material: "Metal" }
    const until = (asOf: string, exemption?: string) =>
      judgedUntil(
        judged(bomOf({ P: {} }), declared(table([{ ...brass, ...(exemption && { exemption }) }])), [setOf(["lead"])], {
          asOf
        })
      )
    assert.strictEqual(until("2026-11-23", "6(a)"), "2026-12-11")
    assert.strictEqual(until("2026-12-11", "6(a), 6(c)"), "2026-12-11")
    assert.strictEqual(until("2026-12-12", "6(a), 6(c)"), "2027-06-30")
    assert.isUndefined(until("2027-07-01", "6(a), 6(c)"))
    assert.isUndefined(until("2026-11-23"))
  })

  it("is the day before a rule comes into force, and the last one of evidence", () => {
    const soon = setOf(["lead"])
    const set = { ...soon, rules: soon.rules.map((rule) => ({ ...rule, effectiveFrom: "2027-03-01" })) }
    const rows = declared(table([{ part_number: "P", substance: "Lead", amount: "1 ppm", material: "Metal" }]))
    const bom = bomOf({ P: {} })
    assert.strictEqual(judgedUntil(judged(bom, rows, [set], { asOf: "2026-11-23" })), "2027-02-28")
    assert.isUndefined(judgedUntil(judged(bom, rows, [set], { asOf: dayAfter("2027-02-28") })))
    const ending = rows.map((row) => ({ ...row, source: { ...row.source, validTo: "2026-12-24" } }))
    assert.strictEqual(judgedUntil(judged(bom, ending, [set], { asOf: "2026-11-23" })), "2026-12-24")
  })
})
