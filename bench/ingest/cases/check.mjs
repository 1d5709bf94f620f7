/** A check of four parts against a large file, as the command makes it. */
import { createHash } from "node:crypto"
import { createReadStream } from "node:fs"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { check, onThreads } from "../decoder.mjs"

const parts = ["PN-000100-A", "PN-000101-B", "PN-100000-A", "PN-100001-B"]
const bom = JSON.stringify({ bom_id: "B", parts: parts.map((part_number) => ({ part_number, weight_g: 5 })) })

const hasher = () => {
  const hash = createHash("sha256")
  return { update: (chunk) => void hash.update(chunk), digest: () => hash.digest("hex") }
}

/** Chunks are those of the command. */
const checked = (file) =>
  check({
    bom: { name: "bom.json", bytes: new TextEncoder().encode(bom) },
    declarations: [
      {
        name: "bench.csv",
        bytes: Stream.fromAsyncIterable(createReadStream(file), (cause) => new Error(`Cannot read ${file}`, { cause }))
      }
    ],
    asOf: "2026-11-23",
    hasher
  }).pipe(
    Effect.map(({ product, documents: [, document] }) => {
      const judged = product.parts.filter(({ declared }) => declared).length
      if (judged !== parts.length) throw new Error(`${judged} of ${parts.length} parts were judged`)
      return { counts: { accepted: document.accepted, rejected: document.rejected } }
    })
  )

export const readOn = (threads) => (file) => Effect.runPromise(checked(file).pipe(onThreads(threads)))

export const read = readOn(0)
