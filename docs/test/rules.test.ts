import { spawnSync } from "node:child_process"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { type RuleSet, readRuleSet } from "@certivo/core"
import { packs } from "@certivo/core/regulations"
import { assert, describe, it } from "vitest"

const root = fileURLToPath(new URL("../..", import.meta.url))
const folder = join(root, ".cache", "rules")
mkdirSync(folder, { recursive: true })

const page = (name: string) => readFileSync(join(root, "docs/reference", name), "utf8")
const block = (language: string) =>
  new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(page("rules.md"))?.[1] ?? assert.fail(`no ${language}`)

/** The command from source. */
const certivo = (...args: ReadonlyArray<string>) =>
  spawnSync(process.execPath, [join(root, "packages/server/src/main.ts"), ...args], {
    cwd: folder,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024
  })

const table = join(folder, "customer.csv")
writeFileSync(table, block("csv"))

describe("docs/reference/rules.md", () => {
  it("has a table that reads as it says", () => {
    const { id, version, title, notice, rules } = readRuleSet("customer.csv", readFileSync(table))
    assert.deepStrictEqual(
      [id, version, title, notice],
      ["acme-rsl", "2026-01", "Acme, restricted substances", undefined]
    )
    assert.deepStrictEqual(
      rules.map((rule) => [rule.id, rule.comparison, rule.limitPpm, rule.level, rule.outcome]),
      [
        ["7439-92-1", "above", "90", "homogeneous-material", "non-compliant"],
        ["7439-92-1-2", "at-or-above", "1000", "homogeneous-material", "non-compliant"],
        ["Phthalates", "above", "1000", "homogeneous-material", "non-compliant"],
        ["50-00-0", "above", "75", "article", "non-compliant"],
        ["azo dyes", "present", undefined, "article", "non-compliant"],
        ["7440-02-0", "above", "1000", "product", "declare"]
      ]
    )
    assert.deepStrictEqual([rules[2]?.aggregation, rules[2]?.members.length], ["sum", 2])
  })

  it("has JSON that reads", () => {
    const { rules, exemptions } = readRuleSet("acme.json", new TextEncoder().encode(block("json")))
    assert.deepStrictEqual([rules[0]?.members.length, exemptions[0]?.id], [3, "6(c)"])
  })
})

describe("docs/reference/rule-packs.md", () => {
  const rows = [...page("rule-packs.md").matchAll(/^\| `([a-z0-9-]+)`.*$/gm)].map(([row]) =>
    row.split("|").map((cell) => cell.trim().replaceAll("`", ""))
  )

  it("lists every pack with its version, rules, exemptions and sources", () => {
    const count = ({ rules, exemptions }: RuleSet, standing: string) =>
      [...rules, ...exemptions].filter(({ source }) => source.standing === standing).length
    assert.deepStrictEqual(
      rows.map((row) => row.slice(1, -1)),
      [...packs.values()].map((pack) => [
        pack.id,
        pack.title,
        pack.version,
        String(pack.rules.length),
        String(pack.exemptions.length),
        ["primary", "secondary", "unchecked"].map((standing) => count(pack, standing)).join(" / ")
      ])
    )
  })

  it("says what each pack itself says must be known", () => {
    for (const { id, notice } of packs.values())
      if (notice !== undefined) assert.include(page("rule-packs.md"), `- \`${id}\`: ${notice}\n`)
  })

  it("names every category that a rule asks for", () => {
    for (const { rules } of packs.values())
      for (const category of rules.flatMap(({ scope }) => [
        ...(scope?.categories ?? []),
        ...(scope?.exceptCategories ?? [])
      ]))
        assert.include(page("rule-packs.md"), `\`${category}\``)
  })
})

