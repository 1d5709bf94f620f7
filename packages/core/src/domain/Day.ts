/** Calendar days as texts, `YYYY-MM-DD`, which compare as days do. */
import * as Schema from "effect/Schema"

/** A day of the calendar, `YYYY-MM-DD`; days compare as texts. */
export const Day = Schema.String.check(
  Schema.isPattern(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, { message: "must be a day such as 2026-11-23" })
)
export type Day = typeof Day.Type

/** Whole days from one day to another, negative when the other is earlier. */
export const daysBetween = (from: string, to: string): number => Math.round((timeOf(to) - timeOf(from)) / 86_400_000)

export const dayAfter = (day: string): string => dayOf(timeOf(day, 1))

export const dayBefore = (day: string): string => dayOf(timeOf(day, -1))

/** The day in UTC of a time in milliseconds. */
export const dayOf = (millis: number): string => new Date(millis).toISOString().slice(0, 10)

/** A day beyond the end of its month, such as the 31st of February, counts on into the next. */
const timeOf = (day: string, later = 0): number =>
  Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)) + later)
