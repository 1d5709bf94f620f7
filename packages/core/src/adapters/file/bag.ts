/**
 * A directory of files with their checksums, as BagIt (RFC 8493) lays it out: `sha256sum -c manifest-sha256.txt` checks
 * it without Certivo. It has its name only when it is whole.
 */
import { createReadStream } from "node:fs"
import { mkdir, open, readdir, readFile, rename, rm, writeFile } from "node:fs/promises"
import { dirname, join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import * as Stream from "effect/Stream"
import { nodeHasher } from "./spool.ts"

/** A directory is no whole bag, or cannot be written. */
export class InvalidBag extends Schema.TaggedError<InvalidBag>()("InvalidBag", {
  directory: Schema.String,
  detail: Schema.String
}) {
  override get message(): string {
    return `${this.directory}: ${this.detail}`
  }
}

const DECLARATION = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
const CHUNK_BYTES = 64 * 1024

const attempt = <A>(directory: string, body: () => Promise<A>): Effect.Effect<A, InvalidBag> =>
  Effect.tryPromise({
    try: body,
    catch: (error) =>
      error instanceof InvalidBag ? error : new InvalidBag({ directory, detail: (error as Error).message })
  })

type Write = (bytes: Uint8Array) => Effect.Effect<void, InvalidBag>

export interface BagWriter {
  /** Adds a file below `data/` with what `fill` writes; paths are separated by `/`. */
  readonly add: <E, R>(
    path: string,
    fill: (write: Write) => Effect.Effect<void, E, R>
  ) => Effect.Effect<void, E | InvalidBag, R>
}

/** Fills a new bag; when `fill` fails nothing is left. */
export const writeBag = <A, E, R>(directory: string, fill: (bag: BagWriter) => Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    const part = `${directory}.part`
    const sums = new Map<string, string>()
    yield* attempt(directory, async () => {
      const there = await readdir(directory).catch(() => [])
      if (there.length > 0) throw new Error("it is there already, and not empty. Choose another directory.")
      await rm(part, { recursive: true, force: true })
      await mkdir(join(part, "data"), { recursive: true, mode: 0o700 })
    })
    yield* Effect.addFinalizer(() => Effect.promise(() => rm(part, { recursive: true, force: true })))
    const result = yield* fill({
      add: (path, write) => Effect.map(addFile(part, path, write), (sum) => void sums.set(`data/${path}`, sum))
    })
    yield* attempt(directory, async () => {
      const lines = [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, sum]) => `${sum}  ${path}\n`)
      await writeFile(join(part, "bagit.txt"), DECLARATION, { flush: true })
      await writeFile(join(part, "manifest-sha256.txt"), lines.join(""), { flush: true })
      await rm(directory, { recursive: true, force: true })
      await rename(part, directory)
    })
    return result
  }).pipe(Effect.scoped)

const addFile = <E, R>(folder: string, path: string, fill: (write: Write) => Effect.Effect<void, E, R>) =>
  Effect.gen(function* () {
    const name = join(folder, "data", path)
    const file = yield* Effect.acquireRelease(
      attempt(folder, async () => {
        await mkdir(dirname(name), { recursive: true, mode: 0o700 })
        return open(name, "wx", 0o600)
      }),
      (opened) => Effect.promise(() => opened.close())
    )
    const hash = nodeHasher()
    yield* fill((bytes) =>
      attempt(folder, () => {
        hash.update(bytes)
        return file.writeFile(bytes)
      })
    )
    yield* attempt(folder, () => file.sync())
    return hash.digest()
  }).pipe(Effect.scoped)

export const fileOf = (directory: string, path: string): Stream.Stream<Uint8Array, InvalidBag> =>
  Stream.suspend(() =>
    Stream.fromAsyncIterable(
      createReadStream(join(directory, "data", path), { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>,
      (cause) => new InvalidBag({ directory, detail: (cause as Error).message })
    )
  )

/** The paths of a bag's files below `data/`, in order, when each is there as it was written, and no other is. */
export const checkBag = (directory: string): Effect.Effect<ReadonlyArray<string>, InvalidBag> =>
  Effect.gen(function* () {
    const manifest = yield* attempt(directory, async () => {
      await readFile(join(directory, "bagit.txt"))
      return readFile(join(directory, "manifest-sha256.txt"), "utf8")
    })
    const sums = new Map<string, string>()
    for (const line of manifest.split("\n").filter((text) => text !== "")) {
      const [, sum, path] = /^([0-9a-f]{64}) {2}data\/([\w./-]+)$/.exec(line) ?? []
      if (sum === undefined || path === undefined || path.split("/").some((name) => /^\.*$/.test(name)))
        return yield* new InvalidBag({
          directory,
          detail: `its manifest holds a line that is none: ${line.slice(0, 100)}`
        })
      sums.set(path, sum)
    }
    const found = yield* attempt(directory, async () => {
      const files = await readdir(join(directory, "data"), { recursive: true, withFileTypes: true })
      return files.flatMap((file) =>
        file.isDirectory() ? [] : [join(file.parentPath, file.name).slice(join(directory, "data").length + 1)]
      )
    })
    const extra = found.map((path) => path.replaceAll("\\", "/")).find((path) => !sums.has(path))
    if (extra !== undefined)
      return yield* new InvalidBag({ directory, detail: `its manifest does not know data/${extra}. Remove the file.` })
    for (const [path, sum] of sums) {
      const hash = nodeHasher()
      yield* Stream.runForEach(fileOf(directory, path), (chunk) => Effect.sync(() => hash.update(chunk)))
      if (hash.digest() !== sum)
        return yield* new InvalidBag({
          directory,
          detail: `data/${path} was changed. Take another copy of the export.`
        })
    }
    return [...sums.keys()].sort()
  })
