/** EU RoHS: the ten substances of Directive 2011/65/EU, Annex II, with (EU) 2015/863. */
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { polybrominatedBiphenyls, polybrominatedDiphenylEthers } from "./data/Halogens.ts"
import { type Members, table } from "./data/Listed.ts"
import { cadmium, hexavalentChromium, lead, mercury } from "./data/Metals.ts"
import { rohsExemptions } from "./RohsExemptions.ts"

const source = {
  text: "2011/65/EU Annex II, amended by (EU) 2015/863",
  url: "https://eur-lex.europa.eu/eli/dir/2011/65",
  standing: "secondary",
  taken: "2026-11-23"
} as const

/** In force since Directive 2002/95/EC. */
const since2006 = "2006-07-01"

/** Fails above the limit, in each homogeneous material. */
const rule = (
  id: string,
  name: string,
  limitPpm: string,
  members: Members,
  rest: Pick<Rule, "basis" | "aggregation"> & Partial<Rule>
): Rule => ({
  id,
  name,
  level: "homogeneous-material",
  comparison: "above",
  limitPpm,
  members,
  effectiveFrom: since2006,
  outcome: "non-compliant",
  source,
  ...rest
})

/** An element or ion in all its compounds, which are counted together. */
const counted = (basis: "element" | "ion", element: string) => ({ basis, element, aggregation: "sum" }) as const
const group = { basis: "compound", aggregation: "sum" } as const

/** Named since (EU) 2015/863, published on 4 June 2015; two years later for medical devices and instruments. */
const phthalate = {
  basis: "compound",
  aggregation: "single",
  listedOn: "2015-06-04",
  effectiveFrom: "2019-07-22",
  scope: { note: "Medical devices and monitoring and control instruments: from 22 July 2021." }
} as const

export const euRohs: RuleSet = {
  id: "eu-rohs",
  version: "2015/863",
  title: "EU RoHS, Directive 2011/65/EU",
  notice:
    "Exemptions of Annex III for lead are partial and come from secondary sources; those of Annex IV and for other substances are left out. For 6(b) the sources disagree, and the earlier date is taken.",
  /** The latest first: a statement that names an act and its amendment is one against the amendment. */
  listVersions: {
    "EUROHS-1907": "2019-07-22",
    "2015/863": "2015-06-04",
    "2011/65/EU": "2011-06-08",
    "EUROHS-1103": "2011-03-01",
    "2005/618/EC": "2005-08-18",
    "EUROHS-0508": "2005-08-18",
    "2002/95/EC": "2003-01-27"
  },
  rules: [
    rule("lead", "Lead", "1000", lead, counted("element", "Pb")),
    rule("mercury", "Mercury", "1000", mercury, counted("element", "Hg")),
    rule("cadmium", "Cadmium", "100", cadmium, counted("element", "Cd")),
    rule("chromium-vi", "Hexavalent chromium", "1000", hexavalentChromium, counted("ion", "Cr")),
    rule("pbb", "PBB", "1000", polybrominatedBiphenyls, group),
    rule("pbde", "PBDE", "1000", polybrominatedDiphenylEthers, group),
    rule("dehp", "DEHP", "1000", table("117-81-7|204-211-0||dehp;bis(2-ethylhexyl) phthalate"), phthalate),
    rule(
      "bbp",
      "BBP",
      "1000",
      table("85-68-7|201-622-7||bbp;benzyl butyl phthalate;butyl benzyl phthalate"),
      phthalate
    ),
    rule("dbp", "DBP", "1000", table("84-74-2|201-557-4||dbp;dibutyl phthalate"), phthalate),
    rule("dibp", "DIBP", "1000", table("84-69-5|201-553-2||dibp;diisobutyl phthalate"), phthalate)
  ],
  exemptions: rohsExemptions
}
