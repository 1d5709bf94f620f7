import { execFileSync, spawnSync } from "node:child_process"
import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { packs } from "@certivo/core/regulations"
import { assert, describe, it, vi } from "vitest"

/** Each command starts from source, which takes its time on a busy machine. */
vi.setConfig({ testTimeout: 60_000 })

const root = fileURLToPath(new URL("../..", import.meta.url))
const guide = readFileSync(join(root, "docs/guide/reports.md"), "utf8")

const certivo = (args: ReadonlyArray<string>, cwd = root) =>
  spawnSync(process.execPath, [join(root, "packages/server/src/main.ts"), ...args], {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024
  })

const example = ["examples/edge-gateway/bom.json", "examples/edge-gateway/compliance.csv"] as const

/** Each command of the guide, with the excerpts of its output that stand before the next. */
const examples = guide
  .split(/```sh\n/)
  .slice(1)
  .map((section) => {
    const [command = "", ...rest] = section.split("```")
    const shown = rest
      .join("```")
      .split("\n## ")[0]
      ?.matchAll(/```(?:text|json|xml)\n([\s\S]*?)```/g)
    return {
      args: (command.trim().split(" -- ")[1] ?? "").split(" "),
      excerpts: [...(shown ?? [])].map(([, text = ""]) => text).filter((text) => !text.includes('"company"'))
    }
  })

describe("the guide to reports", () => {
  it("has an example of each kind", () => {
    assert.deepStrictEqual(
      examples.map(({ args }) => args[1]),
      ["status", "coverage", "exemptions", "scip", "diff", "findings", "declaration", "evidence"]
    )
  })

  it.each(examples)("certivo $args gives what it shows", ({ args, excerpts }) => {
    const { status, stdout, stderr } = certivo(args)
    const pack = args[args.indexOf("--rules") + 1] ?? ""
    if (args.includes("--rules") && !packs.has(pack)) {
      assert.deepStrictEqual([status, stdout], [64, ""])
      assert.include(stderr, pack)
      return
    }
    assert.deepStrictEqual([status, stderr], [0, ""])
    assert.isNotEmpty(excerpts)
    for (const excerpt of excerpts) assert.include(stdout, excerpt)
    if (!args.includes("--format")) assert.isTrue(stdout.split("\n").every((line) => line.length <= 80))
  })

  it("shows an issuer that is taken, into a file", () => {
    const folder = mkdtempSync(join(tmpdir(), "certivo-"))
    const issuer = [...guide.matchAll(/```json\n([\s\S]*?)```/g)].find(([, text]) => text?.includes('"company"'))?.[1]
    writeFileSync(join(folder, "issuer.json"), issuer as string)
    const out = join(folder, "out.xml")
    const { status, stdout } = certivo([
      ...["report", "declaration", ...example, "--issuer", join(folder, "issuer.json")],
      ...["--date", "2026-12-01", "--format", "ipc1752-d", "--out", out]
    ])
    assert.deepStrictEqual([status, stdout], [0, ""])
    const xml = readFileSync(out, "utf8")
    assert.include(xml, '<SupplyCompany name="Example GmbH">')
    assert.include(xml, '<Response date="2026-12-01">')
  })

  it("has SDK code that runs", () => {
    const folder = join(root, ".cache", "reports")
    mkdirSync(folder, { recursive: true })
    const code = /```ts\n([\s\S]*?)```/.exec(guide)?.[1] as string
    writeFileSync(join(folder, "example.ts"), code)
    const output = execFileSync(process.execPath, [join(folder, "example.ts")], { cwd: root, encoding: "utf8" })
    assert.include(output, "Product status by regulation")
    assert.match(output, /6\(c\) 219 Set\(1\) \{ 'EG-1001' \}/)
  })
})

describe("certivo report", () => {
  it("gives addresses relative to the folder of the call", () => {
    const { stdout } = certivo(
      ["report", "findings", "bom.json", "compliance.csv", "--format", "sarif"],
      join(root, "examples/edge-gateway")
    )
    const [run] = JSON.parse(stdout).runs
    assert.deepStrictEqual(
      run.artifacts.map((artifact: { readonly location: { readonly uri: string } }) => artifact.location.uri),
      ["bom.json", "compliance.csv"]
    )
  })

  it.each([
    [["status", "missing.json", example[1]], 65, "missing.json"],
    [["status", ...example, "--out", "/nowhere/at/all"], 65, "cannot be written"],
    [["diff", ...example], 64, "--to-as-of"],
    [["scip", ...example], 64, "eu-reach-svhc"],
    [["declaration", ...example, "--issuer", example[1]], 64, "--issuer"],
    [["nonsense", ...example], 64, ""]
  ] as ReadonlyArray<readonly [ReadonlyArray<string>, number, string]>)("%j ends with %i", (args, code, says) => {
    const { status, stderr } = certivo(["report", ...args])
    assert.strictEqual(status, code)
    assert.include(stderr, says)
  })

  it("compares two sets of files", () => {
    const folder = mkdtempSync(join(tmpdir(), "certivo-"))
    const text = readFileSync(join(root, example[1]), "utf8")
    writeFileSync(join(folder, "new.csv"), text.replace("EG-40031,DEHP,1000,5.6", "EG-40031,DEHP,1000,0.56"))
    const { stdout, status } = certivo([
      ...["report", "diff", ...example, "--to-declarations", join(folder, "new.csv"), "--format", "json"]
    ])
    assert.strictEqual(status, 0)
    const { findings, parts } = JSON.parse(stdout)
    assert.deepStrictEqual(
      findings.map((finding: Record<string, unknown>) => [finding.partNumber, finding.change]),
      [["EG-40031", "changed"]]
    )
    assert.include(
      parts.map((part: { readonly partNumber: string }) => part.partNumber),
      "EG-400"
    )
  })
})
