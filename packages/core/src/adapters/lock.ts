/** A directory that one store of one process holds at a time. Node only. */
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Another process, or another store of this one, has the directory open. */
export class StoreInUse extends Schema.TaggedError<StoreInUse>()("StoreInUse", {
  directory: Schema.String,
  pid: Schema.Int
}) {
  override get message(): string {
    return `The store in ${this.directory} is open in process ${this.pid}. Stop it, or choose another directory.`
  }
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"
  }
}

/** Directories open in this process: the pid alone does not tell them from those of a namesake that died. */
const open = new Set<string>()

/** Holds the directory for the scope; a lock whose process has died is taken over. */
export const lock = (directory: string) =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const file = `${directory}.lock`
      const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0
      if (open.has(directory)) return Effect.fail(new StoreInUse({ directory, pid: process.pid }))
      if (holder > 0 && holder !== process.pid && isAlive(holder))
        return Effect.fail(new StoreInUse({ directory, pid: holder }))
      rmSync(file, { force: true })
      writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 })
      open.add(directory)
      return Effect.succeed(file)
    }),
    (file) =>
      Effect.sync(() => {
        open.delete(directory)
        rmSync(file, { force: true })
      })
  )
