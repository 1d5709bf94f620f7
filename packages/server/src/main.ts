/** The `certivo` command. */
import { NodeRuntime, NodeServices } from "@effect/platform-node"
import * as Cause from "effect/Cause"
import { CliError, Command } from "effect/cli"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import packageJson from "../package.json" with { type: "json" }
import { auditCommand } from "./command/audit.ts"
import { checkCommand } from "./command/check.ts"
import { CommandExit, exitCodes } from "./command/exit.ts"
import { explainCommand } from "./command/explain.ts"
import { exportCommand } from "./command/export.ts"
import { importCommand } from "./command/import.ts"
import { overridesCommand } from "./command/overrides.ts"
import { previewCommand } from "./command/preview.ts"
import { reportCommand } from "./command/report.ts"
import { rulesCommand } from "./command/rules.ts"
import { serveCommand } from "./command/serve.ts"
import { verifyCommand } from "./command/verify.ts"

const certivo = Command.make("certivo").pipe(
  Command.withDescription("Product compliance: every verdict explained, exact, and fresh"),
  Command.withSubcommands([
    checkCommand,
    explainCommand,
    verifyCommand,
    reportCommand,
    rulesCommand,
    serveCommand,
    exportCommand,
    importCommand,
    previewCommand,
    overridesCommand,
    auditCommand
  ])
)

const codeOf = (cause: Cause.Cause<unknown>): { readonly code: number; readonly message: string } => {
  if (Cause.hasInterruptsOnly(cause)) return { code: exitCodes.ok, message: "" }
  const error = Cause.squash(cause)
  if (error instanceof CommandExit) return error
  if (CliError.isCliError(error)) {
    const failed = error._tag !== "ShowHelp" || error.errors.length > 0
    return { code: failed ? exitCodes.usage : exitCodes.ok, message: "" }
  }
  return { code: exitCodes.internal, message: `Internal error: ${Cause.pretty(cause)}` }
}

/**
 * Lets the process end by itself: `process.exit` never returns while V8 compiles beside it and waits for
 * memory, see https://github.com/nodejs/node/issues/54918. Should something keep it alive, it is ended after all.
 */
const exitSoon = (code: number): void => {
  process.exitCode = code
  setTimeout(() => process.exit(code), 5000).unref()
}

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(exitCodes.ok)
  throw error
})

Command.runWith(certivo, { version: packageJson.version })(process.argv.slice(2)).pipe(
  Effect.provide(NodeServices.layer),
  NodeRuntime.runMain({
    disableErrorReporting: true,
    teardown: (exit, onExit) => {
      if (Exit.isSuccess(exit)) return onExit(exitCodes.ok)
      const { code, message } = codeOf(exit.cause)
      if (message !== "") process.stderr.write(`certivo: ${message}\n`)
      exitSoon(code)
      onExit(exitCodes.ok)
    }
  })
)
