import { Compliance, MAX_LISTED_REJECTS, MAX_LISTED_WARNINGS } from "@certivo/core"
import { documents as documentsInMemory } from "@certivo/core/adapters/memory"
import { documents, layer } from "@certivo/core/adapters/postgres"
import { DocumentStore, type DocumentStoreError, Repository, TenantId } from "@certivo/core/ports"
import { documentStoreContract, repositoryContract } from "@certivo/core/testing"
import { assert, describe, layer as withLayer } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import { SqlClient } from "effect/sql"
import { database } from "./database.ts"
import { isolation } from "./isolation.ts"
import { upgrade } from "./upgrade.ts"

const live = layer.pipe(Layer.provideMerge(database))

repositoryContract("PostgreSQL", live)
documentStoreContract("PostgreSQL", documents.pipe(Layer.provide(database)))
isolation("PostgreSQL", database)
upgrade("PostgreSQL", database)

describe("lists in the database", () => {
  withLayer(live, { timeout: 60_000 })((it) => {
    it.effect("a cursor that PostgreSQL could not compare with is refused, and a search for NUL finds nothing", () =>
      Effect.gen(function* () {
        const repository = yield* Repository
        const tenant = TenantId.make("forged")
        for (const forged of [
          { at: ["99999", ""] },
          { at: ["0.5", ""] },
          { at: ["0", "\u0000"] },
          { at: ["0", ""], counted: { n: -1, revision: 0, by: "" } },
          { at: ["0", ""], counted: { n: 1, revision: 0.5, by: "" } }
        ]) {
          const cursor = Buffer.from(JSON.stringify({ reads: "after", ...forged })).toString("base64url")
          const error = yield* Effect.flip(repository.parts(tenant, "P", { limit: 1, cursor }))
          assert.strictEqual(error._tag, "InvalidCursor")
        }
        assert.deepStrictEqual((yield* repository.products(tenant, { limit: 1, search: "\u0000" })).items, [])
      })
    )
  })
})

describe("documents in the database", () => {
  withLayer(documents.pipe(Layer.provideMerge(database)), { timeout: 60_000 })((it) => {
    it.effect("sweeps what a killed upload has left, and keeps what was stored again", () =>
      Effect.gen(function* () {
        const store = yield* DocumentStore
        const sql = yield* SqlClient.SqlClient
        const put = store.put("swept", Stream.succeed(new TextEncoder().encode("abc")))
        yield* put
        yield* sql`UPDATE document_file SET stored_at = '2020-01-01' WHERE tenant_id = 'swept'`
        const piece = (upload: string) =>
          sql`INSERT INTO document_piece VALUES ('swept', ${upload}::uuid, 0, ${new Uint8Array(3)})`
        const [old, young] = ["016f5e66-e800-7000-a000-000000000000", "ffffffff-ffff-7000-a000-000000000000"]
        yield* piece(old)
        yield* piece(young)
        const sweep = (kept: Effect.Effect<boolean, DocumentStoreError>) =>
          store.sweep("swept", "2021-01-01T00:00:00.000Z", () => kept)
        assert.strictEqual(yield* sweep(Effect.as(put, false)), 0)
        assert.strictEqual((yield* Stream.runCollect(store.list("swept"))).length, 1)
        const left = yield* sql<{ upload: string }>`SELECT upload::text FROM document_piece
          WHERE tenant_id = 'swept' AND upload IN (${old}::uuid, ${young}::uuid)`
        assert.deepStrictEqual(left, [{ upload: young }])
      })
    )
  })
})

describe("remarks in the database", () => {
  withLayer(live, { timeout: 60_000 })((it) => {
    it.effect("are kept up to their bounds, and counted beyond them", () =>
      Effect.gen(function* () {
        const compliance = yield* Compliance
        const repository = yield* Repository
        const tenant = TenantId.make("remarks")
        const bad = "A,,1000,1\n".repeat(MAX_LISTED_REJECTS + 5)
        const odd = "C,Lead,1000,1\n".repeat(MAX_LISTED_WARNINGS + 8)
        const text = `part_number,substance,threshold_ppm,substance_mass_mg\n${bad}${odd}`
        const submitted = yield* compliance.submit(tenant, {
          name: "dirty.csv",
          bytes: Stream.succeed(new TextEncoder().encode(text)),
          id: "dirty",
          now: "2026-11-23T00:00:00.000Z"
        })
        const job = yield* compliance.run(tenant, submitted.id, "2026-11-23", () => Effect.void)
        assert.deepStrictEqual(job.codes, {
          "value.missing": MAX_LISTED_REJECTS + 5,
          "row.duplicate": MAX_LISTED_WARNINGS + 7
        })
        const kept = yield* repository.transaction(
          tenant,
          Effect.all([
            repository.rejects(tenant, job.sha256, 1_000_000),
            repository.warnings(tenant, job.sha256, 1_000_000),
            repository.job(tenant, job.id)
          ])
        )
        assert.deepStrictEqual([kept[0].length, kept[1].length], [MAX_LISTED_REJECTS, MAX_LISTED_WARNINGS])
        assert.deepStrictEqual(Option.getOrThrow(kept[2]).codes, job.codes)
      }).pipe(Effect.provide(Compliance.layer.pipe(Layer.provide(documentsInMemory))))
    )
  })
})
