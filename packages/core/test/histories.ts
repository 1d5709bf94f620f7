/**
 * Random imports into one store: after each, all that is stored is what a judgement from scratch gives, and a preview
 * of declarations had named just what they changed.
 */
import { Compliance, Repository, TenantId } from "@certivo/core"
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
const previewed = Effect.fnUntraced(function* (tenant: TenantId, text: string) {
  const compliance = yield* Compliance
  const bytes = Stream.make(new TextEncoder().encode(text))
  const { products } = yield* compliance.preview(tenant, { declarations: [{ name: "rows.csv", bytes }] }, asOf)
  const found: Array<string> = []
  for (const { partNumber, before, after, parts } of yield* Stream.runCollect(products)) {
    if (before.status !== after.status) found.push(`${partNumber}: ${before.status} > ${after.status}`)
    for (const part of parts)
      found.push(`${partNumber}/${part.partNumber}: ${part.before.status} > ${part.after.status}`)
  }
  return found.sort()
})

const importOne = Effect.fnUntraced(function* (tenant: TenantId, random: Random) {
  const isBom = random.chance(0.5)
  const text = isBom ? bomOf(random) : declarationsOf(random)
  if (isBom) yield* send(tenant, "bom.json", text)
  else {
    const [expected, before] = [yield* previewed(tenant, text), yield* standings(tenant)]
    assert.deepStrictEqual(yield* standings(tenant), before)
    yield* send(tenant, "rows.csv", text)
    const after = yield* standings(tenant)
    const changed = [...after].flatMap(([key, status]) =>
      status === before.get(key) ? [] : [`${key}: ${before.get(key)} > ${status}`]
    )
    assert.deepStrictEqual(expected, changed.sort(), text)
  }
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
