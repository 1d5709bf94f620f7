/** Adapters in memory: need nothing, keep nothing. */
import * as Layer from "effect/Layer"
import { documents } from "./DocumentStore.ts"
import { repository } from "./Repository.ts"

export { documents, repository }

/** Both ports at once. */
export const layer = Layer.merge(repository, documents)
