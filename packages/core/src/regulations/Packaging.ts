/** Packaging: four metals together in the EU and in US states, and PFAS in food contact. */
import type { Rule, RuleSet, Source } from "../engine/Rule.ts"
import { fluoropolymers, targetedPfas } from "./data/Fluorinated.ts"
import { joined, type Members, table } from "./data/Listed.ts"
import { cadmium, hexavalentChromium, lead, mercury } from "./data/Metals.ts"

const metals = joined(lead, cadmium, mercury, hexavalentChromium)
/** Chromium is counted in the hexavalent compounds alone, which are the only ones among the members. */
const symbols = "Pb+Cd+Hg+Cr"

const component = (rule: Pick<Rule, "id" | "name" | "comparison" | "members" | "source"> & Partial<Rule>): Rule => ({
  level: "packaging-component",
  basis: "compound",
  aggregation: "sum",
  scope: { categories: ["packaging"] },
  outcome: "non-compliant",
  ...rule
})

const fourMetals = (source: Source): Rule =>
  component({
    id: "sum",
    name: "Lead, cadmium, mercury and hexavalent chromium together",
    comparison: "above",
    limitPpm: "100",
    basis: "element",
    element: symbols,
    members: metals,
    source
  })

export const packagingMetals: RuleSet = {
  id: "packaging-metals",
  version: "2025/40",
  title: "EU packaging: metals (94/62/EC Art. 11, (EU) 2025/40 Art. 5(4))",
  notice: "For parts with the category packaging. Derogations for glass and plastic crates are left out.",
  rules: [
    fourMetals({
      text: "94/62/EC Art. 11; from 2026-08-12 (EU) 2025/40 Art. 5(4)",
      url: "https://www.packlab.gr/en/?p=11557",
      standing: "secondary",
      taken: "2026-11-23"
    })
  ],
  exemptions: []
}

const tpch: Source = {
  text: "Toxics in Packaging Clearinghouse, model legislation of 2021; enacted by states in different forms",
  url: "https://toxicsinpackaging.org/2021-update",
  standing: "secondary",
  taken: "2026-11-25"
}

const intentional = (id: string, name: string, members: Members, counted: Partial<Rule> = {}): Rule =>
  component({ id, name, comparison: "intentional", members, source: tpch, ...counted })

const element = (symbol: string) => ({ basis: "element", element: symbol }) as const

const phthalates = table(`
117-81-7|204-211-0||dehp;bis(2-ethylhexyl) phthalate
84-74-2|201-557-4||dbp;dibutyl phthalate
85-68-7|201-622-7||bbp;benzyl butyl phthalate
84-69-5|201-553-2||dibp;diisobutyl phthalate
28553-12-0|249-079-5||dinp;diisononyl phthalate
26761-40-0|247-977-1||didp;diisodecyl phthalate
117-84-0|204-214-7||dnop;di-n-octyl phthalate
131-11-3|205-011-6||dmp;dimethyl phthalate
84-66-2|201-550-6||dep;diethyl phthalate
`)

export const usTpch: RuleSet = {
  id: "us-tpch",
  version: "2021",
  title: "US toxics in packaging (TPCH model legislation)",
  notice:
    "Model legislation has no force by itself: which of these rules a state has enacted is to be checked. For parts with the category packaging. PFAS and ortho-phthalates are found only by the members named here.",
  rules: [
    fourMetals(tpch),
    intentional("lead-intentional", "Lead, intentionally added", lead, element("Pb")),
    intentional("cadmium-intentional", "Cadmium, intentionally added", cadmium, element("Cd")),
    intentional("mercury-intentional", "Mercury, intentionally added", mercury, element("Hg")),
    intentional("chromium-vi-intentional", "Hexavalent chromium, intentionally added", hexavalentChromium, {
      basis: "ion",
      element: "Cr"
    }),
    intentional("pfas-intentional", "PFAS", joined(targetedPfas, fluoropolymers)),
    intentional("phthalates-intentional", "Ortho-phthalates, intentionally added", phthalates),
    component({
      id: "phthalates",
      name: "Ortho-phthalates together",
      comparison: "above",
      limitPpm: "100",
      members: phthalates,
      source: tpch
    })
  ],
  exemptions: []
}

const article5: Source = {
  text: "(EU) 2025/40 Art. 5(5)",
  url: "https://www.foodcontactcenter.com/en/sustainability/ppwr",
  standing: "secondary",
  taken: "2026-11-25"
}

const foodContact = (rule: Pick<Rule, "id" | "name" | "limitPpm" | "members"> & Partial<Rule>): Rule =>
  component({
    comparison: "at-or-above",
    scope: { categories: ["food-contact"] },
    effectiveFrom: "2026-08-12",
    source: article5,
    ...rule
  })

const allPfas = joined(targetedPfas, fluoropolymers)

export const ppwrPfas: RuleSet = {
  id: "ppwr-pfas",
  version: "2025/40",
  title: "EU packaging: PFAS in food contact ((EU) 2025/40 Art. 5(5))",
  notice:
    "From 12 August 2026, for parts with the categories packaging and food-contact; a concentration equal to the limit fails. PFAS are found only by the members named here. Total fluorine above 50 ppm obliges to prove how much of it is PFAS.",
  rules: [
    foodContact({
      id: "single",
      name: "Any PFAS by itself",
      limitPpm: "0.025",
      aggregation: "single",
      members: targetedPfas
    }),
    foodContact({ id: "sum", name: "Targeted PFAS together", limitPpm: "0.25", members: targetedPfas }),
    foodContact({ id: "polymeric", name: "PFAS", limitPpm: "50", members: allPfas }),
    foodContact({
      id: "total-fluorine",
      name: "Total fluorine",
      comparison: "above",
      limitPpm: "50",
      basis: "element",
      element: "F",
      members: joined(table("7782-41-4|231-954-8|F|fluorine;f;total fluorine;total fluorine (tf)"), allPfas),
      outcome: "declare"
    })
  ],
  exemptions: []
}
