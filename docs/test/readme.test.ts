import { execFileSync, spawnSync } from "node:child_process"
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { Ajv2020 } from "ajv/dist/2020.js"
import { assert, describe, it, vi } from "vitest"

/** The command is a process of its own; on a busy machine it takes its time to start. */
vi.setConfig({ testTimeout: 120_000 })

const root = fileURLToPath(new URL("../..", import.meta.url))
const readme = readFileSync(join(root, "README.md"), "utf8")
const blocks = (language: string) =>
  [...readme.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, "g"))].map((match) => match[1] as string)

/** The command from source, in the folder of the project. */
const certivo = (...args: ReadonlyArray<string>) =>
  spawnSync(process.execPath, [join(root, "packages/server/src/main.ts"), ...args], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024
  })

const example = ["examples/edge-gateway/bom.json", "examples/edge-gateway/compliance.csv"] as const

describe("README", () => {
  const commands = blocks("sh").join("\n").split("\n")

  it("names the two commands, and both are there", () => {
    const { scripts } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"))
    for (const name of ["start", "test"]) {
      assert.isTrue(commands.some((line) => line.startsWith(`npm ${name}`)))
      assert.isTrue(existsSync(join(root, scripts[name].replace("node ", ""))))
    }
  })

  const runs = commands.filter((line) => line.includes("run --silent certivo --"))
  it.each(runs.map((line) => line.split(" -- ")[1] as string))("certivo %s does what it says", (line) => {
    const { status, stdout, stderr } = certivo(...line.split(" "))
    assert.strictEqual(stderr, "")
    assert.strictEqual(status, line.startsWith("check") ? 1 : 0)
    assert.include(stdout, "EG-1011")
    assert.isTrue(stdout.split("\n").every((text) => !line.startsWith("check") || text.length <= 80))
  })

  it("the SDK example runs and prints the product's status", () => {
    const folder = join(root, ".cache", "readme")
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, "example.ts"), blocks("ts")[0] as string)
    const output = execFileSync(process.execPath, [join(folder, "example.ts")], { cwd: root, encoding: "utf8" })
    assert.match(output, /^non-compliant \{/)
  })

  it("the embed example uses elements that are defined", () => {
    const tags = new Set([...(blocks("html")[0] ?? "").matchAll(/<(certivo-[a-z-]+)/g)].map((match) => match[1]))
    assert.isAbove(tags.size, 2)
    for (const tag of tags) {
      const name = String(tag).replace("certivo-", "")
      assert.isTrue(existsSync(join(root, "packages/elements/src/elements", name, `${name}.define.ts`)), tag)
    }
  })
})

describe("documentation", () => {
  const pages = [
    "README.md",
    "CONTRIBUTING.md",
    "docs/guide",
    "docs/reference",
    "docs/reference/formats",
    "docs/operations",
    "docs/adr"
  ]
    .flatMap((place) =>
      place.endsWith(".md") ? [place] : readdirSync(join(root, place)).map((name) => `${place}/${name}`)
    )
    .filter((page) => page.endsWith(".md"))

  it.each(pages)("every link of %s leads somewhere", (page) => {
    const text = readFileSync(join(root, page), "utf8")
    for (const [, target = ""] of text.matchAll(/\]\(([^)#]+)\)/g)) {
      if (!/^https?:/.test(target)) assert.isTrue(existsSync(join(root, dirname(page), target)), target)
    }
  })

  it("the JSON of a check fits its schema, with and without rule packs", () => {
    const validate = new Ajv2020().compile(
      JSON.parse(readFileSync(join(root, "docs/reference/check.schema.json"), "utf8"))
    )
    for (const rules of [[], ["--rules", "eu-rohs"]]) {
      const { stdout } = certivo("check", ...example, "--format", "json", ...rules)
      assert.isTrue(validate(JSON.parse(stdout)), JSON.stringify(validate.errors))
    }
  })
})

describe("examples", () => {
  it("the gateway has every status, twelve bad rows, and its boundary cases as documented", () => {
    const { stdout } = certivo("check", ...example, "--format", "json", "--as-of", "2026-11-23")
    const { documents, parts, summary } = JSON.parse(stdout)
    const statusOf = (number: string) =>
      parts.find((part: { readonly partNumber: string }) => part.partNumber === number)?.status
    assert.deepStrictEqual(summary, {
      parts: 82,
      compliant: 61,
      exempt: 5,
      unknown: 8,
      nonCompliant: 8,
      declaredPartsPercent: "92.5373"
    })
    assert.deepStrictEqual([documents[1].accepted, documents[1].rejected], [620, 12])
    assert.deepStrictEqual(["EG-3208", "EG-32033", "EG-1011"].map(statusOf), [
      "compliant",
      "compliant",
      "non-compliant"
    ])
    const lines = [
      ...readFileSync(join(root, "examples/edge-gateway/README.md"), "utf8").matchAll(/^\| (\d+) \| [a-z]/gm)
    ]
      .map((match) => Number(match[1]))
      .filter((line) => line > 20)
    assert.deepStrictEqual(
      documents[1].rejects.map((reject: { readonly line: number }) => reject.line),
      lines
    )
  })

  it("the two files of the old layout are judged as they are", () => {
    const { stdout, status } = certivo(
      "check",
      "examples/edge-gateway/legacy/bom.json",
      "examples/edge-gateway/legacy/compliance.csv",
      "--format",
      "json"
    )
    const { documents, summary } = JSON.parse(stdout)
    assert.strictEqual(status, 1)
    assert.deepStrictEqual([summary.compliant, summary.unknown, summary.nonCompliant], [6, 1, 1])
    assert.strictEqual(documents[1].rejected, 3)
  })
})

describe("exit codes", () => {
  it.each([
    [["check", "--nonsense"], 64],
    [["check", "missing.json", example[1]], 65],
    [["check", example[1], example[1]], 65],
    [["check", ...example, "--rules", "nonsense"], 64],
    [["explain", "NOWHERE", ...example], 64],
    [["--version"], 0]
  ] as ReadonlyArray<readonly [ReadonlyArray<string>, number]>)("certivo %j ends with %i", (args, code) => {
    assert.strictEqual(certivo(...args).status, code)
  })
})
