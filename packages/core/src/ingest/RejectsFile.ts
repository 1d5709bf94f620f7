/**
 * Rejects as a CSV file that opens in a spreadsheet: the rows as they stood, and beside each what is
 * wrong with it. Corrected and sent again, the file is read like any other; the columns added here are ignored.
 */
import { csvCell } from "../domain/Csv.ts"
import type { RejectedRow } from "../domain/Declaration.ts"
import type { TableHeader } from "./Decoded.ts"

const added = [
  "certivo_line",
  "certivo_column",
  "certivo_code",
  "certivo_value",
  "certivo_message",
  "certivo_suggestion"
]

/** Begins with a byte order mark, by which spreadsheets know UTF-8. */
export const rejectsFile = (table: TableHeader | undefined, rejects: ReadonlyArray<RejectedRow>): string => {
  const headers = table?.headers ?? []
  const delimiter = table?.delimiter ?? ","
  const line = (cells: ReadonlyArray<string>) => `${cells.map((cell) => csvCell(cell, delimiter)).join(delimiter)}\r\n`
  return `\uFEFF${line([...headers, ...added])}${rejects.map((reject) => line(cellsOf(reject, headers.length))).join("")}`
}

/** A row of the table's width; cells beyond it stand with the value that is reported. */
const cellsOf = (reject: RejectedRow, width: number): ReadonlyArray<string> => {
  const extra = reject.cells.slice(width)
  return [
    ...Array.from({ length: width }, (_, cell) => reject.cells[cell] ?? ""),
    String(reject.line),
    reject.column,
    reject.code,
    [reject.value, ...extra].join(" | "),
    reject.message,
    reject.suggestion ?? ""
  ]
}
