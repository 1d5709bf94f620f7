/** What rule sets, declarations or a day would change, and that nothing is changed by asking. */
import { Compliance, euRohs, MAX_PROPOSED_ROWS, type Preview, Repository, TenantId } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"

const tenant = TenantId.make("acme")
const today = "2026-11-23"
const live = () => Compliance.layer.pipe(Layer.provideMerge(Layer.fresh(memory)))

const bytesOf = (text: string) => Stream.make(new TextEncoder().encode(text))
const header = "part_number,material,substance,cas,concentration,unit,exemption"
const rows = (...lines: ReadonlyArray<string>) => [header, ...lines, ""].join("\n")
const bomOf = (bom_id: string, ...parts: ReadonlyArray<string>) =>
  JSON.stringify({ bom_id, parts: parts.map((part_number) => ({ part_number, weight_g: 1, material: "Steel" })) })

const imported = Effect.fnUntraced(function* (name: string, text: string) {
  const compliance = yield* Compliance
  yield* compliance.submit(tenant, { name, bytes: bytesOf(text), id: name, now: `${today}T00:00:00.000Z` })
  const job = yield* compliance.run(tenant, name, today, () => Effect.void)
  assert.strictEqual(job.state, "succeeded", job.error)
})

const first = rows("A,Steel,Lead,7439-92-1,3000,ppm,6(a)", "B,Steel,Lead,7439-92-1,5,ppm,")

/** RoHS with a day on which its exemptions end, about what is declared alone. */
const rohs = {
  ...euRohs,
  undeclared: "not-applicable",
  exemptions: euRohs.exemptions.map(({ renewalPending: _, ...one }) => ({ ...one, lastDay: "2026-12-11" }))
} as const

const filled = Effect.gen(function* () {
  yield* imported("x.json", bomOf("X", "A", "B"))
  yield* imported("y.json", bomOf("Y", "B", "C"))
  yield* imported("first.csv", first)
})

const changesOf = Effect.fnUntraced(function* ({ products }: Preview) {
  const found = yield* Stream.runCollect(products)
  return [...found].flatMap(({ partNumber, before, after, parts }) => [
    `${partNumber}: ${before.status} > ${after.status}`,
    ...parts.map((part) => `${partNumber}/${part.partNumber}: ${part.before.status} > ${part.after.status}`)
  ])
})

describe("a preview", () => {
  it.effect("of rule sets names what judging by them changes, and changes nothing itself", () =>
    Effect.gen(function* () {
      const [compliance, repository] = [yield* Compliance, yield* Repository]
      yield* filled
      const statuses = Effect.gen(function* () {
        const { items } = yield* repository.products(tenant, { limit: 10 })
        return items.map(({ partNumber, status }) => `${partNumber}: ${status}`)
      })
      const [before, revision] = [yield* statuses, yield* repository.revision(tenant)]
      const changes = yield* changesOf(yield* compliance.preview(tenant, { ruleSets: [rohs] }, today))
      assert.deepStrictEqual([yield* statuses, yield* repository.revision(tenant)], [before, revision])
      assert.deepStrictEqual(changes, [
        "X: not-applicable > exempt",
        "X/A: not-applicable > exempt",
        "X/B: not-applicable > compliant",
        "Y: unknown > unknown",
        "Y/B: not-applicable > compliant"
      ])
      yield* compliance.useRules(tenant, [rohs])
      yield* compliance.judgeAgain(tenant, today)
      assert.deepStrictEqual(yield* statuses, ["X: exempt", "Y: unknown"])
      assert.deepStrictEqual(yield* changesOf(yield* compliance.preview(tenant, { ruleSets: [rohs] }, today)), [])
    }).pipe(Effect.provide(live()))
  )

  it.effect("of a day names what ends until then", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.useRules(tenant, [rohs])
      const on = (asOf: string) => Effect.flatMap(compliance.preview(tenant, { asOf }, today), changesOf)
      assert.deepStrictEqual(yield* on("2026-12-11"), [])
      assert.deepStrictEqual(yield* on("2026-12-12"), ["X: exempt > non-compliant", "X/A: exempt > non-compliant"])
    }).pipe(Effect.provide(live()))
  )

  it.effect("of declarations counts their rows, and looks at the products of their parts alone", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      yield* filled
      yield* compliance.useRules(tenant, [rohs])
      const propose = (text: string) =>
        compliance.preview(tenant, { declarations: [{ name: "new.csv", bytes: bytesOf(text) }] }, today)
      const preview = yield* propose(
        rows("C,Steel,Lead,7439-92-1,2000,ppm,", "D,Steel,Lead,,9,ppm,", "C,Steel,Lead,,x,ppm,")
      )
      assert.deepStrictEqual(preview.documents, [{ name: "new.csv", accepted: 2, rejected: 1, isKnown: false }])
      assert.deepStrictEqual(yield* changesOf(preview), ["Y: unknown > non-compliant", "Y/C: unknown > non-compliant"])
      const once = rows("C,Steel,Lead,7439-92-1,2,ppm,")
      const declarations = ["a.csv", "b.csv"].map((name) => ({ name, bytes: bytesOf(once) }))
      const twice = yield* compliance.preview(tenant, { declarations }, today)
      assert.deepStrictEqual(
        twice.documents.map(({ isKnown }) => isKnown),
        [false, true]
      )
      const known = yield* propose(first)
      assert.isTrue(known.documents[0]?.isKnown)
      assert.deepStrictEqual(yield* changesOf(known), [])
    }).pipe(Effect.provide(live()))
  )

  it.effect("refuses more declarations than it holds, by name, and what is no declaration", () =>
    Effect.gen(function* () {
      const compliance = yield* Compliance
      const piece = new TextEncoder().encode("A,Steel,Lead,7439-92-1,1,ppm,\n".repeat(1000))
      const many = Stream.concat(
        bytesOf(`${header}\n`),
        Stream.range(0, MAX_PROPOSED_ROWS / 1000).pipe(Stream.map(() => piece))
      )
      const propose = (name: string, bytes: Stream.Stream<Uint8Array>) =>
        Effect.flip(compliance.preview(tenant, { declarations: [{ name, bytes }] }, today))
      const error = yield* propose("many.csv", many)
      const half = (name: string, amount: number) => ({
        name,
        bytes: Stream.concat(
          bytesOf(`${header}\nA,Steel,Lead,7439-92-1,${amount},ppm,\n`),
          Stream.range(1, MAX_PROPOSED_ROWS / 2000).pipe(Stream.map(() => piece))
        )
      })
      const both = compliance.preview(tenant, { declarations: [half("one.csv", 1), half("two.csv", 2)] }, today)
      assert.match((yield* Effect.flip(both)).message, /^two\.csv: /)
      assert.strictEqual(error._tag, "TooManyProposedRows")
      assert.match(error.message, /^many\.csv: .*200000/)
      assert.strictEqual((yield* propose("bom.json", bytesOf(bomOf("X", "A"))))._tag, "UnreadableDocument")
    }).pipe(Effect.provide(live()))
  )
})
