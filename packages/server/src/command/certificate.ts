/** Certificates as files on the command line. */
import { open, writeFile } from "node:fs/promises"
import { CertificateTooLarge, type CheckResult, certify, MAX_CERTIFICATE_BYTES } from "@certivo/core"
import * as Effect from "effect/Effect"
import { CommandExit, exitCodes } from "./exit.ts"

export const writeCertificate = Effect.fnUntraced(function* (path: string, result: CheckResult) {
  const text = yield* certify(result).pipe(
    Effect.mapError((error) => new CommandExit({ code: exitCodes.unreadable, message: error.message }))
  )
  yield* Effect.tryPromise({
    try: () => writeFile(path, text),
    catch: (error) =>
      new CommandExit({ code: exitCodes.unreadable, message: `${path} cannot be written: ${(error as Error).message}` })
  })
})

export const readCertificateFile = (path: string) =>
  Effect.tryPromise({
    try: async () => {
      const file = await open(path)
      try {
        const { size } = await file.stat()
        if (size > MAX_CERTIFICATE_BYTES) throw new CertificateTooLarge()
        return new Uint8Array(await file.readFile())
      } finally {
        await file.close()
      }
    },
    catch: (error) =>
      new CommandExit({ code: exitCodes.unreadable, message: `${path} cannot be read: ${(error as Error).message}` })
  })
