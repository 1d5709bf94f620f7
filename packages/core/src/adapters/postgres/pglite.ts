/** PGlite behind a private unix socket, so that the one client serves it too. */
import { existsSync, mkdtempSync, rmSync } from "node:fs"
import { mkdir, readFile, rename, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { dirname, join, resolve } from "node:path"
import * as Effect from "effect/Effect"
import { lock } from "../lock.ts"

/** The directory of an empty store, which comes with the package; without it PGlite makes one, which takes longer. */
const template = async (): Promise<Blob | undefined> => {
  try {
    const file = new URL("dist/pglite.tar.gz", import.meta.resolve("@certivo/core/package.json"))
    return new Blob([await readFile(file)])
  } catch {
    return undefined
  }
}

/** Makes the directory whole before it has its name, so that a killed start leaves no half of a store behind. */
const created = async (directory: string, open: (path: string) => Promise<{ readonly close: () => Promise<void> }>) => {
  const part = `${directory}.part`
  await rm(part, { recursive: true, force: true })
  await (await open(part)).close()
  await rename(part, directory)
}

/** Starts PGlite for the scope and gives the path of its socket. */
export const socketOf = Effect.fnUntraced(function* (path: string | undefined) {
  const directory = path === undefined ? undefined : resolve(path)
  if (directory !== undefined) {
    yield* Effect.promise(() => mkdir(dirname(directory), { recursive: true, mode: 0o700 }))
    yield* lock(directory)
  }
  const { PGlite } = yield* Effect.promise(() => import("@electric-sql/pglite"))
  const { pg_trgm } = yield* Effect.promise(() => import("@electric-sql/pglite/contrib/pg_trgm"))
  const { btree_gin } = yield* Effect.promise(() => import("@electric-sql/pglite/contrib/btree_gin"))
  const extensions = { pg_trgm, btree_gin }
  const { PGLiteSocketServer } = yield* Effect.promise(() => import("@electric-sql/pglite-socket"))
  const db = yield* Effect.acquireRelease(
    Effect.promise(async () => {
      const isNew = directory === undefined || !existsSync(directory)
      const loadDataDir = isNew ? await template() : undefined
      const begin = loadDataDir === undefined ? { extensions } : { extensions, loadDataDir }
      if (directory === undefined) return PGlite.create(begin)
      if (isNew) await created(directory, (dataDir) => PGlite.create({ ...begin, dataDir }))
      return PGlite.create(directory, { extensions })
    }),
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
