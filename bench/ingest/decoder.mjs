/** The decoder under test, the one that every document goes through; the only place that names it. */
import { decodeDocument } from "../../packages/core/dist/ingest/index.js"

export const declarationDecoder = () => decodeDocument({ name: "bench.csv", sha256: "" }, { as: "declarations" })
