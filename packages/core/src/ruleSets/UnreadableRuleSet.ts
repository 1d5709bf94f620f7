/** A file that is no rule set: every problem with its place, what stands there, and what to do. */
import * as Schema from "effect/Schema"

export const RuleSetProblem = Schema.Struct({
  line: Schema.optionalKey(Schema.Int.annotate({ description: "1-based line of a table" })),
  column: Schema.optionalKey(Schema.String.annotate({ description: "column of a table, as its header names it" })),
  pointer: Schema.optionalKey(Schema.String.annotate({ description: "JSON pointer of the value: /rules/3/limitPpm" })),
  code: Schema.String.annotate({ description: "stable code, for example cas.check_digit" }),
  value: Schema.String.annotate({ description: "the text found, at most 200 characters of it" }),
  message: Schema.String
}).annotate({ identifier: "RuleSetProblem" })
export type RuleSetProblem = typeof RuleSetProblem.Type

/** Problems listed for a file; those beyond are counted. */
export const MAX_PROBLEMS = 1000

const MAX_SHOWN = 20

export class UnreadableRuleSet extends Schema.TaggedError<UnreadableRuleSet>()("UnreadableRuleSet", {
  file: Schema.String,
  problems: Schema.Array(RuleSetProblem),
  /** Problems that are not listed. */
  omitted: Schema.Int
}) {
  override get message(): string {
    const count = this.problems.length + this.omitted
    const shown = this.problems.slice(0, MAX_SHOWN).map((problem) => `  ${problemText(problem)}`)
    const more = count > shown.length ? [`  … and ${count - shown.length} more`] : []
    return [
      `${this.file} cannot be taken as a rule set: ${count} ${count === 1 ? "problem" : "problems"}`,
      ...shown,
      ...more
    ].join("\n")
  }
}

/** The problem in a line: where, what stands there, what to do. */
export const problemText = ({ line, column, pointer, value, message }: RuleSetProblem): string => {
  const place = [line === undefined ? undefined : `line ${line}`, column, pointer].filter((part) => part !== undefined)
  const what = value === "" ? "" : `${JSON.stringify(value)} `
  return `${place.join(", ")}${place.length === 0 ? "" : ": "}${what}${message}`
}

export const unreadable = (file: string, problems: ReadonlyArray<RuleSetProblem>): UnreadableRuleSet =>
  new UnreadableRuleSet({
    file,
    problems: problems.slice(0, MAX_PROBLEMS),
    omitted: Math.max(0, problems.length - MAX_PROBLEMS)
  })

const MAX_EXCERPT = 200

export const excerpt = (text: string): string => (text.length > MAX_EXCERPT ? `${text.slice(0, MAX_EXCERPT)}…` : text)
