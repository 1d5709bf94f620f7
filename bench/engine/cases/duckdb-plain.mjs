/** DuckDB as most would ask it: a status for each part, and each product walked down to its parts. */
import { statusesOf } from "../statuses.mjs"
import { connect, ownStatuses, statusByNode, unmentioned } from "./duckdb.mjs"

export const prepare = async (data) => {
  const { run, rows } = await connect(data)
  const { nodes, products } = data.sizes
  return async () => {
    await run(`CREATE TABLE part_statuses AS ${ownStatuses} UNION ALL ${unmentioned}`)
    await run(`
      CREATE TABLE product_statuses AS
      WITH RECURSIVE tree(product, node) AS (
        SELECT range::INTEGER, range::INTEGER FROM range(${nodes - products}, ${nodes})
        UNION ALL
        SELECT product, child FROM tree JOIN lines ON parent = node
      )
      SELECT product AS node, max(status) AS status FROM tree JOIN part_statuses USING (node) GROUP BY product`)
    return rows
  }
}

export const check = async (rows, { sizes }) =>
  statusesOf(
    sizes,
    statusByNode(
      await rows("SELECT node, status FROM part_statuses UNION ALL SELECT node, status FROM product_statuses")
    )
  )
