/** What runs in a thread: decodes blocks of one table. */
import { parentPort, workerData } from "node:worker_threads"
import { type Block, blockDecoder } from "../../ingest/table/Block.ts"
import { buffersOf } from "../../ingest/table/PackedRows.ts"
import { type Answer, type SentTable, tableOf } from "./messages.ts"

const decode = blockDecoder(tableOf(workerData as SentTable))

parentPort?.on("message", (block: Block) => {
  const answer: Answer = { ...decode(block), bytes: block.bytes }
  parentPort?.postMessage(answer, [block.bytes.buffer, ...buffersOf(answer.rows)])
})
