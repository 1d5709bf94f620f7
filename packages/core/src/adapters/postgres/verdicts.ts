/**
 * Verdicts as rows. Parts that stand alike by every regulation are of one kind, of which a product has few however many
 * parts and regulations there are: so one entry of an index finds a part by any regulation and status.
 */
import * as Effect from "effect/Effect"
import type { SqlClient } from "effect/sql"
import { type JudgedBy, lastDayHeld } from "../../domain/Rules.ts"
import type { PartVerdict, ProductVerdict } from "../../domain/Verdict.ts"
import type { TenantId } from "../../ports/Repository.ts"
import * as Rows from "./rows.ts"

export const put = Effect.fnUntraced(function* (
  sql: SqlClient.SqlClient,
  tenant: TenantId,
  verdict: ProductVerdict,
  revision: number,
  judgedBy: JudgedBy
) {
  const { parts, ...row } = verdict
  const [before] = yield* sql<{ kinds: ReadonlyArray<Kind> }>`SELECT kinds FROM product
    WHERE tenant_id = ${tenant} AND key = ${verdict.key}`
  const { kinds, kindOf } = kindsOf(parts, before?.kinds ?? [])
  yield* sql`INSERT INTO product (tenant_id, key, search, body, revision, rules, until, kinds)
    VALUES (${tenant}, ${verdict.key}, ${Rows.searchText(verdict.partNumber, verdict.name)},
      ${Rows.pack({ ...row, judgedBy })}, ${revision}, ${judgedBy.hash}, ${lastDayHeld(judgedBy)}, ${JSON.stringify(kinds)}::text::jsonb)
    ON CONFLICT (tenant_id, key) DO UPDATE SET search = excluded.search, body = excluded.body,
      revision = excluded.revision, rules = excluded.rules, until = excluded.until, kinds = excluded.kinds`
  const standings = standingsOf(verdict)
  yield* sql`DELETE FROM product_standing WHERE tenant_id = ${tenant} AND product = ${verdict.key}`
  yield* sql`INSERT INTO product_standing (tenant_id, regulation, status, product)
    SELECT ${tenant}, t.regulation, t.status, ${verdict.key}
    FROM unnest(${standings.map(([by]) => by)}::text[], ${standings.map(([, status]) => status)}::text[])
      AS t (regulation, status)`
  // Rows that are as they were stay: most parts of a product have nothing to do with what has changed. Full joins and
  // lookups by place take one pass whatever the planner knows of a table that was just filled; other joins may loop.
  yield* sql`WITH judged AS (
      SELECT t.goodness::smallint, t.kind::integer, t.key COLLATE "C" AS key, t.search, t.body FROM unnest(
        ${parts.map((part) => String(Rows.goodness(part.status)))}::text[],
        ${parts.map((part) => String(kindOf(part)))}::text[],
        ${parts.map((part) => part.key)}::text[],
        ${parts.map((part) => Rows.searchText(part.partNumber, part.name, part.material))}::text[],
        ${parts.map(bodyOf)}::text[]
      ) AS t (goodness, kind, key, search, body)
    ), changed AS MATERIALIZED (
      SELECT goodness, key, judged.kind, judged.search, judged.body, place FROM judged FULL JOIN (
        SELECT *, ctid AS place FROM product_part WHERE tenant_id = ${tenant} AND product = ${verdict.key}
      ) AS stored USING (goodness, key)
      WHERE (judged.kind, judged.search, judged.body) IS DISTINCT FROM (stored.kind, stored.search, stored.body)
    ), gone AS (
      DELETE FROM product_part WHERE ctid = ANY(ARRAY(SELECT place FROM changed WHERE body IS NULL))
        AND tenant_id = ${tenant}
    )
    INSERT INTO product_part (tenant_id, product, goodness, kind, key, search, body)
    SELECT ${tenant}, ${verdict.key}, goodness, kind, key, search, body FROM changed WHERE body IS NOT NULL
    ON CONFLICT (tenant_id, product, goodness, key) DO UPDATE
      SET kind = excluded.kind, search = excluded.search, body = excluded.body`
})

