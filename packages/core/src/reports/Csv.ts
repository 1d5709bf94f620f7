/** Reports as CSV files that open in a spreadsheet. */
import { csvCell } from "../domain/Csv.ts"

/** Texts are escaped; numbers stand as they are. */
export type CsvValue = string | number | undefined

/** Begins with a byte order mark, by which spreadsheets know UTF-8. */
export const csvFile = (headers: ReadonlyArray<string>, rows: ReadonlyArray<ReadonlyArray<CsvValue>>): string =>
  `\uFEFF${[headers, ...rows].map((row) => `${row.map(written).join(",")}\r\n`).join("")}`

const written = (value: CsvValue): string =>
  value === undefined ? "" : typeof value === "number" ? String(value) : csvCell(value)
