import { execFileSync } from "node:child_process"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { atomsOf, isCas, isEc } from "@certivo/core/domain"
import { type Member, type Rule, RuleSet } from "@certivo/core/engine"
import { documentLimits, packs } from "@certivo/core/regulations"
import * as Schema from "effect/Schema"
import { assert, describe, it } from "vitest"

const root = fileURLToPath(new URL("../../../..", import.meta.url))
const all = [documentLimits, ...packs.values()]
const named = all.map((pack) => [pack.id, pack] as const)

const pack = (id: string): RuleSet => packs.get(id) ?? assert.fail(`there is no pack ${id}`)
const rule = (name: string): Rule => {
  const [id = "", ruleId] = name.split("/")
  return pack(id).rules.find((candidate) => candidate.id === ruleId) ?? assert.fail(`there is no rule ${name}`)
}
const holds = (rule: Rule, cas: string): boolean => rule.members.some((member) => member.cas === cas)
const membersOf = (set: RuleSet): ReadonlyArray<Member> =>
  [...set.rules, ...set.exemptions].flatMap(({ members }) => members)

describe.each(named)("%s", (_, set) => {
  it("fits the schema of rule sets", () => {
    Schema.decodeUnknownSync(RuleSet, { onExcessProperty: "error" })(JSON.parse(JSON.stringify(set)))
  })

  it("says where each rule and exemption was taken from, and when", () => {
    for (const { id, source } of [...set.rules, ...set.exemptions]) {
      assert.isAbove(source.text.length, 8, id)
      assert.match(source.taken ?? "", /^20\d\d-\d\d-\d\d$/, id)
    }
  })

  it("names each rule once, and each exemption once for a category", () => {
    const rules = set.rules.map(({ id }) => id)
    const exemptions = set.exemptions.map(({ id, categories = [] }) => `${id} ${categories}`)
    for (const ids of [rules, exemptions]) assert.deepStrictEqual(ids, [...new Set(ids)])
  })

  it("has no CAS or EC number with a wrong check digit, and each number once in a rule", () => {
    for (const { cas, ec } of membersOf(set)) {
      assert.isTrue(cas === undefined || isCas(cas), cas)
      assert.isTrue(ec === undefined || isEc(ec), ec)
    }
    for (const { id, members } of set.rules) {
      const numbers = members.flatMap(({ cas }) => cas ?? [])
      if (set.id !== "prop65") assert.deepStrictEqual(numbers, [...new Set(numbers)], id)
    }
  })

  it("identifies every member, by names in lower case", () => {
    for (const { cas, ec, names = [] } of membersOf(set)) {
      assert.isTrue(cas !== undefined || ec !== undefined || names.length > 0)
      for (const name of names) assert.strictEqual(name, name.trim().toLowerCase())
    }
  })

  it("counts elements only in molecules that hold them", () => {
    for (const { formula } of membersOf(set)) if (formula !== undefined) assert.isDefined(atomsOf(formula), formula)
    for (const { id, element, members } of set.rules) {
      const counted = element?.split("+") ?? []
      if (counted.length === 0) continue
      assert.isTrue(
        members.some(({ formula }) => formula === counted[0]) || id.startsWith("20-"),
        `${id} lacks the element itself`
      )
      for (const { formula } of members)
        if (formula !== undefined)
          assert.isTrue(
            counted.some((symbol) => atomsOf(formula)?.has(symbol)),
            `${formula} in ${set.id}/${id}`
          )
    }
  })

  it("never calls a duty a prohibition, and ends no rule before it begins", () => {
    for (const { id, effectiveFrom = "", effectiveTo = "9999" } of set.rules)
      assert.isTrue(effectiveFrom < effectiveTo, id)
  })
})

