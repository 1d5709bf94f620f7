/** One case, in a process of its own: prints its time and memory, and what it found. */
const [, , name, ...args] = process.argv
const { measure } = await import(`./cases/${name}.mjs`)

const result = await measure(...args)
const { maxRSS, userCPUTime } = process.resourceUsage()
process.stdout.write(JSON.stringify({ rssMb: maxRSS / 1024, cpuMs: userCPUTime / 1000, ...result }))
process.exit(0)
