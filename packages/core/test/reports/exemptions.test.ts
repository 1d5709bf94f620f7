import { exemptionsCsv, exemptionsReport, exemptionsText, failingAfter } from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rohs } from "./judged.ts"

const steel = (claims: string, ppm = "3000", asOf = "2026-11-23") =>
  judged({
    children: [{ number: "A", grams: "1", material: "Steel" }],
    rows: [`A,,Lead,7439-92-1,${ppm},ppm,"${claims}"`],
    rules: [rohs],
    asOf
  })

const entryOf = async (...given: Parameters<typeof steel>) => {
  const { exemptions } = exemptionsReport(await steel(...given))
  return (id: string) => exemptions.find(({ exemption }) => exemption === id)
}

const claim = (entry: Awaited<ReturnType<Awaited<ReturnType<typeof entryOf>>>>) =>
  entry?.claims.find(({ rule }) => rule === "eu-rohs/lead")

describe("exemption calendar", () => {
  it("counts the days up to the last one, on which it still holds", async () => {
    const before = (await entryOf("6(a)", "3000", "2026-12-01"))("6(a)")
    assert.deepInclude(before, { state: "in-force", lastDay: "2026-12-11", daysLeft: 10 })
    const last = (await entryOf("6(a)", "3000", "2026-12-11"))("6(a)")
    assert.deepInclude(last, { state: "in-force", daysLeft: 0 })
    assert.deepInclude(claim(last), { outcome: "used", afterwards: "non-compliant" })
    const after = (await entryOf("6(a)", "3000", "2026-12-12"))("6(a)")
    assert.deepInclude(after, { state: "ended", daysLeft: -1 })
    assert.deepInclude(claim(after), { outcome: "refused", afterwards: undefined })
    assert.strictEqual(claim(after)?.reason?.code, "exemption.expired")
  })

  it("says that nothing fails while another claim of the row still covers it", async () => {
    const by = await entryOf("6(a), 6(a)-I")
    assert.deepInclude(claim(by("6(a)")), { outcome: "used", afterwards: "exempt" })
    assert.strictEqual(failingAfter(by("6(a)") as NonNullable<ReturnType<typeof by>>).size, 0)
    assert.deepInclude(claim(by("6(a)-I")), { outcome: "not-needed" })
    const later = await entryOf("6(a), 6(a)-I", "3000", "2027-01-01")
    assert.deepInclude(claim(later("6(a)-I")), { outcome: "used", afterwards: "non-compliant" })
  })

  it("keeps an exemption whose renewal is pending, and says what fails without it", async () => {
    const entry = (await entryOf("8(e)"))("8(e)")
    assert.deepInclude(entry, { state: "renewal-pending", renewalPending: true })
    assert.deepInclude(claim(entry), { outcome: "used", afterwards: "non-compliant" })
    assertFits(exemptionsText(exemptionsReport(await steel("8(e)"))))
  })

  it("tells claims that are refused, not needed, or unknown", async () => {
    const capped = (await entryOf("6(c)", "50000"))("6(c)")
    assert.deepInclude(claim(capped), { outcome: "refused" })
    assert.strictEqual(claim(capped)?.reason?.code, "exemption.cap_exceeded")
    assert.deepInclude(claim((await entryOf("6(c)", "10"))("6(c)")), { outcome: "not-needed" })
    assert.deepInclude((await entryOf("99(z)"))("99(z)"), { state: "unknown", lastDay: undefined })
  })

  it("lists claims on rows that no finding rests on", async () => {
    const result = await judged({
      children: [{ number: "A", grams: "1", material: "Steel" }],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "A,,Copper,7440-50-8,10,ppm,6(c)"],
      rules: [rohs]
    })
    const { exemptions, unjudged } = exemptionsReport(result)
    assert.deepStrictEqual(exemptions, [])
    assert.deepStrictEqual(unjudged, [
      { exemption: "6(c)", partNumber: "A", substance: "Copper", document: "a.csv", line: 3 }
    ])
  })

  it("comes by last day, and in the calendar of the gateway every exemption ends four parts", async () => {
    const report = exemptionsReport(await edgeGateway())
    const days = report.exemptions.map(({ lastDay }) => lastDay ?? "")
    assert.deepStrictEqual(days, [...days].sort())
    const failing = new Set(report.exemptions.flatMap((entry) => [...failingAfter(entry)]))
    assert.deepStrictEqual([...failing].sort(), ["EG-1001", "EG-3111", "EG-32034", "EG-3308"])
    assertFits(exemptionsText(report))
    const rows = records(exemptionsCsv(report))
    assert.isTrue(rows.every(({ days_left }) => Number(days_left) > 0))
  })

  it("agrees with the check of the day after", async () => {
    const now = exemptionsReport(await edgeGateway("2026-11-23"))
    for (const entry of now.exemptions) {
      const next = new Date(Date.parse(`${entry.lastDay}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
      const later = await edgeGateway(next)
      for (const { partNumber, afterwards } of entry.claims)
        assert.strictEqual(later.product.parts.find((part) => part.partNumber === partNumber)?.ownStatus, afterwards)
    }
  })
})