describe("limits", () => {
  /** Limit, comparison, level, what is counted and how, as the legal texts and standards have them. */
  it.each([
    ["eu-rohs/lead", "1000", "above", "homogeneous-material", "Pb sum"],
    ["eu-rohs/mercury", "1000", "above", "homogeneous-material", "Hg sum"],
    ["eu-rohs/cadmium", "100", "above", "homogeneous-material", "Cd sum"],
    ["eu-rohs/chromium-vi", "1000", "above", "homogeneous-material", "Cr sum"],
    ["eu-rohs/pbb", "1000", "above", "homogeneous-material", "sum"],
    ["eu-rohs/pbde", "1000", "above", "homogeneous-material", "sum"],
    ["eu-rohs/dehp", "1000", "above", "homogeneous-material", "single"],
    ["eu-rohs/dibp", "1000", "above", "homogeneous-material", "single"],
    ["eu-reach-svhc/7439-92-1", "1000", "above", "article", "sum"],
    ["eu-reach-xvii/20-dibutyltin", "1000", "above", "article", "Sn sum"],
    ["eu-reach-xvii/23-plastics", "100", "at-or-above", "homogeneous-material", "Cd sum"],
    ["eu-reach-xvii/50-skin-contact", "1", "above", "homogeneous-material", "single"],
    ["eu-reach-xvii/50-toys", "0.5", "above", "homogeneous-material", "single"],
    ["eu-reach-xvii/51", "1000", "at-or-above", "homogeneous-material", "sum"],
    ["eu-reach-xvii/63-mouthable", "500", "at-or-above", "article", "Pb sum"],
    ["eu-reach-xvii/63-pvc", "1000", "at-or-above", "homogeneous-material", "Pb sum"],
    ["eu-reach-xvii/68-acids", "0.025", "at-or-above", "article", "sum"],
    ["eu-reach-xvii/68-related", "0.26", "at-or-above", "article", "sum"],
    ["eu-reach-xvii/79-pfhxa-clothing", "0.025", "at-or-above", "homogeneous-material", "sum"],
    ["eu-reach-xvii/79-related-clothing", "1", "at-or-above", "homogeneous-material", "sum"],
    ["eu-pops/pfoa", "0.025", "above", "article", "sum"],
    ["eu-pops/pfoa-related", "1", "above", "article", "sum"],
    ["eu-pops/hbcdd", "75", "above", "article", "sum"],
    ["eu-pops/sccp", "1500", "at-or-above", "article", "sum"],
    ["halogen-free/chlorine", "900", "above", "homogeneous-material", "Cl sum"],
    ["halogen-free/bromine", "900", "above", "homogeneous-material", "Br sum"],
    ["halogen-free/chlorine-bromine", "1500", "above", "homogeneous-material", "Cl+Br sum"],
    ["low-halogen/bromine", "1000", "at-or-above", "homogeneous-material", "Br sum"],
    ["packaging-metals/sum", "100", "above", "packaging-component", "Pb+Cd+Hg+Cr sum"],
    ["us-tpch/sum", "100", "above", "packaging-component", "Pb+Cd+Hg+Cr sum"],
    ["ppwr-pfas/single", "0.025", "at-or-above", "packaging-component", "single"],
    ["ppwr-pfas/sum", "0.25", "at-or-above", "packaging-component", "sum"],
    ["ppwr-pfas/polymeric", "50", "at-or-above", "packaging-component", "sum"],
    ["eu-battery/mercury", "5", "above", "battery", "Hg sum"],
    ["eu-battery/cadmium", "20", "above", "battery", "Cd sum"],
    ["eu-battery/lead", "100", "above", "battery", "Pb sum"],
    ["tsca-pbt/pctp", "10000", "above", "article", "single"],
    ["tsca-pbt/ttbp", "3000", "above", "article", "single"]
  ])("%s is %s ppm, %s, in each %s, %s", (name, limitPpm, comparison, level, counted) => {
    const { element, aggregation, ...found } = rule(name)
    assert.deepStrictEqual(
      [
        found.limitPpm,
        found.comparison,
        found.level,
        [...(element === undefined ? [] : [element]), aggregation].join(" ")
      ],
      [limitPpm, comparison, level, counted]
    )
  })

  it("of persistent pollutants step down without a gap or an overlap", () => {
    const step = (day: string, ...ids: ReadonlyArray<string>) =>
      ids.filter((id) => {
        const { effectiveFrom = "", effectiveTo = "9999" } = rule(`eu-pops/${id}`)
        return effectiveFrom <= day && day <= effectiveTo
      })
    const uv = ["uv-328-until-2027", "uv-328-until-2029", "uv-328"]
    assert.deepStrictEqual(
      ["2025-08-03", "2025-08-04", "2027-08-03", "2027-08-04", "2029-08-04"].map((day) => step(day, ...uv)),
      [[], ["uv-328-until-2027"], ["uv-328-until-2027"], ["uv-328-until-2029"], ["uv-328"]]
    )
    const pbde = ["pbde-until-2025", "pbde", "pbde-recovered-until-2025", "pbde-recovered-until-2027", "pbde-recovered"]
    assert.deepStrictEqual(
      ["2025-11-16", "2025-11-17", "2025-12-30", "2027-12-30"].map((day) => step(day, ...pbde)),
      [
        ["pbde-until-2025", "pbde-recovered-until-2025"],
        ["pbde", "pbde-recovered-until-2025"],
        ["pbde", "pbde-recovered-until-2027"],
        ["pbde", "pbde-recovered"]
      ]
    )
  })

  it("of PFAS in food contact begin on 12 August 2026, of phthalates under RoHS on 22 July 2019", () => {
    assert.deepStrictEqual([...new Set(pack("ppwr-pfas").rules.map((one) => one.effectiveFrom))], ["2026-08-12"])
    for (const id of ["dehp", "bbp", "dbp", "dibp"]) {
      const { effectiveFrom, listedOn } = rule(`eu-rohs/${id}`)
      assert.deepStrictEqual([effectiveFrom, listedOn], ["2019-07-22", "2015-06-04"])
    }
  })
})

