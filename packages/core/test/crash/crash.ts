/** Imports that are killed again and again must end as if they had run once, in every store that outlives a process. */
import { type ChildProcess, fork } from "node:child_process"
import { randomBytes } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Compliance, TenantId, verifyTrail } from "@certivo/core"
import { layer as memory } from "@certivo/core/adapters/memory"
import { DocumentStore, type Entry, type Job, Repository } from "@certivo/core/ports"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { SqlClient } from "effect/sql"
import { type Random, randomOf } from "../ingest/fuzz/random.ts"
import { importAll, type Task } from "./importer.ts"
import { layerOf, type Store } from "./store.ts"

const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"

/** A process that has got so far that it can begin at once. */
export interface Importer {
  readonly child: ChildProcess
  readonly ready: Promise<unknown>
}

export const newImporter = (): Importer => {
  const child = fork(new URL("importer.ts", import.meta.url), { stdio: ["ignore", "ignore", "inherit", "ipc"] })
  return { child, ready: new Promise((resolve) => child.once("message", resolve)) }
}

/** What two stores have in common when the same was imported into them, in whatever order. */
const contentOf = (entries: ReadonlyArray<Entry>): string =>
  entries
    .filter(({ is }) => is !== "revision" && is !== "audit")
    .map((entry) => JSON.stringify(entry.is === "job" ? { ...entry, job: outcomeOf(entry.job) } : entry, plain))
    .sort()
    .filter((text, at, all) => text !== all[at - 1])
    .join("\n")

/** The product is known to the job alone that brought the BOM. */
const outcomeOf = ({ id: _id, product: _product, ...job }: Job) => job

/** Without revisions, which depend on the order; what is undefined counts as left out. */
const plain = (key: string, value: unknown): unknown => {
  if (key === "revision") return undefined
  if (typeof value === "bigint") return String(value)
  if (value instanceof Map) return Object.fromEntries(value)
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** The entries of a tenant, and what is wrong with them by themselves. */
export const look = (name: string) =>
  Effect.gen(function* () {
    const repository = yield* Repository
    const documents = yield* DocumentStore
    const tenant = TenantId.make(name)
    const entries: Array<Entry> = []
    yield* repository.dump(tenant, (entry) => Effect.sync(() => void entries.push(entry)))
    const revisions = entries.flatMap((entry) => (entry.is === "document" ? [entry.document.revision] : []))
    const head = entries.find((entry) => entry.is === "revision")?.revision
    const wrong: Array<string> = []
    if (revisions.length !== head || revisions.some((revision, at) => revision !== at + 1))
      wrong.push(`revisions ${revisions.join(", ")} up to ${head}`)
    const trail = entries.flatMap((entry) => (entry.is === "audit" ? [entry.entry] : []))
    const broken = verifyTrail(trail)
    if (broken !== undefined) wrong.push(`the audit trail: revision ${broken.revision} ${broken.reason}`)
    const named = trail.map(({ subject }) => subject).join()
    const committed = entries.flatMap((entry) => (entry.is === "document" ? [entry.document.sha256] : [])).join()
    if (named !== committed) wrong.push(`the audit trail names ${named}, and there is ${committed}`)
    const waiting = (yield* repository.unfinishedJobs).filter((job) => job.tenant === tenant)
    if (waiting.length > 0) wrong.push(`${waiting.length} jobs have not ended`)
    for (const entry of entries)
      if (entry.is === "document") yield* Stream.runDrain(documents.get(tenant, entry.document.sha256))
    return { content: contentOf(entries), wrong }
  })

/** What an import of everything gives, by the store in memory. */
export const expected = () =>
  Effect.runPromise(
    Effect.andThen(importAll({ tenant: "t", jobs: "a", atOnce: false }), look("t")).pipe(
      Effect.provide(Compliance.layer.pipe(Layer.provideMerge(memory)))
    )
  )

export const difference = (found: string, wanted: string): string | undefined => {
  if (found === wanted) return undefined
  const [has, needs] = [found.split("\n"), wanted.split("\n")]
  const [known, needed] = [new Set(has), new Set(needs)]
  const short = (lines: ReadonlyArray<string>) => lines.slice(0, 3).map((line) => line.slice(0, 300))
  return `too much: ${short(has.filter((line) => !needed.has(line))).join(" | ")}; missing: ${short(needs.filter((line) => !known.has(line))).join(" | ")}`
}

export interface Crashes {
  /** Kills importers of one store until it is full, and looks at what is in it; gives what is wrong. */
  readonly round: (seed: number) => Promise<string | undefined>
  readonly kills: () => number
  readonly end: () => Promise<void>
}

const admin = (statement: string) =>
  Effect.runPromise(
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(server) }))
    )
  )

export const crashes = async (kind: Store["kind"]): Promise<Crashes> => {
  const root = mkdtempSync(join(tmpdir(), "certivo-crash-"))
  const database = `certivo_crash_${randomBytes(6).toString("hex")}`
  const url = new URL(server)
  url.pathname = `/${database}`
  if (kind === "PostgreSQL") await admin(`CREATE DATABASE ${database}`)
  const wanted = await expected()
  let next = newImporter()
  let kills = 0
  /** How long an import takes that nobody disturbs. */
  let longest = 1500

  const take = (): Importer => {
    const importer = next
    next = newImporter()
    return importer
  }

  /** Runs an importer, to its end without `after`; gives whether it came to it. */
  const run = async (task: Task, after: number | undefined): Promise<boolean> => {
    const { child, ready } = take()
    await ready
    const begun = performance.now()
    const ended = new Promise<boolean>((resolve, reject) => {
      child.once("exit", (code, signal) => {
        if (code === 0) resolve(true)
        else if (signal === "SIGKILL") resolve(false)
        else reject(new Error(`an importer ended with ${code}`))
      })
    })
    const timer = after === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), after)
    child.send(task)
    const done = await ended
    clearTimeout(timer)
    if (done) longest = performance.now() - begun
    else kills++
    return done
  }

  const storeOf = (seed: number, random: Random): Store => {
    switch (kind) {
      case "file":
        return {
          kind,
          directory: join(root, String(seed)),
          snapshotAfterBytes: [1, 200_000, 2 ** 30][random(3)] as number
        }
      case "PGlite":
        return { kind, directory: join(root, String(seed)) }
      case "PostgreSQL":
        return { kind, directory: join(root, String(seed)), url: url.toString(), prepare: true }
    }
  }

  const fill = async (task: Task, random: Random): Promise<void> => {
    for (let left = 1 + random(3); left > 0; left--) if (await run(task, random(Math.ceil(longest * 1.1)))) return
    await run(task, undefined)
  }

  const round = async (seed: number): Promise<string | undefined> => {
    const random = randomOf(seed)
    const store = storeOf(seed, random)
    const task = { store, tenant: `t${seed}`, atOnce: random(2) === 0 }
    try {
      const several = kind === "PostgreSQL" && random(2) === 0 ? ["a", "b"] : ["a"]
      await Promise.all(several.map((jobs) => fill({ ...task, jobs }, random)))
      const { content, wrong } = await Effect.runPromise(Effect.provide(look(task.tenant), layerOf(store)))
      return wrong[0] ?? difference(content, wanted.content)
    } catch (error) {
      return String(error)
    } finally {
      rmSync(store.directory, { recursive: true, force: true })
    }
  }

  const end = async () => {
    next.child.kill("SIGKILL")
    rmSync(root, { recursive: true, force: true })
    if (kind === "PostgreSQL") await admin(`DROP DATABASE ${database} WITH (FORCE)`)
  }

  return { round, kills: () => kills, end }
}
