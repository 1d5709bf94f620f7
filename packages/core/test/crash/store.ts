/** Stores that outlive a process, by a description that another process can be told. */
import { join } from "node:path"
import { Compliance } from "@certivo/core"
import { layer as fileDocuments, repository as fileRepository } from "@certivo/core/adapters/file"
import { layerPglite, layerUrl } from "@certivo/core/adapters/postgres"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

export type Store = { readonly directory: string } & (
  | { readonly kind: "file"; readonly snapshotAfterBytes: number }
  | { readonly kind: "PGlite" }
  | { readonly kind: "PostgreSQL"; readonly url: string; readonly prepare: boolean }
)

const repositoryOf = (store: Store) => {
  switch (store.kind) {
    case "file":
      return fileRepository(join(store.directory, "repository"), store)
    case "PGlite":
      return layerPglite({ directory: join(store.directory, "pglite") })
    case "PostgreSQL":
      return layerUrl({ url: Redacted.make(store.url), prepare: store.prepare, maxConnections: 4 })
  }
}

/** The service over a store, with both ports. */
export const layerOf = (store: Store) =>
  Compliance.layer.pipe(
    Layer.provideMerge(Layer.merge(repositoryOf(store), fileDocuments(join(store.directory, "documents"))))
  )