describe("statements against an older list", () => {
  it("of RoHS cover six substances, of (EU) 2015/863 all ten", () => {
    const { listVersions = {}, rules } = pack("eu-rohs")
    const covered = (version: string) =>
      rules.filter(({ listedOn = "" }) => listedOn <= (listVersions[version] ?? "")).length
    assert.deepStrictEqual(
      ["2002/95/EC", "2011/65/EU", "EUROHS-0508", "EUROHS-1103", "2015/863", "EUROHS-1907"].map(covered),
      [6, 6, 6, 6, 10, 10]
    )
  })

  it("of the candidate list cover what was on it that day", () => {
    const { listVersions = {}, rules, statementsNeedVersion } = pack("eu-reach-svhc")
    const covered = (version: string) =>
      rules.filter(({ listedOn = "" }) => listedOn <= (listVersions[version] ?? "")).length
    assert.isTrue(statementsNeedVersion)
    assert.deepStrictEqual(
      [
        "EUREACH-1008",
        "EUREACH-0119",
        "EUREACH-0721",
        "EUREACH-0123",
        "EUREACH-0124",
        "EUREACH-1125",
        "SVHC 233",
        "EUREACH-9999"
      ].map(covered),
      [15, 197, 219, 233, 240, 240, 233, 0]
    )
  })
})

