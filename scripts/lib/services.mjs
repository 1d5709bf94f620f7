/**
 * What the tests need beside Node: PostgreSQL, PgBouncer, Redis and Chromium. Each is taken from the
 * environment, else from this machine, else started from a local program, else (as root on
 * Debian) installed; failing all that, an error says what to do.
 */
import { spawn } from "node:child_process"
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs"
import { connect, createServer } from "node:net"
import { tmpdir } from "node:os"
import { delimiter, join } from "node:path"
import { must, say } from "./run.mjs"

const isRoot = process.getuid?.() === 0

const answers = (port) =>
  new Promise((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, timeout: 1000 })
    const end = (value) => {
      socket.destroy()
      resolve(value)
    }
    socket
      .once("connect", () => end(true))
      .once("error", () => end(false))
      .once("timeout", () => end(false))
  })

const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer()
    server.once("error", reject)
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

const find = (names, extra = []) => {
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...extra]
  for (const name of names) for (const folder of folders) if (existsSync(join(folder, name))) return join(folder, name)
  return undefined
}

/** Installs a Debian package when that is possible here. */
const install = async (name) => {
  if (!isRoot || find(["apt-get"]) === undefined) return
  say(`Installing Debian's ${name} …`)
  await must("apt-get", ["update"])
  await must("apt-get", ["install", "-y", "--no-install-recommends", name], {
    env: { DEBIAN_FRONTEND: "noninteractive" }
  })
}

const orInstall = async (locate, debianPackage, advice) => {
  const found = locate()
  if (found !== undefined) return found
  await install(debianPackage)
  const installed = locate()
  if (installed === undefined) throw new Error(advice)
  return installed
}

const waitFor = async (port, what) => {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    if (await answers(port)) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${what} did not start on port ${port} within 30 seconds`)
}

/** Starts a program that is ended, and its folder removed, with the tests. */
const start = (stops, command, args, folder) => {
  const child = spawn(command, args, { stdio: "ignore", cwd: folder })
  stops.push(() => {
    child.kill("SIGTERM")
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  })
}

const postgres = async (stops) => {
  if (process.env.DATABASE_URL) return process.env.DATABASE_URL
  if (await answers(5432)) return "postgres://postgres@127.0.0.1:5432/postgres"
  const debian = "/usr/lib/postgresql"
  const folders = () => (existsSync(debian) ? readdirSync(debian).map((version) => join(debian, version, "bin")) : [])
  const initdb = await orInstall(
    () => find(["initdb"], folders()),
    "postgresql",
    "The tests need PostgreSQL 15 or later: set DATABASE_URL, or install it so that initdb is in PATH."
  )
  const folder = mkdtempSync(join(tmpdir(), "certivo-postgres-"))
  const data = join(folder, "data")
  const port = await freePort()
  const as = isRoot ? ["runuser", "-u", "postgres", "--"] : []
  if (isRoot) await must("chown", ["postgres", folder])
  const [first, ...rest] = [...as, initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync"]
  await must(first, rest, { cwd: folder })
  const server = initdb.replace(/initdb$/, "postgres")
  const [command, ...args] = [...as, server, "-D", data, "-p", String(port), "-k", folder, "-h", "127.0.0.1"]
  start(stops, command, args, folder)
  await waitFor(port, "PostgreSQL")
  return `postgres://postgres@127.0.0.1:${port}/postgres`
}

const redis = async (stops) => {
  if (process.env.REDIS_URL) return process.env.REDIS_URL
  if (await answers(6379)) return "redis://127.0.0.1:6379"
  const server = await orInstall(
    () => find(["redis-server", "valkey-server"]),
    "redis-server",
    "The tests need Redis: set REDIS_URL, or install it so that redis-server is in PATH."
  )
  const port = await freePort()
  const folder = mkdtempSync(join(tmpdir(), "certivo-redis-"))
  start(stops, server, ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"], folder)
  await waitFor(port, "Redis")
  return `redis://127.0.0.1:${port}`
}

const chromium = () =>
  process.env.CHROMIUM ??
  orInstall(
    () => find(["chromium", "chromium-browser", "google-chrome"]),
    "chromium",
    "The tests need Chromium: set CHROMIUM to its program, or install it so that chromium is in PATH."
  )

/** Started by the tests themselves, which need it before databases of their own. */
const pgbouncer = () =>
  process.env.PGBOUNCER ??
  orInstall(
    () => find(["pgbouncer"], ["/usr/sbin"]),
    "pgbouncer",
    "The tests need PgBouncer: set PGBOUNCER to its program, or install it so that pgbouncer is in PATH."
  )

/** The environment the tests run in, and what ends what was started for them. */
export const startServices = async () => {
  const stops = []
  const stop = () => {
    for (const end of stops.splice(0)) end()
  }
  try {
    return {
      env: {
        DATABASE_URL: await postgres(stops),
        REDIS_URL: await redis(stops),
        CHROMIUM: await chromium(),
        PGBOUNCER: await pgbouncer()
      },
      stop
    }
  } catch (error) {
    stop()
    throw error
  }
}
