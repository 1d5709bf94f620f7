import { scipCsv, scipReport, scipText } from "@certivo/core/reports"
import { assert, describe, it } from "vitest"
import { assertFits, edgeGateway, judged, records, rule, ruleSet, svhc } from "./judged.ts"

const ring = { number: "RING", grams: "2", material: "Rubber" }
const mass = "part_number,substance,cas,substance_mass,unit"

const oRing = (mg: string) =>
  judged({
    children: [
      { number: "SUB", grams: "100", children: [{ ...ring, quantity: "2" }] },
      { number: "OTHER", grams: "398", children: [ring] }
    ],
    header: mass,
    rows: [`RING,DEHP,117-81-7,${mg},mg`, "RING,Lead,7439-92-1,0,mg"],
    rules: [svhc]
  })

describe("SCIP", () => {
  it("takes the concentration in the article, however small its share of the product", async () => {
    const report = scipReport(await oRing("3"))
    assert.lengthOf(report.articles, 1)
    const [article] = report.articles
    assert.deepInclude(article, {
      primaryArticleIdentifier: "RING",
      numberOfUnits: "3",
      massGrams: "2",
      paths: [
        ["P", "SUB", "RING"],
        ["P", "OTHER", "RING"]
      ],
      pathsOmitted: 0
    })
    assert.deepStrictEqual(
      article?.concernElements.map(({ candidateListSubstance, concentrationRange }) => ({
        ...candidateListSubstance,
        ...concentrationRange
      })),
      [
        {
          entry: "dehp",
          name: "DEHP",
          casNumber: "117-81-7",
          ecNumber: "204-211-0",
          dateOfInclusion: "2008-10-28",
          lower: "0.15",
          upper: "0.15",
          unit: "% w/w"
        }
      ]
    )
    assert.deepStrictEqual(
      report.complexObjects.map(({ primaryArticleIdentifier, components }) => [primaryArticleIdentifier, components]),
      [
        [
          "P",
          [
            { primaryArticleIdentifier: "SUB", numberOfUnits: "1" },
            { primaryArticleIdentifier: "OTHER", numberOfUnits: "1" }
          ]
        ],
        ["SUB", [{ primaryArticleIdentifier: "RING", numberOfUnits: "2" }]],
        ["OTHER", [{ primaryArticleIdentifier: "RING", numberOfUnits: "1" }]]
      ]
    )
    assertFits(scipText(report))
    assert.deepStrictEqual(
      records(scipCsv(report)).map((row) => [row.path, row.casNumber, row.concentrationUpperPercent]),
      [
        ["P > SUB > RING", "117-81-7", "0.15"],
        ["P > OTHER > RING", "117-81-7", "0.15"]
      ]
    )
  })

  it("tells nothing of an article exactly at the threshold", async () => {
    const { articles, undetermined } = scipReport(await oRing("2"))
    assert.deepStrictEqual([articles, undetermined], [[], []])
  })

  it("never shows what is just above the threshold as equal to it", async () => {
    const [article] = scipReport(await oRing("2.0000000001")).articles
    assert.deepInclude(article?.concernElements[0]?.concentrationRange, { lower: "0.1", upper: "0.100001" })
  })

  it("names the member of a group that is declared", async () => {
    const chromates = ruleSet("eu-reach-svhc", [
      rule("chromates", {
        name: "Chromates",
        level: "article",
        outcome: "declare",
        aggregation: "sum",
        members: [{ cas: "7758-97-6", ec: "231-846-0" }, { cas: "13530-65-9" }]
      })
    ])
    const result = await judged({
      children: [{ number: "A", grams: "1", material: "Paint" }],
      rows: ["A,,Lead chromate,7758-97-6,2,%,"],
      rules: [chromates]
    })
    const [element] = scipReport(result).articles[0]?.concernElements ?? []
    assert.deepInclude(element?.candidateListSubstance, { name: "Chromates", casNumber: "7758-97-6" })
    assert.deepStrictEqual(element?.declaredAs, [
      { name: "Lead chromate", casNumber: "7758-97-6", material: undefined }
    ])
    assert.deepInclude(element?.concentrationRange, { lower: "2" })
  })

  it("keeps what nobody excludes apart from what is known", async () => {
    const result = await judged({
      children: [
        { number: "A", grams: "1", material: "PVC" },
        { number: "B", grams: "1" }
      ],
      rows: ["A,,DEHP,117-81-7,5000,ppm,"],
      rules: [svhc]
    })
    const report = scipReport(result)
    assert.deepStrictEqual(
      report.articles.map(({ primaryArticleIdentifier }) => primaryArticleIdentifier),
      ["A"]
    )
    assert.deepStrictEqual(
      report.undetermined.map(({ partNumber, causes }) => [partNumber, causes.map(({ code }) => code)]),
      [
        ["A", ["substance.undeclared"]],
        ["B", ["declaration.missing"]]
      ]
    )
    assert.isNotEmpty(report.notStated)
  })

  it("says when the candidate list was not judged", async () => {
    const report = scipReport(await edgeGateway())
    assert.isUndefined(report.list)
    assert.include(scipText(report), "not judged")
  })

  it("finds the articles of the gateway with lead and DEHP above 0.1 %", async () => {
    const report = scipReport(await edgeGateway("2026-11-23", [svhc]))
    assert.deepStrictEqual(
      report.articles.map(({ primaryArticleIdentifier }) => primaryArticleIdentifier),
      ["EG-1001", "EG-1011", "EG-3111", "EG-3308", "EG-32034", "EG-40031"]
    )
    assertFits(scipText(report))
  })
})
