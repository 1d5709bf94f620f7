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

/** Updates after the one this pack holds, with the number of entries from then on: a statement against them covers all of it. */
const later: ReadonlyArray<readonly [day: string, entries: number]> = [
  ["2024-06-27", 241],
  ["2024-11-07", 242],
  ["2025-01-21", 247],
  ["2025-06-25", 250],
  ["2025-11-05", 251]
]

/** Before 2012 entries were merged, so that counting those of today does not give the number of then. */
const MIN_COUNTED = 71

const updates = [
  ...[...new Set(candidateList.map(([, , listedOn]) => listedOn))].map(
    (day) => [day, candidateList.filter(([, , listedOn]) => listedOn <= day).length] as const
  ),
  ...later
]

/** How statements call the list of a day: `EUREACH-0124` in IPC-1752, `SVHC 240` or `240 SVHC` by its number of entries. */
const namesOf = ([day, entries]: readonly [string, number]): ReadonlyArray<string> => [
  `EUREACH-${day.slice(5, 7)}${day.slice(2, 4)}`,
  ...(entries < MIN_COUNTED ? [] : [`SVHC ${entries}`, `${entries} SVHC`])
]

export const euReachSvhc: RuleSet = {
  id: "eu-reach-svhc",
  version: "2024-01-23 (240 entries)",
  title: "EU REACH candidate list (SVHC)",
  notice:
    "Not current: the list had 251 entries by 2025-12-25, of which 11 are missing here. Groups that the list defines by structure are found only by the members it names. Data of the list © ECHA.",
  /** The latest first, so that a number of entries is not taken for its first digits. */
  listVersions: Object.fromEntries(
    updates
      .toSorted(([a], [b]) => (a < b ? 1 : -1))
      .flatMap((update) => namesOf(update).map((name) => [name, update[0]]))
  ),
  statementsNeedVersion: true,
  rules: candidateList.map(rule),
  exemptions: []
}
