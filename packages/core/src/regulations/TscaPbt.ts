/** US TSCA section 6(h): five persistent, bioaccumulative and toxic chemicals, 40 CFR 751 subpart E. */
import type { Rule, RuleSet, Source } from "../engine/Rule.ts"
import { table } from "./data/Listed.ts"

const source = (section: string, standing: Source["standing"], url?: string): Source => ({
  text: `40 CFR ${section}`,
  standing,
  taken: "2026-11-25",
  ...(url === undefined ? {} : { url })
})

const rules2021 = (section: string) => source(section, "unchecked")
const rules2024 = (section: string) =>
  source(
    `${section}, as revised by 89 FR 91486`,
    "secondary",
    "https://public.cdxsystem.com/web/cdx/w/tsca-epa-finalizes-revisions-to-pbt-decabde-and-pip-3-1-chemical-regulations"
  )

const restriction = (rule: Pick<Rule, "id" | "name" | "comparison" | "members" | "source"> & Partial<Rule>): Rule => ({
  level: "article",
  basis: "compound",
  aggregation: "single",
  outcome: "non-compliant",
  ...rule
})

/** Prohibited in any amount; since the revision of 2024 a trace that nobody added is tolerated up to 0.1 %. */
const prohibited = (id: string, name: string, members: Rule["members"], section: string, note: string) => [
  restriction({
    id: `${id}-until-2025`,
    name,
    level: "presence",
    comparison: "present",
    members,
    scope: { note },
    effectiveFrom: "2021-02-05",
    effectiveTo: "2025-01-20",
    source: rules2021(section)
  }),
  restriction({
    id: `${id}-intentional`,
    name: `${name}, intentionally added`,
    level: "presence",
    comparison: "intentional",
    members,
    scope: { note },
    effectiveFrom: "2025-01-21",
    source: rules2024(section)
  }),
  restriction({
    id,
    name,
    comparison: "above",
    limitPpm: "1000",
    members,
    scope: { note },
    effectiveFrom: "2025-01-21",
    source: rules2024(section)
  })
]

const decabde = table("1163-19-5|214-604-9|C12Br10O|decabde;decabromodiphenyl ether;bis(pentabromophenyl) ether")
const pip = table(
  "68937-41-7|273-066-3||phenol, isopropylated phosphate (3:1);phenol, isopropylated, phosphate (3:1);pip (3:1);tris(isopropylphenyl) phosphate"
)

export const tscaPbt: RuleSet = {
  id: "tsca-pbt",
  version: "2025-01-21",
  title: "US TSCA 6(h), PBT chemicals",
  notice:
    "Compliance dates by use are left out: EPA postponed many of them, for PIP (3:1) up to 2034 and for vehicle parts longer. A finding is a reason to look up the use in 40 CFR 751 subpart E.",
  rules: [
    ...prohibited(
      "decabde",
      "DecaBDE",
      decabde,
      "751.405",
      "Uses with later compliance dates: among others nuclear wire and vehicle parts."
    ),
    ...prohibited(
      "pip-3-1",
      "PIP (3:1)",
      pip,
      "751.407",
      "Uses with later compliance dates: among others electronics, vehicles and manufacturing equipment."
    ),
    restriction({
      id: "ttbp",
      name: "2,4,6-TTBP",
      comparison: "above",
      limitPpm: "3000",
      members: table("732-26-3|211-989-5|C18H30O|2,4,6-tris(tert-butyl)phenol;2,4,6-tri-tert-butylphenol;2,4,6-ttbp"),
      source: rules2021("751.409")
    }),
    restriction({
      id: "pctp",
      name: "PCTP",
      comparison: "above",
      limitPpm: "10000",
      members: table("133-49-3|205-107-8|C6HCl5S|pentachlorothiophenol;pentachlorobenzenethiol;pctp"),
      source: rules2021("751.411")
    }),
    restriction({
      id: "hcbd",
      name: "HCBD",
      level: "presence",
      comparison: "present",
      members: table("87-68-3|201-765-5|C4Cl6|hexachlorobutadiene;hexachlorobuta-1,3-diene;hcbd"),
      source: rules2021("751.413")
    })
  ],
  exemptions: []
}
