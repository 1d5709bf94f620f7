import { type Proof, proofHtml, prove } from "@certivo/core"
import axe from "axe-core"
import { assert, describe, it } from "vitest"
import { judgeRows } from "./judged.ts"

const source = { text: "Act 1", url: "https://example.test/act", standing: "secondary" as const }
const members = [{ cas: "7439-92-1", names: ["lead"] }] as const
const rule = {
  name: "Lead",
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "sum",
  members,
  source
} as const

const html = proofHtml(
  prove(
    judgeRows(
      [
        { unit: "ppm", low: "2000" },
        { part: "B", unit: "ppm", low: "0", high: "2000" },
        { part: "C", unit: "ppm", low: "2000", exemption: "6(c)" }
      ],
      [
        {
          id: "act",
          version: "1",
          title: "The Act",
          rules: [
            { ...rule, id: "lead", outcome: "non-compliant" },
            { ...rule, id: "duty", outcome: "declare" }
          ],
          exemptions: [{ id: "6(c)", members, scope: "alloys", lastDay: "2027-01-01", source }]
        }
      ],
      {},
      {},
      {
        product: "A",
        lines: {
          A: [
            ["B", "1"],
            ["C", "2"]
          ]
        }
      }
    ),
    "A"
  ) as Proof
)

describe("the page of a proof", () => {
  it.each(["light", "dark"])("has no accessibility violations (%s)", async (scheme) => {
    const page = new DOMParser().parseFromString(html, "text/html")
    document.documentElement.lang = page.documentElement.lang
    document.title = page.title
    document.body.replaceChildren(...page.querySelectorAll("style"), ...page.body.childNodes)
    document.documentElement.style.colorScheme = scheme
    for (const details of document.querySelectorAll("details")) details.open = true
    const { violations } = await axe.run(document)
    assert.deepStrictEqual(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      []
    )
    assert.isAbove(document.querySelectorAll("main details").length, 3)
  })
})
