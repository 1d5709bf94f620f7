/** Decisions of people that stand above a finding: dated, reasoned and signed for, and never part of the supplier's data. */
import * as Schema from "effect/Schema"
import { Day } from "./Day.ts"
import { FindingStatus } from "./Status.ts"

export const Override = Schema.Struct({
  id: Schema.String,
  part: Schema.String.annotate({ description: "the part number" }),
  rule: Schema.String.annotate({
    description: "a rule's id, eu-rohs/lead, or the beginning of several up to a slash: eu-rohs/"
  }),
  status: FindingStatus,
  reason: Schema.String.check(Schema.isMinLength(1)),
  by: Schema.String.check(Schema.isMinLength(1)).annotate({ description: "who answers for it" }),
  on: Day.annotate({ description: "the day of the decision, from which it holds" }),
  until: Schema.optionalKey(Day.annotate({ description: "the last day on which it holds" }))
}).annotate({ identifier: "Override" })
export type Override = typeof Override.Type

/** Overrides that a store takes at once. */
export const MAX_OVERRIDES_AT_ONCE = 1000
