/** Rule sets in force, each body once. What was in force stays. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { SqlClient } from "effect/sql"
import { type RuleSetNames, ruleSetNames } from "../../domain/Rules.ts"
import type { KeptRuleSet, RulesInForce, TenantId } from "../../ports/Repository.ts"

/** JSON writes NUL as an escape, so that every text of a rule set can be stored. */
export const put = (sql: SqlClient.SqlClient, tenant: TenantId, ruleSets: ReadonlyArray<KeptRuleSet>, since: number) =>
  Effect.gen(function* () {
    yield* sql`INSERT INTO rule_set (tenant_id, hash, body)
      SELECT ${tenant}, t.hash, t.body FROM unnest(
        ${ruleSets.map(({ hash }) => hash)}::text[], ${ruleSets.map(({ body }) => JSON.stringify(body))}::text[]
      ) AS t (hash, body) ON CONFLICT DO NOTHING`
    yield* sql`INSERT INTO rules_in_force (tenant_id, since, names)
      VALUES (${tenant}, ${since}, ${JSON.stringify(ruleSetNames(ruleSets))}) ON CONFLICT DO NOTHING`
  })

export const inForce = (sql: SqlClient.SqlClient, tenant: TenantId) =>
  Effect.map(
    sql<{ names: string; since: bigint }>`SELECT names, since FROM rules_in_force WHERE tenant_id = ${tenant}
      ORDER BY since DESC LIMIT 1`,
    ([row]) =>
      Option.map(
        Option.fromNullishOr(row),
        ({ names, since }): RulesInForce => ({ ...(JSON.parse(names) as RuleSetNames), since: Number(since) })
      )
  )

export const body = (sql: SqlClient.SqlClient, tenant: TenantId, hash: string) =>
  Effect.map(sql<{ body: string }>`SELECT body FROM rule_set WHERE tenant_id = ${tenant} AND hash = ${hash}`, ([row]) =>
    Option.map(Option.fromNullishOr(row), ({ body }): unknown => JSON.parse(body))
  )

/** All that were ever in force, in their order. */
export const history = (sql: SqlClient.SqlClient, tenant: TenantId) =>
  Effect.gen(function* () {
    const changes = yield* sql<{ names: string; since: bigint }>`SELECT names, since FROM rules_in_force
      WHERE tenant_id = ${tenant} ORDER BY since`
    return yield* Effect.forEach(changes, ({ names, since }) =>
      Effect.map(
        Effect.forEach((JSON.parse(names) as RuleSetNames).ruleSets, (name) =>
          Effect.map(
            body(sql, tenant, name.hash),
            (found): KeptRuleSet => ({ ...name, body: Option.getOrThrow(found) })
          )
        ),
        (ruleSets) => ({ is: "rules" as const, ruleSets, since: Number(since) })
      )
    )
  })

export const tables = [
  'CREATE TABLE rule_set (tenant_id text COLLATE "C", hash text COLLATE "C", body text NOT NULL, PRIMARY KEY (tenant_id, hash))',
  'CREATE TABLE rules_in_force (tenant_id text COLLATE "C", since bigint, names text NOT NULL, PRIMARY KEY (tenant_id, since))'
]
