/** Short-lived access tokens: JWT signed with HS256 under this server's own key, no other algorithm taken. */
import { createHash, timingSafeEqual } from "node:crypto"
import * as Clock from "effect/Clock"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import { jwtVerify, SignJWT } from "jose"
import type { Secrets } from "./Secrets.ts"

const ISSUER = "certivo"
const LIFETIME_SECONDS = 15 * 60
const MAX_TOKEN_LENGTH = 8192
const MAX_FAILURES_PER_MINUTE = 10

export interface User {
  readonly tenant: string
  readonly subject: string
}

export class Tokens extends Context.Service<
  Tokens,
  {
    readonly issue: (user: User) => Effect.Effect<{ readonly token: string; readonly expiresAt: string }>
    /** None when the token is not one of ours or has expired. */
    readonly verify: (token: string) => Effect.Effect<Option.Option<User>>
    readonly signIn: (secret: string) => Effect.Effect<"granted" | "refused" | "too-many-attempts">
  }
>()("@certivo/server/Tokens") {}

const digest = (text: string) => createHash("sha256").update(text).digest()

export const makeTokens = (secrets: Secrets): Tokens["Service"] => {
  const expected = digest(secrets.signInSecret)
  let failures: Array<number> = []

  return Tokens.of({
    issue: Effect.fnUntraced(function* (user) {
      const now = Math.floor((yield* Clock.currentTimeMillis) / 1000)
      const token = yield* Effect.promise(() =>
        new SignJWT({ tenant: user.tenant })
          .setProtectedHeader({ alg: "HS256", typ: "at+jwt" })
          .setSubject(user.subject)
          .setIssuer(ISSUER)
          .setAudience(ISSUER)
          .setIssuedAt(now)
          .setExpirationTime(now + LIFETIME_SECONDS)
          .sign(secrets.signingKey)
      )
      return { token, expiresAt: new Date((now + LIFETIME_SECONDS) * 1000).toISOString() }
    }),

    verify: Effect.fnUntraced(function* (token) {
      if (token.length > MAX_TOKEN_LENGTH) return Option.none()
      const currentDate = new Date(yield* Clock.currentTimeMillis)
      const payload = yield* Effect.promise(() =>
        jwtVerify(token, secrets.signingKey, {
          algorithms: ["HS256"],
          issuer: ISSUER,
          audience: ISSUER,
          typ: "at+jwt",
          currentDate
        }).then(
          (verified) => verified.payload,
          () => undefined
        )
      )
      return typeof payload?.sub === "string" && typeof payload.tenant === "string"
        ? Option.some({ tenant: payload.tenant, subject: payload.sub })
        : Option.none()
    }),

    signIn: Effect.fnUntraced(function* (secret) {
      const now = yield* Clock.currentTimeMillis
      failures = failures.filter((time) => now - time < 60_000)
      if (failures.length >= MAX_FAILURES_PER_MINUTE) return "too-many-attempts"
      if (timingSafeEqual(digest(secret), expected)) return "granted"
      failures.push(now)
      return "refused"
    })
  })
}
