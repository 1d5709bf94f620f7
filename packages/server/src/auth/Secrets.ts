/** The sign-in secret and the signing key, generated at the first start and kept with mode 600. */
import { randomBytes } from "node:crypto"
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"

const Stored = Schema.Struct({
  signInSecret: Schema.String.check(Schema.isMinLength(20)),
  signingKey: Schema.String.check(Schema.isMinLength(40))
})

export interface Secrets {
  readonly signInSecret: string
  readonly signingKey: Uint8Array
  /** Whether they were made just now; only then may the sign-in secret be shown. */
  readonly isNew: boolean
}

export const loadSecrets = (directory: string): Effect.Effect<Secrets> =>
  Effect.promise(async () => {
    const file = join(directory, "secrets.json")
    await mkdir(directory, { recursive: true, mode: 0o700 })
    const existing = await readFile(file, "utf8").catch(() => undefined)
    const stored =
      existing === undefined
        ? { signInSecret: randomBytes(18).toString("base64url"), signingKey: randomBytes(48).toString("base64url") }
        : Schema.decodeUnknownSync(Stored)(JSON.parse(existing))
    if (existing === undefined)
      await writeFile(file, `${JSON.stringify(stored, null, 2)}\n`, { mode: 0o600, flag: "wx" })
    await chmod(file, 0o600)
    return {
      signInSecret: stored.signInSecret,
      signingKey: Buffer.from(stored.signingKey, "base64url"),
      isNew: existing === undefined
    }
  })
