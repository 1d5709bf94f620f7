/** Judges, hashes, certifies and verifies one invented product: whatever it runs in, the hashes are the same. */
import { certify, check, verifyCertificate } from "@certivo/core"
import { judgeBom, type RuleSet } from "@certivo/core/engine"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"

const source = { text: "Act 1, Annex Ⅱ", standing: "unchecked" as const }
const lead = { cas: "7439-92-1", names: ["lead"] } as const
const ruleSet: RuleSet = {
  id: "act",
  version: "1",
  title: "The Act",
  rules: (["homogeneous-material", "article", "product", "presence"] as const).flatMap((level) =>
    (level === "presence" ? (["declare"] as const) : (["non-compliant", "declare"] as const)).map((outcome) => ({
      id: `${level}-${outcome}`,
      name: "Lead",
      level,
      ...(level === "presence"
        ? { comparison: "present" as const }
        : { comparison: "above" as const, limitPpm: "333.3" }),
      basis: "element" as const,
      element: "Pb",
      aggregation: "sum" as const,
      members: [lead, { cas: "7758-97-6", formula: "PbCrO4" }] as const,
      outcome,
      source
    }))
  ),
  exemptions: [{ id: "6(c)", members: [lead], scope: "Kupferlegierungen", maxPpm: "40000", source }]
}

const parts = Array.from({ length: 60 }, (_, index) => `Teil-${index}`)

const bom = {
  format: "certivo-bom/1",
  product: {
    partNumber: "Gerät",
    children: [
      {
        partNumber: "Baugruppe",
        quantity: "3",
        children: parts.slice(0, 30).map((partNumber) => ({ partNumber, quantity: "2.5" }))
      },
      ...parts.map((partNumber, index) => ({
        partNumber,
        quantity: "1",
        ...(index % 7 === 0 ? {} : { mass: { value: `${index}.0000000000000000000001`, unit: "g" } }),
        ...(index % 3 === 0 ? { material: "Messing" } : {})
      }))
    ]
  }
}

const amounts = ["0.1", "333.3", "<0.01", "100-900", "1e-7", "33.33000000000000000000000001"]
const rows = parts.flatMap((part, index) => [
  `${part},Lead,7439-92-1,${amounts[index % 6]},ppm,${index % 4 === 0 ? "6(c)" : ""}`,
  `${part},Bleichromat,7758-97-6,${amounts[(index * 5 + 1) % 6]},${index % 2 === 0 ? "mg" : "ppm"},`
])
const csv = ["part_number,substance,cas,concentration,unit,exemption", ...rows].join("\n")

/** Only the invented rules are judged, so that a new version of a rule pack does not change the hashes. */
export const run = (): Promise<object> => Effect.runPromise(program)

const program = Effect.gen(function* () {
  const encode = (text: string) => new TextEncoder().encode(text)
  const { judged, documents, mapping } = yield* check({
    bom: { name: "bom.json", bytes: encode(JSON.stringify(bom)) },
    declarations: [{ name: "zeilen.csv", bytes: Stream.succeed(encode(csv)) }],
    asOf: "2026-11-23"
  })
  const declarations = (key: string) => judged.facts.get(key)?.declarations ?? []
  const again = judgeBom(judged.bom, { declarations }, [ruleSet], judged.options)
  const text = yield* certify({ judged: again, documents, mapping })
  const { holds, hash } = yield* verifyCertificate(text)
  const { product } = again
  return {
    status: product.status,
    duty: product.duty,
    summary: product.summary,
    factsHash: product.factsHash,
    documents: documents.map(({ sha256 }) => sha256),
    hashes: JSON.parse(text).hashes as object,
    holds,
    verified: hash
  }
})
