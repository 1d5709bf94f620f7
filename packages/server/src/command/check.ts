/** `certivo check`, and the judgement of files on the spot that `certivo explain` shares. */
import { setFlagsFromString } from "node:v8"
import { check, checkDocument, dayOf, packs, type Status } from "@certivo/core"
import { layer as threads } from "@certivo/core/adapters/threads"
import { Day } from "@certivo/core/domain"
import * as Clock from "effect/Clock"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { writeCertificate } from "./certificate.ts"
import { CommandExit, exitCodes } from "./exit.ts"
import { nodeHasher, readBom, streamFile, writeOut } from "./files.ts"
import { mapFlag, proposalText, readMapping } from "./mapping.ts"
import { overridesFlag, readOverrides } from "./overrides.ts"
import { rejectsFlag, writeRejects } from "./rejects.ts"
import { findRuleSets } from "./ruleSets.ts"
import { checkTable } from "./table.ts"
import { wrapped } from "./text.ts"
import { threadsFlag } from "./threads.ts"

export const inputs = {
  rules: Flag.String("rules").pipe(
    Flag.withDescription(`Packs to add, or files of rules, separated by commas: ${[...packs.keys()].join(", ")}`),
    Flag.withDefault("")
  ),
  asOf: Flag.String("as-of").pipe(
    Flag.withSchema(Day),
    Flag.withDescription("The day whose law applies, YYYY-MM-DD; today in UTC when left out"),
    Flag.optional
  ),
  knownAt: Flag.String("known-at").pipe(
    Flag.withSchema(Day),
    Flag.withDescription("Leaves out documents that were issued after this day, YYYY-MM-DD"),
    Flag.optional
  ),
  ranges: Flag.Literals("ranges", ["indeterminate", "worst-case"]).pipe(
    Flag.withDescription("How a stated range of two ends counts: as it is, or by its upper end alone"),
    Flag.withDefault("indeterminate")
  ),
  rollup: Flag.Literals("rollup", ["fail-dominates", "unknown-dominates"]).pipe(
    Flag.withDescription("What stands highest in an assembly: a proven failure, or what is unknown"),
    Flag.withDefault("fail-dominates")
  ),
  category: Flag.String("category").pipe(
    Flag.withDescription("Categories of the equipment, separated by commas, by which exemptions are limited"),
    Flag.withDefault("")
  ),
  overrides: overridesFlag,
  map: mapFlag,
  threads: threadsFlag
}

export const bomArgument = Argument.String("bom").pipe(
  Argument.withDescription("The BOM: JSON, CSV, XLSX or CycloneDX")
)
export const declarationsArgument = Argument.String("declarations").pipe(
  Argument.withDescription("Declarations: CSV, XLSX, IPC-1752 or IEC 62474 XML, also packed"),
  Argument.atLeast(1)
)

export interface Inputs {
  readonly bom: string
  readonly declarations: ReadonlyArray<string>
  readonly rules: string
  readonly asOf: Option.Option<string>
  readonly knownAt: Option.Option<string>
  readonly ranges: "indeterminate" | "worst-case"
  readonly rollup: "fail-dominates" | "unknown-dominates"
  readonly category: string
  readonly overrides: Option.Option<string>
  readonly map: Option.Option<string>
  readonly threads: Option.Option<number>
}

export const runCheck = Effect.fn("runCheck")(function* (input: Inputs) {
  // Collecting early keeps a file of gigabytes within 200 MB; V8's default lets garbage grow to twice that.
  setFlagsFromString("--optimize-for-size")
  const categories = listOf(input.category)
  const today = dayOf(yield* Clock.currentTimeMillis)
  return yield* check({
    bom: yield* readBom(input.bom),
    declarations: input.declarations.map(streamFile),
    rules: yield* findRuleSets(input.rules),
    mapping: Option.isNone(input.map) ? undefined : yield* readMapping(input.map.value),
    asOf: Option.getOrElse(input.asOf, () => today),
    knownAt: Option.getOrUndefined(input.knownAt),
    ranges: input.ranges === "indeterminate" ? undefined : input.ranges,
    rollup: input.rollup === "fail-dominates" ? undefined : input.rollup,
    categories: categories.length === 0 ? undefined : categories,
    overrides: Option.isNone(input.overrides) ? undefined : yield* readOverrides(input.overrides.value),
    hasher: nodeHasher
  }).pipe(
    Effect.provide(threads({ threads: Option.getOrUndefined(input.threads) })),
    Effect.catchTags({
      UnreadableDocument: (error) =>
        Effect.fail(
          new CommandExit({
            code: exitCodes.unreadable,
            message: `${wrapped(`certivo: ${error.message}`, "  ").slice(9)}${proposalText(error.proposal)}`
          })
        ),
      InvalidOptions: (error) => Effect.fail(new CommandExit({ code: exitCodes.usage, message: error.message })),
      DecodingFailed: (error) => Effect.fail(new CommandExit({ code: exitCodes.internal, message: error.message }))
    })
  )
})

const listOf = (text: string): ReadonlyArray<string> =>
  text.split(",").flatMap((item) => (item.trim() === "" ? [] : [item.trim()]))

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
    rejects: rejectsFlag,
    certificate: Flag.String("certificate").pipe(
      Flag.withDescription("Write the verdict with all that it rests on here, for certivo verify"),
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
    if (Option.isSome(input.certificate)) yield* writeCertificate(input.certificate.value, result)
    const code = codeOf(result.product.status, Option.isSome(input.failOn))
    if (code !== exitCodes.ok) return yield* new CommandExit({ code, message: "" })
  })
).pipe(Command.withDescription("Judge a BOM against declarations, without a store"))
