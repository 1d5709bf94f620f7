/**
 * DuckDB reading every column with its type, keeping what it cannot read, and summing up. It makes no further
 * check, so NaN, negative or missing masses, missing names and wrong CAS numbers pass; and it keeps no columns.
 */
import { connect, rejectedRows, typedRead } from "./duckdb.mjs"

export const read = async (file) => {
  const { row } = await connect()
  const { accepted } = await row(`
    SELECT count(*) AS accepted, count(part_number), count(supplier), count(material), count(substance), count(cas),
      sum(substance_mass_mg), sum(threshold_ppm), count(exemption), count(document_ref)
    FROM ${typedRead(file)}`)
  const { rejected } = await row(rejectedRows)
  return { counts: { accepted: Number(accepted), rejected: Number(rejected) } }
}
