/** What the two cases of DuckDB share: a database in memory, and the file with its types. */
import { DuckDBInstance } from "@duckdb/node-api"

const types = {
  part_number: "VARCHAR",
  supplier: "VARCHAR",
  material: "VARCHAR",
  substance: "VARCHAR",
  cas: "VARCHAR",
  substance_mass_mg: "DOUBLE",
  threshold_ppm: "DOUBLE",
  exemption: "VARCHAR",
  document_ref: "VARCHAR"
}

/** `read_csv` of the file with types; rows it cannot read go to the table `reject_errors`. */
export const typedRead = (file) => {
  const columns = Object.entries(types).map(([name, type]) => `'${name}': '${type}'`)
  return `read_csv('${file.replaceAll("'", "''")}', header = true, auto_detect = false, delim = ',', quote = '"',
    escape = '"', columns = {${columns.join(", ")}}, store_rejects = true)`
}

/** Connects to a new database; `row` gives the first row of a query. */
export const connect = async () => {
  const connection = await (await DuckDBInstance.create(":memory:")).connect()
  const row = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJS()[0]
  return { run: (sql) => connection.run(sql), row }
}

export const rejectedRows = "SELECT count(DISTINCT line) AS rejected FROM reject_errors"
