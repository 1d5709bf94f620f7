/** What is wrong with a value, in one sentence that says what to do. Keyed by the stable code. */

const messages: Readonly<Record<string, (column: string) => string>> = {
  "value.missing": (column) => `${column} is empty.`,
  "value.not_a_number": (column) =>
    `${column} is not a number such as 12.5, 1.2E-4, < 0.1 % or 5-10 ppm, written as the rest of the file writes numbers.`,
  "value.negative": (column) => `${column} is negative. Enter zero or a positive number.`,
  "value.ambiguous_number": (column) =>
    `${column} can be read in two ways, and the file does not show whether it writes decimals with a point or a comma. Write it without separator between the thousands.`,
  "value.formula_error": (column) =>
    `${column} holds the error of a spreadsheet formula instead of a value. Repair the formula and save again.`,
  "value.out_of_range": (column) => `${column} is above 100 %.`,
  "value.reversed_range": (column) => `The ends of the range in ${column} stand in the wrong order; they were swapped.`,
  "value.approximate": (column) => `${column} is stated as approximate and taken as exact.`,
  "value.trace": (column) => `${column} says traces without a number; the amount is unknown.`,
  "value.not_intentionally_added": (column) =>
    `${column} says that the substance is not added on purpose, which sets no bound for impurities; the amount is unknown.`,
  "value.no_detection_limit": (column) =>
    `${column} says not detected without a limit of detection; 50 ppm is taken. State the limit.`,
  "value.control_character": (column) => `${column} holds a NUL character.`,
  "value.unknown_word": (column) => `${column} is neither a yes nor a no.`,
  "unit.missing": (column) => `${column} has no unit. Write it in the header, in the cell or in a unit column.`,
  "unit.unsupported": (column) =>
    `${column} has a unit that is no mass and no share by mass. Use mg, g, kg, %, ppm, mg/kg or ppb.`,
  "unit.conflict": (column) => `The unit in ${column} differs from that of its header; the cell's is used.`,
  "basis.unknown": (column) => `${column} is neither element nor compound; what the amount counts is not known.`,
  "cas.check_digit": () => "The check digit of the CAS number does not fit its other digits.",
  "cas.invalid": () => "The text is no CAS number such as 7439-92-1. Leave the cell empty when there is none.",
  "cas.date": () => "A spreadsheet has turned the CAS number into a date, which cannot be turned back for sure.",
  "cas.date_repaired": () =>
    "A spreadsheet had turned the CAS number into a date; it was turned back and its check digit fits.",
  "cas.rehyphenated": () => "The CAS number was written without hyphens.",
  "cas.multiple": () =>
    "Several CAS numbers share one amount; each may be as much as all of it. Write one row for each to say more.",
  "cas.placeholder": () => "The cell says that there is no CAS number to tell; the substance goes by its name alone.",
  "ec.placeholder": () => "The cell says that there is no EC number to tell.",
  "ec.check_digit": () => "The check digit of the EC number does not fit its other digits.",
  "ec.invalid": () => "The text is no EC number such as 231-100-4. Leave the cell empty when there is none.",
  "ec.multiple": () => "Several EC numbers share one cell; the first is used.",
  "id.swapped": () => "The number belongs to the other list, CAS or EC, and was taken as such.",
  "id.name_cas_mismatch": () => "Name and CAS number are those of two substances; both are judged.",
  "part_number.corrupted": () =>
    "A spreadsheet has turned the part number into a number with an exponent. Enter it again as text.",
  "part_number.too_long": () => "A part number may have 250 characters. Check for a missing delimiter or quote.",
  "exemption.unrecognised": () => "The exemption is not written as in the annexes, for example 6(c) or 7(c)-I.",
  "row.duplicate": () => "The row says once more what a row before has said.",
  "row.conflicting": () => "A row before states another amount of the substance in the part; the higher one is judged.",
  "statement.contradiction": () => "More than one of the statements that exclude each other is said to be true.",
  "row.too_many": () => "The material lists more than 100 000 substances; those beyond are left out.",
  "statement.contradicts_data": (column) =>
    `${column} says that the list is met, and a number in the row says that it is not. The number is judged.`,
  "mass.suspect": () =>
    "The mass looks like an entry of convenience: a hundredth of a milligram or less, or the same for all parts. Weigh the part.",
  "mass.mismatch": () => "The parts below add up to another mass, which differs by more than 5 %.",
  "mass.outlier": () =>
    "The parts below add up to another mass, which differs by more than half. One of the units is probably wrong.",
  "mass.balance": () =>
    "The substances of one material do not add up to 100 % of it. What is missing or counted twice is not known.",
  "percent.fraction_suspect": (column) =>
    `No number in ${column} is above 1. They are read as percent; if they are fractions of one, multiply them by 100.`,
  "date.invalid": (column) => `${column} is no date such as 2026-01-31.`,
  "date.ambiguous": (column) =>
    `Day and month in ${column} can stand in either order; the earlier day is taken. Write it as 2026-01-31.`,
  "date.serial": (column) => `${column} is the number a spreadsheet counts days by; it was turned into a date.`,
  "date.future": (column) => `${column} lies after the day the document arrived.`,
  "row.unconfirmed": (column) =>
    `The row did not fit its header when it was first sent. Correct it, then empty its cell in ${column}.`,
  "row.too_long": () => "The row is longer than 1 MiB. Split it, or check for a missing line end.",
  "quote.unterminated": () => "A quote is opened and never closed. Close it, or double it if it belongs to the text.",
  "quote.invalid": () => "Text follows a closing quote. Double the quotes that belong to the text.",
  "encoding.guessed": () => "Some text is not UTF-8 and was read as windows-1252.",
  "table.dialect": () =>
    "The table is not written as CSV usually is, and was read in the way that fits all of its first rows. A mapping can state its dialect.",
  "row.comment": () => "The line is a remark of its author and no row; it was passed over.",
  "header.preamble": () => "Lines before the header were skipped.",
  "document.empty": () => "The document is a declaration that states nothing.",
  "mapping.column_ignored": (column) => `The column ${column} is not used; a mapping can say what it holds.`
}

export const messageOf = (code: string, column: string): string =>
  messages[code]?.(column === "" ? "The cell" : column) ?? code
