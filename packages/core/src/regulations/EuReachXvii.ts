/** REACH Annex XVII: restrictions of entries that parts and materials are judged by. */
import type { Rule, RuleSet, Source } from "../engine/Rule.ts"
import { longChainAcids, longChainRelated, pfhxa, pfhxaRelated } from "./data/Fluorinated.ts"
import { table } from "./data/Listed.ts"
import { cadmium, lead } from "./data/Metals.ts"
import { dibutyltins, dioctyltins, trisubstitutedTins } from "./data/Organotins.ts"

const source = (text: string, standing: Source["standing"], url?: string): Source => ({
  text: `REACH (EC) 1907/2006 Annex XVII, ${text}`,
  standing,
  taken: "2026-11-25",
  ...(url === undefined ? {} : { url })
})

const restriction = (rule: Omit<Rule, "comparison" | "basis" | "aggregation" | "outcome"> & Partial<Rule>): Rule => ({
  comparison: "at-or-above",
  basis: "compound",
  aggregation: "sum",
  outcome: "non-compliant",
  ...rule
})

const organotin = {
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "element",
  element: "Sn",
  source: source("entry 20", "secondary", "http://www.dgatc-lab.com/en/p19")
} as const

const hydrocarbons = table(`
50-32-8|200-028-5|C20H12|benzo[a]pyrene;benzo(a)pyrene;bap
192-97-2|205-892-7|C20H12|benzo[e]pyrene;benzo(e)pyrene;bep
56-55-3|200-280-6|C18H12|benz[a]anthracene;benzo[a]anthracene;benzo(a)anthracene;baa
218-01-9|205-923-4|C18H12|chrysene;chrysen
205-99-2|205-911-9|C20H12|benzo[b]fluoranthene;benzo(b)fluoranthene
205-82-3|205-910-3|C20H12|benzo[j]fluoranthene;benzo(j)fluoranthene
207-08-9|205-916-6|C20H12|benzo[k]fluoranthene;benzo(k)fluoranthene
53-70-3|200-181-8|C22H14|dibenz[a,h]anthracene;dibenzo[a,h]anthracene;dibenzo(a,h)anthracene
`)

const hydrocarbon = {
  level: "homogeneous-material",
  comparison: "above",
  aggregation: "single",
  members: hydrocarbons,
  effectiveFrom: "2015-12-27",
  source: source(
    "entry 50, paragraphs 5 and 6",
    "secondary",
    "https://www.lexology.com/library/detail.aspx?g=8af8b41d-870f-4011-8673-201b9f8a688c"
  )
} as const

const plastics = [
  "pvc",
  "vinyl chloride",
  "polyurethane",
  "ldpe",
  "low-density polyethylene",
  "cellulose acetate",
  "epoxy",
  "melamine",
  "urea-formaldehyde",
  "unsaturated polyester",
  "polyethylene terephthalate",
  "polybutylene terephthalate",
  "polystyrene",
  "cross-linked polyethylene",
  "polypropylene"
]

const fluorinatedAcids = {
  level: "article",
  effectiveFrom: "2023-02-25",
  source: source(
    "entry 68, (EU) 2021/1297",
    "secondary",
    "https://www.reach.lu/en/support/resource-center/news/news-detail/reach-restriction-list-updated-2/"
  )
} as const

/** Uses of entry 79 with the first day of each. */
const hexanoicUses = [
  ["clothing", "2026-10-10", { categories: ["clothing", "footwear"] }],
  ["paper", "2026-10-10", { categories: ["food-contact"], materials: ["paper", "cardboard"] }],
  ["mixtures", "2026-10-10", { categories: ["consumer-mixture", "cosmetic"] }],
  ["textiles", "2027-10-10", { categories: ["textile"] }]
] as const

const hexanoic = hexanoicUses.flatMap(([use, effectiveFrom, scope]): ReadonlyArray<Rule> => {
  const rule = {
    level: "homogeneous-material",
    scope,
    effectiveFrom,
    source: source("entry 79, (EU) 2024/2462", "secondary", "https://eur-lex.europa.eu/eli/reg/2024/2462/oj")
  } as const
  return [
    restriction({ ...rule, id: `79-pfhxa-${use}`, name: "PFHxA and its salts", limitPpm: "0.025", members: pfhxa }),
    restriction({
      ...rule,
      id: `79-related-${use}`,
      name: "PFHxA-related substances",
      limitPpm: "1",
      members: pfhxaRelated
    })
  ]
})

