/** By which days and choices a product is judged, as plain data that is checked before use. */
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { Day } from "../domain/Day.ts"
import { Override } from "../domain/Override.ts"
import type { BomOptions } from "./Rollup.ts"

const fields = {
  asOf: Day,
  knownAt: Schema.optionalKey(Day),
  ranges: Schema.optionalKey(Schema.Literals(["indeterminate", "worst-case"])),
  rollup: Schema.optionalKey(Schema.Literals(["fail-dominates", "unknown-dominates"])),
  categories: Schema.optionalKey(Schema.Array(Schema.String))
}

/** All but the decisions of people. */
export const JudgementOptions = Schema.Struct(fields).annotate({ identifier: "JudgementOptions" })

const Options = Schema.Struct({ ...fields, overrides: Schema.optionalKey(Schema.Array(Override)) })

/** An option that cannot be used: which one, and what it must be. */
export class InvalidOptions extends Schema.TaggedError<InvalidOptions>()("InvalidOptions", { detail: Schema.String }) {
  override get message(): string {
    return this.detail
  }
}

const decode = Schema.decodeUnknownEffect(Options, { onExcessProperty: "error" })

/** The options without those that are left out, or the error that says what is wrong with them. */
export const checkedOptions = (options: BomOptions): Effect.Effect<BomOptions, InvalidOptions> =>
  decode(Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))).pipe(
    Effect.mapError((error) => new InvalidOptions({ detail: error.message }))
  )
