/** Small portfolios from seeds, in the words of the domain: everything that a rule can look at occurs. */
import { type Amount, exactly, unstated, upTo } from "../../../src/domain/Amount.ts"
import * as Decimal from "../../../src/domain/Decimal.ts"
import type { Declaration } from "../../../src/domain/Declaration.ts"
import type { Override } from "../../../src/domain/Override.ts"
import type { Bom, BomLine, Part } from "../../../src/domain/Part.ts"
import type { Exemption, Member, Rule, RuleSet } from "../../../src/engine/Rule.ts"

/** A whole number below the bound. */
export type Random = (below: number) => number

/** A small, seeded generator (mulberry32). */
export const randomOf = (seed: number): Random => {
  let state = seed | 0
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below)
  }
}

export const pick = <A>(random: Random, items: ReadonlyArray<A>): A => items[random(items.length)] as A

export const decimal = (text: string): Decimal.Decimal => Decimal.parse(text) as Decimal.Decimal

export const shuffled = <A>(random: Random, items: ReadonlyArray<A>): ReadonlyArray<A> => {
  const copy = [...items]
  for (let at = copy.length - 1; at > 0; at--) {
    const other = random(at + 1)
    const item = copy[at] as A
    copy[at] = copy[other] as A
    copy[other] = item
  }
  return copy
}

const source = { text: "made up", standing: "primary", taken: "2026-01-01" } as const

const lead: Member = { cas: "7439-92-1", names: ["lead"] }
const leadOxide: Member = { cas: "1317-36-8", formula: "PbO" }
const leadGroup: Member = { names: ["lead compounds"] }
const cadmium: Member = { cas: "7440-43-9", names: ["cadmium"] }
const dehp: Member = { cas: "117-81-7", ec: "204-211-0", names: ["dehp"] }
const dbp: Member = { cas: "84-74-2" }

const substances = [
  { substance: "Lead", cas: "7439-92-1", ec: undefined },
  { substance: "Lead", cas: undefined, ec: undefined },
  { substance: "Lead monoxide", cas: "1317-36-8", ec: undefined },
  { substance: "Lead compounds", cas: undefined, ec: undefined },
  { substance: "Cadmium", cas: "7440-43-9", ec: undefined },
  { substance: "DEHP", cas: "117-81-7", ec: undefined },
  { substance: "a plasticiser", cas: undefined, ec: "204-211-0" },
  { substance: "DBP", cas: "84-74-2", ec: undefined },
  { substance: "Copper", cas: "7440-50-8", ec: undefined }
]

/** Limits and amounts that often meet exactly. */
const limits = ["1000", "100", "0", "999.9999999999999", "6000", "0.025"]
const masses = ["4.1", "0.0123", "1", "12.5", "1000000007.000000000000000000013", "0"]
const milligrams = ["4.1", "4.100000000000001", "0.41", "1", "0.0123", "0.00123", "12.5", "12500", "0", "0.0000123"]
const ppms = ["1000", "1000.0000000000000000001", "999.9999999999999", "100", "0", "250", "996000", "6000", "400000"]

const levels: ReadonlyArray<Rule["level"]> = [
  "homogeneous-material",
  "article",
  "article",
  "homogeneous-material",
  "packaging-component",
  "presence"
]

const rules: ReadonlyArray<readonly [string, Rule["basis"], string | undefined, Rule["members"]]> = [
  ["lead", "element", "Pb", [lead, leadOxide, leadGroup]],
  ["lead as such", "compound", undefined, [lead]],
  ["cadmium", "element", "Cd", [cadmium]],
  ["dehp", "compound", undefined, [dehp]],
  ["phthalates", "compound", undefined, [dehp, dbp]],
  ["heavy", "element", "Pb+Cd", [lead, leadOxide, cadmium]],
  ["grouped", "compound", undefined, [dbp, leadGroup]]
]

const ruleOf = (random: Random, id: string, deep: boolean, isDuty: boolean): Rule => {
  const [name, basis, element, members] = pick(random, rules)
  const comparison = pick(random, ["above", "above", "at-or-above", "present", "intentional"] as const)
  return {
    id,
    name,
    level: deep ? pick(random, ["product", "battery"] as const) : pick(random, levels),
    comparison,
    ...(comparison === "above" || comparison === "at-or-above" ? { limitPpm: pick(random, limits) } : {}),
    basis,
    ...(element === undefined ? {} : { element }),
    aggregation: pick(random, ["single", "sum"] as const),
    members,
    ...(random(6) === 0 ? { scope: { categories: [pick(random, ["packaging", "battery"])] } } : {}),
    ...(random(6) === 0 ? { scope: { exceptCategories: ["battery"], materials: ["sold"] } } : {}),
    ...(random(5) === 0 ? { effectiveFrom: "2026-06-01" } : {}),
    ...(random(8) === 0 ? { effectiveTo: "2026-08-01" } : {}),
    ...(random(4) === 0 ? { listedOn: "2025-01-01" } : {}),
    outcome: isDuty ? "declare" : "non-compliant",
    source
  }
}

const exemptionOf = (random: Random, id: string): Exemption => ({
  id,
  members: [lead, leadOxide, leadGroup],
  scope: "made up",
  ...(random(2) === 0 ? { maxPpm: "40000" } : {}),
  ...(random(3) === 0 ? { lastDay: "2026-07-01" } : {}),
  ...(random(4) === 0 ? { validFrom: "2026-06-15" } : {}),
  ...(random(4) === 0 ? { renewalPending: true } : {}),
  source
})

