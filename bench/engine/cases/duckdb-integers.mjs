/** DuckDB on integer keys, walking up from the parts: each node is met once for each status that reaches it. */

import { statusesOf } from "../statuses.mjs"
import { connect, ownStatuses, statusByNode, unmentioned } from "./duckdb.mjs"

export const prepare = async (data) => {
  const { run, rows } = await connect(data)
  return async () => {
    await run(`
      CREATE TABLE statuses AS
      WITH RECURSIVE up(node, status) AS (
        (${ownStatuses} UNION ALL ${unmentioned})
        UNION
        SELECT parent, status FROM up JOIN lines ON child = node
      )
      SELECT node, max(status) AS status FROM up GROUP BY node`)
    return rows
  }
}

export const check = async (rows, { sizes }) =>
  statusesOf(sizes, statusByNode(await rows("SELECT node, status FROM statuses")))
