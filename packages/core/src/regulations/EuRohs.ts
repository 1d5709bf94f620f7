/** EU RoHS: the ten substances of Directive 2011/65/EU, Annex II, with (EU) 2015/863. */
import type { Member, Rule, RuleSet } from "../engine/Rule.ts"
import { rohsExemptions } from "./RohsExemptions.ts"

const source = "2011/65/EU Annex II, amended by (EU) 2015/863"

const rule = (id: string, name: string, limitPpm: string, members: ReadonlyArray<Member>): Rule => ({
  id,
  name,
  level: "homogeneous-material",
  limitPpm,
  members,
  source
})

/** A phthalate: restricted since (EU) 2015/863, and not named by statements against 2002/95/EC or the first 2011/65/EU. */
const later = (...stated: Parameters<typeof rule>): Rule => ({ ...rule(...stated), addedLater: true })

const member = (cas: string | undefined, ...names: ReadonlyArray<string>): Member => ({ cas, names })

/**
 * Fails above the limit, in each homogeneous material. Lead, mercury, cadmium and chromium(VI)
 * are counted as declared under the element's own name or CAS number; their compounds are not
 * converted to the element here, so a declaration of a compound alone leaves the rule `unknown`.
 */
export const euRohs: RuleSet = {
  id: "eu-rohs",
  version: "2015/863",
  title: "EU RoHS, Directive 2011/65/EU",
  documentLimits: false,
  rules: [
    rule("lead", "Lead", "1000", [member("7439-92-1", "lead", "pb")]),
    rule("mercury", "Mercury", "1000", [member("7439-97-6", "mercury", "hg")]),
    rule("cadmium", "Cadmium", "100", [member("7440-43-9", "cadmium", "cd")]),
    rule("chromium-vi", "Hexavalent chromium", "1000", [
      member("18540-29-9", "hexavalent chromium", "chromium vi", "chromium (vi)", "cr(vi)", "cr6+", "crvi")
    ]),
    rule("pbb", "PBB", "1000", [
      member("59536-65-1", "pbb", "polybrominated biphenyls", "polybrominated biphenyls (pbb)"),
      member("13654-09-6", "decabromobiphenyl"),
      member("36355-01-8", "hexabromobiphenyl")
    ]),
    rule("pbde", "PBDE", "1000", [
      member("1163-19-5", "pbde", "polybrominated diphenyl ethers", "polybrominated diphenyl ethers (pbde)", "decabde"),
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
