/** Every table that the catalogue knows, every verb, and every tenant that a transaction can be in. */
import { layer } from "@certivo/core/adapters/postgres"
import { Repository, TenantId } from "@certivo/core/ports"
import { PgClient } from "@effect/sql-pg"
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Layer from "effect/Layer"
import { SqlClient } from "effect/sql"
import { jobOf } from "../../src/testing/samples.ts"

/** Holds nothing of a tenant. */
const SHARED = ["certivo_migrations"]

/** The application adds rows to them and reads them, and no more. */
const INSERT_ONLY = ["audit", "rule_set", "rules_in_force"]

/** Rows are changed, and never removed. */
const KEPT = ["override"]

interface Table {
  readonly name: string
  readonly is_closed: boolean
}

/** Tables, views and whatever else rows can be read from. */
const tables = Effect.flatMap(
  SqlClient.SqlClient,
  (sql) => sql<Table>`SELECT c.oid::regclass::text AS name,
      c.relkind IN ('r', 'p') AND c.relrowsecurity AND c.relforcerowsecurity
        AND c.relowner <> 'certivo_app'::regrole
        AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
        AND EXISTS (SELECT FROM pg_index i JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
          WHERE i.indrelid = c.oid AND i.indisprimary AND a.attname = 'tenant_id') AS is_closed
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND c.relnamespace::regnamespace::text !~ '^(pg_|information_schema)'
      AND c.oid::regclass::text <> ALL(${SHARED}::text[])
    ORDER BY name`
)

const values: Readonly<Record<string, string>> = {
  text: "'x'",
  "text[]": "'{x}'",
  bigint: "7",
  smallint: "1",
  integer: "1",
  jsonb: `'[[{"regulation": "x", "status": "x"}]]'`,
  boolean: "true",
  uuid: "'00000000-0000-0000-0000-000000000001'",
  bytea: "'x'",
  "timestamp with time zone": "now()"
}

/** An INSERT of a row of the tenant, whatever the columns of the table are. */
const insertInto = Effect.fnUntraced(function* (table: string, tenant: string) {
  const sql = yield* SqlClient.SqlClient
  const columns = yield* sql<{ name: string; type: string }>`SELECT attname AS name, format_type(atttypid, NULL) AS type
    FROM pg_attribute WHERE attrelid = ${table}::regclass AND attnum > 0 AND NOT attisdropped AND attidentity = ''
      AND attname <> 'tenant_id'`
  const row = columns.map(({ name, type }) => {
    const value = values[type]
    if (value === undefined) throw new Error(`Say a value of type ${type} for ${table}.${name}`)
    return value
  })
  const names = ["tenant_id", ...columns.map(({ name }) => name)].join(", ")
  return `INSERT INTO ${table} (${names}) VALUES (${[`'${tenant}'`, ...row].join(", ")}) RETURNING 1`
})

/** Rows that a statement of the application reads or changes in a transaction of a tenant, which is taken back. */
const reached = Effect.fnUntraced(function* (tenant: string | undefined, statement: string) {
  const sql = yield* SqlClient.SqlClient
  let rows = 0
  const exit = yield* sql
    .withTransaction(
      Effect.gen(function* () {
        if (tenant !== undefined) yield* sql`SELECT set_config('certivo.tenant', ${tenant}, true)`
        yield* sql.unsafe("SET LOCAL ROLE certivo_app")
        rows = (yield* sql.unsafe(statement)).length
        return yield* Effect.fail("taken back")
      })
    )
    .pipe(Effect.exit)
  assert.isTrue(Exit.isFailure(exit))
  return rows
})

/** The same in a session that never had a tenant. */
const reachedAnew = (statement: string) =>
  Effect.flatMap(PgClient.PgClient, ({ config }) =>
    Effect.provide(reached(undefined, statement), PgClient.layer({ ...config, maxConnections: 1 }), { local: true })
  )

