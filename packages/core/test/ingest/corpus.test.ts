import { amountText } from "@certivo/core/domain"
import { type CorpusCase, corpus } from "@certivo/core/testing/corpus"
import { assert, describe, it } from "@effect/vitest"
import type { Declaration } from "../../src/domain/Declaration.ts"
import { decodeDocument, UnreadableDocument } from "../../src/ingest/index.ts"
import { decodeAll } from "./decode.ts"

const saysOf = ({ part, substance, cas, ec, amount, claim, material, exemption }: Declaration): string =>
  [
    part,
    substance,
    cas ?? ec ?? "-",
    claim === undefined ? amountText(amount) : `${claim.list} ${claim.says}`,
    ...(material === undefined ? [] : [material]),
    ...(exemption === undefined ? [] : [exemption])
  ].join(" | ")

const remarkOf = ({ line, column, code }: { line: number; column: string; code: string }) => `${line} ${column} ${code}`

const outcomeOf = (input: CorpusCase, pieces: number) => {
  try {
    return decodeAll(decodeDocument({ name: input.name, sha256: "" }, { as: input.as }), input.bytes, pieces)
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
