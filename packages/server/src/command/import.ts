/** `certivo import --store`: an exported store into an empty one. */
import { resolve } from "node:path"
import { Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import { transferredText } from "./export.ts"
import { writeOut } from "./files.ts"
import { dataFlag, orUnreadable, storeOptions } from "./store.ts"

export const importCommand = Command.make(
  "import",
  {
    store: Flag.String("store").pipe(Flag.withDescription("A directory that certivo export wrote")),
    data: dataFlag
  },
  Effect.fn(function* ({ data, store }) {
    const { importStore } = yield* Effect.promise(() => import("@certivo/core/adapters/file"))
    const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
    const options = yield* storeOptions(data)
    const done = yield* orUnreadable(importStore(resolve(store)).pipe(Effect.provide(storeOf(options))))
    yield* writeOut(transferredText(done))
  })
).pipe(Command.withDescription("Import an exported store into one that has nothing of its tenants"))