describe("certivo rules", { timeout: 60_000 }, () => {
  const lines = (text: string) => text.split("\n")

  it("lists the packs within 80 columns", () => {
    const { stdout, status } = certivo("rules", "list")
    assert.strictEqual(status, 0)
    assert.isTrue(lines(stdout).every((line) => line.length <= 80))
    for (const id of packs.keys()) assert.include(stdout, id)
    const summaries = JSON.parse(certivo("rules", "list", "--format", "json").stdout)
    assert.deepInclude(summaries[1], { id: "eu-reach-svhc", rules: 240 })
  })

  it("shows a pack within 80 columns, and a rule with its source and members", () => {
    const { stdout } = certivo("rules", "show", "eu-rohs")
    assert.isTrue(lines(stdout).every((line) => line.length <= 80))
    assert.match(stdout, /^cadmium +Cadmium +material +> 100 ppm Cd$/m)
    assert.match(stdout, /^6\(c\) +40000 +2027-06-30 /m)
    const rule = certivo("rules", "show", "eu-reach-svhc", "--rule", "7439-92-1").stdout
    assert.include(rule, "declare when > 1000 ppm, in each article")
    assert.include(rule, "on the list since 2018-06-27")
    assert.deepStrictEqual(
      JSON.parse(certivo("rules", "show", "eu-rohs", "--format", "json").stdout),
      JSON.parse(JSON.stringify(packs.get("eu-rohs")))
    )
  })

  it("makes a rule set of a table, which differs in nothing from it", () => {
    const { stdout, status } = certivo("rules", "import", table, "--out", "customer.json")
    assert.strictEqual(status, 0)
    assert.include(stdout, "written to customer.json")
    assert.include(certivo("rules", "diff", table, "customer.json").stdout, "no difference")
  })

  it("shows what changed", () => {
    writeFileSync(join(folder, "older.csv"), block("csv").replace("75 ppm", "300 ppm").replace("2026-01", "2025-01"))
    const { stdout } = certivo("rules", "diff", "older.csv", table)
    assert.include(stdout, "acme-rsl 2025-01 → 2026-01")
    assert.include(stdout, "    limitPpm: 300 → 75")
    const { rules } = JSON.parse(certivo("rules", "diff", "older.csv", table, "--format", "json").stdout)
    assert.deepStrictEqual(rules.changed[0].fields, [{ field: "limitPpm", before: "300", after: "75" }])
  })

  it("says of a bad table what is wrong and where", () => {
    writeFileSync(join(folder, "bad.csv"), "substance,cas,limit_ppm\nLead,7439-92-2,90\n")
    const { stderr, status } = certivo("rules", "import", "bad.csv")
    assert.strictEqual(status, 65)
    assert.include(stderr, 'line 2, cas: "7439-92-2" is no CAS number')
  })

  it.each([
    [["rules", "show", "nonsense"], 64],
    [["rules", "show", "eu-rohs", "--rule", "nonsense"], 64],
    [["rules", "import", "missing.csv"], 65],
    [["check", "bom.json", "a.csv", "--rules", "eu-rohs,eu-rohs"], 64],
    [["check", "bom.json", "a.csv", "--rules", "bad.csv"], 65]
  ] as ReadonlyArray<readonly [ReadonlyArray<string>, number]>)("ends %j with %i", (args, code) => {
    writeFileSync(join(folder, "bom.json"), '{"bom_id":"P","parts":[{"part_number":"A","weight_g":10}]}')
    writeFileSync(join(folder, "a.csv"), "part_number,substance,threshold_ppm,substance_mass_mg\nA,Nickel,100000,2\n")
    assert.strictEqual(certivo(...args).status, code)
  })

  it("check judges by a customer's list beside a pack", () => {
    writeFileSync(join(folder, "bom.json"), '{"bom_id":"P","parts":[{"part_number":"A","weight_g":10}]}')
    writeFileSync(
      join(folder, "a.csv"),
      "part_number,substance,cas,threshold_ppm,substance_mass_mg\nA,Formaldehyde,50-00-0,100000,2\n"
    )
    writeFileSync(join(folder, "limits.csv"), "substance,cas,limit_ppm\nFormaldehyde,50-00-0,150\n")
    const { stdout, status } = certivo("check", "bom.json", "a.csv", "--rules", "prop65,limits.csv", "--format", "json")
    const { parts } = JSON.parse(stdout)
    const statuses = parts[0].findings.map(({ rule, status }: Record<string, string>) => `${rule} ${status}`)
    assert.include(statuses, "limits/50-00-0 non-compliant")
    assert.isTrue(statuses.some((text: string) => text.startsWith("prop65/50-00-0")))
    assert.strictEqual(status, 1)
  })
})
