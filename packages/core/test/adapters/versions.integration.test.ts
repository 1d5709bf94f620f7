/** The versions of PostgreSQL that are supported, each a server of the tests' own. */
import { documents, layer, layerUrl } from "@certivo/core/adapters/postgres"
import { Repository, TenantId } from "@certivo/core/ports"
import { documentStoreContract, repositoryContract } from "@certivo/core/testing"
import { afterAll, assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Scope from "effect/Scope"
import { databaseOf, newDatabaseOf, run, urlWith } from "./database.ts"
import { isolation } from "./isolation.ts"
import { postgresServer } from "./servers.ts"
import { upgrade } from "./upgrade.ts"

const scope = Scope.makeUnsafe()
const stop = Scope.close(scope, Exit.void)
afterAll(() => Effect.runPromise(stop))

const versions = [16, 17, 18]
const servers = await Effect.runPromise(
  Effect.forEach(versions, postgresServer, { concurrency: "unbounded" }).pipe(
    Scope.provide(scope),
    Effect.onError(() => stop)
  )
)

const tenant = TenantId.make("owned")

/** Opens the store as the owner of a new database, takes its first revision and searches its lists. */
const opened = Effect.fnUntraced(function* (server: Redacted.Redacted<string>, owner: string) {
  const database = yield* newDatabaseOf(server)
  const { pathname } = new URL(Redacted.value(database))
  yield* run(server, `ALTER DATABASE ${pathname.slice(1)} OWNER TO ${owner}`)
  const used = Effect.flatMap(Repository, (repository) =>
    repository.transaction(
      tenant,
      Effect.all([repository.nextRevision(tenant), repository.products(tenant, { limit: 1, search: "gasket" })])
    )
  )
  const [revision, { items }] = yield* Effect.provide(used, layerUrl({ url: urlWith(database, { username: owner }) }), {
    local: true
  })
  return [revision, items.length]
})

for (const [index, version] of versions.entries()) {
  const name = `PostgreSQL ${version}`
  const database = databaseOf(servers[index] as Redacted.Redacted<string>)
  repositoryContract(name, layer.pipe(Layer.provide(database)))
  documentStoreContract(name, documents.pipe(Layer.provide(database)))
  isolation(name, database)
  upgrade(name, database)

  describe(`owners of databases, ${name}`, () => {
    it.live("may create roles, and no more; further ones are given the roles of the first", () =>
      Effect.gen(function* () {
        const server = yield* postgresServer(version)
        yield* run(server, "CREATE ROLE first LOGIN CREATEROLE", "CREATE ROLE second LOGIN")
        assert.deepStrictEqual(yield* opened(server, "first"), [1, 0])
        yield* run(server, "GRANT certivo_app, certivo_search TO second WITH ADMIN OPTION")
        assert.deepStrictEqual(yield* opened(server, "second"), [1, 0])
      }).pipe(Effect.scoped)
    )
  })
}
