import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterAll, assert, describe, it } from "vitest"
import { certivo as run } from "./command.ts"

const root = mkdtempSync(join(tmpdir(), "certivo-overrides-"))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const data = join(root, "data")

const certivo = (...args: ReadonlyArray<string>) => run(...args, "--data", data)

const written = (name: string, text: string) => {
  writeFileSync(join(root, name), text)
  return join(root, name)
}

const bom = written("bom.json", JSON.stringify({ bom_id: "P", parts: [{ part_number: "A", weight_g: 1 }] }))
const rows = written("rows.csv", "part_number,substance,threshold_ppm,substance_mass_mg\nA,Lead,1000,5\n")
const decision = {
  id: "D-1",
  part: "A",
  rule: "document-limits/",
  status: "compliant",
  reason: "the supplier stated\u001b[2J grams as kilograms; measured 300 ppm, report 4711 of the laboratory",
  by: "Q. Manager",
  on: "2026-11-20"
}
const decisions = written("decisions.json", JSON.stringify([decision]))

describe("certivo overrides", () => {
  it("previews, keeps, lists and withdraws decisions of a store", { timeout: 300_000 }, () => {
    assert.strictEqual(certivo("import", bom, rows).status, 0)
    const preview = certivo("preview", "--overrides", decisions)
    assert.include(preview.stdout, "non-compliant")
    assert.strictEqual(certivo("overrides", "list", "--format", "json").stdout, "[\n]\n")

    const added = certivo("overrides", "add", decisions)
    assert.deepStrictEqual(added, { status: 0, stderr: "", stdout: "1 override added\n1 product judged again\n" })
    assert.strictEqual(certivo("overrides", "add", decisions).stdout, "0 overrides added\n0 products judged again\n")
    assert.include(certivo("preview", "--overrides", decisions).stdout, "Nothing would change.\n")

    const listed = certivo("overrides", "list", "--part", "a")
    for (const line of listed.stdout.split("\n")) assert.isAtMost(line.length, 80)
    assert.notInclude(listed.stdout, "\u001b")
    assert.match(listed.stdout, /D-1 +A +document-limi… compliant +2026-11-20\n {2}Q\. Manager: the supplier stated/)
    assert.deepStrictEqual(JSON.parse(certivo("overrides", "list", "--format", "json").stdout), [decision])
    assert.match(certivo("audit").stdout, /overrides\.added +D-1\n/)

    const other = written("other.json", JSON.stringify([{ ...decision, reason: "another" }]))
    const refused = certivo("overrides", "add", other)
    assert.strictEqual(refused.status, 65)
    assert.include(refused.stderr, 'The override "D-1" is refused: another one has its id')
    assert.strictEqual(certivo("overrides", "add", rows).status, 65)

    const withdrawn = certivo("overrides", "withdraw", "D-1")
    assert.deepStrictEqual(withdrawn, {
      status: 0,
      stderr: "",
      stdout: "1 override withdrawn\n1 product judged again\n"
    })
    assert.match(certivo("audit").stdout, /override\.withdrawn +D-1\n/)
    assert.strictEqual(certivo("overrides", "withdraw", "D-2").status, 64)
  })
})
