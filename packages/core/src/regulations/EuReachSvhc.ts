/** REACH candidate list of substances of very high concern: the duty to inform of Articles 7(2) and 33, and SCIP. */
import type { Rule, RuleSet } from "../engine/Rule.ts"
import { type Listed, membersOf } from "./data/Listed.ts"
import { candidateList } from "./generated/CandidateList.ts"

const rule = ([id, name, listedOn, reason, note, effectiveFrom, members]: Listed): Rule => ({
  id,
  name,
  level: "article",
  comparison: "above",
  limitPpm: "1000",
  basis: "compound",
  aggregation: "sum",
  members: membersOf(members),
  ...(note === "" ? {} : { scope: { note } }),
  effectiveFrom,
  listedOn,
  outcome: "declare",
  source: {
    text: `REACH (EC) 1907/2006 Art. 33(1) and 59, candidate list: ${reason}`,
    url: "https://echa.europa.eu/candidate-list-table",
    standing: "primary",
    taken: "2024-05-22"
  }
})

/** `EUREACH-0124` is the list of January 2024 in IPC-1752. */
const ipcName = (day: string): string => `EUREACH-${day.slice(5, 7)}${day.slice(2, 4)}`

/** Versions after the one this pack holds: a statement against them covers all of it. */
const later = ["2024-06-27", "2024-11-07", "2025-01-21", "2025-06-25", "2025-11-05"]

export const euReachSvhc: RuleSet = {
  id: "eu-reach-svhc",
  version: "2024-01-23 (240 entries)",
  title: "EU REACH candidate list (SVHC)",
  notice:
    "Not current: the list had 251 entries by 2025-12-25, of which 11 are missing here. Groups that the list defines by structure are found only by the members it names. Data of the list © ECHA.",
  listVersions: Object.fromEntries(
    [...new Set([...candidateList.map(([, , listedOn]) => listedOn), ...later])].sort().flatMap((day) => [
      [day, day],
      [ipcName(day), day]
    ])
  ),
  statementsNeedVersion: true,
  rules: candidateList.map(rule),
  exemptions: []
}