/** On both sides of the hash in an index, so that nothing is gone over when all products are by it. */
export const toJudge = (sql: SqlClient.SqlClient, tenant: TenantId, rules: string, day: string, limit: number) => {
  const beyond = (side: "<" | ">") => sql`(SELECT key FROM product WHERE tenant_id = ${tenant}
    AND rules ${sql.unsafe(side)} ${rules} ORDER BY rules, key LIMIT ${limit})`
  const over = sql`(SELECT key FROM product WHERE tenant_id = ${tenant} AND until < ${day} ORDER BY until, key LIMIT ${limit})`
  return Effect.map(
    sql<{ key: string }>`SELECT key FROM (${beyond("<")} UNION ${beyond(">")} UNION ${over}) AS found LIMIT ${limit}`,
    (rows) => rows.map(({ key }) => key)
  )
}

/** A part's row without what its kind says. */
const bodyOf = (part: PartVerdict): string => {
  const { byRegulation: _, ...row } = Rows.partRowOf(part)
  return Rows.pack(row)
}

type Kind = PartVerdict["byRegulation"]

const nameOf = (kind: Kind): string =>
  JSON.stringify(kind.map(({ regulation, status, duty }) => [regulation, status, duty]))

/** Kinds that no part is of any more, for each that some are of, from which on they are numbered anew. */
const KEPT_KINDS = 4

/**
 * The kinds of parts there are, and the place of a part's kind among them, from 1. Kinds from before keep their place,
 * for which the rows of their parts need not be written again.
 */
const kindsOf = (parts: ReadonlyArray<PartVerdict>, before: ReadonlyArray<Kind>) => {
  const own = new Map(parts.map(({ byRegulation }) => [nameOf(byRegulation), byRegulation]))
  const kept = before.length > KEPT_KINDS * own.size ? [] : before
  const kinds = new Map([...kept.map((kind) => [nameOf(kind), kind] as const), ...own])
  const places = new Map([...kinds.keys()].map((name, index) => [name, index + 1]))
  return {
    kinds: [...kinds.values()],
    kindOf: ({ byRegulation }: PartVerdict) => places.get(nameOf(byRegulation)) as number
  }
}

/** Every regulation with each status that the product has by it; as a whole under the regulation without a name. */
const standingsOf = ({ byRegulation, status }: ProductVerdict): ReadonlyArray<readonly [string, string]> => [
  ["", status],
  ...byRegulation.flatMap(({ regulation, status, duty }) =>
    [...new Set([status, duty])].flatMap((one) => (one === undefined ? [] : [[regulation, one] as const]))
  )
]

/** Tables and indexes that lists are filtered by. Rows from before are of no kind, and by no rule sets, until judged again. */
export const tables = [
  `ALTER TABLE product ADD COLUMN rules text COLLATE "C" NOT NULL DEFAULT '', ADD COLUMN kinds jsonb NOT NULL DEFAULT '[]'`,
  "ALTER TABLE product_part ADD COLUMN kind integer NOT NULL DEFAULT 0",
  "CREATE INDEX product_rules ON product (tenant_id, rules, key)",
  "CREATE INDEX product_part_kind ON product_part (tenant_id, product, kind, goodness, key) WHERE kind > 0",
  `CREATE TABLE product_standing (
     tenant_id text COLLATE "C", regulation text COLLATE "C", status text COLLATE "C", product text COLLATE "C",
     PRIMARY KEY (tenant_id, regulation, status, product))`,
  "CREATE INDEX product_standing_product ON product_standing (tenant_id, product)"
]

/** Until when a verdict holds. Of rows from before nobody knows: they are judged again. */
export const until = [
  `ALTER TABLE product ADD COLUMN until text COLLATE "C" NOT NULL DEFAULT ''`,
  "CREATE INDEX product_until ON product (tenant_id, until, key)"
]
