import { assert, describe, it } from "@effect/vitest"
import { gzipSync, zipSync } from "fflate"
import { decodeDocument, UnreadableDocument } from "../../src/ingest/index.ts"
import { decodeAll } from "./decode.ts"

const utf8 = (text: string) => new TextEncoder().encode(text)
const header = "part_number,substance,substance_mass_mg\n"
const table = utf8(`${header}A,Lead,5\nB,Lead,x\n`)

const decode = (bytes: Uint8Array) =>
  decodeAll(decodeDocument({ name: "sent", sha256: "" }, { as: "declarations" }), bytes, 1 << 16)

const refusalOf = (bytes: Uint8Array): UnreadableDocument => {
  try {
    decode(bytes)
  } catch (error) {
    if (error instanceof UnreadableDocument) return error
    throw error
  }
  return assert.fail("was accepted")
}

describe("archives", () => {
  it("one within another is read, and what is none of ours is passed over", () => {
    const inner = zipSync({ "b.csv": table })
    const found = decode(zipSync({ "deep/inner.zip": inner, "sheet.pdf": utf8("%PDF-1.7"), "empty.txt": utf8("") }))
    assert.deepStrictEqual([found.accepted, found.rejected], [1, 1])
    assert.strictEqual(found.rejects[0]?.document, "sent/deep/inner.zip/b.csv")
    assert.deepStrictEqual(
      found.warnings.map(({ column, code, value }) => [column, code, value]),
      [
        ["sent/sheet.pdf", "document.part_skipped", "document.content_type"],
        ["sent/empty.txt", "document.part_skipped", "header.missing"]
      ]
    )
  })

  it("more than two deep is refused", () => {
    const nested = [1, 2].reduce((bytes) => zipSync({ "inner.zip": bytes }), zipSync({ "a.csv": table }))
    assert.strictEqual(refusalOf(nested).code, "archive.nested")
  })

  it("without any file of ours is refused for what it holds", () => {
    assert.strictEqual(refusalOf(zipSync({ "sheet.pdf": utf8("%PDF-1.7") })).code, "document.content_type")
  })

  it("with a table nobody is sure about is refused with the proposal, packed or only stored", () => {
    const unsure = utf8("Item,Reference,Substance,Mass (mg)\nA,B,Lead,5\n".repeat(50))
    for (const level of [0, 9] as const) {
      const refused = refusalOf(zipSync({ "a.csv": unsure, "b.csv": table }, { level }))
      assert.strictEqual(refused.code, "mapping.unsure")
      assert.strictEqual(refused.proposal?.length, 4)
    }
  })

  it("that unpack to far more than they are do not get far", { timeout: 60_000 }, () => {
    const blanks = new Uint8Array(96 * 1024 ** 2).fill(32)
    blanks.set(utf8(header))
    assert.strictEqual(refusalOf(gzipSync(blanks)).code, "archive.ratio")
    assert.strictEqual(refusalOf(zipSync({ "a.csv": blanks })).code, "archive.ratio")
  })
})

it("a header without end is refused, in few words", () => {
  const refused = refusalOf(utf8("x".repeat(200_000)))
  assert.strictEqual(refused.code, "header.column_missing")
  assert.isBelow(JSON.stringify(refused.proposal).length, 1000)
})
