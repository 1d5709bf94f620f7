/** What a supplier states about a part, and what is reported of rows that cannot be taken. */
import * as Schema from "effect/Schema"
import type { Decimal } from "./Decimal.ts"
import type { Source } from "./Part.ts"

/** One accepted row: a part holds this mass of a substance. */
export interface Declaration {
  readonly part: string
  readonly substance: string
  readonly cas: string | undefined
  readonly massMg: Decimal
  /** The row's own limit for this part and substance, in ppm of the part's mass. */
  readonly limitPpm: Decimal | undefined
  /** Exemptions claimed, as written: `6(c)`. */
  readonly exemption: string | undefined
  readonly source: Source
}

/** A row or entry that was skipped: where it stands, what is wrong, and what to do. */
export const Reject = Schema.Struct({
  line: Schema.Int.annotate({ description: "1-based line the record begins on" }),
  column: Schema.String,
  code: Schema.String.annotate({ description: "stable code, for example value.not_a_number" }),
  value: Schema.String.annotate({ description: "the text found, at most 200 characters of it" }),
  message: Schema.String
}).annotate({ identifier: "Reject" })
export type Reject = typeof Reject.Type

/** A substance is compared by CAS number when the row has a valid one, else by name, trimmed and without case. */
export const substanceKey = (name: string, cas: string | undefined): string => cas ?? name.trim().toLowerCase()
