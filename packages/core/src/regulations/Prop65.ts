/** California Proposition 65: chemicals known to cause cancer or reproductive toxicity, as a list to review. */
import type { Member, Rule, RuleSet } from "../engine/Rule.ts"
import { type Listed, membersOf } from "./data/Listed.ts"
import { cadmium, hexavalentChromium, lead, mercury } from "./data/Metals.ts"
import { proposition65List } from "./generated/Proposition65List.ts"

/** Entries the list gives by name alone, and what is known of their members. */
const groups: Readonly<Record<string, ReadonlyArray<Member>>> = {
  lead: lead.slice(0, 1),
  "lead-and-lead-compounds": lead,
  cadmium: cadmium.slice(0, 1),
  "cadmium-and-cadmium-compounds": cadmium,
  "mercury-and-mercury-compounds": mercury,
  "chromium-hexavalent-compounds": hexavalentChromium
}

const rule = ([id, name, listedOn, toxicity, safeHarbour, effectiveFrom, members]: Listed): Rule => ({
  id,
  name,
  level: "presence",
  comparison: "present",
  basis: "compound",
  aggregation: "sum",
  members: [...membersOf(members), ...(groups[id] ?? [])],
  ...(safeHarbour === "" ? {} : { scope: { note: `Safe harbour of exposure, ${safeHarbour}` } }),
  effectiveFrom,
  listedOn,
  outcome: "warning",
  source: {
    text: `California Health and Safety Code 25249.8, list of OEHHA: ${toxicity}`,
    url: "https://oehha.ca.gov/proposition-65/proposition-65-list",
    standing: "primary",
    taken: "2023-12-29"
  }
})

export const prop65: RuleSet = {
  id: "prop65",
  version: "2023-12-29 (875 entries)",
  title: "California Proposition 65",
  notice:
    "A list to review: whether a warning is due depends on exposure, not on content, and a safe harbour level is one of exposure a day. Not current: chemicals listed since December 2023 are missing. Substances nobody declares are taken as not in question.",
  undeclared: "not-applicable",
  rules: proposition65List.map(rule),
  exemptions: []
}
