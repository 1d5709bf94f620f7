/**
 * Many more killed imports: `npm run crash -- [--kills 1000] [--seed 1] [--stores file,PGlite,PostgreSQL]`. Prints what
 * went wrong with its seed, and a line for each store at the end; exits with 1 when anything did.
 */
import { parseArgs } from "node:util"
import { crashes } from "./crash.ts"
import type { Store } from "./store.ts"

const { values } = parseArgs({
  options: {
    kills: { type: "string", default: "1000" },
    seed: { type: "string", default: "1" },
    stores: { type: "string", default: "file,PGlite,PostgreSQL" }
  }
})
const say = (text: string) => process.stdout.write(`${text}\n`)
const kinds = values.stores.split(",") as ReadonlyArray<Store["kind"]>

for (const kind of kinds) {
  const begun = performance.now()
  const { end, kills, round } = await crashes(kind)
  let failures = 0
  let seed = Number(values.seed)
  for (; kills() < Number(values.kills) / kinds.length; seed++) {
    const wrong = await round(seed)
    if (wrong === undefined) continue
    failures++
    process.exitCode = 1
    say(`${kind}, seed ${seed}: ${wrong}`)
  }
  await end()
  const seconds = Math.round((performance.now() - begun) / 1000)
  say(`${kind}: ${kills()} kills in ${seed - Number(values.seed)} imports, ${seconds} s: ${failures} failures`)
}
