/** The server in one process: store, worker, API and dashboard. */
import { createReadStream } from "node:fs"
import { createServer } from "node:http"
import { createServer as createProbe } from "node:net"
import { basename } from "node:path"
import { Compliance, dayOf, type Job, type Retention, type RuleSet, sweepDocuments } from "@certivo/core"
import { layer as threads } from "@certivo/core/adapters/threads"
import { NodeHttpServer } from "@effect/platform-node"
import * as Clock from "effect/Clock"
import * as Console from "effect/Console"
import * as Data from "effect/Data"
import * as Effect from "effect/Effect"
import { HttpRouter } from "effect/http"
import * as Layer from "effect/Layer"
import * as Logger from "effect/Logger"
import * as Schedule from "effect/Schedule"
import * as Stream from "effect/Stream"
import { loadSecrets } from "./auth/Secrets.ts"
import { makeTokens, Tokens } from "./auth/Tokens.ts"
import { DEFAULT_TENANT } from "./http/handlers.ts"
import { routes } from "./http/routes.ts"
import { Jobs } from "./jobs/Jobs.ts"
import { type StoreOptions, storeOf } from "./store.ts"

export interface ServeOptions extends StoreOptions {
  /** The default port, or the next free one, when left out. */
  readonly port: number | undefined
  readonly host: string
  readonly demo: boolean
  readonly demoFiles: ReadonlyArray<string>
  readonly allowOrigins: ReadonlyArray<string>
  /** How long original documents are kept. */
  readonly retention: Retention
  /** Rule sets to put in force; those that are stay when left out. */
  readonly rules: ReadonlyArray<RuleSet> | undefined
  /** Threads that decode large tables; as many as cores are idle when left out. */
  readonly threads: number | undefined
}

export class ServeError extends Data.TaggedError("ServeError")<{ readonly message: string }> {}

const DEFAULT_PORT = 8321
const PORTS_TRIED = 20

const isFree = (host: string, port: number): Effect.Effect<boolean> =>
  Effect.callback((resume) => {
    const probe = createProbe()
    probe.once("error", () => resume(Effect.succeed(false)))
    probe.listen(port, host, () => probe.close(() => resume(Effect.succeed(true))))
  })

const choosePort = Effect.fnUntraced(function* (host: string, asked: number | undefined) {
  if (asked !== undefined) {
    if (yield* isFree(host, asked)) return asked
    return yield* new ServeError({ message: `Port ${asked} is taken. Choose another with --port.` })
  }
  for (let port = DEFAULT_PORT; port < DEFAULT_PORT + PORTS_TRIED; port++) {
    if (yield* isFree(host, port)) return port
    yield* Console.log(`Port ${port} is taken, trying the next.`)
  }
  return yield* new ServeError({
    message: `Ports ${DEFAULT_PORT} to ${DEFAULT_PORT + PORTS_TRIED - 1} are taken. Choose one with --port.`
  })
})

const importFile = Effect.fnUntraced(function* (path: string) {
  const compliance = yield* Compliance
  const jobs = yield* Jobs
  const bytes = Stream.fromAsyncIterable(
    createReadStream(path) as AsyncIterable<Uint8Array>,
    (cause) => new ServeError({ message: `${path} cannot be read: ${(cause as Error).message}` })
  )
  const now = new Date(yield* Clock.currentTimeMillis).toISOString()
  const job = yield* compliance.submit(DEFAULT_TENANT, { name: basename(path), bytes, id: crypto.randomUUID(), now })
  yield* jobs.enqueue(DEFAULT_TENANT, job.id)
  let last: Job = job
  yield* Stream.runForEach(jobs.watch(DEFAULT_TENANT, job.id), (state) =>
    Effect.sync(() => {
      last = state
    })
  )
  yield* Console.log(
    last.state === "failed"
      ? `  ${last.documentName}: ${last.error}`
      : `  ${last.documentName}: ${last.accepted} of ${last.rows} rows accepted, ${last.rejected} rejected`
  )
})

const importDemo = Effect.fnUntraced(function* (files: ReadonlyArray<string>) {
  const compliance = yield* Compliance
  const { page } = yield* compliance.products(DEFAULT_TENANT, { limit: 1 })
  if (page.items.length === 0 && files.length > 0) {
    yield* Console.log("Importing example data …")
    yield* Effect.forEach(files, importFile, { discard: true })
  }
  yield* printProducts
})