/** Registers the suite, on a database of its own. */
export const isolation = <E>(name: string, database: Layer.Layer<PgClient.PgClient | SqlClient.SqlClient, E>): void => {
  describe(`isolation of tenants, ${name}`, () => {
    withLayer(layer.pipe(Layer.provideMerge(database)), { timeout: 120_000 })((it) => {
      it.effect("every table forces a policy, has the tenant first in its key, and belongs to another role", () =>
        Effect.gen(function* () {
          const found = yield* tables
          assert.isAbove(found.length, 12)
          assert.deepStrictEqual(
            found.filter(({ is_closed }) => !is_closed),
            []
          )
        })
      )

      it.effect("a table or view that is added without a policy is noticed", () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* sql.unsafe("CREATE TABLE forgotten (tenant_id text, id text, PRIMARY KEY (tenant_id, id))")
          yield* sql.unsafe("CREATE VIEW seen AS SELECT * FROM declaration")
          const open = (yield* tables).filter(({ is_closed }) => !is_closed)
          yield* sql.unsafe("DROP VIEW seen")
          yield* sql.unsafe("DROP TABLE forgotten")
          assert.deepStrictEqual(
            open.map(({ name }) => name),
            ["forgotten", "seen"]
          )
        })
      )

      it.effect("the roles own no table, bypass nothing, and the application's belongs to no other", () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          const roles = yield* sql`SELECT rolname AS name,
            rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR rolcanlogin AS may,
            (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned,
            (SELECT count(*)::int FROM pg_auth_members WHERE member = r.oid) AS roles,
            (SELECT count(*)::int FROM pg_proc WHERE proowner = r.oid) AS functions,
            (SELECT count(*)::int FROM information_schema.role_table_grants
              WHERE grantee = r.rolname AND table_name = ANY(${SHARED}::text[])) AS shared
          FROM pg_roles r WHERE rolname ~ '^certivo_' ORDER BY name`
          assert.deepStrictEqual(roles, [
            { name: "certivo_app", may: false, owned: 0, roles: 0, functions: 0, shared: 0 },
            { name: "certivo_search", may: false, owned: 0, roles: 0, functions: 2, shared: 0 }
          ])
          const [searching] = yield* sql`SELECT count(*)::int AS members FROM pg_auth_members
          WHERE roleid = 'certivo_search'::regrole`
          assert.deepStrictEqual(searching, { members: 0 })
          const granted = yield* sql`SELECT table_name AS name, privilege_type AS verb
          FROM information_schema.role_table_grants WHERE grantee = 'certivo_search' ORDER BY name`
          assert.deepStrictEqual(granted, [
            { name: "product", verb: "SELECT" },
            { name: "product_part", verb: "SELECT" },
            { name: "product_standing", verb: "SELECT" }
          ])
        })
      )

      it.effect("a search finds rows of the tenant alone, whatever it is given", () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          const searched = ["product", "product_part", "product_standing"]
          for (const table of searched) yield* sql.unsafe(yield* insertInto(table, "mine"))
          const all = ["NULL", "'x'"].flatMap((product) =>
            ["NULL, NULL", "'x', 'x'"].map((standing) => ({ product, standing }))
          )
          for (const { product, standing } of all) {
            const given = (pattern: string) => `${product}, ${pattern}, NULL, ${standing}`
            const rows = (pattern: string) =>
              `SELECT 1 FROM certivo_find(${given(pattern)}, -1::smallint, '', false, 10)`
            const count = (pattern: string) => `SELECT 1 WHERE certivo_find_count(${given(pattern)}, 10) > 0`
            for (const search of [rows, count]) {
              assert.strictEqual(yield* reached("mine", search("'%x%'")), 1)
              for (const other of ["theirs", ""])
                for (const pattern of ["'%x%'", "'%'' OR tenant_id = ''mine'"])
                  assert.strictEqual(yield* reached(other, search(pattern)), 0, `${search(pattern)} by ${other}`)
              assert.strictEqual(yield* reachedAnew(search("'%x%'")), 0)
            }
          }
          for (const table of searched) yield* sql.unsafe(`DELETE FROM ${table} WHERE tenant_id = 'mine'`)
        })
      )

      it.effect("no verb reaches a row of another tenant in any table, nor any row without a tenant", () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          for (const { name: table } of yield* tables) {
            const insert = yield* insertInto(table, "mine")
            yield* sql.unsafe(insert)
            const mine = `${table} WHERE tenant_id = 'mine' RETURNING 1`
            const verbs = {
              select: `SELECT 1 FROM ${table} WHERE tenant_id = 'mine'`,
              update: `UPDATE ${table} SET tenant_id = tenant_id WHERE tenant_id = 'mine' RETURNING 1`,
              delete: `DELETE FROM ${mine}`
            }
            for (const [verb, statement] of Object.entries(verbs)) {
              const allowed =
                verb === "select" || !(INSERT_ONLY.includes(table) || (verb === "delete" && KEPT.includes(table)))
              assert.strictEqual(
                yield* reached("mine", statement),
                allowed ? 1 : 0,
                `${verb} of ${table} by its tenant`
              )
              for (const other of ["theirs", "", "min", "mine "])
                assert.strictEqual(
                  yield* reached(other, statement),
                  0,
                  `${verb} of ${table} by ${JSON.stringify(other)}`
                )
              assert.strictEqual(yield* reachedAnew(statement), 0, `${verb} of ${table} without a tenant`)
            }
            yield* sql.unsafe(`DELETE FROM ${table} WHERE tenant_id = 'mine'`)
            assert.strictEqual(yield* reached("mine", insert), 1, `insert into ${table} by its tenant`)
            for (const other of ["theirs", ""])
              assert.strictEqual(yield* reached(other, insert), 0, `insert into ${table} by ${JSON.stringify(other)}`)
            assert.strictEqual(yield* reachedAnew(insert), 0, `insert into ${table} without a tenant`)
            const nobodys = yield* insertInto(table, "")
            assert.strictEqual(yield* reached("", nobodys), 0, `insert of nobody's row into ${table}`)
          }
        })
      )

      it.effect(
        "what has happened stays as it is: the application may add to the audit trail and to the rule sets, and read them",
        () =>
          Effect.gen(function* () {
            const sql = yield* SqlClient.SqlClient
            const granted =
              yield* sql`SELECT table_name AS name, string_agg(privilege_type, ' ' ORDER BY privilege_type) AS verbs
          FROM information_schema.role_table_grants WHERE grantee = 'certivo_app' AND table_name = ANY(${INSERT_ONLY}::text[])
          GROUP BY table_name ORDER BY table_name`
            assert.deepStrictEqual(
              granted,
              INSERT_ONLY.map((name) => ({ name, verbs: "INSERT SELECT" }))
            )
          })
      )

      it.effect("no row can be given to another tenant", () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          for (const { name: table } of yield* tables) {
            yield* sql.unsafe(yield* insertInto(table, "mine"))
            const give = `UPDATE ${table} SET tenant_id = 'theirs' WHERE tenant_id = 'mine' RETURNING 1`
            assert.strictEqual(yield* reached("mine", give), 0, table)
            yield* sql.unsafe(`DELETE FROM ${table} WHERE tenant_id = 'mine'`)
          }
        })
      )

      it.effect("the queue hands out jobs of all tenants, and shows a tenant its own", () =>
        Effect.gen(function* () {
          const repository = yield* Repository
          const sql = yield* SqlClient.SqlClient
          for (const name of ["mine", "theirs"]) {
            const tenant = TenantId.make(name)
            yield* repository.transaction(tenant, repository.putJob(tenant, jobOf(`job-${name}`)))
          }
          assert.deepStrictEqual(
            (yield* repository.unfinishedJobs).map(({ tenant }) => tenant),
            [TenantId.make("mine"), TenantId.make("theirs")]
          )
          const mine = TenantId.make("mine")
          assert.deepStrictEqual(yield* repository.transaction(mine, sql`SELECT id FROM job_queue`), [
            { id: "job-mine" }
          ])
        })
      )
    })
  })
}
