import { check, createCertivo, RefusedOverride, readRuleSet, verifyTrail } from "@certivo/core/promise"
import { assert, describe, it } from "vitest"

const encode = (text: string) => new TextEncoder().encode(text)
const collect = async <A>(items: AsyncIterable<A>): Promise<ReadonlyArray<A>> => {
  const all: Array<A> = []
  for await (const item of items) all.push(item)
  return all
}

describe("createCertivo", () => {
  it("imports, lists page by page without saying so, and explains", async () => {
    await using certivo = createCertivo()
    const parts = Array.from({ length: 1200 }, (_, index) => ({ part_number: `P${index}`, weight_g: 1 }))
    await certivo.import("bom.json", encode(JSON.stringify({ bom_id: "EG", parts })))
    const pieces = (async function* () {
      yield encode("part_number,substance,threshold_ppm,substance_mass_mg\nP7,Lead,1000,")
      yield encode("2\nP8,Lead,x,1\n")
    })()
    const job = await certivo.import("a.csv", pieces)
    assert.deepStrictEqual([job.state, job.accepted, job.rejected], ["succeeded-with-rejects", 1, 1])
    assert.deepStrictEqual(
      (await collect(certivo.products())).map((product) => product.status),
      ["non-compliant"]
    )
    const listed = await collect(certivo.parts("EG"))
    assert.strictEqual(new Set(listed.map((part) => part.key)).size, 1200)
    const failing = await collect(certivo.parts("EG", { status: "non-compliant" }))
    assert.deepStrictEqual(
      failing.map((part) => part.partNumber),
      ["P7"]
    )
    assert.include((await certivo.part("p7"))?.explanation.headline ?? "", "2000 ppm")
    assert.isUndefined(await certivo.part("nowhere"))
    assert.deepStrictEqual(await collect(certivo.parts("nowhere")), [])
  })

  it("finds what is declared of a substance and by whom, and in which documents", async () => {
    await using certivo = createCertivo()
    const rows = Array.from({ length: 600 }, (_, index) => `P${index},${index % 2 === 0 ? "Acme" : "Borg"},Blei,1`)
    await certivo.import("a.csv", encode(["part_number,supplier,substance,ppm", ...rows, ""].join("\n")))
    const lines = (await collect(certivo.declarations({ substance: "7439-92-1" }))).map(({ source }) => source.line)
    assert.deepStrictEqual(
      lines,
      rows.map((_, index) => index + 2)
    )
    assert.strictEqual((await collect(certivo.declarations({ supplier: "Borg" }))).length, 300)
    const documents = await collect(certivo.documents())
    assert.deepStrictEqual(
      documents.map(({ name, accepted }) => [name, accepted]),
      [["a.csv", 600]]
    )
  })

  it("judges by rule sets that were chosen, and again what a day has ended", async () => {
    await using certivo = createCertivo()
    await certivo.import(
      "bom.json",
      encode(JSON.stringify({ bom_id: "EG", parts: [{ part_number: "P", weight_g: 1 }] }))
    )
    await certivo.import("a.csv", encode("part_number,substance,ppm\nP,Lead,5\n"))
    const acme = readRuleSet(
      "acme.csv",
      encode("substance,cas,limit_ppm,effective_to\nLead,7439-92-1,1000,2999-01-31\n")
    )
    assert.strictEqual(await certivo.useRules([acme]), 1)
    const [product] = await collect(certivo.products({ status: "compliant", regulation: acme.id }))
    assert.strictEqual(product?.judgedBy.until, "2999-01-31")
    assert.strictEqual(await certivo.judgeAgain(), 0)
  })

  it("previews what rule sets and declarations would change, product by product", async () => {
    await using certivo = createCertivo()
    const bytes = encode("part_number,substance,cas,ppm\nP,Lead,7439-92-1,5000\n")
    await certivo.import(
      "bom.json",
      encode(JSON.stringify({ bom_id: "EG", parts: [{ part_number: "P", weight_g: 1 }] }))
    )
    const acme = readRuleSet("acme.csv", encode("substance,cas,limit_ppm\nLead,7439-92-1,1000\n"))
    const found = await collect(certivo.preview({ ruleSets: [acme], declarations: [{ name: "a.csv", bytes }] }))
    assert.deepStrictEqual(
      found.map(({ partNumber, before, after, parts }) => [partNumber, before.status, after.status, parts.length]),
      [["EG", "unknown", "non-compliant", 1]]
    )
    const documents = await collect(certivo.documents())
    assert.deepStrictEqual(
      documents.map(({ name }) => name),
      ["bom.json"]
    )
  })

  it("keeps decisions of people, and judges by them until they are withdrawn", async () => {
    await using certivo = createCertivo()
    await certivo.import(
      "bom.json",
      encode(JSON.stringify({ bom_id: "EG", parts: [{ part_number: "P", weight_g: 1 }] }))
    )
    await certivo.import("a.csv", encode("part_number,substance,threshold_ppm,substance_mass_mg\nP,Lead,1000,2\n"))
    const override = {
      id: "D-1",
      part: "p",
      rule: "document-limits/",
      status: "compliant",
      reason: "measured again",
      by: "Q. Manager",
      on: "2026-11-20"
    } as const
    const status = async () => (await certivo.part("P"))?.status
    const previewed = await collect(certivo.preview({ overrides: [override] }))
    assert.deepStrictEqual(
      previewed.map(({ partNumber, after }) => [partNumber, after.status]),
      [["EG", "compliant"]]
    )
    assert.strictEqual(await certivo.addOverrides([override]), 1)
    assert.deepStrictEqual(await collect(certivo.overrides({ part: "P" })), [override])
    assert.strictEqual(await status(), "compliant")
    const refused = await certivo.addOverrides([{ ...override, reason: "another" }]).catch((error: unknown) => error)
    assert.instanceOf(refused, RefusedOverride)
    assert.strictEqual(await certivo.withdrawOverride("D-1"), 1)
    assert.strictEqual(await certivo.withdrawOverride("D-2"), undefined)
    assert.strictEqual(await status(), "non-compliant")
  })

  it("tells what changed the data, from any revision on", async () => {
    await using certivo = createCertivo()
    const names = Array.from({ length: 520 }, (_, index) => `${index + 1}.csv`)
    for (const [index, name] of names.entries())
      await certivo.import(name, encode(`part_number,substance,ppm\nP,Lead,${index + 1}\n`))
    await certivo.import("again.csv", encode("part_number,substance,ppm\nP,Lead,1\n"), { by: "ann" })
    const trail = await collect(certivo.audit())
    assert.deepStrictEqual(
      trail.map(({ revision, detail }) => [revision, detail.name]),
      names.map((name, index) => [index + 1, name])
    )
    assert.isUndefined(verifyTrail(trail))
    assert.deepStrictEqual(await collect(certivo.audit({ after: 518 })), trail.slice(518))
    assert.deepStrictEqual(await collect(certivo.audit({ after: 520 })), [])
  })

  it("rejects when the bytes break off", async () => {
    await using certivo = createCertivo()
    const broken = (async function* () {
      yield encode("part_number")
      throw new Error("the line is dead")
    })()
    const error = await certivo.import("a.csv", broken).then(
      () => assert.fail("was accepted"),
      (reason) => reason
    )
    assert.include(String(error), "the line is dead")
  })
})

describe("check", () => {
  const bom = { name: "bom.json", bytes: encode('{"bom_id":"P","parts":[{"part_number":"A","weight_g":10}]}') }
  const declarations = [
    {
      name: "a.csv",
      bytes: encode("part_number,substance,cas,threshold_ppm,substance_mass_mg\nA,Nickel,7440-02-0,100000,2\n")
    }
  ]

  it("takes a customer's list beside packs by their ids", async () => {
    const acme = readRuleSet("acme.csv", encode("substance,cas,limit_ppm\nNickel,7440-02-0,100\n"))
    const { product, ruleSets } = await check({ bom, declarations, rules: [acme, "conflict-minerals"] })
    assert.deepStrictEqual(
      ruleSets.map(({ id }) => id),
      ["document-limits", "acme", "conflict-minerals"]
    )
    const finding = product.parts[0]?.findings.find(({ rule }) => rule === "acme/7440-02-0")
    assert.deepStrictEqual([finding?.ppm, finding?.status, product.status], ["200", "non-compliant", "non-compliant"])
  })

  it("says which packs there are when one is not known", () => {
    assert.throws(() => check({ bom, declarations, rules: ["nonsense"] }), /eu-reach-svhc/)
  })
})
