/** Decisions of people, as a file on the command line. */
import { readFile } from "node:fs/promises"
import { Override } from "@certivo/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { CommandExit, exitCodes } from "./exit.ts"

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
