/**
 * One case, in a process of its own: prepares its input, runs, and prints time, memory and statuses. A case that
 * measures by itself says its time as `ms` of its result.
 */
import { setFlagsFromString } from "node:v8"
import { runInNewContext } from "node:vm"
import { read } from "./generate.mjs"

/** What reading the input has left behind is not collected while the clock runs. */
const collectGarbage = () => {
  setFlagsFromString("--expose-gc")
  runInNewContext("gc")()
}

const [, , name, file, ...options] = process.argv
const { prepare, check } = await import(`./cases/${name}.mjs`)

const data = read(file)
const run = await prepare(data, ...options)
collectGarbage()
const before = process.cpuUsage()
const begun = performance.now()
const result = await run()
const ms = performance.now() - begun
const { user, system } = process.cpuUsage(before)
const rssMb = process.resourceUsage().maxRSS / 1024
const statuses = await check(result, data)
process.stdout.write(
  JSON.stringify({ ms: result.ms ?? ms, cpuMs: (user + system) / 1000, rssMb, statuses, detail: result.detail })
)
process.exit(0)
