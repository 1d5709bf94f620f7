/** `node scripts/regulations/generate.mjs [--check]`: makes the lists of the rule packs from those of the authorities. */
import { readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { root } from "../lib/run.mjs"
import { authorisationList, candidateList } from "./echa.mjs"
import { proposition65 } from "./oehha.mjs"

const folder = join(root, "packages/core/src/regulations/generated")
const lists = { CandidateList: candidateList, AuthorisationList: authorisationList, Proposition65List: proposition65 }

for (const [name, make] of Object.entries(lists)) {
  const path = join(folder, `${name}.ts`)
  const text = make()
  if (!process.argv.includes("--check")) writeFileSync(path, text)
  else if (readFileSync(path, "utf8") !== text) {
    process.stderr.write(`${path} is not what its list gives; run node scripts/regulations/generate.mjs\n`)
    process.exitCode = 1
  }
}
