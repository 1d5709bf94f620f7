import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { assert, describe, it, vi } from "vitest"

vi.setConfig({ testTimeout: 120_000 })

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = join(root, ".cache", "guides")
mkdirSync(folder, { recursive: true })

/** Files that examples write go into a folder of the test. */
const placed = (text: string) => text.replaceAll("gateway.certificate.json", join(folder, "gateway.certificate.json"))

const page = (name: string) => readFileSync(join(root, "docs/guide", name), "utf8")
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] as string)
const commands = (text: string) =>
  blocks(text, "sh")
    .join("\n")
    .split("\n")
    .flatMap((line) => line.split("certivo -- ")[1] ?? [])

const certivo = (line: string) =>
  spawnSync(process.execPath, [join(root, "packages/server/src/main.ts"), ...placed(line).split(" ")], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024
  })

const run = (code: string, name: string) => {
  writeFileSync(join(folder, name), placed(code))
  return execFileSync(process.execPath, [join(folder, name)], { cwd: root, encoding: "utf8" })
}

describe("explanations", () => {
  const text = page("explanations.md")

  it("the proof is printed as it is shown, within 80 columns", () => {
    const [line = ""] = commands(text)
    const { stdout, stderr } = certivo(line)
    assert.strictEqual(stderr, "")
    assert.strictEqual(stdout, blocks(text, "text")[0])
    assert.isTrue(stdout.split("\n").every((one) => one.length <= 80))
  })

  it("names every kind of node, and the bounds as they are", () => {
    const schema = JSON.parse(readFileSync(join(root, "docs/reference/explanation.schema.json"), "utf8"))
    for (const { $ref } of schema.$defs.node.oneOf) assert.include(text, `\`${$ref.replace("#/$defs/", "")}\``)
    const { stdout } = certivo(`${commands(text)[0]} --format json`)
    const { limits } = JSON.parse(stdout)
    assert.include(
      text,
      `${limits.parts} deciding parts of an assembly, ${limits.findings} findings a part, ${limits.rows} rows a finding, ${limits.steps} steps`
    )
  })

  it("the code proves the product's status", () => {
    assert.match(run(blocks(text, "ts")[0] as string, "explanation.ts"), /^EG-200 is non-compliant because of/)
  })
})

describe("certificates", () => {
  const text = page("certificates.md")

  it("the commands certify, verify, and compare with the documents", () => {
    const results = commands(text).map(certivo)
    assert.deepStrictEqual(
      results.map(({ status, stderr }) => [status, stderr]),
      [
        [1, ""],
        [0, ""],
        [0, ""]
      ]
    )
    assert.include(results[1]?.stdout ?? "", "holds: EG-200 is non-compliant")
    assert.include(results[2]?.stdout ?? "", "compared: compliance.csv")
  })

  it("an altered certificate, and what is none, end as described", () => {
    const file = join(folder, "gateway.certificate.json")
    const altered = join(folder, "altered.json")
    writeFileSync(altered, readFileSync(file, "utf8").replace('"status":"non-compliant"', '"status":"compliant"'))
    const { status, stdout } = certivo(`verify ${altered}`)
    assert.strictEqual(status, 1)
    assert.match(stdout, /at {6}\/product\/status\n {2}stated {2}"compliant"\n {2}found {3}"non-compliant"/)
    assert.strictEqual(certivo("verify examples/edge-gateway/bom.json").status, 65)
    assert.strictEqual(certivo("verify missing.json").status, 65)
    const other = certivo(`verify gateway.certificate.json --documents examples/edge-gateway/legacy/bom.json`)
    assert.strictEqual(other.status, 1)
  })

  it("the code that needs nothing of Certivo checks the hashes; the code with it verifies", () => {
    const [plain = "", own = ""] = blocks(text, "ts")
    assert.strictEqual(run(plain, "plain.ts"), "true true\n")
    assert.strictEqual(run(own, "own.ts"), "true undefined\n")
  })
})
