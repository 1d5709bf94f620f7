import { check } from "@certivo/core/promise"
import { assert, describe, it } from "vitest"

const encode = (text: string) => new TextEncoder().encode(text)

type Row = readonly [substance: string, cas: string, ppm: string]

/** Status and concentration of one rule on a part of one material that is declared to hold these substances. */
const judged = async (name: string, rows: ReadonlyArray<Row>, asOf = "2026-11-23") => {
  const [pack = ""] = name.split("/")
  const { product } = await check({
    bom: {
      name: "bom.json",
      bytes: encode('{"bom_id":"P","parts":[{"part_number":"A","material":"X","weight_g":10}]}')
    },
    declarations: [
      {
        name: "a.csv",
        bytes: encode(
          ["part_number,material,substance,cas,concentration (ppm)", ...rows.map((row) => `A,X,${row}`), ""].join("\n")
        )
      }
    ],
    rules: [pack],
    asOf
  })
  const finding = product.parts[0]?.findings.find(({ rule }) => rule === name)
  return [finding?.status, finding?.ppm]
}

const phthalates = (dehp: string): ReadonlyArray<Row> => [
  ["DEHP", "117-81-7", dehp],
  ["BBP", "85-68-7", "300"],
  ["DBP", "84-74-2", "200"],
  ["DIBP", "84-69-5", "0"]
]
const halogens = (bromine: string, chlorine: string): ReadonlyArray<Row> => [
  ["Bromine", "7726-95-6", bromine],
  ["Chlorine", "7782-50-5", chlorine]
]

describe("packs, as the judge reads them", () => {
  it.each([
    ["eu-rohs/lead", [["Lead oxide", "1317-36-8", "1070"]], "compliant", "993.302"],
    ["eu-rohs/lead", [["Lead oxide", "1317-36-8", "1080"]], "non-compliant", "1002.59"],
    ["eu-rohs/lead", [["Lead chromate", "7758-97-6", "1550"]], "compliant", "993.712"],
    ["eu-rohs/chromium-vi", [["Lead chromate", "7758-97-6", "1550"]], "compliant", "249.369"],
    ["eu-reach-svhc/7758-97-6", [["Lead chromate", "7758-97-6", "1550"]], "above-threshold", "1550"],
    ["eu-reach-xvii/51", phthalates("600"), "non-compliant", "1100"],
    ["eu-reach-xvii/51", phthalates("500"), "non-compliant", "1000"],
    ["eu-reach-xvii/51", phthalates("499"), "compliant", "999"],
    ["eu-rohs/dehp", phthalates("1000"), "compliant", "1000"],
    ["eu-reach-xvii/20-dibutyltin", [["DBTDL", "77-58-7", "5000"]], "compliant", "939.801"],
    ["eu-reach-xvii/20-dibutyltin", [["DBTDL", "77-58-7", "6000"]], "non-compliant", "1127.76"],
    ["halogen-free/bromine", [["TBBPA", "79-94-7", "1500"]], "compliant", "881.497"],
    ["halogen-free/chlorine-bromine", halogens("880", "640"), "non-compliant", "1520"],
    ["halogen-free/chlorine-bromine", halogens("900", "600"), "compliant", "1500"],
    ["low-halogen/bromine", halogens("1000", "0"), "non-compliant", "1000"],
    ["prop65/79-06-1", [["Acrylamide", "79-06-1", "1"]], "above-threshold", "1"],
    ["eu-reach-xiv/16", [["Chromium trioxide", "1333-82-0", "5"]], "above-threshold", "5"],
    ["tsca-pbt/decabde", [["decaBDE", "1163-19-5", "1001"]], "non-compliant", "1001"]
  ] as ReadonlyArray<readonly [string, ReadonlyArray<Row>, string, string]>)(
    "%s on %j is %s at %s ppm",
    async (name, rows, status, ppm) => assert.deepStrictEqual(await judged(name, rows), [status, ppm])
  )

  it("take the law of the day: a limit of a persistent pollutant steps down", async () => {
    const rows: ReadonlyArray<Row> = [["UV-328", "25973-55-1", "50"]]
    assert.deepStrictEqual(await judged("eu-pops/uv-328-until-2027", rows, "2027-08-03"), ["compliant", "50"])
    assert.deepStrictEqual(await judged("eu-pops/uv-328-until-2029", rows, "2027-08-04"), ["non-compliant", "50"])
  })

  it("ask of parts nobody says are packaging or batteries nothing about them", async () => {
    const lead: ReadonlyArray<Row> = [["Lead", "7439-92-1", "5000"]]
    for (const name of ["packaging-metals/sum", "eu-battery/lead", "us-tpch/lead-intentional"])
      assert.deepStrictEqual(await judged(name, lead), [undefined, undefined])
  })
})
