/** `npm start`: the server with example data and the dashboard. Flags: --port, --data. */
import { join } from "node:path"
import { main, root, run, say } from "./lib/run.mjs"
import { ensureBuilt, ensureInstalled } from "./lib/setup.mjs"

main(async () => {
  await ensureInstalled()
  await ensureBuilt()
  say("Starting Certivo …")
  const examples = ["bom.json", "compliance.csv"].map((name) => join(root, "examples", "edge-gateway", name))
  const demo = ["--demo", "--demo-files", examples.join(",")]
  const { code } = await run("node", ["packages/server/dist/main.js", "serve", ...demo, ...process.argv.slice(2)])
  return code
})