const printProducts = Effect.gen(function* () {
  const compliance = yield* Compliance
  const { page } = yield* compliance.products(DEFAULT_TENANT, { limit: 20 })
  const line = (...cells: ReadonlyArray<string>) =>
    cells.map((cell, index) => (index < 2 ? cell.padEnd(16) : cell.padStart(9))).join(" ")
  yield* Console.log(`\n${line("product", "status", "parts", "compliant", "exempt", "unknown", "failing")}`)
  for (const { partNumber, status, summary } of page.items) {
    const counts = [summary.parts, summary.compliant, summary.exempt, summary.unknown, summary.nonCompliant]
    yield* Console.log(line(partNumber, status, ...counts.map(String)))
  }
})

/** Removes documents that need not be kept, at the start and once a day. */
const sweeping = (retention: Retention) =>
  Layer.effectDiscard(
    sweepDocuments(DEFAULT_TENANT, retention).pipe(
      Effect.tap((removed) =>
        removed > 0 ? Effect.logInfo(`${removed} original documents that need not be kept were removed.`) : Effect.void
      ),
      Effect.catch((error) => Effect.logError("Documents could not be swept", error)),
      Effect.repeat(Schedule.spaced("1 day")),
      Effect.forkScoped
    )
  )

/**
 * Puts rule sets in force, if any are given; then judges, beside serving, what does not hold by those in force: now, and
 * every hour, for at midnight in UTC rules, exemptions or evidence may have begun or ended, and a try may fail.
 */
const judging = Effect.fnUntraced(function* (rules: ReadonlyArray<RuleSet> | undefined) {
  const compliance = yield* Compliance
  if (rules !== undefined) yield* compliance.useRules(DEFAULT_TENANT, rules)
  yield* Effect.flatMap(Clock.currentTimeMillis, (now) => compliance.judgeAgain(DEFAULT_TENANT, dayOf(now))).pipe(
    Effect.tap((judged) =>
      judged > 0 ? Effect.logInfo(`${judged} products were judged again by the rule sets in force.`) : Effect.void
    ),
    Effect.catch((error) => Effect.logError("Products could not be judged again", error)),
    Effect.repeat(Schedule.cron("0 * * * *", "UTC")),
    Effect.forkScoped
  )
})

/** Runs until it is interrupted. */
export const serve = (options: ServeOptions) =>
  Effect.gen(function* () {
    const port = yield* choosePort(options.host, options.port)
    const secrets = yield* loadSecrets(options.data)
    if (secrets.isNew)
      yield* Console.log(`Sign-in secret, shown this once and kept in the data directory:\n  ${secrets.signInSecret}`)
    yield* Console.log(
      options.databaseUrl === undefined
        ? `Opening the embedded store in ${options.data} (the first time takes some seconds) …`
        : "Opening PostgreSQL …"
    )
    const services = Jobs.layer.pipe(
      Layer.provideMerge(Compliance.layer),
      Layer.provide(threads({ threads: options.threads })),
      Layer.provideMerge(storeOf(options)),
      Layer.provideMerge(Layer.succeed(Tokens, makeTokens(secrets)))
    )
    const http = HttpRouter.serve(
      routes({ demo: options.demo, allowOrigins: options.allowOrigins, logRequests: !options.demo }),
      { disableLogger: true, disableListenLog: true }
    ).pipe(
      Layer.provide(
        NodeHttpServer.layer(() => createServer({ keepAliveTimeout: 1000 }), {
          port,
          host: options.host,
          gracefulShutdownTimeout: "5 seconds"
        })
      )
    )
    const running = Layer.effectDiscard(
      Effect.gen(function* () {
        yield* judging(options.rules)
        if (options.demo) yield* importDemo(options.demoFiles)
        yield* Console.log(`\nCertivo is at http://${options.host}:${port}`)
      })
    )
    yield* Layer.launch(
      running.pipe(Layer.provide(http), Layer.merge(sweeping(options.retention)), Layer.provide(services))
    )
  }).pipe(
    Effect.provide(Logger.layer([Logger.consoleJson])),
    Effect.catchIf(
      (error): error is Exclude<typeof error, ServeError> => error._tag !== "ServeError",
      (error) => Effect.fail(new ServeError({ message: error.message }))
    )
  )
