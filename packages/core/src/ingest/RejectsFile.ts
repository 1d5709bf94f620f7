/**
 * Rejects as a CSV file that opens in a spreadsheet: the rows as they stood, and beside each what is
 * wrong with it. Corrected and sent again, the file is read like any other: of the columns added here
 * only two are looked at. A row that did not fit its header is refused until its cell in
 * {@link CLEAR_COLUMN} is empty, so that a file sent back as it is changes nothing; and
 * {@link DECIMAL_COLUMN} keeps how the document wrote decimals, which its bad rows alone may not show.
 */
import { csvCell } from "../domain/Csv.ts"
import type { RejectedRow, TableHeader } from "../domain/Declaration.ts"
import { MAX_REJECTED_TEXT } from "./Decoded.ts"

const PREFIX = "certivo_"
export const CLEAR_COLUMN = "certivo_clear"
export const DECIMAL_COLUMN = "certivo_decimal"

const added = [
  CLEAR_COLUMN,
  "certivo_line",
  "certivo_column",
  "certivo_code",
  "certivo_value",
  "certivo_message",
  "certivo_suggestion",
  DECIMAL_COLUMN
]

/** Whether a column is one that a file of rejects has beside those of its document. */
export const isAddedColumn = (header: string): boolean => header.startsWith(PREFIX)

/** Begins with a byte order mark, by which spreadsheets know UTF-8. */
export const rejectsFile = (table: TableHeader | undefined, rejects: ReadonlyArray<RejectedRow>): string => {
  const { headers, delimiter, decimal = "" } = table ?? { headers: [], delimiter: "," as const }
  const clear = headers.indexOf(CLEAR_COLUMN)
  const own = headers.flatMap((header, cell) => (isAddedColumn(header) ? [] : [cell]))
  const line = (cells: ReadonlyArray<string>) => `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`
  const rows = rejects.map((reject) =>
    line([
      ...own.map((cell) => reject.cells[cell] ?? ""),
      fits(reject, headers.length) ? (reject.cells[clear] ?? "") : "correct the row, then empty this cell",
      ...remarkOf(reject, headers.length),
      decimal
    ])
  )
  return `\uFEFF${line([...own.map((cell) => headers[cell] as string), ...added])}${rows.join("")}`
}

/** What is wrong; cells beyond the header stand with the value that is reported. */
const remarkOf = (reject: RejectedRow, width: number): ReadonlyArray<string> => [
  String(reject.line),
  reject.column,
  reject.code,
  [reject.value, ...reject.cells.slice(width)].join(" | "),
  reject.message,
  reject.suggestion ?? ""
]

const fits = ({ cells }: RejectedRow, width: number): boolean =>
  cells.length === width && cells.reduce((sum, cell) => sum + cell.length, 0) < MAX_REJECTED_TEXT
