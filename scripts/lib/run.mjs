/** Child processes of the scripts: inherited or captured, with the workspace's Node 24 first in PATH. */
import { spawn } from "node:child_process"
import { delimiter, join } from "node:path"
import { fileURLToPath } from "node:url"

export const root = fileURLToPath(new URL("../..", import.meta.url))
const bin = join(root, "node_modules", ".bin")

export const environment = (extra = {}) => ({
  ...process.env,
  ...extra,
  PATH: `${bin}${delimiter}${process.env.PATH ?? ""}`
})

/** The one version of pnpm the workspace is installed with. */
export const pnpm = "pnpm@12.21.0"

export const say = (text) => process.stderr.write(`${text}\n`)

/** Runs a command to its end. Resolves with its exit code and, when captured, its output. */
export const run = (command, args, { cwd = root, env = {}, capture = false, toStderr = false } = {}) =>
  new Promise((resolve, reject) => {
    const stdio = capture ? ["ignore", "pipe", "pipe"] : toStderr ? ["ignore", 2, 2] : "inherit"
    const child = spawn(command, args, { cwd, env: environment(env), stdio, shell: process.platform === "win32" })
    let output = ""
    if (capture) for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => (output += data))
    child.once("error", reject)
    const forward = (signal) => child.kill(signal)
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, forward)
    child.once("close", (code, signal) => {
      for (const name of ["SIGINT", "SIGTERM"]) process.off(name, forward)
      resolve({ code: code ?? (signal === "SIGINT" ? 130 : 143), output })
    })
  })

/** As `run`, captured; throws with the output when the command fails. */
export const must = async (command, args, options = {}) => {
  const { code, output } = await run(command, args, { ...options, capture: true })
  if (code !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${code}\n${output}`)
  return output
}

/** Runs the body of a script; a failure is printed and ends it with 1. */
export const main = (body) =>
  body().then(
    (code) => {
      process.exitCode = code ?? 0
    },
    (error) => {
      say(error instanceof Error ? error.message : String(error))
      process.exitCode = 1
    }
  )
