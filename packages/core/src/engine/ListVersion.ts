/** The day of the version of a list that a statement names, in the ways statements name it. */

const months = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec".split("|")
const monthWords = new RegExp(
  `\\b(?:(\\d{1,2})(?:st|nd|rd|th)?[\\s.-]+)?(${months.join("|")})[a-z]*\\.?[\\s,.-]+(?:(\\d{1,2})(?:st|nd|rd|th)?,\\s*)?(20\\d\\d)\\b`
)

/** A month whose day is not known counts to its end: lists are named by the update of the month. */
const endOf = (year: string, month: string): string => `${year}-${month}-31`

const two = (text: string | number): string => String(text).padStart(2, "0")

/**
 * The latest of the versions that the text names: days (`2024-01-23`, `23 January 2024`), months (`January 2024`,
 * `2024-01`), ids of IPC lists, which end in month and year (`EUREACH-0124`) or in year and month (`EUROHS-1907`), and the
 * names that the list itself knows.
 *
 * @param known names of versions with the day of each
 * @returns `undefined` when it names none
 */
export const dayIn = (text: string, known: Readonly<Record<string, string>> = {}): string | undefined => {
  const lower = text.toLowerCase()
  const days = [
    ...Object.entries(known).flatMap(([name, day]) => (isNamed(lower, name.toLowerCase()) ? [day] : [])),
    ...writtenDays(lower)
  ]
  return days.sort().at(-1)
}

/** Whether the text holds the name as a whole word, so that `SVHC 24` is not found in `SVHC 240`. */
const isNamed = (text: string, name: string): boolean => {
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + 1))
    if (!/[a-z0-9]/.test(text[at - 1] ?? "") && !/[a-z0-9]/.test(text[at + name.length] ?? "")) return true
  return false
}

const writtenDays = (lower: string): ReadonlyArray<string> => {
  const iso = /\b(20\d\d)[-/.](0[1-9]|1[0-2])(?:[-/.](0[1-9]|[12]\d|3[01]))?\b(?!\/)/.exec(lower)
  if (iso !== null)
    return [iso[3] === undefined ? endOf(iso[1] as string, iso[2] as string) : `${iso[1]}-${iso[2]}-${iso[3]}`]
  const words = monthWords.exec(lower)
  if (words !== null) {
    const [, before, month, after, year] = words
    const number = two(months.indexOf(month as string) + 1)
    const day = before ?? after
    return [day === undefined ? endOf(year as string, number) : `${year}-${number}-${two(day)}`]
  }
  const reach = /\beureach-?(0[1-9]|1[0-2])(\d\d)\b/.exec(lower)
  if (reach !== null) return [endOf(`20${reach[2]}`, reach[1] as string)]
  const rohs = /\beurohs-?(\d\d)(0[1-9]|1[0-2])\b/.exec(lower)
  return rohs === null ? [] : [endOf(`20${rohs[1]}`, rohs[2] as string)]
}
