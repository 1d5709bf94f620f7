/** The engine against a reference of its own: fractions of two BigInts, compared across, nothing shared with `src`. */
import { assert, describe, it } from "@effect/vitest"

import { exactly } from "../../src/domain/Amount.ts"
import * as Decimal from "../../src/domain/Decimal.ts"
import type { Declaration } from "../../src/domain/Declaration.ts"
import { unitOf } from "../../src/domain/Unit.ts"
import { standing } from "../../src/engine/Concentration.ts"
import type { Facts } from "../../src/engine/Facts.ts"
import { judge } from "../../src/engine/Judge.ts"
import { inMaterial } from "../../src/engine/Measure.ts"
import type { RuleSet } from "../../src/engine/Rule.ts"
import { readAmount } from "../../src/ingest/values/Amounts.ts"
import { type Random, randomOf, seed, times } from "./random.ts"
import { ruleSetOf, source } from "./support.ts"

type Fraction = readonly [numerator: bigint, denominator: bigint]

const read = (text: string): Fraction => {
  const [whole = "0", decimals = ""] = text.split(".")
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)]
}

/** Grams in one of each unit of mass, and the share in one of each unit of concentration. */
const grams: Readonly<Record<string, string>> = {
  ng: "0.000000001",
  µg: "0.000001",
  mg: "0.001",
  g: "1",
  kg: "1000",
  oz: "28.349523125",
  lb: "453.59237",
  grain: "0.06479891"
}
const shares: Readonly<Record<string, string>> = {
  ppb: "0.000000001",
  ppm: "0.000001",
  "mg/kg": "0.000001",
  "‰": "0.001",
  "%": "0.01"
}

