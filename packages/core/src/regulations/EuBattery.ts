/** EU Batteries Regulation: metals in batteries, by the weight of the battery. */
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { cadmium, lead, mercury } from "./data/Metals.ts"

const battery = (
  rule: Omit<Rule, "level" | "comparison" | "basis" | "aggregation" | "outcome" | "source"> & Partial<Rule>
): Rule => ({
  level: "battery",
  comparison: "above",
  basis: "element",
  aggregation: "sum",
  outcome: "non-compliant",
  source: {
    text: "(EU) 2023/1542 Annex I",
    url: "https://products.cooley.com/2025/04/08/productwise-battery-shorts-part-3-substance-restrictions",
    standing: "secondary",
    taken: "2026-11-25"
  },
  ...rule
})

const label = {
  text: "(EU) 2023/1542 Art. 13, marking with the chemical symbol",
  url: "https://products.cooley.com/2025/04/08/productwise-battery-shorts-part-3-substance-restrictions",
  standing: "secondary",
  taken: "2026-11-25"
} as const

const any = ["battery"]
const portable = ["portable-battery", "zinc-air-button-cell"]
const zincAir = ["zinc-air-button-cell"]

export const euBattery: RuleSet = {
  id: "eu-battery",
  version: "2023/1542",
  title: "EU Batteries Regulation (EU) 2023/1542",
  notice:
    "For parts with the category battery; the limits of portable batteries ask for portable-battery or zinc-air-button-cell beside it. For lead in zinc-air button cells the limit begins in 2028.",
  rules: [
    battery({
      id: "mercury",
      name: "Mercury",
      limitPpm: "5",
      element: "Hg",
      members: mercury,
      scope: { categories: any }
    }),
    battery({
      id: "cadmium",
      name: "Cadmium",
      limitPpm: "20",
      element: "Cd",
      members: cadmium,
      scope: { categories: portable }
    }),
    battery({
      id: "lead",
      name: "Lead",
      limitPpm: "100",
      element: "Pb",
      members: lead,
      scope: { categories: ["portable-battery"], exceptCategories: zincAir },
      effectiveFrom: "2024-08-18"
    }),
    battery({
      id: "lead-zinc-air",
      name: "Lead in zinc-air button cells",
      limitPpm: "100",
      element: "Pb",
      members: lead,
      scope: { categories: zincAir },
      effectiveFrom: "2028-08-18"
    }),
    battery({
      id: "cadmium-label",
      name: "Cadmium, to be marked",
      limitPpm: "20",
      element: "Cd",
      members: cadmium,
      scope: { categories: any },
      outcome: "declare",
      source: label
    }),
    battery({
      id: "lead-label",
      name: "Lead, to be marked",
      limitPpm: "40",
      element: "Pb",
      members: lead,
      scope: { categories: any },
      outcome: "declare",
      source: label
    })
  ],
  exemptions: []
}
