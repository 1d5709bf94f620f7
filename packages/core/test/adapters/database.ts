import { randomBytes } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"

const server = process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres"

/** A database of its own, dropped at the end of the scope; gives its URL. */
export const newDatabase = Effect.gen(function* () {
  const name = `certivo_test_${randomBytes(6).toString("hex")}`
  const admin = (statement: string) =>
    Effect.flatMap(SqlClient.SqlClient, (sql) => sql.unsafe(statement)).pipe(
      Effect.provide(PgClient.layer({ url: Redacted.make(server) }), { local: true }),
      Effect.orDie
    )
  yield* Effect.acquireRelease(admin(`CREATE DATABASE ${name}`), () => admin(`DROP DATABASE ${name} WITH (FORCE)`))
  const url = new URL(server)
  url.pathname = `/${name}`
  return Redacted.make(url.toString())
})

/** A client of a database of its own. */
export const database = Layer.unwrap(Effect.map(newDatabase, (url) => PgClient.layer({ url, maxConnections: 8 })))