const product = ([a, b]: Fraction, [c, d]: Fraction): Fraction => [a * c, b * d]
/** Negative, zero or positive as a fraction is below, at or above another. */
const against = ([a, b]: Fraction, [c, d]: Fraction): number => {
  const difference = a * d - c * b
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

const digits = (random: Random, most: number): string => {
  let text = ""
  for (let count = 1 + random.below(most); count > 0; count--) text += String(random.below(10))
  return text
}

/** A decimal above zero. */
const number = (random: Random): string => {
  const whole = random.chance(0.5) ? "0" : digits(random, 4).replace(/^0+(?=\d)/, "")
  return `${whole}.${digits(random, 8)}1`
}

const textOf = (units: bigint, places: number): string => {
  const padded = units.toString().padStart(places + 1, "0")
  return places === 0 ? padded : `${padded.slice(0, -places)}.${padded.slice(-places)}`
}

const context = { style: { point: ".", sure: true }, unit: undefined } as const

const sets = new Map<string, RuleSet>()
/** Few limits, so that rule sets are made once and used as packs are. */
const ruleSetFor = (limit: string, comparison: string): RuleSet => {
  const key = `${limit} ${comparison}`
  const known =
    sets.get(key) ??
    ruleSetOf({
      id: "exact",
      rules: [
        {
          id: "lead",
          name: "Lead",
          level: "homogeneous-material",
          comparison,
          limitPpm: limit,
          basis: "compound",
          aggregation: "single",
          members: [{ cas: "7439-92-1" }],
          outcome: "non-compliant",
          source
        }
      ]
    })
  sets.set(key, known)
  return known
}

const factsOf = (material: string, mass: Decimal.Decimal, amount: object): Facts =>
  ({
    part: { key: "P", partNumber: "P", name: undefined, material: undefined, massGrams: undefined },
    massGrams: undefined,
    assembly: false,
    homogeneous: false,
    omitted: 0,
    children: [],
    hash: "",
    declarations: [
      {
        part: "P",
        material,
        materialMassMg: mass,
        partMassMg: undefined,
        substance: "Lead",
        cas: "7439-92-1",
        ec: undefined,
        basis: undefined,
        limitPpm: undefined,
        exemption: undefined,
        claim: undefined,
        source: { document: "a.csv", sha256: "a", line: 1 },
        text: "",
        ...amount
      }
    ]
  }) as unknown as Facts

/** From the supplier's text through the whole judgement. */
const judged = (limit: string, comparison: string, massGrams: string, amountText: string): string => {
  const amount = readAmount(amountText, context)
  const mass = readAmount(`${massGrams} g`, context)
  if ("code" in amount || "code" in mass || mass.amount.high === undefined) return assert.fail(amountText)
  const facts = factsOf("Solder", mass.amount.high, { amount: amount.amount })
  return judge(facts, ruleSetFor(limit, comparison), { asOf: "2026-11-23" })[0]?.status ?? "none"
}

const parse = (text: string): Decimal.Decimal => Decimal.parse(text) ?? assert.fail(text)

/** The calculation alone: a number and its unit, the material's mass, the limit. */
const calculated = (limit: string, comparison: string, massGrams: string, amountText: string): string => {
  const [size = "", name = ""] = amountText.split(" ")
  const unit = unitOf(name) ?? assert.fail(name)
  const amount = exactly(unit.canonical, Decimal.multiply(parse(size), unit.factor))
  const facts = factsOf("Solder", Decimal.shift(parse(massGrams), 3), { amount })
  const concentration = inMaterial(facts, facts.declarations[0] as Declaration, "indeterminate")
  if ("code" in concentration) return concentration.code
  const stands = standing(concentration, parse(limit), comparison === "at-or-above")
  return stands === "breaking" ? "non-compliant" : stands === "within" ? "compliant" : stands
}

const expected = (limit: string, comparison: string, share: Fraction): string => {
  const by = against(share, product(read(limit), read("0.000001")))
  return by > 0 || (by === 0 && comparison === "at-or-above") ? "non-compliant" : "compliant"
}

const comparisons = ["above", "at-or-above"]
const limits = Array.from({ length: 64 }, (_, index) => number(randomOf(index))).concat([
  "1000",
  "100",
  "900",
  "1500",
  "0.025",
  "5",
  "0.000001"
])

type Judge = typeof judged

const anywhere = (cases: number, judge: Judge): void => {
  const random = randomOf(seed)
  for (let index = 0; index < cases; index++) {
    const [limit, comparison, mass] = [random.pick(limits), random.pick(comparisons), number(random)]
    const isShare = random.chance(0.5)
    const [unit, factor] = random.pick(Object.entries(isShare ? shares : grams))
    const size = isShare ? `0.${digits(random, 6)}1` : number(random)
    const value = product(read(size), read(factor))
    const [n, d] = read(mass)
    const share = isShare ? value : product(value, [d, n])
    if (judge(limit, comparison, mass, `${size} ${unit}`) !== expected(limit, comparison, share))
      assert.fail(`case ${index}: ${size} ${unit} in ${mass} g, limit ${limit} ppm ${comparison}`)
  }
}

/** The mass at the limit has as many decimals as limit and mass have together; one unit of the last is the offset. */
const atTheLimit = (cases: number, judge: Judge): void => {
  const random = randomOf(seed + 1)
  for (let index = 0; index < cases; index++) {
    const [limit, comparison, mass] = [random.pick(limits), random.pick(comparisons), number(random)]
    const [ln, ld] = read(limit)
    const [mn, md] = read(mass)
    const offset = BigInt(random.below(3) - 1)
    const text = textOf(ln * mn + offset, String(ld * md).length - 1 + 3)
    const fails = offset === 0n ? comparison === "at-or-above" : offset > 0n
    if (judge(limit, comparison, mass, `${text} mg`) !== (fails ? "non-compliant" : "compliant"))
      assert.fail(`case ${index}: ${text} mg in ${mass} g, limit ${limit} ppm ${comparison}`)
  }
}

describe(`exactness (seed ${seed})`, () => {
  const [many, few] = [times(500_000), times(10_000)]
  const timeout = 600_000
  it(`${many} amounts in all units, calculated`, { timeout }, () => anywhere(many, calculated))
  it(`${many} amounts at the limit, one unit below and above it, calculated`, { timeout }, () =>
    atTheLimit(many, calculated)
  )
  it(`${few} amounts in all units, read and judged`, { timeout }, () => anywhere(few, judged))
  it(`${few} amounts at the limit, one unit below and above it, read and judged`, { timeout }, () =>
    atTheLimit(few, judged)
  )
})
