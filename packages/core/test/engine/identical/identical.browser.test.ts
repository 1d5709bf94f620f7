import { assert, it } from "vitest"
import { expected } from "./expected.ts"
import { run } from "./run.ts"

it("the engine gives in a browser the hashes that it gives in Node", async () => {
  assert.deepStrictEqual(await run(), expected)
})
