/** Runs in a worker thread; run by itself, it prints what `expected.ts` holds. */
import { parentPort } from "node:worker_threads"
import { run } from "./run.ts"

const found = await run()
if (parentPort === null) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`)
else parentPort.postMessage(found)
