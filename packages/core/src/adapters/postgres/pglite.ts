/** PGlite behind a private unix socket, so that the one client serves it too. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

/** Another process has the directory open. */
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

/** Holds the directory for this process; a lock whose process has died is taken over. */
const lock = (directory: string) =>
  Effect.acquireRelease(
    Effect.suspend(() => {
      const file = `${directory}.lock`
      const holder = existsSync(file) ? Number(readFileSync(file, "utf8")) : 0
      if (holder > 0 && holder !== process.pid && isAlive(holder))
        return Effect.fail(new StoreInUse({ directory, pid: holder }))
      rmSync(file, { force: true })
      writeFileSync(file, String(process.pid), { flag: "wx", mode: 0o600 })
      return Effect.succeed(file)
    }),
    (file) => Effect.sync(() => rmSync(file, { force: true }))
  )

/** Starts PGlite for the scope and gives the path of its socket. */
export const socketOf = Effect.fnUntraced(function* (directory: string | undefined) {
  if (directory !== undefined) {
    yield* Effect.promise(() => mkdir(dirname(directory), { recursive: true, mode: 0o700 }))
    yield* lock(directory)
  }
  const { PGlite } = yield* Effect.promise(() => import("@electric-sql/pglite"))
  const { PGLiteSocketServer } = yield* Effect.promise(() => import("@electric-sql/pglite-socket"))
  const db = yield* Effect.acquireRelease(
    Effect.promise(() => (directory === undefined ? PGlite.create() : PGlite.create(directory))),
    (opened) => Effect.promise(() => opened.close())
  )
  const folder = yield* Effect.acquireRelease(
    Effect.sync(() => mkdtempSync(join(tmpdir(), "certivo-"))),
    (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true }))
  )
  const path = join(folder, ".s.PGSQL.5432")
  const server = new PGLiteSocketServer({ db, path, maxConnections: 10 })
  yield* Effect.acquireRelease(
    Effect.promise(() => server.start()),
    () => Effect.promise(() => server.stop())
  )
  return path
})