export const ruleSetOf = (random: Random, id: string): RuleSet => {
  const duties = random(3)
  const deep = random(4) === 0
  return {
    id,
    version: "1",
    title: id,
    documentLimits: random(2) === 0,
    undeclared: pick(random, ["unknown", "not-applicable", "not-applicable"] as const),
    rules: Array.from({ length: 1 + random(4) }, (_, index) =>
      ruleOf(random, `rule-${index}`, deep && index === 0, duties === 0 || (duties === 1 && random(2) === 0))
    ),
    exemptions: [exemptionOf(random, "6(c)"), exemptionOf(random, "7(a)")]
  }
}

const amountOf = (random: Random): Amount => {
  const unit = random(2) === 0 ? "mg" : "ppm"
  const value = () => decimal(pick(random, unit === "mg" ? milligrams : ppms))
  const kind = random(12)
  if (kind === 0) return unstated
  if (kind < 3) return upTo(unit, value(), random(2) === 0)
  if (kind > 4) return exactly(unit, value())
  const [a, b] = [value(), value()]
  const [low, high] = Decimal.compare(a, b) <= 0 ? [a, b] : [b, a]
  return { unit, low, high, lowOpen: random(2) === 0, highOpen: random(2) === 0 }
}

/** @param plain leaves out what only the exact judge knows */
export const declarationOf = (random: Random, part: string, line: number, plain = false): Declaration => {
  const isClaim = !plain && random(14) === 0
  const material = !plain && random(8) === 0 ? pick(random, ["Solder", "PVC"]) : undefined
  const validTo = !plain && random(20) === 0 ? "2026-07-15" : undefined
  return {
    part,
    ...pick(random, substances),
    material,
    materialMassMg:
      material !== undefined && random(2) === 0 ? decimal(pick(random, ["4100", "1", "12500"])) : undefined,
    partMassMg: random(10) === 0 ? decimal(pick(random, ["4100", "12.3"])) : undefined,
    amount: isClaim ? unstated : amountOf(random),
    basis: pick(random, [undefined, undefined, "element", "compound"]),
    limitPpm: random(4) === 0 ? decimal(pick(random, limits)) : undefined,
    exemption: random(6) === 0 ? pick(random, ["6(c)", "7(a)", "99"]) : undefined,
    claim: isClaim
      ? {
          list: pick(random, ["set-0", "set-1"]),
          version: random(2) === 0 ? "2025-06-01" : undefined,
          says: pick(random, ["compliant", "exempt", "non-compliant"] as const)
        }
      : undefined,
    intentional: pick(random, [undefined, undefined, true, false]),
    source: {
      document: "random.csv",
      sha256: "00",
      line,
      ...(random(10) === 0 ? { issued: "2024-07-01" } : {}),
      ...(validTo === undefined ? {} : { validTo })
    },
    text: ""
  }
}

export interface World {
  readonly boms: ReadonlyArray<Bom>
  readonly declarations: ReadonlyMap<string, ReadonlyArray<Declaration>>
  readonly ruleSets: ReadonlyArray<RuleSet>
  readonly overrides: ReadonlyArray<Override>
}

export const worldOf = (random: Random): World => {
  const keys = Array.from({ length: 2 + random(9) }, (_, index) => `P-${index}`)
  const parts = new Map<string, Part>()
  const lines = new Map<string, ReadonlyArray<BomLine>>()
  const declarations = new Map<string, ReadonlyArray<Declaration>>()
  for (const [index, key] of keys.entries()) {
    parts.set(key, {
      key,
      partNumber: key,
      name: undefined,
      material: random(2) === 0 ? "Brass" : undefined,
      massGrams: random(3) === 0 ? undefined : decimal(pick(random, masses)),
      ...(random(3) === 0 ? { categories: [pick(random, ["packaging", "battery"])] } : {})
    })
    const below = index === 0 || random(2) === 0 ? 0 : 1 + random(4)
    if (below > 0)
      lines.set(
        key,
        Array.from({ length: below }, () => ({
          parent: key,
          child: keys[random(index)] as string,
          quantity: decimal(pick(random, ["1", "2", "0.5", "1000", "0", "3.000000000000000000001"]))
        }))
      )
    if (random(4) !== 0)
      declarations.set(
        key,
        Array.from({ length: 1 + random(5) }, (_, line) => declarationOf(random, key, line, random(2) === 0))
      )
  }
  const products = [keys.at(-1) as string, pick(random, keys)]
  return {
    boms: [...new Set(products)].map((product) => below(product, parts, lines)),
    declarations,
    ruleSets: [ruleSetOf(random, "set-0"), ruleSetOf(random, "set-1")],
    overrides:
      random(5) === 0
        ? [
            {
              id: "1",
              part: pick(random, keys),
              rule: pick(random, ["set-0/", "set-1/rule-0"]),
              status: pick(random, ["compliant", "non-compliant", "below-threshold"] as const),
              reason: "made up",
              by: "somebody",
              on: "2026-06-10",
              ...(random(2) === 0 ? { until: "2026-07-20" } : {})
            }
          ]
        : []
  }
}

const below = (
  product: string,
  parts: ReadonlyMap<string, Part>,
  lines: ReadonlyMap<string, ReadonlyArray<BomLine>>
): Bom => {
  const reached = new Set([product])
  for (const key of reached) for (const { child } of lines.get(key) ?? []) reached.add(child)
  return {
    product,
    parts: new Map([...reached].map((key) => [key, parts.get(key) as Part])),
    lines: new Map([...lines].filter(([parent]) => reached.has(parent)))
  }
}
