/** `certivo export`: a whole store as a directory of documents and entries with checksums. */
import { resolve } from "node:path"
import type { Transferred } from "@certivo/core/adapters/file"
import { TenantId } from "@certivo/core/ports"
import { Argument, Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"
import { dataFlag, existingStore, orUnreadable } from "./store.ts"

export const exportCommand = Command.make(
  "export",
  {
    directory: Argument.String("directory").pipe(Argument.withDescription("A new directory")),
    data: dataFlag,
    tenant: Flag.String("tenant").pipe(
      Flag.withDescription("Tenants, separated by commas; all when left out"),
      Flag.optional
    )
  },
  Effect.fn(function* ({ data, directory, tenant }) {
    const tenants = Option.isNone(tenant) ? undefined : yield* tenantsOf(tenant.value)
    const { exportStore } = yield* Effect.promise(() => import("@certivo/core/adapters/file"))
    const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
    const options = yield* existingStore(data)
    const done = yield* orUnreadable(exportStore(resolve(directory), tenants).pipe(Effect.provide(storeOf(options))))
    yield* writeOut(transferredText(done))
  })
).pipe(Command.withDescription("Export a whole store into a directory"))

const tenantsOf = (text: string) =>
  Schema.decodeUnknownEffect(Schema.Array(TenantId))(text.split(",")).pipe(
    Effect.mapError(
      () => new CommandExit({ code: exitCodes.usage, message: `--tenant: ${text} holds more than names of tenants` })
    )
  )

export const transferredText = (done: ReadonlyArray<Transferred>): string =>
  done.map(({ documents, entries, tenant }) => `${tenant}: ${documents} documents, ${entries} entries\n`).join("")
