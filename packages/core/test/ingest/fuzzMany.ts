/**
 * Runs many fuzzed documents: `npm run fuzz -- [--inputs 1000000] [--seed 1]`. Prints the seeds that fail, and a line
 * at the end; exits with 1 when any did. Input N is the one that seed N gives, so one is run again by `--inputs 1`.
 */
import { parseArgs } from "node:util"
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads"
import { fuzzOnce } from "./fuzz/fuzz.ts"

/** An input that takes longer is taken to hang. */
const HANG_MS = 120_000
const MAX_REPORTED = 20

interface Work {
  readonly first: number
  readonly inputs: number
  /** The seed at hand. */
  readonly at: Float64Array
}

const outcomeOf = (seed: number): string | undefined => {
  try {
    return fuzzOnce(seed)
  } catch (error) {
    return `it threw ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
  }
}

const work = ({ first, inputs, at }: Work): void => {
  for (let seed = first; seed < first + inputs; seed++) {
    at[0] = seed
    const wrong = outcomeOf(seed)
    if (wrong !== undefined) parentPort?.postMessage(`seed ${seed}: ${wrong}`)
  }
}

const supervise = (): void => {
  const { values } = parseArgs({
    options: { inputs: { type: "string", default: "1000000" }, seed: { type: "string", default: "1" } }
  })
  const inputs = Number(values.inputs)
  const first = Number(values.seed)
  const at = new Float64Array(new SharedArrayBuffer(8))
  const begun = performance.now()
  let failures = 0
  const say = (text: string) => process.stdout.write(`${text}\n`)
  const finish = () => {
    const seconds = Math.round((performance.now() - begun) / 1000)
    say(`${inputs} inputs from seed ${first} in ${seconds} s: ${failures} failures`)
    process.exit(failures === 0 ? 0 : 1)
  }
  const fail = (text: string) => {
    if (++failures <= MAX_REPORTED) say(text)
  }
  const worker = new Worker(new URL(import.meta.url), { workerData: { first, inputs, at } satisfies Work })
  worker.on("message", fail)
  worker.on("error", (error) => {
    fail(`seed ${at[0]}: ${error.message}`)
    finish()
  })
  worker.on("exit", finish)
  let before = -1
  setInterval(() => {
    if (at[0] === before) {
      fail(`seed ${before}: it takes longer than ${HANG_MS / 1000} s`)
      finish()
    }
    before = at[0] as number
    process.stderr.write(`at seed ${before}\n`)
  }, HANG_MS)
}

if (isMainThread) supervise()
else work(workerData as Work)
