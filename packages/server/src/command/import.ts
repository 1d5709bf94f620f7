/** `certivo import`: documents into a store, or a whole exported store into an empty one. */
import { resolve } from "node:path"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { CommandExit, exitCodes } from "./exit.ts"
import { transferredText } from "./export.ts"
import { writeOut } from "./files.ts"
import { importFiles } from "./importFiles.ts"
import { mapFlag } from "./mapping.ts"
import { rejectsFlag } from "./rejects.ts"
import { dataFlag, orUnreadable, storeOptions, tenantFlag } from "./store.ts"
import { threadsFlag } from "./threads.ts"
import { rulesFlag } from "./useRules.ts"

export const importCommand = Command.make(
  "import",
  {
    files: Argument.String("files").pipe(
      Argument.withDescription("BOMs and declarations in any format, also packed"),
      Argument.atLeast(0)
    ),
    store: Flag.String("store").pipe(
      Flag.withDescription(
        "In place of files: a directory that certivo export wrote, for a store that has nothing of its tenants"
      ),
      Flag.optional
    ),
    data: dataFlag,
    tenant: tenantFlag,
    map: mapFlag,
    rejects: rejectsFlag,
    rules: rulesFlag,
    threads: threadsFlag
  },
  Effect.fn(function* ({ store, ...input }) {
    if (Option.isSome(store) === input.files.length > 0)
      return yield* new CommandExit({
        code: exitCodes.usage,
        message: "Name files to import, or with --store a directory that certivo export wrote."
      })
    if (Option.isSome(store) && Option.isSome(input.rules))
      return yield* new CommandExit({
        code: exitCodes.usage,
        message:
          "An exported store brings its rule sets along. Leave out --rules, and use certivo rules use afterwards."
      })
    yield* Option.isSome(store) ? importExport(store.value, input.data) : importFiles(input)
  })
).pipe(Command.withDescription("Import documents, or a whole exported store"))

const importExport = Effect.fnUntraced(function* (directory: string, data: string) {
  const { importStore } = yield* Effect.promise(() => import("@certivo/core/adapters/file"))
  const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
  const options = yield* storeOptions(data)
  const done = yield* orUnreadable(importStore(resolve(directory)).pipe(Effect.provide(storeOf(options))))
  yield* writeOut(transferredText(done))
})
