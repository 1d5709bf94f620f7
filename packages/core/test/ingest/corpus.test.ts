import { amountText, exactly } from "@certivo/core/domain"
import { check } from "@certivo/core/promise"
import { type CorpusCase, corpus } from "@certivo/core/testing/corpus"
import { assert, describe, it } from "@effect/vitest"
import * as Decimal from "../../src/domain/Decimal.ts"
import type { Declaration } from "../../src/domain/Declaration.ts"
import { decodeDocument, UnreadableDocument } from "../../src/ingest/index.ts"
import { contradicts } from "../../src/ingest/table/Answers.ts"
import { columnSubstances } from "../../src/ingest/table/Synonyms.ts"
import { euRohs } from "../../src/regulations/index.ts"
import { decodeAll } from "./decode.ts"

const saysOf = ({
  part,
  substance,
  cas,
  ec,
  amount,
  claim,
  material,
  exemption,
  source: { issued }
}: Declaration): string =>
  [
    part,
    substance,
    cas ?? ec ?? "-",
    claim === undefined ? amountText(amount) : `${claim.list} ${claim.says}`,
    ...(material === undefined ? [] : [material]),
    ...(exemption === undefined ? [] : [exemption]),
    ...(issued === undefined ? [] : [`on ${issued}`])
  ].join(" | ")

const remarkOf = ({ line, column, code }: { line: number; column: string; code: string }) => `${line} ${column} ${code}`

const today = "2026-11-23"

const outcomeOf = (input: CorpusCase, pieces: number) => {
  try {
    return decodeAll(
      decodeDocument({ name: input.name, sha256: "" }, { as: input.as, mapping: input.mapping, today }),
      input.bytes,
      pieces
    )
  } catch (error) {
    if (error instanceof UnreadableDocument) return error.code
    throw error
  }
}

describe.each(corpus.map((input) => [`${input.kind} ${input.title}`, input] as const))("%s", (_title, input) => {
  it.each([1, 7, 1 << 20])("in pieces of %i bytes", (pieces) => {
    const outcome = outcomeOf(input, pieces)
    const { expected } = input
    if (expected.refused !== undefined || typeof outcome === "string") {
      assert.strictEqual(typeof outcome === "string" ? outcome : "accepted", expected.refused)
      return
    }
    const { accepted, rejects, warnings, says, bom } = expected
    assert.deepStrictEqual(outcome.rejects.map(remarkOf), rejects ?? [])
    if (warnings !== undefined) assert.deepStrictEqual(outcome.warnings.map(remarkOf), warnings)
    if (accepted !== undefined) assert.strictEqual(outcome.accepted, accepted)
    if (says !== undefined) assert.deepStrictEqual(outcome.declarations.map(saysOf).sort(), [...says].sort())
    if (bom !== undefined) assert.deepStrictEqual(outcome.bom, [...bom].sort())
  })
})

it("has every one of the 46 kinds of dirt", () => {
  const kinds = new Set(corpus.map(({ kind }) => kind))
  assert.deepStrictEqual(
    Array.from({ length: 46 }, (_, index) => index + 1).filter((kind) => !kinds.has(kind)),
    []
  )
})

const judged = corpus.flatMap((input) =>
  input.expected.judged === undefined ? [] : [[input, input.expected.judged] as const]
)

it.each(judged.map(([input, expected]) => [input.title, input, expected] as const))(
  "%s is judged as expected",
  async (_title, { name, bytes }, { asOf, finding, code }) => {
    const bom = { bom_id: "P", parts: [{ part_number: "A", weight_g: 10, material: "Brass" }] }
    const { product } = await check({
      bom: { name: "bom.json", bytes: new TextEncoder().encode(JSON.stringify(bom)) },
      declarations: [{ name, bytes }],
      rules: ["eu-rohs"],
      asOf
    })
    const found = product.parts[0]?.findings.find(({ rule }) => rule === finding)
    assert.include([found?.status, found?.reason?.code], code)
  }
)

it("compares statements about EU RoHS with the limits that EU RoHS has", () => {
  for (const [, name, cas] of columnSubstances) {
    const rule = euRohs.rules.find(({ members }) => members.some((member) => member.cas === cas))
    const limit = Decimal.parse(rule?.limitPpm ?? "") as Decimal.Decimal
    const claim = { list: "eu-rohs", version: undefined, says: "compliant" } as const
    assert.isFalse(contradicts(claim, cas, exactly("ppm", limit)), name)
    assert.isTrue(contradicts(claim, cas, exactly("ppm", Decimal.add(limit, Decimal.fromInteger(1)))), name)
  }
})
