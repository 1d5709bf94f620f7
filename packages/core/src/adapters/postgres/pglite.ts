/** PGlite behind a private unix socket, so that the one client serves it too. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
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

/** Directories open in this process: the pid alone does not tell them from those of a namesake that died. */
const open = new Set<string>()

/** Holds the directory for one store of one process; a lock whose process has died is taken over. */
const lock = (directory: string) =>
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

/** Starts PGlite for the scope and gives the path of its socket. */
export const socketOf = Effect.fnUntraced(function* (path: string | undefined) {
  const directory = path === undefined ? undefined : resolve(path)
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
    (created) => Effect.sync(() => rmSync(created, { recursive: true, force: true }))
  )
  const socket = join(folder, ".s.PGSQL.5432")
  const server = new PGLiteSocketServer({ db, path: socket, maxConnections: 10 })
  yield* Effect.acquireRelease(
    Effect.promise(() => server.start()),
    () => Effect.promise(() => server.stop())
  )
  return socket
})
