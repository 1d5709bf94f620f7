/** A dirty declaration CSV to validated records: ours against csv-parse with the same checks. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { options, runBench } from "../lib/runner.mjs"
import { declarations } from "./generate.mjs"

const { rounds, rows, json } = options({ rounds: 5, rows: 1_000_000 })
const folder = fileURLToPath(new URL("../../.cache/bench", import.meta.url))
const file = join(folder, `declarations-${rows}.csv`)
if (!existsSync(file)) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${file}.part`, declarations(rows, 42))
  renameSync(`${file}.part`, file)
}

const names = ["certivo", "csv-parse and checks", "csv-parse, no checks"]
const version = (manifest) => JSON.parse(readFileSync(new URL(manifest, import.meta.url), "utf8")).version

await runBench({
  bench: "csv",
  file: fileURLToPath(new URL("case.mjs", import.meta.url)),
  cases: names.map((name) => ({ name, args: [name, file] })),
  ratios: [{ name: "certivo / csv-parse and checks", of: names[0], over: names[1], goal: 0.35 }],
  rounds,
  json,
  versions: {
    certivo: version("../../packages/core/package.json"),
    "csv-parse": version("../../node_modules/csv-parse/package.json")
  },
  verify: (results) => {
    const counts = names.slice(0, 2).map((name) => JSON.stringify(results.get(name).counts))
    if (counts[0] !== counts[1]) throw new Error(`The cases disagree: ${counts.join(" and ")}`)
  }
})
