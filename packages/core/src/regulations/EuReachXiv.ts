/** REACH Annex XIV: substances whose use in the EU needs an authorisation after their sunset date. */
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { type Listed, membersOf } from "./data/Listed.ts"
import { authorisationList } from "./generated/AuthorisationList.ts"

const rule = ([id, name, listedOn, reason, note, effectiveFrom, members]: Listed): Rule => ({
  id,
  name,
  level: "presence",
  comparison: "present",
  basis: "compound",
  aggregation: "sum",
  members: membersOf(members),
  ...(note === "" ? {} : { scope: { note } }),
  effectiveFrom,
  listedOn,
  outcome: "warning",
  source: {
    text: `REACH (EC) 1907/2006 Annex XIV, entry ${id}: ${reason}`,
    url: "https://echa.europa.eu/authorisation-list",
    standing: "primary",
    taken: "2024-05-22"
  }
})

export const euReachXiv: RuleSet = {
  id: "eu-reach-xiv",
  version: "2024-05-22 (59 entries)",
  title: "EU REACH authorisation list (Annex XIV)",
  notice:
    "A warning from the sunset date on: what needs authorisation is the use of the substance in the EU, not an imported article that contains it. Substances nobody declares are taken as not in question. Data of the list © ECHA.",
  undeclared: "not-applicable",
  rules: authorisationList.map(rule),
  exemptions: []
}
