/** DuckDB making all the checks, in SQL, and keeping the accepted rows as a table. A CAS number is checked once. */
import { connect, rejectedRows, typedRead } from "./duckdb.mjs"

export const read = async (file) => {
  const { run, row } = await connect()
  await run(`CREATE TEMP TABLE typed AS SELECT * FROM ${typedRead(file)}`)
  await run(`
    CREATE TEMP TABLE valid_cas AS
    SELECT cas FROM (
      SELECT cas, list_reverse(string_split(replace(cas, '-', ''), '')) AS digits
      FROM (SELECT DISTINCT cas FROM typed WHERE regexp_full_match(cas, '\\d{2,7}-\\d{2}-\\d'))
    )
    WHERE list_sum(list_transform(range(2, len(digits) + 1), lambda place: (place - 1) * CAST(digits[place] AS INTEGER))) % 10
      = CAST(digits[1] AS INTEGER)`)
  await run(`
    CREATE TEMP TABLE accepted AS SELECT * FROM typed
    WHERE trim(part_number) <> '' AND trim(substance) <> ''
      AND isfinite(substance_mass_mg) AND substance_mass_mg >= 0
      AND isfinite(threshold_ppm) AND threshold_ppm >= 0
      AND (coalesce(cas, '') = '' OR cas IN (SELECT cas FROM valid_cas))`)
  const { accepted, massMg } = await row(
    'SELECT count(*) AS accepted, sum(substance_mass_mg) AS "massMg" FROM accepted'
  )
  const { typed } = await row("SELECT count(*) AS typed FROM typed")
  const { rejected } = await row(rejectedRows)
  return {
    counts: { accepted: Number(accepted), rejected: Number(typed) - Number(accepted) + Number(rejected) },
    massMg: () => massMg
  }
}