describe("exemptions of RoHS", () => {
  const lastDay = (id: string, category?: string) =>
    pack("eu-rohs").exemptions.find(
      (one) => one.id === id && (category === undefined ? !one.categories : one.categories?.includes(category))
    )?.lastDay

  it("end on the earlier day where sources or categories differ", () => {
    assert.deepStrictEqual(
      ["6(a)", "6(a)-I", "6(b)", "6(b)-I", "6(b)-II", "6(c)", "7(a)", "7(a)-VII", "7(c)-II"].map((id) => lastDay(id)),
      [
        "2026-12-11",
        "2027-06-30",
        "2026-06-11",
        "2026-12-11",
        "2027-03-28",
        "2027-06-30",
        "2027-06-30",
        "2027-12-31",
        "2027-12-31"
      ]
    )
    assert.strictEqual(lastDay("6(b)-II", "11"), "2027-06-30")
  })

  it("cover compounds of lead, and ask for 85 % in high melting solder but not in an article", () => {
    const solder = (set: RuleSet) => set.exemptions.find(({ id }) => id === "7(a)")
    assert.isTrue(solder(pack("eu-rohs"))?.members.some(({ formula }) => formula === "PbO"))
    assert.strictEqual(solder(pack("eu-rohs"))?.minPpm, "850000")
    assert.isUndefined(solder(documentLimits)?.minPpm)
  })
})

describe("lists of authorities", () => {
  it("are what their files give", () => {
    execFileSync(process.execPath, [join(root, "scripts/regulations/generate.mjs"), "--check"])
  })

  it("have a rule for each entry", () => {
    assert.deepStrictEqual(
      ["eu-reach-svhc", "eu-reach-xiv", "prop65"].map((id) => pack(id).rules.length),
      [240, 59, 875]
    )
    assert.strictEqual(membersOf(pack("eu-reach-svhc")).length, 484)
  })

  it("sum the members of a group, and give each entry its day", () => {
    const group = rule("eu-reach-svhc/perfluorohexane-1-sulphonic-acid-and-its-salts")
    assert.strictEqual(group.members.length, 38)
    assert.deepStrictEqual([group.listedOn, group.effectiveFrom], ["2017-07-07", "2017-07-07"])
    assert.isTrue(holds(rule("eu-reach-svhc/sodium-dichromate"), "7789-12-0"))
  })

  it("begin to warn at the sunset date", () => {
    assert.strictEqual(rule("eu-reach-xiv/55").effectiveFrom, "2025-05-01")
  })

  it("are cleaned of what a spreadsheet did to numbers, of footnotes and of doubled entries", () => {
    assert.strictEqual(rule("prop65/3385-03-3").name, "Flunisolide")
    assert.strictEqual(rule("prop65/7446-09-5").name, "Sulfur dioxide")
    assert.strictEqual(rule("prop65/34465-46-8").name, "Hexachlorodibenzodioxin")
    assert.isTrue(holds(rule("prop65/di-isodecyl-phthalate-didp"), "26761-40-0"))
    assert.isFalse(holds(rule("prop65/norethisterone-norethindrone-mestranol"), "72-33-3"))
    const acrylamide = rule("prop65/79-06-1")
    assert.strictEqual(acrylamide.listedOn, "1990-01-01")
    assert.include(acrylamide.source.text, "cancer, developmental, male")
    assert.include(acrylamide.scope?.note ?? "", "140")
    assert.isFalse(pack("prop65").rules.some(({ name }) => /\[(basis|click)|cyanidef$|\?/i.test(name)))
    assert.isTrue(pack("prop65").rules.every(({ outcome }) => outcome === "warning"))
  })

  it("have every compound of lead, cadmium and hexavalent chromium also under RoHS", () => {
    const missing = (element: RegExp, id: string, except: ReadonlyArray<string> = []) =>
      pack("eu-reach-svhc").rules.flatMap((one) =>
        one.members.flatMap(({ cas = "", names = [] }) =>
          cas !== "" && names.some((name) => element.test(name)) && !holds(rule(id), cas) && !except.includes(cas)
            ? [`${cas} ${names[0]}`]
            : []
        )
      )
    assert.deepStrictEqual(missing(/lead|plumb/, "eu-rohs/lead"), [])
    assert.deepStrictEqual(missing(/cadmium/, "eu-rohs/cadmium"), [])
    assert.deepStrictEqual(missing(/chrom(?!ene)/, "eu-rohs/chromium-vi"), [])
  })
})
