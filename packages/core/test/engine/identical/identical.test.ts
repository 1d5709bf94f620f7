import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { assert, describe, it } from "vitest"
import { expected } from "./expected.ts"
import { run } from "./run.ts"

describe("the engine", () => {
  it("gives these hashes in Node", async () => {
    assert.deepStrictEqual(await run(), expected)
  })

  it("gives the same in a worker thread", async () => {
    const worker = new Worker(new URL("./worker.ts", import.meta.url))
    const [message] = await once(worker, "message")
    assert.deepStrictEqual(message, expected)
  }, 60_000)
})
