/** The repository under test; the only place that names it. */
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { layer as documentsIn } from "../../packages/core/dist/adapters/file/index.js"
import { layerUrl } from "../../packages/core/dist/adapters/postgres/index.js"
import { Compliance, Repository, TenantId } from "../../packages/core/dist/index.js"

export { Compliance, documentsIn, Repository }

export const tenant = TenantId.make("bench")

export const storeAt = (url) => layerUrl({ url: Redacted.make(url) })

/** Brings an empty database up to the schema. */
export const migrate = (url) =>
  Effect.runPromise(
    Effect.provide(
      Effect.flatMap(Repository, (repository) => repository.revision(tenant)),
      storeAt(url)
    )
  )
