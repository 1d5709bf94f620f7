/** `certivo overrides`: decisions of people that stand above findings, in files and in a store. */
import { readFile } from "node:fs/promises"
import { Compliance, dayOf, type Overridden, Override } from "@certivo/core"
import * as Clock from "effect/Clock"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"
import { dataFlag, onStore, tenantFlag } from "./store.ts"
import { cell } from "./text.ts"
import { judgedText } from "./useRules.ts"

const decode = Schema.decodeUnknownEffect(Schema.Array(Override), { onExcessProperty: "error" })

/** A JSON list of overrides. */
export const readOverrides = Effect.fnUntraced(function* (path: string) {
  const refused = (cause: string) =>
    new CommandExit({ code: exitCodes.unreadable, message: `The overrides in ${path} cannot be used: ${cause}` })
  const plain = yield* Effect.tryPromise({
    try: async () => JSON.parse(await readFile(path, "utf8")) as unknown,
    catch: (error) => refused((error as Error).message)
  })
  return yield* decode(plain).pipe(Effect.mapError((error) => refused(error.message)))
})

export const overridesFlag = Flag.String("overrides").pipe(
  Flag.withDescription("A JSON file with the list of decisions that stand above findings"),
  Flag.optional
)

const today = Effect.map(Clock.currentTimeMillis, dayOf)

const PER_PAGE = 1000

/** All of them, page by page. */
const pages = (list: (cursor: string | undefined) => ReturnType<Compliance["Service"]["overrides"]>) =>
  Stream.paginate(undefined as string | undefined, (cursor) =>
    Effect.map(list(cursor), ({ items, next }) => [[items], Option.fromNullishOr(next)] as const)
  )

const line = (id: string, part: string, rule: string, status: string, from: string, to: string): string =>
  `${cell(id, 12)} ${cell(part, 14)} ${cell(rule, 14)} ${cell(status, 15)} ${cell(from, 10)} ${to}`.trimEnd()

const textOf = ({ id, part, rule, status, on, until = "", by, reason }: Override): string =>
  `${line(id, part, rule, status, on, until)}\n  ${cell(`${by}: ${reason}`, 77).trimEnd()}\n`

const list = Command.make(
  "list",
  {
    part: Flag.String("part").pipe(Flag.withDescription("Those about this part number alone"), Flag.optional),
    format: Flag.Literals("format", ["text", "json"]).pipe(Flag.withDefault("text" as const)),
    data: dataFlag,
    tenant: tenantFlag
  },
  Effect.fn(function* ({ data, format, part, tenant }) {
    const listed = Effect.gen(function* () {
      const compliance = yield* Compliance
      const all = pages((cursor) =>
        compliance.overrides(tenant, { limit: PER_PAGE, cursor, part: Option.getOrUndefined(part) })
      )
      const isJson = format === "json"
      yield* writeOut(isJson ? "[" : `${line("id", "part", "rule", "status", "from", "until")}\n${"-".repeat(80)}\n`)
      let written = 0
      yield* Stream.runForEach(all, (items) => {
        const comma = (at: number) => (written + at === 0 ? "\n" : ",\n")
        const text = items.map((one, at) => (isJson ? `${comma(at)}${JSON.stringify(one)}` : textOf(one))).join("")
        written += items.length
        return writeOut(text)
      })
      if (isJson) yield* writeOut("\n]\n")
    })
    yield* onStore(data, listed)
  })
).pipe(Command.withDescription("List the decisions in a store"))

const changedText = ({ judged, overrides }: Overridden, did: string): string =>
  `${overrides.length} ${overrides.length === 1 ? "override" : "overrides"} ${did}\n${judgedText(judged)}\n`

const add = Command.make(
  "add",
  {
    file: Argument.String("file").pipe(Argument.withDescription("A JSON list of decisions, as certivo check takes it")),
    data: dataFlag,
    tenant: tenantFlag
  },
  Effect.fn(function* ({ data, file, tenant }) {
    const overrides = yield* readOverrides(file)
    const added = Effect.gen(function* () {
      return yield* (yield* Compliance).addOverrides(tenant, overrides, yield* today)
    })
    yield* writeOut(changedText(yield* onStore(data, added), "added"))
  })
).pipe(Command.withDescription("Keep decisions in a store, and judge the products of their parts by them"))

const withdraw = Command.make(
  "withdraw",
  {
    id: Argument.String("id").pipe(Argument.withDescription("The id of a decision")),
    data: dataFlag,
    tenant: tenantFlag
  },
  Effect.fn(function* ({ data, id, tenant }) {
    const withdrawn = Effect.gen(function* () {
      return yield* (yield* Compliance).withdrawOverride(tenant, id, yield* today)
    })
    const found = yield* onStore(data, withdrawn)
    if (Option.isNone(found))
      return yield* new CommandExit({ code: exitCodes.usage, message: `There is no override ${id} in the store.` })
    yield* writeOut(changedText(found.value, "withdrawn"))
  })
).pipe(Command.withDescription("End a decision the day before today, and judge the products of its part without it"))

export const overridesCommand = Command.make("overrides").pipe(
  Command.withDescription("Decisions of people that stand above findings"),
  Command.withSubcommands([list, add, withdraw])
)
