/** Files named on the command line, as bytes. */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import { open, writeFile } from "node:fs/promises"
import { basename } from "node:path"
import { MAX_BOM_BYTES } from "@certivo/core"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { CommandExit, exitCodes } from "./exit.ts"

/** Small enough for the text of a chunk to be collected with the young objects, which keeps memory flat. */
const CHUNK_BYTES = 64 * 1024

/** What went wrong with a file, in words that say what to do. */
const reasons: Readonly<Record<string, string>> = {
  EISDIR: "it is a directory; name the files in it",
  ENOENT: "there is no such file",
  EACCES: "its permissions do not allow it"
}

const cannotRead = (path: string) => (cause: unknown) => {
  const { code = "", message } = cause as NodeJS.ErrnoException
  return new CommandExit({ code: exitCodes.unreadable, message: `${path} cannot be read: ${reasons[code] ?? message}` })
}

/** A BOM is read whole, within its limit. */
export const readBom = (path: string) =>
  Effect.tryPromise({
    try: async () => {
      const file = await open(path)
      try {
        const { size } = await file.stat()
        if (size > MAX_BOM_BYTES) throw new Error("a BOM may have at most 256 MiB")
        return { name: basename(path), bytes: new Uint8Array(await file.readFile()) }
      } finally {
        await file.close()
      }
    },
    catch: cannotRead(path)
  })

export const streamFile = (path: string) => ({
  name: basename(path),
  bytes: Stream.suspend(() =>
    Stream.fromAsyncIterable(
      createReadStream(path, { highWaterMark: CHUNK_BYTES }) as AsyncIterable<Uint8Array>,
      cannotRead(path)
    )
  )
})

export const nodeHasher = () => {
  const hash = createHash("sha256")
  return { update: (chunk: Uint8Array) => void hash.update(chunk), digest: () => hash.digest("hex") }
}

export const writeText = (path: string, text: string) =>
  Effect.tryPromise({
    try: () => writeFile(path, text),
    catch: (error) =>
      new CommandExit({ code: exitCodes.unreadable, message: `${path} cannot be written: ${(error as Error).message}` })
  })

/** Writes all of the text before it returns, also into a slow pipe. */
export const writeOut = (text: string) =>
  Effect.callback<void>((resume) => {
    process.stdout.write(text, () => resume(Effect.void))
  })
