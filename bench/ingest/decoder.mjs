/** The decoder under test, the one that every document goes through; the only place that names it. */
import * as Effect from "effect/Effect"
import { layer } from "../../packages/core/dist/adapters/threads/index.js"
import { check, Decoding } from "../../packages/core/dist/index.js"
import { decodeDocument } from "../../packages/core/dist/ingest/index.js"

const document = { name: "bench.csv", sha256: "" }
const options = { as: "declarations" }

export const declarationDecoder = () => decodeDocument(document, options)

/** Runs what decodes with so many threads. */
export const onThreads = (threads) => Effect.provide(layer({ threads }))

export const openDeclarations = Effect.flatMap(Decoding, (decoding) => decoding.open(document, options))

export { check }
