/** `certivo serve`: the server, its worker and the dashboard in one process. */
import { resolve } from "node:path"
import { Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"
import { dataFlag, storeOptions } from "./store.ts"
import { threadsFlag } from "./threads.ts"
import { chosenRules, rulesFlag } from "./useRules.ts"

const hoursOrDays = (name: string, description: string) =>
  Flag.Int(name).pipe(
    Flag.withSchema(Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))),
    Flag.withDescription(description),
    Flag.optional
  )

export const serveCommand = Command.make(
  "serve",
  {
    port: Flag.Int("port").pipe(Flag.withDescription("8321 or the next free one when left out"), Flag.optional),
    host: Flag.String("host").pipe(Flag.withDefault("127.0.0.1")),
    data: dataFlag,
    demo: Flag.Boolean("demo").pipe(
      Flag.withDescription("Imports example data into an empty store and signs the dashboard in by itself"),
      Flag.withDefault(false)
    ),
    demoFiles: Flag.String("demo-files").pipe(
      Flag.withDescription("Files to import with --demo, separated by commas"),
      Flag.withDefault("")
    ),
    allowOrigin: Flag.String("allow-origin").pipe(
      Flag.withDescription("Origins whose pages may embed the elements, separated by commas"),
      Flag.withDefault("")
    ),
    keepUnclaimed: hoursOrDays(
      "keep-unclaimed",
      "Hours for which documents are kept that nothing refers to; 48 when left out"
    ),
    keepOriginals: hoursOrDays(
      "keep-originals",
      "Days for which originals of imported documents are kept; for ever when left out"
    ),
    rules: rulesFlag,
    threads: threadsFlag
  },
  Effect.fn(function* (flags) {
    const { serve } = yield* Effect.promise(() => import("../serve.ts"))
    const list = (text: string) => text.split(",").flatMap((item) => (item.trim() === "" ? [] : [item.trim()]))
    yield* serve({
      port: Option.getOrUndefined(flags.port),
      host: flags.host,
      ...(yield* storeOptions(flags.data)),
      demo: flags.demo,
      demoFiles: list(flags.demoFiles).map((file) => resolve(file)),
      allowOrigins: list(flags.allowOrigin),
      retention: {
        unclaimedHours: Option.getOrUndefined(flags.keepUnclaimed),
        originalDays: Option.getOrUndefined(flags.keepOriginals)
      },
      rules: yield* chosenRules(flags.rules),
      threads: Option.getOrUndefined(flags.threads)
    }).pipe(
      Effect.catchTag("ServeError", (error) =>
        Effect.fail(new CommandExit({ code: exitCodes.unreadable, message: error.message }))
      )
    )
  })
).pipe(Command.withDescription("Run the server, its worker and the dashboard"))
