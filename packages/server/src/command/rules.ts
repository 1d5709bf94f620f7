/** `certivo rules`: the rule packs there are, customers' lists made into packs, and those that a store judges by. */
import { writeFile } from "node:fs/promises"
import { diffRuleSets, packs, type RuleSet, ruleSetDiffText, ruleSetHash } from "@certivo/core"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"
import { findRuleSet, findRuleSets, readRuleSetFile } from "./ruleSets.ts"
import { importText, listText, rulesText, showText, sourcesOf } from "./rulesText.ts"
import { dataFlag, onStore, tenantFlag } from "./store.ts"
import { besideLimits, judgeByRules, judgedText } from "./useRules.ts"

const format = Flag.Literals("format", ["table", "json"]).pipe(Flag.withDefault("table"))

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`

const ruleSet = (name: string) =>
  Argument.String(name).pipe(Argument.withDescription("The id of a pack, or a file: JSON or CSV"))

const summaryOf = (set: RuleSet) => ({
  id: set.id,
  version: set.version,
  title: set.title,
  hash: ruleSetHash(set),
  rules: set.rules.length,
  exemptions: set.exemptions.length,
  sources: sourcesOf(set),
  ...(set.notice === undefined ? {} : { notice: set.notice })
})

const list = Command.make("list", { format }, (input) => {
  const sets = [...packs.values()]
  return writeOut(input.format === "json" ? json(sets.map(summaryOf)) : listText(sets))
}).pipe(Command.withDescription("List the rule packs that come with Certivo"))

const show = Command.make(
  "show",
  {
    ruleSet: ruleSet("rules"),
    rule: Flag.String("rule").pipe(
      Flag.withDescription("All that is known of the rules whose id begins so"),
      Flag.optional
    ),
    format
  },
  Effect.fn(function* (input) {
    const set = yield* findRuleSet(input.ruleSet)
    if (Option.isNone(input.rule)) return yield* writeOut(input.format === "json" ? json(set) : showText(set))
    const prefix = input.rule.value
    const rules = set.rules.filter(({ id }) => id.toLowerCase().startsWith(prefix.toLowerCase()))
    if (rules.length === 0)
      return yield* new CommandExit({
        code: exitCodes.usage,
        message: `${set.id} has no rule whose id begins with ${prefix}`
      })
    yield* writeOut(input.format === "json" ? json(rules) : rulesText(set, rules))
  })
).pipe(Command.withDescription("Show the rules of a pack or file"))

const importCommand = Command.make(
  "import",
  {
    file: Argument.String("file").pipe(Argument.withDescription("A customer's list: CSV or JSON")),
    out: Flag.String("out").pipe(Flag.withDescription("Write the rule set here as JSON"), Flag.optional),
    format
  },
  Effect.fn(function* (input) {
    const set = yield* readRuleSetFile(input.file)
    const out = Option.getOrUndefined(input.out)
    if (out !== undefined)
      yield* Effect.tryPromise({
        try: () => writeFile(out, json(set)),
        catch: (error) =>
          new CommandExit({ code: exitCodes.usage, message: `${out} cannot be written: ${(error as Error).message}` })
      })
    yield* writeOut(input.format === "json" ? json(set) : importText(set, out))
  })
).pipe(Command.withDescription("Check a customer's list, and make a rule set of it"))

const diff = Command.make(
  "diff",
  { from: ruleSet("from"), to: ruleSet("to"), format },
  Effect.fn(function* (input) {
    const found = diffRuleSets(yield* findRuleSet(input.from), yield* findRuleSet(input.to))
    yield* writeOut(input.format === "json" ? json(found) : `${ruleSetDiffText(found)}\n`)
  })
).pipe(Command.withDescription("Show what changed between two rule sets"))

const use = Command.make(
  "use",
  {
    ruleSets: Argument.String("rules").pipe(
      Argument.withDescription("Ids of packs, and files; none for the documents' own limits alone"),
      Argument.atLeast(0)
    ),
    data: dataFlag,
    tenant: tenantFlag
  },
  Effect.fn(function* ({ data, ruleSets, tenant }) {
    const chosen = besideLimits(yield* findRuleSets(ruleSets.join(",")))
    const { judged, names } = yield* onStore(data, judgeByRules(tenant, chosen))
    yield* writeOut(`In force: ${names.join(", ")}\n${judgedText(judged)}\n`)
  })
).pipe(Command.withDescription("Put rule sets in force in a store, and judge its products by them"))

export const rulesCommand = Command.make("rules").pipe(
  Command.withDescription("Rule packs, and lists of your own"),
  Command.withSubcommands([list, show, importCommand, diff, use])
)
