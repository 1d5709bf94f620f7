/** EU RoHS: the ten substances of Directive 2011/65/EU, Annex II, with (EU) 2015/863. */
import type { Member, Rule, RuleSet, Source } from "../engine/Rule.ts"
import { rohsExemptions } from "./RohsExemptions.ts"

const source: Source = {
  text: "2011/65/EU Annex II, amended by (EU) 2015/863",
  standing: "primary",
  taken: "2026-11-23"
}

const rule = (
  id: string,
  name: string,
  limitPpm: string,
  members: readonly [Member, ...ReadonlyArray<Member>],
  element?: string
): Rule => ({
  id,
  name,
  level: "homogeneous-material",
  comparison: "above",
  limitPpm,
  basis: element === undefined ? "compound" : "element",
  ...(element === undefined ? {} : { element }),
  aggregation: "sum",
  members,
  outcome: "non-compliant",
  source
})

/** A phthalate: restricted since (EU) 2015/863, and not named by statements against 2002/95/EC or the first 2011/65/EU. */
const later = (...stated: Parameters<typeof rule>): Rule => ({ ...rule(...stated), listedOn: "2015-06-04" })

const member = (cas: string | undefined, ...names: ReadonlyArray<string>): Member => ({
  ...(cas === undefined ? {} : { cas }),
  names
})

/**
 * Fails above the limit, in each homogeneous material. Lead, mercury, cadmium and chromium(VI)
 * are counted as declared under the element's own name or CAS number; their compounds are not
 * converted to the element here, so a declaration of a compound alone leaves the rule `unknown`.
 */
export const euRohs: RuleSet = {
  id: "eu-rohs",
  version: "2015/863",
  title: "EU RoHS, Directive 2011/65/EU",
  listVersions: { "2002/95/EC": "2003-01-27" },
  rules: [
    rule("lead", "Lead", "1000", [member("7439-92-1", "lead", "pb")], "Pb"),
    rule("mercury", "Mercury", "1000", [member("7439-97-6", "mercury", "hg")], "Hg"),
    rule("cadmium", "Cadmium", "100", [member("7440-43-9", "cadmium", "cd")], "Cd"),
    rule(
      "chromium-vi",
      "Hexavalent chromium",
      "1000",
      [member("18540-29-9", "hexavalent chromium", "chromium vi", "chromium (vi)", "cr(vi)", "cr6+", "crvi")],
      "Cr"
    ),
    rule("pbb", "PBB", "1000", [
      member(undefined, "pbb", "polybrominated biphenyls", "polybrominated biphenyls (pbb)"),
      member("59536-65-1", "hexabromobiphenyl mixture"),
      member("13654-09-6", "decabromobiphenyl"),
      member("36355-01-8", "hexabromobiphenyl")
    ]),
    rule("pbde", "PBDE", "1000", [
      member(undefined, "pbde", "polybrominated diphenyl ethers", "polybrominated diphenyl ethers (pbde)"),
      member("1163-19-5", "decabde"),
      member("32536-52-0", "octabde"),
      member("32534-81-9", "pentabde")
    ]),
    later("dehp", "DEHP", "1000", [member("117-81-7", "dehp", "bis(2-ethylhexyl) phthalate")]),
    later("bbp", "BBP", "1000", [member("85-68-7", "bbp", "benzyl butyl phthalate")]),
    later("dbp", "DBP", "1000", [member("84-74-2", "dbp", "dibutyl phthalate")]),
    later("dibp", "DIBP", "1000", [member("84-69-5", "dibp", "diisobutyl phthalate")])
  ],
  exemptions: rohsExemptions
}
