/** `npm run build`: JavaScript of all packages by tsup, declarations by tsc. */
import { main, must } from "./lib/run.mjs"
import { ensureBuilt, ensureInstalled } from "./lib/setup.mjs"

main(async () => {
  await ensureInstalled()
  await ensureBuilt()
  await must("tsc", ["-b"])
})
