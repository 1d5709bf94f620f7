/**
 * Rejects as a CSV file that opens in a spreadsheet: the rows as they stood, and beside each what is
 * wrong with it. Corrected and sent again, the file is read like any other; the columns added here are ignored.
 */
import type { RejectedRow, TableHeader } from "../domain/Declaration.ts"

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
  const line = (cells: ReadonlyArray<string>) => `${cells.map((cell) => escaped(cell, delimiter)).join(delimiter)}\r\n`
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

/** Quoted where needed. What a spreadsheet would run as a formula gets an apostrophe, which reading takes off again. */
const escaped = (cell: string, delimiter: string): string => {
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell
  return text.includes(delimiter) || /["\r\n,;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
