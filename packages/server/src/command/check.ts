/** `certivo check` and `certivo explain`: judge files on the spot, without a store. */
import { setFlagsFromString } from "node:v8"
import { check, checkDocument, explain, explanationText, packs, partKey, type Status } from "@certivo/core"
import { layer as threads } from "@certivo/core/adapters/threads"
import * as Clock from "effect/Clock"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"
import { nodeHasher, readBom, streamFile, writeOut } from "./files.ts"
import { proposalText, readMapping } from "./mapping.ts"
import { writeRejects } from "./rejects.ts"
import { checkTable } from "./table.ts"
import { threadsFlag } from "./threads.ts"

const Day = Schema.String.check(Schema.isPattern(/^\d{4}-\d\d-\d\d$/, { message: "must be a date such as 2026-11-23" }))

const inputs = {
  rules: Flag.String("rules").pipe(
    Flag.withDescription(`Rule packs to add, separated by commas: ${[...packs.keys()].join(", ")}`),
    Flag.withDefault("")
  ),
  asOf: Flag.String("as-of").pipe(
    Flag.withSchema(Day),
    Flag.withDescription("The day whose law applies, YYYY-MM-DD; today in UTC when left out"),
    Flag.optional
  ),
  map: Flag.String("map").pipe(
    Flag.withDescription("What columns hold: a JSON file, or pairs such as MPN=part_number,Anteil=concentration:%"),
    Flag.optional
  ),
  threads: threadsFlag
}

const bomArgument = Argument.String("bom").pipe(Argument.withDescription("The BOM: JSON, CSV, XLSX or CycloneDX"))
const declarationsArgument = Argument.String("declarations").pipe(
  Argument.withDescription("Declarations: CSV, XLSX, IPC-1752 or IEC 62474 XML, also packed"),
  Argument.atLeast(1)
)

interface Inputs {
  readonly bom: string
  readonly declarations: ReadonlyArray<string>
  readonly rules: string
  readonly asOf: Option.Option<string>
  readonly map: Option.Option<string>
  readonly threads: Option.Option<number>
}

const runCheck = Effect.fn("runCheck")(function* (input: Inputs) {
  // Collecting early keeps a file of gigabytes within 200 MB; V8's default lets garbage grow to twice that.
  setFlagsFromString("--optimize-for-size")
  const names = input.rules.split(",").flatMap((name) => (name.trim() === "" ? [] : [name.trim()]))
  const unknown = names.find((name) => !packs.has(name))
  if (unknown !== undefined)
    return yield* new CommandExit({
      code: exitCodes.usage,
      message: `No rule pack is named ${unknown}. Known: ${[...packs.keys()].join(", ")}`
    })
  const today = new Date(yield* Clock.currentTimeMillis).toISOString().slice(0, 10)
  return yield* check({
    bom: yield* readBom(input.bom),
    declarations: input.declarations.map(streamFile),
    rules: names.flatMap((name) => packs.get(name) ?? []),
    mapping: Option.isNone(input.map) ? undefined : yield* readMapping(input.map.value),
    asOf: Option.getOrElse(input.asOf, () => today),
    hasher: nodeHasher
  }).pipe(
    Effect.provide(threads({ threads: Option.getOrUndefined(input.threads) })),
    Effect.catchTags({
      UnreadableDocument: (error) =>
        Effect.fail(
          new CommandExit({ code: exitCodes.unreadable, message: `${error.message}${proposalText(error.proposal)}` })
        ),
      DecodingFailed: (error) => Effect.fail(new CommandExit({ code: exitCodes.internal, message: error.message }))
    })
  )
})

const codeOf = (status: Status, failOnUnknown: boolean): number =>
  status === "non-compliant"
    ? exitCodes.nonCompliant
    : status === "unknown" && failOnUnknown
      ? exitCodes.unknown
      : exitCodes.ok

export const checkCommand = Command.make(
  "check",
  {
    bom: bomArgument,
    declarations: declarationsArgument,
    ...inputs,
    format: Flag.Literals("format", ["table", "json"]).pipe(Flag.withDefault("table")),
    rejects: Flag.String("rejects").pipe(
      Flag.withDescription("Write rejected rows here as CSV, to correct and send again"),
      Flag.optional
    ),
    failOn: Flag.Literals("fail-on", ["unknown"]).pipe(
      Flag.withDescription("Exit with 2 when the product's status is unknown"),
      Flag.optional
    )
  },
  Effect.fn(function* (input) {
    const result = yield* runCheck(input)
    yield* writeOut(
      input.format === "json" ? `${JSON.stringify(checkDocument(result), null, 2)}\n` : checkTable(result)
    )
    if (Option.isSome(input.rejects)) yield* writeRejects(input.rejects.value, result)
    const code = codeOf(result.product.status, Option.isSome(input.failOn))
    if (code !== exitCodes.ok) return yield* new CommandExit({ code, message: "" })
  })
).pipe(Command.withDescription("Judge a BOM against declarations, without a store"))

export const explainCommand = Command.make(
  "explain",
  {
    part: Argument.String("part").pipe(Argument.withDescription("The part number")),
    bom: bomArgument,
    declarations: declarationsArgument,
    ...inputs,
    rule: Flag.String("rule").pipe(Flag.withDescription("Only findings of rules that begin so"), Flag.optional)
  },
  Effect.fn(function* (input) {
    const result = yield* runCheck(input)
    const key = partKey(input.part)
    const verdict = key === result.root.key ? result.root : result.product.parts.find((part) => part.key === key)
    if (verdict === undefined)
      return yield* new CommandExit({ code: exitCodes.usage, message: `${input.part} is no part of ${input.bom}` })
    const verdicts = new Map(result.product.parts.map((part) => [part.key, part]))
    const children = (result.lines.get(key) ?? []).flatMap((child) => {
      const found = verdicts.get(child.child)
      return found === undefined
        ? []
        : [{ partNumber: found.partNumber, quantity: child.quantity, status: found.status }]
    })
    const prefix = Option.getOrElse(input.rule, () => "")
    const findings = verdict.findings.filter((finding) => finding.rule.startsWith(prefix))
    yield* writeOut(`${explanationText(explain({ ...verdict, findings }, children))}\n`)
  })
).pipe(Command.withDescription("Show the proof of a part's verdict"))
