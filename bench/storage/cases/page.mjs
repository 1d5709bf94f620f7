/** One page of a list, again and again, by the repository. */
import * as Effect from "effect/Effect"
import { CurrentTransformer } from "effect/sql/Statement"
import { pages } from "../pages.mjs"
import { Repository, storeAt, tenant } from "../store.mjs"

const read = (name, rows) =>
  Effect.flatMap(Repository, (repository) => repository.transaction(tenant, pages(rows)[name](repository)))

export const measure = (url, name, rows, seconds) =>
  Effect.gen(function* () {
    const page = read(name, Number(rows))
    for (let warm = 0; warm < 10; warm++) yield* page
    const begun = performance.now()
    const until = begun + 1000 * Number(seconds)
    let times = 0
    for (; performance.now() < until; times++) yield* page
    const ms = (performance.now() - begun) / times
    return { ms, items: (yield* page).items.length }
  }).pipe(Effect.provide(storeAt(url)), Effect.runPromise)

const literal = (value) => (typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value))

/** The SQL that the repository sends for a page, as a script for pgbench. */
export const scriptOf = (url, name, rows) =>
  Effect.gen(function* () {
    const sent = []
    const noting = (statement) =>
      Effect.sync(() => {
        const [sql, params] = statement.compile(true)
        sent.push(`${sql.replaceAll(/\$(\d+)/g, (_, number) => literal(params[number - 1])).replaceAll(/\s+/g, " ")};`)
        return statement
      })
    yield* Effect.provideService(read(name, rows), CurrentTransformer, noting)
    return ["BEGIN;", ...sent, "COMMIT;", ""].join("\n")
  }).pipe(Effect.provide(storeAt(url)), Effect.runPromise)
