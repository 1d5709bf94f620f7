/** DuckDB on integer keys, in passes over all lines from the bottom up until nothing changes any more. */
import { statusesOf } from "../statuses.mjs"
import { connect, ownStatuses, statusByNode, unmentioned } from "./duckdb.mjs"

export const prepare = async (data) => {
  const { run, rows } = await connect(data)
  return async () => {
    await run(`CREATE TABLE own AS ${ownStatuses} UNION ALL ${unmentioned}`)
    await run("CREATE TABLE statuses AS FROM own")
    for (let before = ""; ; ) {
      await run(`
        CREATE TABLE next AS
        SELECT node, max(status) AS status
        FROM (
          FROM own
          UNION ALL
          SELECT parent, max(status) FROM lines JOIN statuses ON child = node GROUP BY parent
        )
        GROUP BY node`)
      const now = String(await rows("SELECT count(*), sum(status) FROM next"))
      await run("DROP TABLE statuses")
      await run("ALTER TABLE next RENAME TO statuses")
      if (now === before) return rows
      before = now
    }
  }
}

export const check = async (rows, { sizes }) =>
  statusesOf(sizes, statusByNode(await rows("SELECT node, status FROM statuses")))
