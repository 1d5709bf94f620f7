/** Decisions of people, by id and by the part that they are about. */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import type { SqlClient } from "effect/sql"
import type { Override } from "../../domain/Override.ts"
import { partKey } from "../../domain/Part.ts"
import type { OverridesRequest, TenantId } from "../../ports/Repository.ts"
import type { Order, Paging } from "./pages.ts"
import * as Rows from "./rows.ts"

interface OverrideRow {
  readonly id: string
  /** JSON writes NUL as an escape, so that every text can be stored. */
  readonly body: string
}

const overrideOf = ({ body }: OverrideRow): Override => JSON.parse(body) as Override

const byId: Order = { columns: [{ column: "id", type: "text" }], downwards: false }

export const overriding = (sql: SqlClient.SqlClient, page: Paging) => ({
  put: (tenant: TenantId, override: Override) =>
    Effect.asVoid(sql`INSERT INTO override (tenant_id, id, part_key, body)
      VALUES (${tenant}, ${override.id}, ${Rows.storable(partKey(override.part))}, ${JSON.stringify(override)})
      ON CONFLICT (tenant_id, id) DO UPDATE SET part_key = excluded.part_key, body = excluded.body`),

  find: (tenant: TenantId, id: string) =>
    Effect.map(
      sql<OverrideRow>`SELECT id, body FROM override WHERE tenant_id = ${tenant} AND id = ${Rows.storable(id)}`,
      ([row]) => Option.map(Option.fromNullishOr(row), overrideOf)
    ),

  /** Looked up part by part: nothing tells the planner that there are few. */
  on: (tenant: TenantId, parts: ReadonlyArray<string>) =>
    Effect.map(
      sql<OverrideRow>`SELECT found.* FROM unnest(${[...new Set(parts)].map(Rows.storable)}::text[]) AS part (key),
        LATERAL (SELECT id, body FROM override WHERE tenant_id = ${tenant} AND part_key = part.key OFFSET 0) AS found
        ORDER BY id`,
      (rows) => rows.map(overrideOf)
    ),

  list: (tenant: TenantId, { part, ...request }: OverridesRequest) => {
    const about = part === undefined ? sql`` : sql`AND part_key = ${Rows.storable(part)}`
    const some = sql`override WHERE tenant_id = ${tenant} ${about}`
    return page(
      {
        order: byId,
        rows: ({ beyond, limit, order }) => sql<OverrideRow>`SELECT id, body FROM ${some} AND ${beyond}
          ORDER BY ${order} LIMIT ${limit}`,
        count: (bound) =>
          sql<{
            n: number
          }>`SELECT count(*)::int AS n FROM (SELECT FROM ${some} ORDER BY id LIMIT ${bound}) AS bounded`,
        itemOf: overrideOf
      },
      request
    )
  }
})

export const tables = [
  `CREATE TABLE override (tenant_id text COLLATE "C", id text COLLATE "C", part_key text COLLATE "C" NOT NULL,
     body text NOT NULL, PRIMARY KEY (tenant_id, id))`,
  "CREATE INDEX override_part ON override (tenant_id, part_key, id)"
]
