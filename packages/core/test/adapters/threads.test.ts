import { setImmediate } from "node:timers/promises"
import type { Worker } from "node:worker_threads"
import { Decoding, type DecodingOptions, type DecodingShape } from "@certivo/core"
import { layer } from "@certivo/core/adapters/threads"
import { check, createCertivo, DecodingFailed } from "@certivo/core/promise"
import { corpus } from "@certivo/core/testing/corpus"
import { afterAll, assert, beforeAll, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import type { Answer, SentTable } from "../../src/adapters/threads/messages.ts"
import { tableOf } from "../../src/adapters/threads/messages.ts"
import { SpreadDocument } from "../../src/adapters/threads/SpreadDocument.ts"
import { here } from "../../src/Decoding.ts"
import { type Block, blockDecoder } from "../../src/ingest/table/Block.ts"
import { dirty, mutated } from "../ingest/fuzz/packed.ts"
import { type Random, randomOf } from "../ingest/fuzz/random.ts"
import { fuzzedTable } from "../ingest/fuzz/tables.ts"
import { hardTable } from "./hardTables.ts"

interface Input {
  readonly name: string
  readonly bytes: Uint8Array
}

/** Decodes blocks in this thread, in another order than they come in. */
const outOfOrder = (capacity: number, random: Random) => (sent: SentTable) => {
  const decodeBlock = blockDecoder(tableOf(structuredClone(sent)))
  const decode = async (block: Block): Promise<Answer> => {
    const received = structuredClone(block, { transfer: [block.bytes.buffer] })
    for (let turns = random(3); turns > 0; turns--) await setImmediate()
    return structuredClone({ ...decodeBlock(received), bytes: received.bytes })
  }
  return { capacity, decode, close: async () => {} }
}

const spread = (blockBytes: number, random: Random): DecodingShape => ({
  open: (document, options) =>
    Effect.succeed(
      new SpreadDocument(document, options, { from: random(200), blockBytes, start: outOfOrder(1 + random(4), random) })
    )
})

/** All that decoding gives, rows stretch by stretch, or the code it refuses the document with. */
const outcome = (decoding: DecodingShape, { name, bytes }: Input, pieces: number, options: DecodingOptions) =>
  Effect.gen(function* () {
    const opened = yield* decoding.open({ name, sha256: "f00d" }, options)
    const found = []
    for (let at = 0; at < bytes.length; at += pieces) found.push(...(yield* opened.push(bytes.slice(at, at + pieces))))
    found.push(...(yield* opened.end))
    return {
      stretches: found.flatMap(({ declarations, warnings: _, ...rest }) =>
        rest.accepted + rest.rejected === 0 ? [] : [{ ...rest, declarations: [...declarations] }]
      ),
      warnings: found.flatMap(({ warnings }) => warnings.map((warning) => JSON.stringify(warning))).sort()
    }
  }).pipe(
    Effect.scoped,
    Effect.catchTag("UnreadableDocument", ({ code }) => Effect.succeed(code)),
    Effect.runPromise
  )

const assertSame = async (input: Input, random: Random, options: DecodingOptions = {}) => {
  const pieces = [5, 64, 700, 1 << 16][random(4)] as number
  const expected = await outcome(here, input, pieces, options)
  const found = await outcome(spread(1 + random(2000), random), input, pieces, options)
  assert.deepStrictEqual(found, expected)
}

const fuzzed = (random: Random): Input => ({ name: "fuzz.csv", bytes: fuzzedTable(random).bytes })
const changed = (random: Random): Input => ({ name: "changed", bytes: mutated(random, dirty(random)).bytes })

const INPUTS = Number(process.env.CERTIVO_SPREAD_INPUTS ?? 200)

describe("a table in blocks", () => {
  it.each(corpus.map((input) => [`${input.kind} ${input.title}`, input] as const))(
    "gives what it gives as a whole: %s",
    async (_title, input) => {
      for (let seed = 0; seed < 4; seed++) await assertSame(input, randomOf(seed), { as: input.as })
    }
  )

  it(`gives what it gives as a whole, ${INPUTS} tables with quotes and lines in cells across the cuts`, {
    timeout: 0
  }, async () => {
    for (let seed = 1; seed <= INPUTS; seed++) {
      const random = randomOf(seed)
      const make = [hardTable, hardTable, fuzzed, changed][random(4)] as (random: Random) => Input
      const wanted = random(2) === 0 ? undefined : new Set(["P-1", "P-3"])
      await assertSame(make(random), random, { wanted, as: "declarations" }).catch((error) => {
        throw new Error(`seed ${seed}`, { cause: error })
      })
    }
  })
})

describe("threads", () => {
  const started: Array<Worker> = []
  const count = (worker: Worker) => started.push(worker)
  beforeAll(() => process.on("worker", count))
  afterAll(() => process.off("worker", count))
  const alive = () => started.filter(({ threadId }) => threadId > 0).length

  const header = "part_number,substance,threshold_ppm,substance_mass_mg\n"
  const rows = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, index) => {
      const row = from + index
      const substance = row % 100 === 7 ? '"Lead\n, ""pure"""' : "Lead"
      return `P-${row % 5000},${substance},1000,${row % 100 === 3 ? "n/a" : `0.${row}`}\n`
    }).join("")
  const encode = (text: string) => new TextEncoder().encode(text)
  const bom = { name: "bom.json", bytes: encode('{"bom_id":"P","parts":[{"part_number":"P-7","weight_g":4}]}') }
  const large = { name: "large.csv", bytes: encode(header + rows(0, 12_000)) }
  const sizes = { from: 70_000, blockBytes: 10_000 }

  it.each([1, 2, 3])(
    "%i of them find what one finds, and are gone afterwards",
    { timeout: 60_000 },
    async (threads) => {
      started.length = 0
      const decoding = await Effect.runPromise(Decoding.pipe(Effect.provide(layer({ threads, ...sizes }))))
      for (const pieces of [3001, 1 << 16]) {
        const expected = await outcome(here, large, pieces, {})
        assert.deepStrictEqual(await outcome(decoding, large, pieces, {}), expected)
      }
      assert.deepStrictEqual([started.length, alive()], [2 * threads, 0])
    }
  )

  it("check and import give the same with them", { timeout: 60_000 }, async () => {
    started.length = 0
    const run = async (decoding: ReturnType<typeof layer> | undefined) => {
      const result = await check({ bom, declarations: [large], asOf: "2026-11-23", decoding })
      await using certivo = createCertivo({ decoding })
      await certivo.import(bom.name, bom.bytes)
      const { createdAt: _now, id: _id, ...job } = await certivo.import(large.name, large.bytes)
      return { result, job, part: await certivo.part("P-7") }
    }
    const expected = await run(undefined)
    assert.strictEqual(started.length, 0)
    assert.deepStrictEqual(await run(layer({ threads: 2, ...sizes })), expected)
    assert.strictEqual(started.length, 4)
  })

  it("are as many as there may be for all documents together; what finds none free does without", {
    timeout: 60_000
  }, async () => {
    started.length = 0
    const decoding = layer({ threads: 2, ...sizes })
    const checks = await Promise.all([1, 2, 3].map(() => check({ bom, declarations: [large], decoding })))
    assert.deepStrictEqual(
      checks.map(({ documents }) => documents[1]?.rows),
      [12_000, 12_000, 12_000]
    )
    assert.isAtMost(started.length, 4)
  })

  it("one that ends on its way fails the document by its name, and all end", { timeout: 60_000 }, async () => {
    started.length = 0
    process.once("worker", (worker) => worker.once("message", () => worker.terminate()))
    const endless = (async function* () {
      yield encode(header)
      for (let row = 0; ; row += 1000) yield encode(rows(row, row + 1000))
    })()
    const error = await check({
      bom,
      declarations: [{ name: "endless.csv", bytes: endless }],
      decoding: layer({ threads: 2, ...sizes })
    }).then(
      () => assert.fail("was decoded"),
      (error) => error
    )
    assert.instanceOf(error, DecodingFailed)
    assert.strictEqual(
      error.message,
      "endless.csv: the thread certivo-decoding-1 ended while it decoded it: it exited with 1"
    )
    assert.strictEqual(alive(), 0)
  })

  it("are not started for a small document, nor for one that is refused", async () => {
    started.length = 0
    const decoding = layer({ threads: 2, ...sizes })
    const small = { name: "small.csv", bytes: encode(header + rows(0, 100)) }
    await check({ bom, declarations: [small], decoding })
    await check({ bom, declarations: [bom], decoding }).catch(() => undefined)
    assert.strictEqual(started.length, 0)
  })
})
