/**
 * Parts and the lines between them. What is as it was is not written again. From part to part the way is looked up in
 * an index, lateral and with an offset: a join, planned before the table was counted, may read all of it for each level.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { SqlClient } from "effect/sql"
import type { Bom } from "../../domain/Part.ts"
import type { TenantId } from "../../ports/Repository.ts"
import type { Fragment } from "./pages.ts"
import * as Rows from "./rows.ts"

/** Takes a BOM; the keys of what was not so before. */
export const put = (sql: SqlClient.SqlClient, tenant: TenantId, bom: Bom) =>
  Effect.gen(function* () {
    const parts = yield* putParts(sql, tenant, bom)
    const assemblies = yield* putLines(sql, tenant, bom)
    return [...new Set([...parts, ...assemblies].map(({ key }) => key))]
  })

const putParts = (sql: SqlClient.SqlClient, tenant: TenantId, bom: Bom) => {
  const parts = [...bom.parts.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
  return sql<{ key: string }>`INSERT INTO part
    (tenant_id, key, part_number, name, material, mass_grams, categories, supplier, is_product)
    SELECT ${tenant}, t.key, t.number, NULLIF(t.name, ''), NULLIF(t.material, ''), NULLIF(t.mass, ''),
      string_to_array(NULLIF(t.categories, ''), ','), NULLIF(t.supplier, ''), t.key = ${bom.product}
    FROM unnest(
      ${parts.map((part) => part.key)}::text[],
      ${parts.map((part) => part.partNumber)}::text[],
      ${parts.map((part) => part.name ?? "")}::text[],
      ${parts.map((part) => part.material ?? "")}::text[],
      ${parts.map((part) => Rows.textOf(part.massGrams) ?? "")}::text[],
      ${parts.map((part) => part.categories?.join(",") ?? "")}::text[],
      ${parts.map((part) => part.supplier ?? "")}::text[]
    ) AS t (key, number, name, material, mass, categories, supplier)
    ON CONFLICT (tenant_id, key) DO UPDATE SET part_number = excluded.part_number, name = excluded.name,
      material = excluded.material, mass_grams = excluded.mass_grams, categories = excluded.categories,
      supplier = excluded.supplier, is_product = part.is_product OR excluded.is_product
    WHERE (part.part_number, part.name, part.material, part.mass_grams, part.categories, part.supplier,
        part.is_product OR excluded.is_product)
      IS DISTINCT FROM (excluded.part_number, excluded.name, excluded.material, excluded.mass_grams,
        excluded.categories, excluded.supplier, part.is_product)
    RETURNING key`
}

/** A full join and lookups by place take one pass whatever the planner knows of the lines; other joins may loop. */
const putLines = (sql: SqlClient.SqlClient, tenant: TenantId, bom: Bom) => {
  const lines = [...bom.lines.values()].flatMap((siblings) => siblings.map((line, position) => ({ ...line, position })))
  return sql<{ key: string }>`WITH stated AS (
      SELECT t.parent COLLATE "C" AS parent, t.position::bigint, t.child COLLATE "C" AS child, t.quantity,
        t.uncounted::boolean
      FROM unnest(
        ${lines.map((line) => line.parent)}::text[],
        ${lines.map((line) => String(line.position))}::text[],
        ${lines.map((line) => line.child)}::text[],
        ${lines.map((line) => Rows.textOf(line.quantity) ?? "")}::text[],
        ${lines.map((line) => String(line.uncounted === true))}::text[]
      ) AS t (parent, position, child, quantity, uncounted)
    ), changed AS MATERIALIZED (
      SELECT parent, position, stated.child, stated.quantity, stated.uncounted, place FROM stated FULL JOIN (
        SELECT *, ctid AS place FROM bom_line
        WHERE tenant_id = ${tenant} AND parent = ANY(${[...bom.lines.keys()]}::text[])
      ) AS stored USING (parent, position)
      WHERE (stated.child, stated.quantity, stated.uncounted)
        IS DISTINCT FROM (stored.child, stored.quantity, stored.uncounted)
    ), gone AS (
      DELETE FROM bom_line WHERE ctid = ANY(ARRAY(SELECT place FROM changed WHERE child IS NULL))
        AND tenant_id = ${tenant}
    ), written AS (
      INSERT INTO bom_line (tenant_id, parent, position, child, quantity, uncounted)
      SELECT ${tenant}, parent, position, child, quantity, uncounted FROM changed WHERE child IS NOT NULL
      ON CONFLICT (tenant_id, parent, position) DO UPDATE
        SET child = excluded.child, quantity = excluded.quantity, uncounted = excluded.uncounted
    )
    SELECT DISTINCT parent AS key FROM changed`
}

/** A product with everything below it: a row for each line of a part, and one for a part without lines. */
export const read = (sql: SqlClient.SqlClient, tenant: TenantId, product: string) => {
  const linesOf = sql`LATERAL (SELECT * FROM bom_line
    WHERE tenant_id = ${tenant} AND parent = below.key OFFSET 0) AS line`
  return Effect.map(
    sql<Rows.PartRecord & (Rows.LineRecord | { readonly child: null })>`WITH RECURSIVE below (key) AS (
        SELECT ${product}::text COLLATE "C" UNION SELECT line.child FROM below, ${linesOf})
      SELECT part.*, line.parent, line.child, line.quantity, line.uncounted
      FROM below JOIN LATERAL (SELECT * FROM part WHERE tenant_id = ${tenant} AND key = below.key OFFSET 0) AS part ON true
      LEFT JOIN ${linesOf} ON true ORDER BY below.key, line.position`,
    (rows) =>
      rows.some(({ key }) => key === product)
        ? Option.some(
            Rows.bomOf(
              product,
              rows,
              rows.filter((row) => row.child !== null)
            )
          )
        : Option.none()
  )
}

/** Products that are one of some parts, or have one below them. */
export const productsAbove = (sql: SqlClient.SqlClient, tenant: TenantId, from: Fragment) =>
  sql<{ key: string; part_number: string }>`WITH RECURSIVE above (key) AS (
    ${from} UNION SELECT line.parent FROM above, LATERAL (
      SELECT parent FROM bom_line WHERE tenant_id = ${tenant} AND child = above.key OFFSET 0) AS line)
    SELECT part.key, part.part_number FROM above, LATERAL (SELECT * FROM part
      WHERE tenant_id = ${tenant} AND key = above.key OFFSET 0) AS part
    WHERE part.is_product ORDER BY part.key`
