/** One page of a list, again and again, by the repository. */
import * as Effect from "effect/Effect"
import { CurrentTransformer } from "effect/sql/Statement"
import { limit, pages, product } from "../pages.mjs"
import { Repository, storeAt, tenant } from "../store.mjs"

/** A page as it is read; one behind another page by the cursor that it gave. */
const read = Effect.fnUntraced(function* (name, rows) {
  const repository = yield* Repository
  const page = (request) => repository.transaction(tenant, repository.parts(tenant, product, { limit, ...request }))
  const { behind, ...request } = pages(rows)[name]
  return page(
    behind === undefined ? request : { ...request, cursor: (yield* page({ ...request, cursor: behind })).next }
  )
})

export const measure = (url, name, rows, seconds) =>
  Effect.gen(function* () {
    const page = yield* read(name, Number(rows))
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
    const page = yield* read(name, rows)
    const sent = []
    const noting = (statement) =>
      Effect.sync(() => {
        const [sql, params] = statement.compile(true)
        sent.push(`${sql.replaceAll(/\$(\d+)/g, (_, number) => literal(params[number - 1])).replaceAll(/\s+/g, " ")};`)
        return statement
      })
    yield* Effect.provideService(page, CurrentTransformer, noting)
    return ["BEGIN;", ...sent, "COMMIT;", ""].join("\n")
  }).pipe(Effect.provide(storeAt(url)), Effect.runPromise)
