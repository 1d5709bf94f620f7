import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { exportStore, oldLayout } from "@certivo/core/adapters/file"
import { check, createCertivo } from "@certivo/core/promise"
import * as Effect from "effect/Effect"
import { afterAll, assert, describe, it } from "vitest"

const legacy = join(import.meta.dirname, "../../../../examples/edge-gateway/legacy")
const root = mkdtempSync(join(tmpdir(), "certivo-old-layout-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const listOf = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const list: Array<A> = []
  for await (const item of items) list.push(item)
  return list
}

const failureOf = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => "it did not fail",
    (error) => String(error.message)
  )

describe("the old layout", () => {
  it("is listed and explained as a check judges it", async () => {
    await using certivo = createCertivo({ store: oldLayout(legacy) })
    const { product } = await check({
      bom: { name: "bom.json", bytes: readFileSync(join(legacy, "bom.json")) },
      declarations: [{ name: "compliance.csv", bytes: readFileSync(join(legacy, "compliance.csv")) }]
    })
    const products = await listOf(certivo.products())
    assert.deepStrictEqual(
      products.map((row) => [row.partNumber, row.status, row.factsHash]),
      [[product.partNumber, product.status, product.factsHash]]
    )
    const parts = await listOf(certivo.parts(product.partNumber))
    assert.deepStrictEqual(
      parts.map((part) => [part.partNumber, part.status]).sort(),
      product.parts.map((part) => [part.partNumber, part.status]).sort()
    )
    assert.include(
      (await certivo.part("EG-1002"))?.explanation.steps.map((step) => step.text).join("\n"),
      "compliance.csv"
    )
  })

  it("is never changed", async () => {
    await using certivo = createCertivo({ store: oldLayout(legacy) })
    const message = await failureOf(certivo.import("more.csv", new TextEncoder().encode("x")))
    assert.include(message, "the old layout is read only; import its files into a store of another kind")
  })

  it("needs a bom.json that can be read, and no more", async () => {
    const open = async () => {
      await using certivo = createCertivo({ store: oldLayout(root) })
      return (await listOf(certivo.products())).map((row) => row.status)
    }
    assert.include(await failureOf(open()), "bom.json")
    writeFileSync(join(root, "bom.json"), "nonsense")
    assert.include(await failureOf(open()), `could not read ${join(root, "bom.json")}`)
    copyFileSync(join(legacy, "bom.json"), join(root, "bom.json"))
    assert.deepStrictEqual(await open(), ["unknown"])
  })

  it("can be exported, to move into another store", async () => {
    const [done] = await Effect.runPromise(exportStore(join(root, "export")).pipe(Effect.provide(oldLayout(legacy))))
    assert.deepStrictEqual([done?.tenant, done?.documents], ["default", 2])
  })
})
