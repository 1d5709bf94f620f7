/** Exit codes of the command, stable for scripts. */
import * as Data from "effect/Data"

export const exitCodes = { ok: 0, nonCompliant: 1, unknown: 2, usage: 64, unreadable: 65, internal: 70 } as const

/** Ends the command with a code, and a message on stderr when there is one. */
export class CommandExit extends Data.TaggedError("CommandExit")<{
  readonly code: number
  readonly message: string
}> {}
