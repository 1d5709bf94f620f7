/** Where a store is: the embedded one in a directory, or PostgreSQL with the documents in that directory. */
import { join } from "node:path"
import { layer as fileDocuments } from "@certivo/core/adapters/file"
import { layerPglite, layerUrl } from "@certivo/core/adapters/postgres"
import * as Layer from "effect/Layer"
import type * as Redacted from "effect/Redacted"

export interface StoreOptions {
  /** Directory of the embedded store and the documents. */
  readonly data: string
  /** PostgreSQL in place of the embedded store. */
  readonly databaseUrl: Redacted.Redacted<string> | undefined
  /** Whether the pool before PostgreSQL, if there is one, keeps prepared statements; true when left out. */
  readonly prepare?: boolean | undefined
}

export const storeOf = ({ data, databaseUrl, prepare }: StoreOptions) =>
  Layer.merge(
    databaseUrl === undefined
      ? layerPglite({ directory: join(data, "pglite") })
      : layerUrl({ url: databaseUrl, prepare }),
    fileDocuments(join(data, "documents"))
  )
