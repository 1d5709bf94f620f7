/** `npm run bench -- <name> [--rounds N] [--rows N] [--json]`: a benchmark with its peers. */
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { main, root, run } from "./lib/run.mjs"
import { ensureBuilt, ensureInstalled } from "./lib/setup.mjs"

main(async () => {
  const [name, ...rest] = process.argv.slice(2)
  const file = join(root, "bench", name ?? "", "bench.mjs")
  if (name === undefined || !existsSync(file)) {
    const names = readdirSync(join(root, "bench")).filter((entry) =>
      existsSync(join(root, "bench", entry, "bench.mjs"))
    )
    throw new Error(`Name a benchmark: ${names.join(", ")}`)
  }
  await ensureInstalled()
  await ensureBuilt()
  const { code } = await run("node", [file, ...rest])
  return code
})
