import { Decimal } from "@certivo/core/domain"
import { assert, describe, it } from "@effect/vitest"
import * as Schema from "effect/Schema"

const Digits = Schema.String.check(Schema.isPattern(/^(0|[1-9]\d{0,11})(\.\d{1,15})?$/))

/** An independent reference: the value as a fraction of two integers. */
const fraction = (text: string): readonly [bigint, bigint] => {
  const [whole = "0", decimals = ""] = text.split(".")
  return [BigInt(whole + decimals), 10n ** BigInt(decimals.length)]
}

describe("Decimal", () => {
  it.each([
    ["12.5", "12.5"],
    [".5", "0.5"],
    ["5.", "5"],
    ["+1.50", "1.5"],
    ["1.2E-04", "0.00012"],
    ["1e3", "1000"],
    ["-0", "0"],
    ["0.000000000000000000001", "0.000000000000000000001"],
    ["9007199254740993", "9007199254740993"]
  ])("reads %s as %s", (text, expected) => {
    const value = Decimal.parse(text)
    assert.isDefined(value)
    assert.strictEqual(Decimal.toText(value), expected)
  })

  it.each([
    "",
    ".",
    "e5",
    "NaN",
    "Infinity",
    "0x10",
    "1,5",
    "1 000",
    "12.5mg",
    "١",
    "1_000",
    "1e999999",
    "--1",
    "1.2.3"
  ])("refuses %j", (text) => {
    assert.isUndefined(Decimal.parse(text))
  })

  it("refuses a million digits at once", () => {
    assert.isUndefined(Decimal.parse("1".repeat(1_000_000)))
  })

  it.prop("compares, adds and multiplies like fractions", { a: Digits, b: Digits }, ({ a, b }) => {
    const [an, ad] = fraction(a)
    const [bn, bd] = fraction(b)
    const x = Decimal.parse(a) as Decimal.Decimal
    const y = Decimal.parse(b) as Decimal.Decimal
    const cross = an * bd - bn * ad
    assert.strictEqual(Decimal.compare(x, y), cross < 0n ? -1 : cross > 0n ? 1 : 0)
    const [pn, pd] = fraction(Decimal.toText(Decimal.multiply(x, y)))
    assert.strictEqual(pn * ad * bd, an * bn * pd)
    const [sn, sd] = fraction(Decimal.toText(Decimal.add(x, y)))
    assert.strictEqual(sn * ad * bd, (an * bd + bn * ad) * sd)
  })

  it.each([
    ["1", "3", "0.333333"],
    ["2", "3", "0.666667"],
    ["1000005", "10", "100000"],
    ["1000015", "10", "100002"],
    ["9999995", "1", "10000000"],
    ["15000", "12.5", "1200"],
    ["1", "1000000000000", "0.000000000001"]
  ])("shows %s / %s as %s, half-even to six digits", (a, b, expected) => {
    assert.strictEqual(
      Decimal.quotientText(Decimal.parse(a) as Decimal.Decimal, Decimal.parse(b) as Decimal.Decimal),
      expected
    )
  })
})
