import { randomBytes } from "node:crypto"
import { PgClient } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { SqlClient } from "effect/sql"

/** The server that the tests were given. */
export const given = Redacted.make(process.env.DATABASE_URL ?? "postgres://postgres@127.0.0.1:5432/postgres")

/** A URL with some of its parts replaced. */
export const urlWith = (
  url: Redacted.Redacted<string>,
  changes: Partial<Pick<URL, "host" | "pathname" | "username">>
) => Redacted.make(Object.assign(new URL(Redacted.value(url)), changes).href)

/** Runs statements one by one as the user of the URL. */
export const run = (url: Redacted.Redacted<string>, ...statements: ReadonlyArray<string>) =>
  Effect.flatMap(SqlClient.SqlClient, (sql) =>
    Effect.forEach(statements, (statement) => sql.unsafe(statement), { discard: true })
  ).pipe(Effect.provide(PgClient.layer({ url }), { local: true }), Effect.orDie)

/** A database of its own, dropped at the end of the scope; gives its URL. */
export const newDatabaseOf = Effect.fnUntraced(function* (server: Redacted.Redacted<string>) {
  const name = `certivo_test_${randomBytes(6).toString("hex")}`
  yield* Effect.acquireRelease(run(server, `CREATE DATABASE ${name}`), () =>
    run(server, `DROP DATABASE ${name} WITH (FORCE)`)
  )
  return urlWith(server, { pathname: `/${name}` })
})

export const newDatabase = newDatabaseOf(given)

/** A client of a database of its own, on the server given to the tests or on another. */
export const databaseOf = (server: Redacted.Redacted<string>) =>
  Layer.unwrap(Effect.map(newDatabaseOf(server), (url) => PgClient.layer({ url, maxConnections: 8 })))

export const database = databaseOf(given)
