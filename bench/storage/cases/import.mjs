/** A file of dirty declarations to committed rows: the document kept as evidence, the rejects kept with it. */
import { createReadStream, mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { psql, withDatabase } from "../database.mjs"
import { Compliance, documentsIn, migrate, storeAt, tenant } from "../store.mjs"

const bytesOf = (file) =>
  Stream.fromAsyncIterable(createReadStream(file), (cause) => new Error(`Cannot read ${file}`, { cause }))

const imported = (file) =>
  Effect.gen(function* () {
    const compliance = yield* Compliance
    const begun = performance.now()
    const input = { name: "bench.csv", bytes: bytesOf(file), id: "bench", now: "2026-11-23T00:00:00.000Z" }
    const job = yield* compliance.submit(tenant, input)
    const { accepted, rejected, state } = yield* compliance.run(tenant, job.id, "2026-11-23", () => Effect.void)
    if (!state.startsWith("succeeded")) throw new Error(`The import ended as ${state}`)
    return { ms: performance.now() - begun, counts: { accepted, rejected } }
  })

/** @param dump where the rows go for `psql \copy` to load */
export const measure = (file, dump) =>
  withDatabase(async (url) => {
    const folder = mkdtempSync(join(tmpdir(), "certivo-bench-"))
    try {
      await migrate(url)
      await psql(url, "CHECKPOINT")
      const live = Compliance.layer.pipe(Layer.provide([storeAt(url), documentsIn(folder)]))
      const result = await Effect.runPromise(Effect.provide(imported(file), live))
      const [rows, rejects] = (
        await psql(url, "SELECT count(*), (SELECT count(*) FROM reject WHERE NOT is_warning) FROM declaration")
      )
        .split("|")
        .map(Number)
      if (rows !== result.counts.accepted || rejects !== Math.min(result.counts.rejected, 100_000))
        throw new Error(`The database holds ${rows} rows and ${rejects} rejects`)
      if (dump !== undefined) await psql(url, `\\copy declaration TO '${dump}'`)
      return result
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
