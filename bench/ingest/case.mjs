/** One case, in a process of its own: reads the file and prints its time, memory, counts and sum of masses. */
const [, , name, file] = process.argv
const { read } = await import(`./cases/${name}.mjs`)

const begun = performance.now()
const { counts, massMg } = await read(file)
const ms = performance.now() - begun
const rssMb = process.resourceUsage().maxRSS / 1024
process.stdout.write(JSON.stringify({ ms, rssMb, counts, massMg: massMg?.() }))
