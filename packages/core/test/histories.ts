/**
 * Random imports and decisions into one store: after each, all that is stored is what a judgement from scratch gives, and
 * a preview of declarations or overrides had named just what they changed.
 */
import { Compliance, type Override, type Proposal, Repository, TenantId } from "@certivo/core"
import { assert } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Random } from "./engine/random.ts"

const asOf = "2026-11-23"
const products = ["X0", "X1", "X2"]
const assemblies = ["A0", "A1", "A2", "A3"]
const parts = Array.from({ length: 8 }, (_, index) => `P${index}`)

const part = (random: Random, partNumber: string) => ({
  partNumber,
  quantity: random.pick(["1", "2", "0.5"]),
  ...(random.chance(0.7) && { mass: { value: random.pick(["1", "2"]), unit: "g" } }),
  ...(random.chance(0.5) && { material: "Brass" })
})

/** A product with assemblies below it that other products hold too, each only above those of a higher number. */
const bomOf = (random: Random): string => {
  const from = (level: number): ReadonlyArray<object> => [
    ...assemblies
      .slice(level)
      .flatMap((name, index) =>
        random.chance(0.4) ? [{ partNumber: name, quantity: "1", children: from(level + index + 1) }] : []
      )
      .slice(0, 1),
    ...parts.flatMap((name) => (random.chance(0.25) ? [part(random, name)] : [])),
    part(random, random.pick(parts))
  ]
  const product = { partNumber: random.pick(products), children: from(0) }
  return JSON.stringify({ format: "certivo-bom/1", product })
}

const declarationsOf = (random: Random): string => {
  const about = [...parts, ...assemblies, ...products]
  const rows = Array.from(
    { length: 1 + random.below(3) },
    () => `${random.pick(about)},${random.pick(["Lead", "Cadmium"])},1000,${random.pick(["0", "0.9", "1", "1.1", "5"])}`
  )
  return ["part_number,substance,threshold_ppm,substance_mass_mg", ...rows, ""].join("\n")
}

let imports = 0

/** How every product and each of its parts stands. */
const standings = Effect.fnUntraced(function* (tenant: TenantId) {
  const repository = yield* Repository
  const found = new Map<string, string>()
  for (const product of products) {
    const stored = yield* repository.product(tenant, product)
    if (Option.isNone(stored)) continue
    found.set(product, stored.value.status)
    for (const { key, status } of (yield* repository.parts(tenant, product, { limit: 100 })).items)
      found.set(`${product}/${key}`, status)
  }
  return found
})

/** What a preview says would change, as `product/part: before > after`. */
const previewed = Effect.fnUntraced(function* (tenant: TenantId, proposal: Proposal) {
  const compliance = yield* Compliance
  const { products } = yield* compliance.preview(tenant, proposal, asOf)
  const found: Array<string> = []
  for (const { partNumber, before, after, parts } of yield* Stream.runCollect(products)) {
    if (before.status !== after.status) found.push(`${partNumber}: ${before.status} > ${after.status}`)
    for (const part of parts)
      found.push(`${partNumber}/${part.partNumber}: ${part.before.status} > ${part.after.status}`)
  }
  return found.sort()
})

const importOne = Effect.fnUntraced(function* (tenant: TenantId, random: Random) {
  if (random.chance(0.45)) {
    const text = bomOf(random)
    yield* send(tenant, "bom.json", text)
    return text
  }
  if (random.chance(0.4)) return yield* decideOne(tenant, random)
  const text = declarationsOf(random)
  const bytes = Stream.make(new TextEncoder().encode(text))
  yield* asPreviewed(tenant, { declarations: [{ name: "rows.csv", bytes }] }, send(tenant, "rows.csv", text), text)
  return text
})

