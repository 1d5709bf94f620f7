/** The command as a user runs it, on the embedded store. */
import { spawnSync } from "node:child_process"
import { fileURLToPath } from "node:url"

const main = fileURLToPath(new URL("../src/main.ts", import.meta.url))

export const certivo = (...args: ReadonlyArray<string>) => {
  const { DATABASE_URL: _unused, ...env } = process.env
  const { status, stderr, stdout } = spawnSync(process.execPath, [main, ...args], { env, encoding: "utf8" })
  return { status, stderr, stdout }
}
