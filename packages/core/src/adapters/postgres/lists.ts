/** Products, and the parts of each: pages in the order of their index, or of what a text finds. */
import type { SqlClient } from "effect/sql"
import { type ListRequest, MAX_FOUND, type TenantId } from "../../ports/Repository.ts"
import type { Fragment, Order, Paging, Reading } from "./pages.ts"
import * as Rows from "./rows.ts"

const byKey: Order = { columns: [{ column: "key", type: "text" }], downwards: false }

const worstFirst: Order = {
  columns: [
    { column: "goodness", type: "smallint" },
    { column: "key", type: "text" }
  ],
  downwards: false
}

/** What a text looks for: in all products or the parts of one, of one status as a whole or by a regulation. */
interface Sought {
  readonly text: string
  readonly product: string | null
  readonly goodness: number | null
  readonly regulation: string | null
  readonly status: string | null
}

export const listing = (sql: SqlClient.SqlClient, page: Paging) => {
  /** Calls of the functions that search, which read the rows where a policy would keep an index from being used. */
  const searching = ({ text, product, goodness, regulation, status }: Sought) => {
    const of = sql`${product}::text, ${Rows.likePattern(text)}, ${goodness}::smallint, ${regulation}::text, ${status}::text`
    return {
      found: ({ at, backwards, limit }: Reading) => {
        const [from, key = ""] = at === undefined ? ["-1"] : at.length === 1 ? ["-1", at[0]] : at
        return sql`certivo_find(${of}, ${from}::text::smallint, ${key}, ${backwards}, ${limit}) AS found`
      },
      count: (bound: Fragment) => sql<{ n: number }>`SELECT certivo_find_count(${of}, ${bound}) AS n`
    }
  }

  const inAll = (keys: Fragment) => {
    const rows = ({ beyond, limit, order }: Reading) => sql<Rows.ProductRecord>`SELECT key, body, revision FROM ${keys}
      AND ${beyond} ORDER BY ${order} LIMIT ${limit}`
    return [rows, keys] as const
  }

  /** Products that stand so by a regulation: their keys in the order of its index, then the rows of those that are shown. */
  const inSome = (tenant: TenantId, regulation: string, status: string) => {
    const keys = sql`(SELECT tenant_id, product AS key FROM product_standing WHERE tenant_id = ${tenant}
      AND regulation = ${regulation} AND status = ${status}) AS standing WHERE true`
    const rows = ({ beyond, limit, order }: Reading) => sql<Rows.ProductRecord>`SELECT key, body, revision FROM (
      SELECT tenant_id, key FROM ${keys} AND ${beyond} ORDER BY ${order} LIMIT ${limit}) AS found
      JOIN product USING (tenant_id, key) ORDER BY ${order}`
    return [rows, keys] as const
  }

  const products = (tenant: TenantId, { search, status, regulation = "", ...request }: ListRequest) => {
    const list = { order: byKey, itemOf: Rows.productRowOf }
    if (search) {
      const of = status === undefined ? null : regulation
      const sought = { text: search, product: null, goodness: null, regulation: of, status: status ?? null }
      const { found, count } = searching(sought)
      const rows = (reading: Reading) => sql<Rows.ProductRecord>`SELECT key, body, revision FROM ${found(reading)}`
      return page({ ...list, rows, count }, request, MAX_FOUND)
    }
    const [rows, keys] =
      status === undefined ? inAll(sql`product WHERE tenant_id = ${tenant}`) : inSome(tenant, regulation, status)
    const count = (bound: Fragment) => sql<{ n: number }>`SELECT count(*)::int AS n FROM (
      SELECT FROM ${keys} LIMIT ${bound}) AS bounded`
    return page({ ...list, rows, count }, request)
  }

  const parts = (tenant: TenantId, product: string, { search, status, regulation, ...request }: ListRequest) => {
    const goodness = status === undefined || regulation !== undefined ? null : Rows.goodness(status)
    const list = { order: worstFirst, itemOf: Rows.listedPartOf }
    const columns = sql`goodness, key, body, (SELECT kinds FROM product WHERE tenant_id = ${tenant}
      AND product.key = ${product}) -> (NULLIF(kind, 0) - 1) AS standings`
    if (search) {
      const by = regulation === undefined ? { regulation: null, status: null } : { regulation, status: status ?? null }
      const { found, count } = searching({ text: search, product, goodness, ...by })
      const rows = (reading: Reading) => sql<Rows.ListedPart>`SELECT ${columns} FROM ${found(reading)}`
      return page({ ...list, rows, count }, request, MAX_FOUND)
    }
    const all = sql`product_part WHERE tenant_id = ${tenant} AND product = ${product}`
    if (regulation === undefined || status === undefined) {
      const some = goodness === null ? all : sql`${all} AND goodness = ${goodness}::smallint`
      return page(
        {
          ...list,
          rows: ({ beyond, limit, order }) => sql<Rows.ListedPart>`SELECT ${columns} FROM ${some} AND ${beyond}
            ORDER BY ${order} LIMIT ${limit}`,
          count: (bound) =>
            sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT FROM ${some} LIMIT ${bound}) AS bounded`
        },
        request
      )
    }
    const kinds = sql`(SELECT ordinality AS kind FROM product, ${sql.unsafe(KINDS)} WHERE tenant_id = ${tenant}
      AND key = ${product} AND ${standsSo(sql, regulation, status)}) AS alike`
    const ofKind = sql`${all} AND product_part.kind = alike.kind AND product_part.kind > 0`
    return page(
      {
        ...list,
        rows: ({
          beyond,
          limit,
          order
        }) => sql<Rows.ListedPart>`SELECT ${columns} FROM (SELECT part.* FROM ${kinds}, LATERAL (
          SELECT * FROM ${ofKind} AND ${beyond} ORDER BY ${order} LIMIT ${limit}) AS part
          ORDER BY ${order} LIMIT ${limit}) AS part ORDER BY ${order}`,
        count: (bound) => sql<{ n: number }>`SELECT count(*)::int AS n FROM (SELECT FROM ${kinds}, LATERAL (
          SELECT FROM ${ofKind} LIMIT ${bound}) AS part LIMIT ${bound}) AS bounded`
      },
      request
    )
  }

  return { products, parts }
}

/** The kinds of a product's parts, numbered from 1. */
const KINDS = "jsonb_array_elements(product.kinds) WITH ORDINALITY AS kind (standings, ordinality)"

const standsSo = (sql: SqlClient.SqlClient, regulation: string, status: string) => {
  const holds = (by: object) => sql`kind.standings @> ${JSON.stringify([{ regulation, ...by }])}::text::jsonb`
  return sql`(${holds({ status })} OR ${holds({ duty: status })})`
}
