/**
 * A repository in a directory of plain files: what the memory adapter holds, written down. Each tenant has a folder
 * with a log of its changes and, now and then, a snapshot that the log starts over from. A transaction is on the disk
 * before anybody sees it.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync
} from "node:fs"
import { dirname, join, resolve } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { type PartRow, type ProductRow, Repository, RepositoryError, TenantId } from "../../ports/Repository.ts"
import { productFromBefore, standingFromBefore } from "../../ports/verdicts.ts"
import { lock, type StoreInUse } from "../lock.ts"
import { apply, type Command } from "../memory/commands.ts"
import { make } from "../memory/Repository.ts"
import { Draft, emptyTables, type Tables, tableNames } from "../memory/state.ts"
import { Log, replay } from "./log.ts"

export interface FileRepositoryOptions {
  /** Bytes a tenant's log may grow to before a snapshot is taken; 64 MiB when left out. */
  readonly snapshotAfterBytes?: number | undefined
}

const SNAPSHOT_AFTER_BYTES = 64 * 1024 * 1024

const isTenant = (name: string): boolean => /^[a-z0-9_-]{1,64}$/.test(name)

/** The files of one tenant. Generation `n` is the snapshot `n` with all that log `n` adds to it. */
class TenantFiles {
  /** What the files held when they were opened. */
  readonly tables = emptyTables()
  readonly #folder: string
  #generation: number
  #log: Log

  constructor(folder: string) {
    this.#folder = folder
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    this.#generation = newestGeneration(folder)
    const snapshot = this.#path("snapshot")
    if (existsSync(snapshot)) replay(snapshot, (entries) => takeEntries(this.tables, entries))
    const log = this.#path("log")
    const draft = new Draft(this.tables)
    const bytes = existsSync(log)
      ? replay(log, (commands) => {
          for (const command of commands as ReadonlyArray<Command>) apply(draft, command)
        })
      : 0
    this.#log = new Log(log, bytes)
    syncFolder(folder)
    this.#removeOlder()
  }

  get logBytes(): number {
    return this.#log.bytes
  }

  append(commands: ReadonlyArray<Command>): void {
    this.#log.append(commands)
    this.#log.flush()
  }

  close(): void {
    this.#log.close()
  }

  /** Starts a new generation, which counts from the moment its snapshot has its name; until then the old one does. */
  snapshot(tables: Tables): void {
    const next = this.#generation + 1
    const temporary = join(this.#folder, "snapshot.part")
    rmSync(temporary, { force: true })
    const snapshot = new Log(temporary, 0)
    try {
      for (const name of tableNames) for (const entry of tables[name]) snapshot.append([name, ...entry])
      snapshot.flush()
    } finally {
      snapshot.close()
    }
    renameSync(temporary, join(this.#folder, fileName("snapshot", next)))
    this.#log.close()
    this.#generation = next
    this.#log = new Log(this.#path("log"), 0)
    syncFolder(this.#folder)
    this.#removeOlder()
  }

  #removeOlder(): void {
    for (const name of readdirSync(this.#folder)) {
      const generation = generationOf(name)
      if (generation !== undefined && generation < this.#generation) rmSync(join(this.#folder, name), { force: true })
    }
  }

  #path(kind: "snapshot" | "log"): string {
    return join(this.#folder, fileName(kind, this.#generation))
  }
}

const fileName = (kind: "snapshot" | "log", generation: number): string =>
  `${kind}-${String(generation).padStart(6, "0")}.jsonl`

const generationOf = (name: string): number | undefined => {
  const digits = /^(?:snapshot|log)-(\d{6,})\.jsonl$/.exec(name)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

const newestGeneration = (folder: string): number =>
  readdirSync(folder).reduce((newest, name) => Math.max(newest, generationOf(name) ?? 0), 0)

const takeEntries = (tables: Tables, entry: unknown): void => {
  const [name, key, value] = entry as readonly [keyof Tables, never, never]
  ;(tables[name] as Map<never, unknown>).set(key, fromBefore(name, value))
}

/** What a snapshot holds from before verdicts said by which rule sets they are. */
const fromBefore = (name: keyof Tables, value: unknown): unknown => {
  if (name === "verdicts") return productFromBefore(value as ProductRow)
  return name === "productParts" ? (value as ReadonlyArray<PartRow>).map(standingFromBefore) : value
}

/** Makes new names of files last. */
const syncFolder = (folder: string): void => {
  const handle = openSync(folder, "r")
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

const failed = (operation: string) => (cause: unknown) => new RepositoryError({ operation, retryable: false, cause })

/** The repository in a directory, which one process opens at a time. */
export const repository = (
  directory: string,
  options: FileRepositoryOptions = {}
): Layer.Layer<Repository, RepositoryError | StoreInUse> =>
  Layer.effect(
    Repository,
    Effect.gen(function* () {
      const root = resolve(directory)
      const limit = options.snapshotAfterBytes ?? SNAPSHOT_AFTER_BYTES
      yield* Effect.try({
        try: () => mkdirSync(dirname(root), { recursive: true, mode: 0o700 }),
        catch: failed(`create ${root}`)
      })
      yield* lock(root)
      const open = new Map<TenantId, TenantFiles>()
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          for (const files of open.values()) files.close()
        })
      )
      yield* Effect.try({
        try: () => {
          mkdirSync(root, { recursive: true, mode: 0o700 })
          for (const name of readdirSync(root))
            if (isTenant(name) && statSync(join(root, name)).isDirectory())
              open.set(TenantId.make(name), new TenantFiles(join(root, name)))
        },
        catch: failed(`open ${root}`)
      })
      const filesOf = (tenant: TenantId): TenantFiles => {
        const files = open.get(tenant) ?? new TenantFiles(join(root, tenant))
        open.set(tenant, files)
        return files
      }
      return make({
        tenants: new Map([...open].map(([tenant, { tables }]) => [tenant, tables])),
        commit: (tenant, commands, tables) =>
          Effect.try({
            try: () => {
              const files = filesOf(tenant)
              files.append(commands)
              return files
            },
            catch: failed("write a transaction to its log")
          }).pipe(
            Effect.tap((files) =>
              files.logBytes < limit
                ? Effect.void
                : Effect.try({ try: () => files.snapshot(tables), catch: failed("take a snapshot") }).pipe(
                    Effect.catch((error) => Effect.logWarning(`${error.message}; the log grows on.`))
                  )
            )
          )
      })
    })
  )
