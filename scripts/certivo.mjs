/** `npm run certivo -- <arguments>`: the command, in the folder it was called from. */
import { join } from "node:path"
import { main, root, run } from "./lib/run.mjs"
import { ensureBuilt, ensureInstalled } from "./lib/setup.mjs"

main(async () => {
  await ensureInstalled()
  await ensureBuilt()
  const cwd = process.env.INIT_CWD ?? process.cwd()
  const { code } = await run("node", [join(root, "packages/server/dist/main.js"), ...process.argv.slice(2)], { cwd })
  return code
})