/** Makes a change, which must bring about what a preview of it says. */
const asPreviewed = Effect.fnUntraced(function* <A, E>(
  tenant: TenantId,
  proposal: Proposal,
  change: Effect.Effect<A, E, Compliance | Repository>,
  text: string
) {
  const [expected, before] = [yield* previewed(tenant, proposal), yield* standings(tenant)]
  assert.deepStrictEqual(yield* standings(tenant), before)
  yield* change
  const after = yield* standings(tenant)
  const changed = [...after].flatMap(([key, status]) =>
    status === before.get(key) ? [] : [`${key}: ${before.get(key)} > ${status}`]
  )
  assert.deepStrictEqual(expected, changed.sort(), text)
})

/** Decides about a part, or withdraws a decision. */
const decideOne = Effect.fnUntraced(function* (tenant: TenantId, random: Random) {
  const compliance = yield* Compliance
  const { items } = yield* compliance.overrides(tenant, { limit: 100 })
  const [known] = items
  if (known !== undefined && random.chance(0.3)) {
    yield* compliance.withdrawOverride(tenant, known.id, asOf)
    return `withdrawn: ${known.id}`
  }
  const overrides = Array.from(
    { length: 1 + random.below(2) },
    (_, index): Override => ({
      id: `D-${items.length + index}`,
      part: random.pick([...parts, ...assemblies, ...products]).toLowerCase(),
      rule: random.pick(["document-limits/", `document-limits/${random.pick(parts)}/`]),
      status: random.pick(["compliant", "non-compliant", "unknown"]),
      reason: "measured",
      by: "Q. Manager",
      on: random.pick(["2026-11-01", asOf, "2026-12-01"]),
      ...(random.chance(0.3) && { until: random.pick(["2026-12-24", "2027-01-01"]) })
    })
  )
  const text = JSON.stringify(overrides)
  yield* asPreviewed(tenant, { overrides }, compliance.addOverrides(tenant, overrides, asOf), text)
  return text
})

const send = Effect.fnUntraced(function* (tenant: TenantId, name: string, text: string) {
  const compliance = yield* Compliance
  const id = `import-${imports++}`
  const bytes = Stream.make(new TextEncoder().encode(text))
  yield* compliance.submit(tenant, { name, bytes, id, now: `${asOf}T00:00:00.000Z` })
  const job = yield* compliance.run(tenant, id, asOf, () => Effect.void)
  assert.include(["succeeded", "succeeded-with-rejects"], job.state, `${job.error}\n${text}`)
})

const statesOf = ({ status, duty, factsHash }: { status: string; duty: string; factsHash: string }) =>
  [status, duty, factsHash].join(" ")

/** What is stored of every product, and what it would be from scratch. */
const compare = Effect.fnUntraced(function* (tenant: TenantId) {
  const [compliance, repository] = [yield* Compliance, yield* Repository]
  for (const product of products) {
    const stored = yield* repository.product(tenant, product)
    const fresh = yield* compliance.part(tenant, product, asOf)
    if (Option.isNone(stored)) continue
    assert.strictEqual(statesOf(stored.value), statesOf(Option.getOrThrow(fresh)), product)
    const listed = (yield* repository.parts(tenant, product, { limit: 100 })).items
    assert.strictEqual(listed.length, stored.value.summary.parts)
    for (const row of listed)
      assert.strictEqual(
        statesOf(row),
        statesOf(Option.getOrThrow(yield* compliance.part(tenant, row.key, asOf))),
        `${row.key} in ${product}`
      )
  }
})

/** One history of imports. */
export const history = Effect.fnUntraced(function* (random: Random, length: number) {
  const tenant = TenantId.make(`h${crypto.randomUUID()}`)
  const sent: Array<string> = []
  for (let step = 0; step < length; step++) {
    sent.push(yield* importOne(tenant, random))
    yield* Effect.catchDefect(compare(tenant), (error) =>
      Effect.die(new Error(`${error instanceof Error ? error.message : error}\nafter\n${sent.join("\n")}`))
    )
  }
})
