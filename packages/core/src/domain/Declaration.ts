/** What a supplier states about a part, and what is reported of rows that cannot be taken. */
import * as Schema from "effect/Schema"
import type { Amount } from "./Amount.ts"
import type { Decimal } from "./Decimal.ts"
import type { Source } from "./Part.ts"

/** What a supplier says of a whole list of substances without a number: "meets EU RoHS". */
export interface Claim {
  /** Id of the rule set the list belongs to: `eu-rohs`, `eu-reach-svhc`; as written when it is none of them. */
  readonly list: string
  /** Version of the list the statement was made against, as written. */
  readonly version: string | undefined
  readonly says: (typeof StatedClaim.Type)["says"]
}

/** A {@link Claim} as files and the API hold it. */
export const StatedClaim = Schema.Struct({
  list: Schema.String,
  version: Schema.optionalKey(Schema.String),
  says: Schema.Literals(["compliant", "exempt", "non-compliant", "unknown"])
})

/** One accepted statement: how much of a substance is in a part, or in one of its materials. */
export interface Declaration {
  readonly part: string
  /** The homogeneous material the amount is about; the whole part when left out. */
  readonly material: string | undefined
  /** Mass of that material in one part, in milligrams. */
  readonly materialMassMg: Decimal | undefined
  /** Mass of one part as this document states it, in milligrams; used when the BOM states none. */
  readonly partMassMg: Decimal | undefined
  readonly substance: string
  readonly cas: string | undefined
  readonly ec: string | undefined
  readonly amount: Amount
  /** Whether the amount counts the element alone or the compound; not stated when left out. */
  readonly basis: "element" | "compound" | undefined
  /** The row's own limit for this part and substance, in ppm of the part's mass. */
  readonly limitPpm: Decimal | undefined
  /** Exemptions claimed, as written: `6(c)`. */
  readonly exemption: string | undefined
  /** Set when the statement is about a list of substances; `substance` then names the list. */
  readonly claim: Claim | undefined
  /** Whether the substance is added on purpose, when the supplier says so. */
  readonly intentional?: boolean | undefined
  readonly source: Source
  /** The amount as it was written, with its unit: `< 0.01 %`. */
  readonly text: string
}

/** A row or entry that was skipped, or accepted with a warning: where it stands, what is wrong, and what to do. */
export const Reject = Schema.Struct({
  line: Schema.Int.annotate({ description: "1-based line the record begins on" }),
  offset: Schema.optionalKey(
    Schema.Int.annotate({ description: "0-based byte the record begins on in the document, unpacked and as UTF-8" })
  ),
  column: Schema.String,
  code: Schema.String.annotate({ description: "stable code, for example value.not_a_number" }),
  value: Schema.String.annotate({ description: "the text found, at most 200 characters of it" }),
  message: Schema.String,
  suggestion: Schema.optionalKey(Schema.String.annotate({ description: "what the value probably should be" })),
  document: Schema.optionalKey(Schema.String.annotate({ description: "the file inside the archive that was sent" }))
}).annotate({ identifier: "Reject" })
export type Reject = typeof Reject.Type

/** A row that was skipped, with its cells as they stood, at most 4096 characters in all; none for documents that are no tables. */
export interface RejectedRow extends Reject {
  readonly cells: ReadonlyArray<string>
}

/** The header of a table that was read: a file of its rejects is written so that it reads as the document did. */
export interface TableHeader {
  readonly headers: ReadonlyArray<string>
  readonly delimiter: "," | ";"
  /** How the document writes decimals, when its own numbers show it. */
  readonly decimal?: "." | "," | undefined
}

/** A substance is compared by CAS number when the row has a valid one, else by name, trimmed and without case. */
export const substanceKey = (name: string, cas: string | undefined): string => cas ?? name.trim().toLowerCase()
