/** Rule sets as JSON, by the schema of rule sets. */
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import * as SchemaIssue from "effect/SchemaIssue"
import { RuleSet } from "../engine/Rule.ts"
import { problemsOf } from "./problemsOf.ts"
import { excerpt, type RuleSetProblem, unreadable } from "./UnreadableRuleSet.ts"

const decode = Schema.decodeUnknownResult(RuleSet, { errors: "all", onExcessProperty: "error" })
const issuesOf = SchemaIssue.makeFormatterStandardSchemaV1()

/** @throws UnreadableRuleSet */
export const fromJson = (file: string, text: string): RuleSet => {
  const json = parse(file, text)
  const decoded = decode(json)
  if (Result.isFailure(decoded)) throw unreadable(file, schemaProblems(decoded.failure, json))
  const problems = problemsOf(decoded.success)
  if (problems.length > 0) throw unreadable(file, problems)
  return decoded.success
}

const parse = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw unreadable(file, [
      { code: "file.not_json", value: "", message: `the file is no JSON: ${(error as Error).message}` }
    ])
  }
}

const schemaProblems = ({ issue }: Schema.SchemaError, json: unknown): ReadonlyArray<RuleSetProblem> =>
  issuesOf(issue).issues.map(({ path = [], message }) => {
    const keys = path.map((key) => String(typeof key === "object" ? key.key : key))
    const value = keys.reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], json)
    return {
      pointer: keys.map((key) => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`).join(""),
      code: "value.invalid",
      value: value === undefined || typeof value === "object" ? "" : excerpt(String(value)),
      message: toDo(message)
    }
  })

const toDo = (message: string): string =>
  message === "Missing key"
    ? "is missing"
    : message === "Expected no excess property"
      ? "is no property of a rule set; remove it or correct its name"
      : message.replace(/^Expected /, "must be ")
