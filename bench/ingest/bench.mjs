/**
 * A file of a million dirty declarations to validated typed columns: ours against its peers, each with the same
 * checks. Every case must find what the generator wrote; DuckDB's typed read makes fewer checks, and is held to those.
 *
 * `--seed N` takes other rows. `--only a,b` runs some cases, and the ratios between them.
 */
import { readFileSync } from "node:fs"
import { findPackageJSON } from "node:module"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { runBench } from "../lib/runner.mjs"
import { fileOf } from "./generate.mjs"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "1000000" },
    seed: { type: "string", default: "42" },
    only: { type: "string" },
    json: { type: "boolean", default: false }
  }
})
const rows = Number(values.rows)
const seed = Number(values.seed)

const folder = fileURLToPath(new URL("../../.cache/bench", import.meta.url))
const files = {
  clustered: await fileOf(folder, { rows, seed }),
  // The same rows; ragged ones are given nine cells and stay bad.
  padded: await fileOf(folder, { rows, seed, padded: true }),
  shuffled: await fileOf(folder, { rows, seed, shuffled: true }),
  // Other rows, with CRLF.
  crlf: await fileOf(folder, { rows, seed: seed + 1, crlf: true }),
  // 600 MB from a million rows.
  large: await fileOf(folder, { rows: 6 * rows, seed })
}

/** `script` is a file in `cases`. */
const all = [
  { name: "certivo", script: "certivo", of: "clustered" },
  { name: "certivo, Effect stream", script: "certivo-effect", of: "clustered" },
  { name: "certivo, 2 threads", script: "certivo-threads", of: "clustered" },
  { name: "csv-parse", script: "csv-parse", of: "clustered" },
  { name: "csv-parser", script: "csv-parser", of: "clustered" },
  { name: "papaparse, string", script: "papaparse-string", of: "clustered" },
  { name: "papaparse, stream", script: "papaparse-stream", of: "clustered" },
  { name: "udsv, padded file", script: "udsv", of: "padded" },
  { name: "duckdb, typed read", script: "duckdb-typed", of: "clustered", typed: true },
  { name: "duckdb, same checks", script: "duckdb-checked", of: "clustered" },
  { name: "certivo, shuffled", script: "certivo", of: "shuffled" },
  { name: "csv-parse, shuffled", script: "csv-parse", of: "shuffled" },
  { name: "duckdb, typed read, shuffled", script: "duckdb-typed", of: "shuffled", typed: true },
  { name: "certivo, CRLF", script: "certivo", of: "crlf" },
  { name: "csv-parse, CRLF", script: "csv-parse", of: "crlf" },
  { name: "check", script: "check", of: "large", counted: true },
  { name: "check, 2 threads", script: "check-threads", of: "large", counted: true }
]

/** Goals are set beforehand, for a million rows, and never loosened; what depends on idle cores has none. */
const goals = [
  { of: "certivo", over: "csv-parse", goal: 0.22 },
  { of: "certivo, shuffled", over: "csv-parse, shuffled", goal: 0.35 },
  { of: "certivo", over: "duckdb, typed read", goal: 2.5 },
  { of: "certivo, Effect stream", over: "certivo", goal: 1.15 },
  { of: "certivo, 2 threads", over: "certivo" },
  { of: "check, 2 threads", over: "check" }
]

const only = values.only?.split(",")
const cases = only === undefined ? all : all.filter(({ name, script }) => only.includes(name) || only.includes(script))
if (cases.length === 0) throw new Error(`Name cases: ${all.map(({ name }) => name).join("; ")}`)
const runs = (wanted) => cases.some(({ name }) => name === wanted)

const version = (name) => {
  const manifest = findPackageJSON(name, import.meta.url)
  return JSON.parse(readFileSync(manifest, "utf8")).version
}

/** Sums in another order differ in the last digits. */
const isNear = (a, b) => Math.abs(a - b) <= 1e-9 * b

const verify = (results) => {
  for (const { name, of, typed, counted } of cases) {
    const { rows, rejected, typed: unreadable, massMg } = files[of].expected
    const bad = typed === true ? unreadable : rejected
    const { counts, massMg: sum } = results.get(name)
    if (counts.accepted !== rows - bad || counts.rejected !== bad)
      throw new Error(
        `${name}: accepted ${counts.accepted} and rejected ${counts.rejected} rows, expected ${rows - bad} and ${bad}`
      )
    if (typed !== true && counted !== true && !isNear(sum, massMg))
      throw new Error(`${name}: the masses add up to ${sum}, not ${massMg} mg`)
  }
}

await runBench({
  bench: "ingest",
  file: fileURLToPath(new URL("case.mjs", import.meta.url)),
  cases: cases.map(({ name, script, of }) => ({ name, args: [script, files[of].file] })),
  ratios: goals
    .filter(({ of, over }) => runs(of) && runs(over))
    .map(({ of, over, goal }) => ({ name: `${of} / ${over}`, of, over, goal })),
  rounds: Number(values.rounds),
  json: values.json,
  versions: Object.fromEntries(
    ["csv-parse", "csv-parser", "papaparse", "udsv", "@duckdb/node-api", "effect"].map((name) => [name, version(name)])
  ),
  verify
})
