/** Databases of a benchmark's own, and PostgreSQL's programs. */
import { spawn } from "node:child_process"
import { randomBytes } from "node:crypto"
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"

export const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"

/** Debian keeps some programs out of PATH. */
const program = (name) => {
  const debian = "/usr/lib/postgresql"
  const versions = existsSync(debian) ? readdirSync(debian) : []
  return versions.map((version) => join(debian, version, "bin", name)).find(existsSync) ?? name
}

/** Runs a program of PostgreSQL and gives what it prints. */
export const run = (name, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(program(name), args, { stdio: ["ignore", "pipe", "pipe"] })
    let output = ""
    let errors = ""
    child.stdout.on("data", (data) => {
      output += data
    })
    child.stderr.on("data", (data) => {
      errors += data
    })
    child.once("error", reject)
    child.once("close", (code) =>
      code === 0 ? resolve(output.trim()) : reject(new Error(`${name} ended with ${code}: ${errors}`))
    )
  })

/** Runs commands and gives the cells of the last, one row a line. */
export const psql = (url, ...commands) =>
  run("psql", ["-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", url, ...commands.flatMap((text) => ["-c", text])])

export const create = async () => {
  const name = `certivo_bench_${randomBytes(6).toString("hex")}`
  await psql(server, `CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return url.href
}

export const drop = (url) => psql(server, `DROP DATABASE ${new URL(url).pathname.slice(1)} WITH (FORCE)`)

/** Runs `use` on an empty database, which is dropped behind it. */
export const withDatabase = async (use) => {
  const url = await create()
  try {
    return await use(url)
  } finally {
    await drop(url)
  }
}
