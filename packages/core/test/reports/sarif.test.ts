import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { findingsCsv, findingsReport, findingsText, sarif } from "@certivo/core/reports"
import { Ajv } from "ajv"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rohs, svhc } from "./judged.ts"

/** The schema is of draft 4, of which Ajv only has to forget its name, and that patterns were no Unicode ones then. */
const schema = () => {
  const path = createRequire(import.meta.url).resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json")
  const { $schema: _, id: __, ...rest } = JSON.parse(readFileSync(path, "utf8"))
  return new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true }).compile(rest)
}

const plain = (value: unknown) => JSON.parse(JSON.stringify(value))

const mixed = (rows: ReadonlyArray<string> = []) =>
  judged({
    children: ["BAD", "DUTY", "SILENT"].map((number) => ({ number, grams: "1", material: "PVC" })),
    rows: [
      ...rows,
      "BAD,,Lead,7439-92-1,2000,ppm,",
      "BAD,,DEHP,117-81-7,0,ppm,",
      "DUTY,,Lead,7439-92-1,0,ppm,",
      "DUTY,,DEHP,117-81-7,5000,ppm,"
    ],
    rules: [rohs, svhc]
  })

describe("SARIF", () => {
  const validate = schema()

  it("fits the schema, which refuses what is none", async () => {
    for (const result of [await mixed(), await edgeGateway(), await edgeGateway("2027-07-01", [rohs, svhc])]) {
      assert.isTrue(validate(plain(sarif(result, { version: "1.2.3" }))), JSON.stringify(validate.errors))
    }
    const log = plain(sarif(await mixed()))
    log.runs[0].results[0].level = "fatal"
    assert.isFalse(validate(log))
  })

  it("makes failures errors, what is unknown warnings, and duties notes", async () => {
    const { results } = sarif(await mixed()).runs[0]
    assert.deepStrictEqual(
      results.map(({ level, ruleId, properties }) => [level, ruleId, properties.partNumber]),
      [
        ["error", "eu-rohs/lead", "BAD"],
        ["warning", "declaration.missing", "SILENT"],
        ["note", "eu-reach-svhc/lead", "BAD"],
        ["note", "eu-reach-svhc/dehp", "DUTY"]
      ]
    )
  })

  it("gives every result a rule with help, at its index", async () => {
    const { tool, results } = sarif(await edgeGateway("2026-11-23", [rohs, svhc])).runs[0]
    for (const { ruleId, ruleIndex, level } of results) {
      const rule = tool.driver.rules[ruleIndex]
      assert.strictEqual(rule?.id, ruleId)
      assert.strictEqual(rule?.defaultConfiguration.level, level)
      assert.isAbove(rule?.help.text.length ?? 0, 20)
    }
  })

  it("points to document and line, by the address it is given", async () => {
    const uri = ({ name }: { readonly name: string }) => `supplier%20data/${name}`
    const [error, missing] = sarif(await mixed(), { uri }).runs[0].results
    assert.deepStrictEqual(error?.locations[0]?.physicalLocation, {
      artifactLocation: { uri: "supplier%20data/a.csv", uriBaseId: "%SRCROOT%" },
      region: { startLine: 2 }
    })
    assert.strictEqual(missing?.locations[0]?.physicalLocation.artifactLocation.uri, "supplier%20data/bom.json")
  })

  it("keeps fingerprints when lines move and amounts change, and never gives one twice", async () => {
    const prints = (log: ReturnType<typeof sarif>) =>
      log.runs[0].results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash)
    const before = prints(sarif(await mixed()))
    const moved = await judged({
      children: ["BAD", "DUTY", "SILENT"].map((number) => ({ number, grams: "2", material: "PVC" })),
      rows: [
        "DUTY,,DEHP,117-81-7,6000,ppm,",
        "DUTY,,Lead,7439-92-1,0,ppm,",
        "BAD,,DEHP,117-81-7,0,ppm,",
        "BAD,,Lead,7439-92-1,3000,ppm,"
      ],
      rules: [rohs, svhc]
    })
    assert.deepStrictEqual(prints(sarif(moved)).sort(), [...before].sort())
    const gateway = prints(sarif(await edgeGateway("2026-11-23", [rohs, svhc])))
    assert.strictEqual(new Set(gateway).size, gateway.length)
  })

  it("is the same text every time", async () => {
    assert.strictEqual(JSON.stringify(sarif(await edgeGateway())), JSON.stringify(sarif(await edgeGateway())))
  })
})

describe("findings", () => {
  it("counts one finding for a part that nobody declares, and tells each in CSV and text", async () => {
    const report = findingsReport(await mixed())
    assert.deepStrictEqual(report.counts, { error: 1, warning: 1, note: 2 })
    assert.deepStrictEqual(report.findings.find(({ level }) => level === "warning")?.regulations, [
      "document-limits",
      "eu-rohs",
      "eu-reach-svhc"
    ])
    assert.deepStrictEqual(
      records(findingsCsv(report)).map(({ level, part_number }) => [level, part_number]),
      report.findings.map(({ level, partNumber }) => [level, partNumber])
    )
    assertFits(findingsText(report))
    assertFits(findingsText(findingsReport(await edgeGateway("2026-11-23", [rohs, svhc]))))
  })
})
