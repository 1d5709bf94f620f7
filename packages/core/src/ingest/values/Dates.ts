/** Dates as people and spreadsheets write them, as `YYYY-MM-DD`. */
import { plain } from "./Numbers.ts"

export interface ReadDate {
  readonly day: string
  /** Code of a warning, when there is one. */
  readonly warning: string | undefined
}

const DAY_MS = 86_400_000
/** 1 January 1970 to 31 December 2099 as a spreadsheet counts days. */
const FIRST_SERIAL = 25_569
const LAST_SERIAL = 73_050

const months = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ")
const foreignMonths: Readonly<Record<string, string>> = { mär: "mar", mai: "may", okt: "oct", dez: "dec", mrz: "mar" }

/** Reads a date; a text that is none, or a day that no calendar has, gives a code. */
export const readDate = (text: string): ReadDate | { readonly code: "date.invalid" } => {
  const written = plain(text)
    .toLowerCase()
    .replace(/[t ]\d\d:\d\d.*$/, "")
  const first = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$|^(\d{4})(\d\d)(\d\d)$|^(\d{4})年(\d{1,2})月(\d{1,2})日$/.exec(
    written
  )
  if (first !== null) {
    const [year, month, day] = first.slice(1).filter((part) => part !== undefined)
    return one(Number(year), Number(month), Number(day))
  }
  const numeric = /^(\d{1,2})([-/.])(\d{1,2})[-/.](\d{2}|\d{4})$/.exec(written)
  if (numeric !== null)
    return either(Number(numeric[1]), Number(numeric[3]), yearOf(numeric[4] ?? ""), numeric[2] === ".")
  const named =
    /^(\d{1,2})[-. ]+(\p{L}{3})\p{L}*[-., ]+(\d{2}|\d{4})$/u.exec(written) ??
    swapped(/^(\p{L}{3})\p{L}*[. ]+(\d{1,2})(?:st|nd|rd|th)?[, ]+(\d{4})$/u.exec(written))
  if (named !== null) {
    const month = months.indexOf(foreignMonths[named[2] ?? ""] ?? named[2] ?? "")
    return one(yearOf(named[3] ?? ""), month + 1, Number(named[1]))
  }
  const serial = /^\d{5}$/.test(written) ? Number(written) : 0
  if (serial < FIRST_SERIAL || serial > LAST_SERIAL) return { code: "date.invalid" }
  return { day: new Date((serial - FIRST_SERIAL) * DAY_MS).toISOString().slice(0, 10), warning: "date.serial" }
}

const swapped = (match: RegExpExecArray | null) => (match === null ? null : [match[0], match[2], match[1], match[3]])

const yearOf = (text: string): number => (text.length === 4 ? Number(text) : 2000 + Number(text))

const one = (year: number, month: number, day: number): ReadDate | { readonly code: "date.invalid" } => {
  const found = dayOf(year, month, day)
  return found === undefined ? { code: "date.invalid" } : { day: found, warning: undefined }
}

/** Day and month in either order; where both can be, the earlier day is taken: older evidence covers less. */
const either = (a: number, b: number, year: number, dayFirst: boolean) => {
  const days = [dayOf(year, b, a), dayFirst ? undefined : dayOf(year, a, b)].filter((day) => day !== undefined).sort()
  const [earlier, later] = days
  if (earlier === undefined) return { code: "date.invalid" } as const
  return { day: earlier, warning: later === undefined || later === earlier ? undefined : "date.ambiguous" }
}

const dayOf = (year: number, month: number, day: number): string | undefined => {
  const date = new Date(Date.UTC(year, month - 1, day))
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day && year >= 1900
  return isReal ? date.toISOString().slice(0, 10) : undefined
}
