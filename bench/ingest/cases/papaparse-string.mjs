/** Papa Parse on the whole file as one string, row by row: faster here than in chunks or all at once. */
import { readFileSync } from "node:fs"
import Papa from "papaparse"
import { Columns } from "../validate.mjs"

export const read = async (file) => {
  const columns = new Columns()
  let isHeader = true
  Papa.parse(readFileSync(file, "utf8"), {
    delimiter: ",",
    skipEmptyLines: true,
    step: ({ data }) => {
      if (isHeader) isHeader = false
      else columns.row(data)
    }
  })
  return columns.result()
}
