/**
 * The repository on PostgreSQL 15 and later, and on PGlite: the same client, schema and statements.
 * Needs the optional peers `@effect/sql-pg` and `@effect/platform-node`, and for the embedded
 * store `@electric-sql/pglite` and `@electric-sql/pglite-socket`.
 */
import { NodeServices } from "@effect/platform-node"
import { PgClient, PgMigrator } from "@effect/sql-pg"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"
import * as Schedule from "effect/Schedule"
import type { SqlClient, SqlError } from "effect/sql"
import { DocumentStore } from "../../ports/DocumentStore.ts"
import { Repository, RepositoryError } from "../../ports/Repository.ts"
import { make as makeDocuments } from "./DocumentStore.ts"
import { migrations } from "./migrations.ts"
import { socketOf } from "./pglite.ts"
import { make } from "./Repository.ts"
import { TimeLimits, type TimeLimitsShape } from "./tenants.ts"

export { StoreInUse } from "../lock.ts"
export { TimeLimits, type TimeLimitsShape } from "./tenants.ts"

const cannotOpen = (cause: unknown) => new RepositoryError({ operation: "open the database", retryable: true, cause })

/** Several instances may start at once: one of them migrates, the others find it done on a later try. */
const migrated = Layer.effectDiscard(
  PgMigrator.run({ loader: PgMigrator.fromRecord(migrations), table: "certivo_migrations" }).pipe(
    Effect.catchDefect(Effect.fail),
    Effect.retry({ times: 5, schedule: Schedule.spaced("500 millis") }),
    Effect.provide(NodeServices.layer),
    Effect.mapError(cannotOpen)
  )
)

/** The repository over a client of yours; brings the schema up to date first. */
export const layer: Layer.Layer<Repository, RepositoryError, SqlClient.SqlClient | PgClient.PgClient> = Layer.effect(
  Repository,
  make
).pipe(Layer.provide(migrated))

/** The document store in the same database. */
export const documents: Layer.Layer<DocumentStore, RepositoryError, SqlClient.SqlClient | PgClient.PgClient> =
  Layer.effect(DocumentStore, makeDocuments).pipe(Layer.provide(migrated))

export interface UrlOptions {
  readonly url: Redacted.Redacted<string>
  /** 8 when left out. */
  readonly maxConnections?: number | undefined
  /**
   * Keeps statements prepared between queries; true when left out. Set it to false behind a pool of transactions that
   * cannot keep them, as PgBouncer before 1.21, or without its `max_prepared_statements`.
   */
  readonly prepare?: boolean | undefined
  /** Times after which the database ends what takes too long. */
  readonly timeLimits?: Partial<TimeLimitsShape> | undefined
}

/** A PostgreSQL server by its URL. */
export const layerUrl = (options: UrlOptions): Layer.Layer<Repository, RepositoryError | SqlError.SqlError> =>
  layer.pipe(
    Layer.provide(
      Layer.effect(
        TimeLimits,
        Effect.map(TimeLimits, (known) => ({ ...known, ...options.timeLimits }))
      )
    ),
    Layer.provide(
      PgClient.layer({
        url: options.url,
        maxConnections: options.maxConnections ?? 8,
        applicationName: "certivo",
        prepare: options.prepare ?? true,
        connectTimeout: "5 seconds"
      })
    )
  )

/** PGlite in a directory, or in memory without one. One process at a time, one transaction at a time. */
export const layerPglite = (options: { readonly directory: string | undefined }) =>
  Layer.unwrap(
    Effect.map(socketOf(options.directory), (path) =>
      layer.pipe(Layer.provide(PgClient.layer({ path, username: "postgres", database: "postgres", maxConnections: 1 })))
    )
  )
