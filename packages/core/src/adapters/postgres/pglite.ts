/** PGlite behind a private unix socket, so that the one client serves it too. */
import { mkdtempSync, rmSync } from "node:fs"
import { mkdir } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import * as Effect from "effect/Effect"
import { lock } from "../lock.ts"

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
