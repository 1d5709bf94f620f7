/** Cells of delimited files, as they are written so that a spreadsheet shows them and runs none of them. */

/** Quoted where needed. What a spreadsheet would run as a formula gets an apostrophe, which reading takes off again. */
export const csvCell = (text: string, delimiter = ","): string => {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return safe.includes(delimiter) || /["\r\n,;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
