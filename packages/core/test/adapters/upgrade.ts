import { Compliance } from "@certivo/core"
import { documents } from "@certivo/core/adapters/memory"
import { layer } from "@certivo/core/adapters/postgres"
import { Decimal } from "@certivo/core/domain"
import { Repository, TenantId } from "@certivo/core/ports"
import { NodeServices } from "@effect/platform-node"
import { type PgClient, PgMigrator } from "@effect/sql-pg"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import { SqlClient } from "effect/sql"
import { migrations } from "../../src/adapters/postgres/migrations.ts"

const tenant = TenantId.make("old")
const sha256 = "a".repeat(64)

/** The schema as it was up to a migration. */
const schemaUpTo = (last: string) =>
  PgMigrator.run({
    loader: PgMigrator.fromRecord(Object.fromEntries(Object.entries(migrations).filter(([name]) => name <= last))),
    table: "certivo_migrations"
  }).pipe(Effect.provide(NodeServices.layer))

const detail = JSON.stringify({
  unit: "ppm",
  low: "0",
  lowOpen: false,
  high: "100",
  highOpen: true,
  material: "Solder",
  materialMass: "2.5",
  issued: "2026-01-31",
  text: "< 0.01 %"
})

/** Registers the test, on an empty database of its own. */
export const upgrade = <E>(name: string, database: Layer.Layer<PgClient.PgClient | SqlClient.SqlClient, E>): void => {
  describe(`schemas from before, ${name}`, () => {
    it.live("a store of the schema before columns is read as it was, and takes rows of both kinds", () =>
      Effect.gen(function* () {
        const sql = yield* SqlClient.SqlClient
        yield* schemaUpTo("0005_provenance")
        yield* sql`INSERT INTO document (tenant_id, sha256, name, kind, bytes, rows, accepted, rejected, revision, arrived)
      VALUES (${tenant}, ${sha256}, 'old.csv', 'declarations', 9, 2, 2, 0, 1, '2026-11-20')`
        yield* sql`INSERT INTO declaration (tenant_id, sha256, line, part_key, substance, cas, mass_mg, detail, document)
      VALUES (${tenant}, ${sha256}, 2, 'P', 'Lead', '7439-92-1', '0.5', NULL, 'old.csv'),
        (${tenant}, ${sha256}, 3, 'P', 'Cadmium', NULL, NULL, ${detail}, 'old.csv')`
        const rows = yield* Effect.gen(function* () {
          const repository = yield* Repository
          return yield* repository.transaction(tenant, repository.declarations(tenant, ["P"]))
        }).pipe(Effect.provide(layer))
        assert.deepStrictEqual(
          rows.map((row) => [row.source.line, row.substance, row.cas, row.material, row.text, row.source.issued]),
          [
            [2, "Lead", "7439-92-1", undefined, "0.5 mg", undefined],
            [3, "Cadmium", undefined, "Solder", "< 0.01 %", "2026-01-31"]
          ]
        )
        assert.deepStrictEqual(
          rows.map(({ amount }) => [amount.unit, amount.high && Decimal.toText(amount.high), amount.highOpen]),
          [
            ["mg", "0.5", false],
            ["ppm", "100", true]
          ]
        )
        assert.deepStrictEqual(new Set(rows.map(({ source }) => source.arrived)), new Set(["2026-11-20"]))
      }).pipe(Effect.provide(database))
    )

    it.live(
      "a product judged before regulations were kept is read as it was, and found by them once it is judged again",
      () =>
        Effect.gen(function* () {
          const sql = yield* SqlClient.SqlClient
          yield* schemaUpTo("0012_audit")
          const row = {
            partNumber: "A",
            name: undefined,
            status: "unknown",
            duty: "not-applicable",
            factsHash: "sha256:0"
          }
          yield* sql`INSERT INTO tenant_head (tenant_id, revision) VALUES (${tenant}, 1)`
          yield* sql`INSERT INTO part (tenant_id, key, part_number, is_product) VALUES (${tenant}, 'A', 'A', true), (${tenant}, 'B', 'B', false)`
          yield* sql`INSERT INTO bom_line (tenant_id, parent, position, child, quantity) VALUES (${tenant}, 'A', 0, 'B', '1')`
          yield* sql`INSERT INTO product (tenant_id, key, search, body, revision)
      VALUES (${tenant}, 'A', 'a', ${JSON.stringify({ ...row, key: "A" })}, 1)`
          yield* sql`INSERT INTO product_part (tenant_id, product, goodness, key, search, body)
      VALUES (${tenant}, 'A', 1, 'B', 'b', ${JSON.stringify({ ...row, key: "B" })})`
          yield* Effect.gen(function* () {
            const compliance = yield* Compliance
            const unknown = { limit: 10, status: "unknown", regulation: "document-limits" } as const
            const parts = Effect.map(compliance.parts(tenant, "A", unknown), Option.getOrThrow)
            const before = yield* compliance.products(tenant, { limit: 10 })
            assert.deepStrictEqual([before.page.items[0]?.byRegulation, before.isCurrent], [[], false])
            assert.deepStrictEqual((yield* parts).page.items, [])
            const all = Option.getOrThrow(yield* compliance.parts(tenant, "A", { limit: 10 }))
            assert.deepStrictEqual([all.page.items[0]?.byRegulation, all.isCurrent], [[], false])
            assert.strictEqual(yield* compliance.judgeAgain(tenant, "2026-11-23"), 1)
            const after = yield* compliance.products(tenant, unknown)
            assert.deepStrictEqual([after.page.items[0]?.key, after.isCurrent], ["A", true])
            assert.deepStrictEqual((yield* parts).page.items[0]?.key, "B")
          }).pipe(Effect.provide(Compliance.layer.pipe(Layer.provide(documents), Layer.provide(layer))))
        }).pipe(Effect.provide(database))
    )
  })
}
