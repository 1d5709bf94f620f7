/** What the cases of DuckDB share: a database in memory, two threads, and tables of integers loaded before the clock starts. */
import { DuckDBInstance } from "@duckdb/node-api"
import { limitOf, substances } from "../generate.mjs"

/** Appends columns of integers; a value below zero is NULL where `nullable` says so. */
const load = async (connection, table, types, columns, nullable = false) => {
  await connection.run(`CREATE TABLE ${table} (${types})`)
  const appender = await connection.createAppender(table)
  const kinds = types.split(",").map((text) => text.trim().split(" ")[1])
  const length = columns[0].length
  for (let at = 0; at < length; at++) {
    columns.forEach((column, index) => {
      const value = column[at]
      if (nullable && value < 0) appender.appendNull()
      else if (kinds[index] === "BIGINT") appender.appendBigInt(BigInt(value))
      else appender.appendInteger(value)
    })
    appender.endRow()
  }
  appender.closeSync()
}

const numbers = (length) => Int32Array.from({ length }, (_, index) => index)

export const connect = async ({ sizes, massMg, part, substance, lowNg, highNg, parent, child }) => {
  const connection = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect()
  await load(connection, "parts", "part INTEGER, mass_mg BIGINT", [numbers(sizes.parts), massMg], true)
  await load(connection, "declarations", "part INTEGER, substance INTEGER, low_ng BIGINT, high_ng BIGINT", [
    part,
    substance,
    lowNg,
    highNg
  ])
  await load(connection, "lines", "parent INTEGER, child INTEGER", [parent, child])
  const limits = numbers(substances)
  await load(connection, "rules", "substance INTEGER, limit_ppm BIGINT", [limits, limits.map(limitOf)])
  const run = (sql) => connection.run(sql)
  const rows = async (sql) => (await connection.runAndReadAll(sql)).getRowsJS()
  return { run, rows }
}

/** Worst status of each part that has declarations: 4 breaks a limit, 3 is unknown, 1 is within. Exact, in integers. */
export const ownStatuses = `
  SELECT part AS node, max(CASE
      WHEN mass_mg IS NULL THEN 3
      WHEN low_ng > limit_ppm * mass_mg THEN 4
      WHEN high_ng <= limit_ppm * mass_mg THEN 1
      ELSE 3 END)::TINYINT AS status
  FROM declarations JOIN rules USING (substance) JOIN parts USING (part)
  GROUP BY part`

/** Parts nobody declares anything of. */
export const unmentioned = "SELECT part AS node, 3::TINYINT AS status FROM parts ANTI JOIN declarations USING (part)"

const names = { 0: "not-applicable", 1: "compliant", 3: "unknown", 4: "non-compliant" }

/** Status by node from `[node, status]` rows; what has none holds nothing. */
export const statusByNode = (rows) => {
  const statuses = new Map(rows.map(([node, status]) => [node, names[status]]))
  return (node) => statuses.get(node) ?? "not-applicable"
}
