import { createHash } from "node:crypto"
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { evidenceCsv, evidenceReport, evidenceText } from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rohs, svhc } from "./judged.ts"

describe("index of evidence", () => {
  it("names each document by its hash, with the parts and lines that rest on it", async () => {
    const result = await judged({
      children: [
        { number: "A", grams: "1", material: "PVC" },
        { number: "B", grams: "1" }
      ],
      rows: ["A,,Lead,7439-92-1,10,ppm,", "A,,DEHP,117-81-7,10,ppm,"],
      rules: [rohs, svhc]
    })
    const report = evidenceReport(result)
    const document = report.documents.find(({ name }) => name === "a.csv")
    assert.deepStrictEqual(
      document?.parts.map(({ partNumber, findings }) => [partNumber, findings.map(({ rule, lines }) => [rule, lines])]),
      [
        [
          "A",
          [
            ["eu-rohs/lead", [2]],
            ["eu-reach-svhc/dehp", [3]],
            ["eu-reach-svhc/lead", [2]]
          ]
        ]
      ]
    )
    assert.deepStrictEqual(
      report.unsupported.map(({ partNumber }) => partNumber),
      ["B"]
    )
    const only = evidenceReport(result, { regulations: ["eu-rohs"] })
    assert.deepStrictEqual(
      only.documents.map(({ findings }) => findings),
      [0, 1]
    )
  })

  it("of the gateway has the hash of its file, every finding, and the five parts without evidence", async () => {
    const report = evidenceReport(await edgeGateway())
    const file = fileURLToPath(new URL("../../../../examples/edge-gateway/compliance.csv", import.meta.url))
    const document = report.documents.find(({ kind }) => kind === "declarations")
    assert.strictEqual(document?.sha256, createHash("sha256").update(readFileSync(file)).digest("hex"))
    assert.deepStrictEqual([document?.findings, document?.parts.length], [620, 62])
    assert.lengthOf(report.unsupported, 5)
    assert.lengthOf(records(evidenceCsv(report)), 625)
    assertFits(evidenceText(report))
  })
})
