/** `certivo report`: what a check found, in the forms that people and other systems ask for. */
import { readFile, writeFile } from "node:fs/promises"
import { relative, resolve, sep } from "node:path"
import { type CheckResult, ENGINE_VERSION } from "@certivo/core"
import { Day } from "@certivo/core/domain"
import * as Reports from "@certivo/core/reports"
import { Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { bomArgument, declarationsArgument, type Inputs, inputs, runCheck } from "./check.ts"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"

const day = (name: string, description: string) =>
  Flag.String(name).pipe(Flag.withSchema(Day), Flag.withDescription(description), Flag.optional)

const arguments_ = { bom: bomArgument, declarations: declarationsArgument, ...inputs }

const out = Flag.String("out").pipe(
  Flag.withDescription("Write the report to this file instead of the standard output"),
  Flag.optional
)

const formats = ["text", "json", "csv"] as const

const formatOf = <const More extends ReadonlyArray<string>>(...more: More) =>
  Flag.Literals("format", [...formats, ...more]).pipe(Flag.withDefault("text" as const))

/** A report with the functions that write it. */
interface Written<R> {
  readonly report: R
  readonly csv: (report: R) => string
  readonly text: (report: R) => string
}

const textIn = <R>(format: (typeof formats)[number], { report, csv, text }: Written<R>): string =>
  format === "json" ? json(report) : format === "csv" ? csv(report) : text(report)

const json = (document: unknown): string => `${JSON.stringify(document, null, 2)}\n`

const write = (path: Option.Option<string>, text: string) =>
  Option.match(path, {
    onNone: () => writeOut(text),
    onSome: (file) =>
      Effect.tryPromise({
        try: () => writeFile(file, text),
        catch: (error) =>
          new CommandExit({
            code: exitCodes.unreadable,
            message: `${file} cannot be written: ${(error as Error).message}`
          })
      })
  })

const plain = <R>(name: string, description: string, written: (result: CheckResult) => Written<R>) =>
  Command.make(
    name,
    { ...arguments_, format: formatOf(), out },
    Effect.fn(function* (input) {
      yield* write(input.out, textIn(input.format, written(yield* runCheck(input))))
    })
  ).pipe(Command.withDescription(description))

const statusCommand = plain(
  "status",
  "How the product stands by each regulation, and what makes it fail or leaves it unknown",
  (result) => ({ report: Reports.statusReport(result), csv: Reports.statusCsv, text: Reports.statusText })
)

const coverageCommand = plain("coverage", "How much is declared well enough, and what is missing", (result) => ({
  report: Reports.coverageReport(result),
  csv: Reports.coverageCsv,
  text: Reports.coverageText
}))

const exemptionsCommand = plain(
  "exemptions",
  "Exemptions in use, until when, and what fails once each has ended",
  (result) => ({
    report: Reports.exemptionsReport(result),
    csv: Reports.exemptionsCsv,
    text: Reports.exemptionsText
  })
)

const scipCommand = Command.make(
  "scip",
  { ...arguments_, format: formatOf(), out },
  Effect.fn(function* (input) {
    const report = Reports.scipReport(yield* runCheck(input))
    if (report.list === undefined)
      return yield* new CommandExit({
        code: exitCodes.usage,
        message: `The candidate list is not judged; add it with --rules ${Reports.CANDIDATE_LIST}`
      })
    yield* write(input.out, textIn(input.format, { report, csv: Reports.scipCsv, text: Reports.scipText }))
  })
).pipe(Command.withDescription("Substances of very high concern by article, for REACH Art. 33 and SCIP"))

const findingsCommand = Command.make(
  "findings",
  { ...arguments_, format: formatOf("sarif"), out },
  Effect.fn(function* (input) {
    const result = yield* runCheck(input)
    const text =
      input.format === "sarif"
        ? json(Reports.sarif(result, { version: ENGINE_VERSION, uri: uriOf(result, input) }))
        : textIn(input.format, {
            report: Reports.findingsReport(result),
            csv: Reports.findingsCsv,
            text: Reports.findingsText
          })
    yield* write(input.out, text)
  })
).pipe(Command.withDescription("Everything to act on, one by one; as SARIF for pipelines"))

/** Where the documents lie, from the folder of the call, which in a pipeline is the repository. */
const uriOf = (result: CheckResult, { bom, declarations }: Inputs) => {
  const paths = new Map(
    [bom, ...declarations].map((path, index) => [
      result.documents[index]?.sha256,
      relative(process.cwd(), resolve(path)).split(sep).map(encodeURIComponent).join("/")
    ])
  )
  return ({ name, sha256 }: { readonly name: string; readonly sha256: string }) =>
    paths.get(sha256) ?? encodeURIComponent(name)
}

const evidenceCommand = Command.make(
  "evidence",
  {
    ...arguments_,
    only: Flag.String("only").pipe(
      Flag.withDescription("Only findings of these rule sets, separated by commas"),
      Flag.optional
    ),
    format: formatOf(),
    out
  },
  Effect.fn(function* (input) {
    const regulations = Option.getOrUndefined(Option.map(input.only, list))
    const report = Reports.evidenceReport(yield* runCheck(input), { regulations })
    yield* write(input.out, textIn(input.format, { report, csv: Reports.evidenceCsv, text: Reports.evidenceText }))
  })
).pipe(Command.withDescription("Index of evidence for a technical file: documents, hashes and what rests on them"))

const list = (text: string): ReadonlyArray<string> =>
  text.split(",").flatMap((item) => (item.trim() === "" ? [] : [item.trim()]))

const readIssuer = Effect.fnUntraced(function* (path: string) {
  const refused = (cause: unknown) =>
    new CommandExit({ code: exitCodes.usage, message: `--issuer ${path} cannot be used: ${(cause as Error).message}` })
  const plainIssuer = yield* Effect.tryPromise({
    try: async () => JSON.parse(await readFile(path, "utf8")) as unknown,
    catch: refused
  })
  return yield* Schema.decodeUnknownEffect(Reports.Issuer)(plainIssuer).pipe(Effect.mapError(refused))
})

const declarationCommand = Command.make(
  "declaration",
  {
    ...arguments_,
    issuer: Flag.String("issuer").pipe(
      Flag.withDescription("Who declares: a JSON file with company, companyId, contact and authorizer"),
      Flag.optional
    ),
    date: day("date", "The day of the declaration; --as-of when left out"),
    format: formatOf("ipc1752-c", "ipc1752-d"),
    out
  },
  Effect.fn(function* (input) {
    const report = Reports.declarationReport(yield* runCheck(input), {
      issuer: Option.isNone(input.issuer) ? undefined : yield* readIssuer(input.issuer.value),
      date: Option.getOrUndefined(input.date)
    })
    const text =
      input.format === "ipc1752-c" || input.format === "ipc1752-d"
        ? Reports.ipc1752Xml(report, input.format === "ipc1752-c" ? "C" : "D")
        : textIn(input.format, { report, csv: Reports.declarationCsv, text: Reports.declarationText })
    yield* write(input.out, text)
  })
).pipe(Command.withDescription("The declaration to pass on, also as IPC-1752A class C or D"))

const diffCommand = Command.make(
  "diff",
  {
    ...arguments_,
    toAsOf: day("to-as-of", "The day to compare with"),
    toRules: Flag.String("to-rules").pipe(
      Flag.withDescription("Rule packs to compare with, separated by commas"),
      Flag.optional
    ),
    toBom: Flag.String("to-bom").pipe(Flag.withDescription("The BOM to compare with"), Flag.optional),
    toDeclarations: Flag.String("to-declarations").pipe(
      Flag.withDescription("Declarations to compare with, separated by commas"),
      Flag.optional
    ),
    format: formatOf(),
    out
  },
  Effect.fn(function* (input) {
    const to = [input.toAsOf, input.toRules, input.toBom, input.toDeclarations]
    if (to.every(Option.isNone))
      return yield* new CommandExit({
        code: exitCodes.usage,
        message: "Say what to compare with: --to-as-of, --to-rules, --to-bom or --to-declarations"
      })
    const before = yield* runCheck(input)
    const after = yield* runCheck({
      ...input,
      asOf: Option.orElse(input.toAsOf, () => input.asOf),
      rules: Option.getOrElse(input.toRules, () => input.rules),
      bom: Option.getOrElse(input.toBom, () => input.bom),
      declarations: Option.match(input.toDeclarations, { onNone: () => input.declarations, onSome: list })
    })
    const report = Reports.diffReport(before, after)
    yield* write(input.out, textIn(input.format, { report, csv: Reports.diffCsv, text: Reports.diffText }))
  })
).pipe(Command.withDescription("What differs between two days, rule packs, BOMs or sets of declarations, and why"))

export const reportCommand = Command.make("report").pipe(
  Command.withDescription("Report on a judged BOM, as text, JSON, CSV and the formats of the field"),
  Command.withSubcommands([
    statusCommand,
    coverageCommand,
    exemptionsCommand,
    scipCommand,
    diffCommand,
    findingsCommand,
    declarationCommand,
    evidenceCommand
  ])
)
