/** Rule sets in force, each body once, and the products whose verdict does not hold by them. */
import { type RuleSetNames, ruleSetNames } from "@certivo/core/domain"
import type { Entry, KeptRuleSet, RulesInForce } from "@certivo/core/ports"
import { type Database, pack, unpack } from "./database.ts"

export const putRules = (db: Database, tenant: string, ruleSets: ReadonlyArray<KeptRuleSet>, since: number): void => {
  for (const { hash, body } of ruleSets)
    db.run("INSERT INTO rule_set VALUES (?, ?, ?) ON CONFLICT DO NOTHING", tenant, hash, pack(body))
  db.run("INSERT OR REPLACE INTO rules VALUES (?, ?, ?)", tenant, since, pack(ruleSetNames(ruleSets)))
}

/** All that were ever in force, in their order. */
const all = (db: Database, tenant: string): ReadonlyArray<RulesInForce> =>
  db
    .all("SELECT since, body FROM rules WHERE tenant = ? ORDER BY since", tenant)
    .map((row) => ({ ...unpack<RuleSetNames>(row.body), since: Number(row.since) }))

export const rules = (db: Database, tenant: string): RulesInForce | undefined => all(db, tenant).at(-1)

export const ruleSet = (db: Database, tenant: string, hash: string): unknown => {
  const [row] = db.all("SELECT body FROM rule_set WHERE tenant = ? AND hash = ?", tenant, hash)
  return row && unpack(row.body)
}

export const ruleEntries = (db: Database, tenant: string): ReadonlyArray<Entry> =>
  all(db, tenant).map(({ ruleSets, since }) => ({
    is: "rules",
    ruleSets: ruleSets.map((name) => ({ ...name, body: ruleSet(db, tenant, name.hash) })),
    since
  }))

export const productsToJudge = (
  db: Database,
  tenant: string,
  hash: string,
  day: string,
  limit: number
): ReadonlyArray<string> =>
  db
    .all(
      "SELECT product FROM judged WHERE tenant = ? AND (rules < ? OR rules > ? OR until < ?) LIMIT ?",
      tenant,
      hash,
      hash,
      day,
      limit
    )
    .map((row) => String(row.product))