export const euReachXvii: RuleSet = {
  id: "eu-reach-xvii",
  version: "2026-11-25 (7 entries)",
  title: "EU REACH restrictions (Annex XVII)",
  notice:
    "Entries 20, 23, 50, 51, 63, 68 and 79 of Annex XVII, each without its derogations. Scopes of use are asked for as categories of parts: skin-contact, toy, childcare, mouthable, jewellery, clothing, footwear, textile, food-contact, cosmetic, consumer-mixture. Groups defined by structure are found only by the members named here.",
  rules: [
    restriction({
      ...organotin,
      id: "20-trisubstituted",
      name: "Tri-substituted organotins",
      members: trisubstitutedTins,
      effectiveFrom: "2010-07-01"
    }),
    restriction({
      ...organotin,
      id: "20-dibutyltin",
      name: "Dibutyltin compounds",
      members: dibutyltins,
      scope: { note: "Articles for supply to the general public." },
      effectiveFrom: "2012-01-01"
    }),
    restriction({
      ...organotin,
      id: "20-dioctyltin",
      name: "Dioctyltin compounds",
      members: dioctyltins,
      scope: {
        categories: ["textile", "clothing", "footwear", "gloves", "childcare", "floor-covering", "wall-covering"],
        note: "Textiles, gloves and footwear in contact with the skin, coverings, childcare and hygiene articles, two-component moulding kits."
      },
      effectiveFrom: "2012-01-01"
    }),
    restriction({
      id: "23-plastics",
      name: "Cadmium in plastics",
      level: "homogeneous-material",
      limitPpm: "100",
      basis: "element",
      element: "Cd",
      members: cadmium,
      scope: { materials: plastics },
      source: source("entry 23, paragraph 1, (EU) 835/2012", "primary", "https://www.legislation.gov.uk/eur/2012/835")
    }),
    restriction({
      id: "23-paint",
      name: "Cadmium in paints",
      level: "homogeneous-material",
      limitPpm: "100",
      basis: "element",
      element: "Cd",
      members: cadmium,
      scope: { materials: ["paint", "varnish", "lacquer"], note: "0.1 % where the paint holds more than 10 % zinc." },
      source: source("entry 23, paragraph 2", "unchecked")
    }),
    restriction({
      id: "23-jewellery",
      name: "Cadmium in metal parts of jewellery",
      level: "homogeneous-material",
      limitPpm: "100",
      basis: "element",
      element: "Cd",
      members: cadmium,
      scope: { categories: ["jewellery"] },
      source: source(
        "entry 23, paragraph 10",
        "secondary",
        "https://echa.europa.eu/support/qas-support/browse/-/qa/70Qx/view/ids/158"
      )
    }),
    restriction({
      ...hydrocarbon,
      id: "50-skin-contact",
      name: "PAH in rubber and plastics in contact with the skin",
      limitPpm: "1",
      scope: { categories: ["skin-contact"], note: "Rubber and plastic components only." }
    }),
    restriction({
      ...hydrocarbon,
      id: "50-toys",
      name: "PAH in rubber and plastics of toys and childcare articles",
      limitPpm: "0.5",
      scope: { categories: ["toy", "childcare"], note: "Rubber and plastic components only." }
    }),
    restriction({
      id: "51",
      name: "DEHP, DBP, BBP and DIBP together",
      level: "homogeneous-material",
      limitPpm: "1000",
      members: table(`
117-81-7|204-211-0||dehp;bis(2-ethylhexyl) phthalate
84-74-2|201-557-4||dbp;dibutyl phthalate
85-68-7|201-622-7||bbp;benzyl butyl phthalate;butyl benzyl phthalate
84-69-5|201-553-2||dibp;diisobutyl phthalate
`),
      scope: {
        note: "Plasticised material of articles, apart from those derogated: among others equipment under RoHS."
      },
      effectiveFrom: "2020-07-08",
      source: source("entry 51, (EU) 2018/2005", "primary", "https://www.legislation.gov.uk/eur/2018/2005/annex")
    }),
    restriction({
      id: "63-mouthable",
      name: "Lead in articles that children can put into the mouth",
      level: "article",
      limitPpm: "500",
      basis: "element",
      element: "Pb",
      members: lead,
      scope: { categories: ["mouthable"], note: "Accessible parts of articles for the general public." },
      effectiveFrom: "2016-06-01",
      source: source("entry 63, paragraph 7, (EU) 2015/628", "unchecked")
    }),
    restriction({
      id: "63-pvc",
      name: "Lead in PVC",
      level: "homogeneous-material",
      limitPpm: "1000",
      basis: "element",
      element: "Pb",
      members: lead,
      scope: {
        materials: ["pvc", "vinyl chloride"],
        note: "Not for articles under RoHS, packaging, toys and food contact; recovered PVC has later days and other limits."
      },
      effectiveFrom: "2024-11-29",
      source: source(
        "entry 63, (EU) 2023/923",
        "secondary",
        "https://www.intertek.com/products-retail/insight-bulletins/2023/eu-adds-requirements-for-lead-in-pvc-under-reach-regulation/"
      )
    }),
    restriction({
      ...fluorinatedAcids,
      id: "68-acids",
      name: "C9-C14 PFCA and their salts",
      limitPpm: "0.025",
      members: longChainAcids
    }),
    restriction({
      ...fluorinatedAcids,
      id: "68-related",
      name: "C9-C14 PFCA-related substances",
      limitPpm: "0.26",
      members: longChainRelated
    }),
    ...hexanoic
  ],
  exemptions: []
}
