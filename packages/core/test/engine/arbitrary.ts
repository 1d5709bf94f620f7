/** Random products with what suppliers state of their parts. */
import { type Amount, type Bom, Decimal, type Declaration, type Part } from "@certivo/core/domain"
import type { RuleSet } from "@certivo/core/engine"
import type { Random } from "./random.ts"
import { setOf } from "./rules.ts"
import { decimal } from "./support.ts"

export const restrictions: RuleSet = setOf(
  ["lead", "cadmium", "chromium-vi", "pbde", "dehp", "xvii-51", "iec-halogens", "packaging"],
  { id: "restrictions" }
)
export const duties: RuleSet = setOf(["svhc-dehp", "svhc-lead-oxide", "svhc-lead-chromate", "product-dehp"], {
  id: "duties"
})

export interface Case {
  readonly bom: Bom
  readonly declarations: ReadonlyArray<Declaration>
}

const substances: ReadonlyArray<readonly [name: string, cas: string | undefined]> = [
  ["Lead", "7439-92-1"],
  ["Lead oxide", "1317-36-8"],
  ["Lead chromate", "7758-97-6"],
  ["Lead and lead compounds", undefined],
  ["Cadmium", "7440-43-9"],
  ["Chromium", undefined],
  ["decaBDE", "1163-19-5"],
  ["octaBDE", "32536-52-0"],
  ["PBDE", undefined],
  ["DEHP", "117-81-7"],
  ["DEHP", undefined],
  ["BBP", "85-68-7"],
  ["Phthalates (sum)", undefined],
  ["Bromine", "7726-95-6"],
  ["Chlorine", "7782-50-5"],
  ["TBBPA", "79-94-7"],
  ["Zinc", "7440-66-6"]
]

/** Sizes on both sides of the limits, and often on them. */
const sizes = [
  "0",
  "1",
  "40",
  "60",
  "99",
  "100",
  "101",
  "499",
  "500",
  "900",
  "999.9",
  "1000",
  "1000.1",
  "1500",
  "5000"
].map(decimal)

export const amountOf = (random: Random): Amount => {
  const unit = random.chance(0.7) ? "ppm" : "mg"
  const [a, b] = [random.pick(sizes), random.pick(sizes)]
  const [low, high] = Decimal.compare(a, b) <= 0 ? [a, b] : [b, a]
  const isExact = Decimal.compare(low, high) === 0
  switch (random.below(6)) {
    case 0:
      return { unit, low, lowOpen: false, high, highOpen: false }
    case 1:
      return { unit, low: Decimal.zero, lowOpen: false, high, highOpen: !Decimal.isZero(high) && random.chance(0.5) }
    case 2:
      return { unit, low, lowOpen: random.chance(0.5), high: undefined, highOpen: false }
    case 3:
      return { unit, low, lowOpen: !isExact && random.chance(0.3), high, highOpen: !isExact && random.chance(0.3) }
    default:
      return { unit, low: a, lowOpen: false, high: a, highOpen: false }
  }
}

/** A statement inside of another one. One without an upper end gets none: of several that are stated the highest counts. */
export const narrowed = (random: Random, amount: Amount): Amount => {
  const { low, high, lowOpen, highOpen } = amount
  const isIn = (size: Decimal.Decimal): boolean => {
    const bottom = Decimal.compare(size, low)
    const top = high === undefined ? -1 : Decimal.compare(size, high)
    return (bottom > 0 || (bottom === 0 && !lowOpen)) && (top < 0 || (top === 0 && !highOpen))
  }
  const inside = sizes.filter(isIn)
  if (inside.length === 0) return amount
  const [a, b] = [random.pick(inside), random.pick(inside)]
  const [from, to] = Decimal.compare(a, b) <= 0 ? [a, b] : [b, a]
  return { ...amount, low: from, lowOpen: false, ...(high === undefined ? {} : { high: to, highOpen: false }) }
}

export const rowOf = (random: Random, part: string, line: number): Declaration => {
  const [substance, cas] = random.pick(substances)
  const material = random.chance(0.8) ? random.pick(["A", "B"]) : undefined
  const document = `doc-${random.below(3)}`
  return {
    part,
    material,
    materialMassMg: material === undefined || random.chance(0.3) ? undefined : decimal(random.pick(["400", "600"])),
    partMassMg: undefined,
    substance,
    cas,
    ec: undefined,
    amount: amountOf(random),
    basis: random.chance(0.1) ? "element" : undefined,
    limitPpm: undefined,
    exemption: undefined,
    claim: undefined,
    source: { document, sha256: document, line },
    text: `line ${line}`
  }
}

/** A row that keeps a material in place, whatever other rows of it are there. */
const fillerOf = (part: string, material: string, line: number): Declaration => ({
  ...rowOf({ below: () => 0, pick: (from) => from[0] as never, shuffled: (a) => a, chance: () => false }, part, line),
  material,
  substance: "Filler",
  cas: undefined,
  amount: { unit: "ppm", low: decimal("10"), lowOpen: false, high: decimal("10"), highOpen: false }
})

/** Parts contain parts of higher number only, so that there are shared parts and no cycles. */
export const caseOf = (random: Random): Case => {
  const keys = Array.from({ length: 2 + random.below(7) }, (_, index) => `P${index}`)
  const parts = new Map(
    keys.map((key): [string, Part] => [
      key,
      {
        key,
        partNumber: key,
        name: undefined,
        material: random.chance(0.2) ? "A" : undefined,
        massGrams: random.chance(0.8) ? decimal(random.pick(["1", "2.5", "40"])) : undefined,
        ...(random.chance(0.3) ? { categories: ["packaging"] } : {})
      }
    ])
  )
  const lines = new Map(
    keys.slice(0, Math.ceil(keys.length / 2)).map((parent, index) => {
      const children = keys.slice(index + 1).filter((_, at) => at === 0 || random.chance(0.4))
      return [
        parent,
        children.map((child) => ({ parent, child, quantity: decimal(random.pick(["1", "2", "0.5", "7"])) }))
      ]
    })
  )
  let line = 1
  const declarations = keys.flatMap((key) =>
    random.chance(0.2)
      ? []
      : [
          fillerOf(key, "A", line++),
          fillerOf(key, "B", line++),
          ...Array.from({ length: random.below(6) }, () => rowOf(random, key, line++))
        ]
  )
  return { bom: { product: "P0", parts, lines }, declarations }
}
