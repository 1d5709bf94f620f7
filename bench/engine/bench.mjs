/**
 * A portfolio of a million declarations over a hundred thousand parts, ten thousand products and two million BOM lines,
 * from integer ids to the status of every part and product: ours against its peers; then edits and changes of limits
 * against a calculation of everything. Every case must come to the same statuses.
 *
 * `--shape a,b` takes other shapes (all of them: `--shape all`), `--rows N` another size, `--seed N` other data;
 * `--only a,b` runs some cases, and the ratios between them.
 */
import { readFileSync } from "node:fs"
import { findPackageJSON } from "node:module"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { runBench } from "../lib/runner.mjs"
import { fileOf, shapes } from "./generate.mjs"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "1000000" },
    seed: { type: "string", default: "42" },
    shape: { type: "string", default: "failing,clean" },
    only: { type: "string" },
    json: { type: "boolean", default: false }
  }
})

/** `script` is a file in `cases`. */
const all = [
  { name: "certivo", script: "certivo" },
  { name: "duckdb, integer keys", script: "duckdb-integers" },
  { name: "duckdb, passes", script: "duckdb-passes" },
  { name: "duckdb, plain SQL", script: "duckdb-plain" },
  { name: "objects and Maps", script: "objects" },
  { name: "certivo, warm", script: "certivo-warm" },
  { name: "certivo, one declaration p99", script: "certivo-edit", option: "random" },
  { name: "certivo, most used part p50", script: "certivo-edit", option: "most-used" },
  { name: "certivo, recalculation", script: "certivo-recalculate" },
  { name: "certivo, limit, many between", script: "certivo-limit", option: "far" },
  { name: "certivo, limit, few between", script: "certivo-limit", option: "near" },
  { name: "certivo, preview of a limit", script: "certivo-limit", option: "preview" },
  { name: "certivo, first limit", script: "certivo-limit", option: "first" },
  { name: "certivo, 26 parts doubling", script: "certivo-doubling", bare: true }
]

/** Set beforehand, for a million rows; never loosened. Without `over`, in milliseconds. Of several peers, the fastest in each round counts. */
const goals = [
  { of: "certivo", over: ["duckdb, integer keys", "duckdb, passes"], goal: 0.42 },
  { of: "certivo", over: ["duckdb, plain SQL"], goal: 0.2 },
  { of: "certivo", over: ["objects and Maps"], goal: 0.1 },
  { of: "certivo, one declaration p99", over: ["certivo, warm"], goal: 1 / 400 },
  { of: "certivo, limit, many between", over: ["certivo, recalculation"], goal: 1 },
  { of: "certivo, preview of a limit", over: ["certivo, recalculation"], goal: 1 },
  { of: "certivo, limit, few between", over: ["certivo, recalculation"], goal: 0.05 },
  { of: "certivo, 26 parts doubling", over: [], goal: 5 }
]

const only = values.only?.split(",")
const cases = only === undefined ? all : all.filter(({ name, script }) => only.includes(name) || only.includes(script))
if (cases.length === 0) throw new Error(`Name cases: ${all.map(({ name }) => name).join("; ")}`)
const wanted = values.shape === "all" ? Object.keys(shapes) : values.shape.split(",")
const unknown = wanted.filter((shape) => !(shape in shapes))
if (unknown.length > 0) throw new Error(`Name shapes: ${Object.keys(shapes).join(", ")}, or all`)

const folder = fileURLToPath(new URL("../../.cache/bench", import.meta.url))
const options = { rows: Number(values.rows), seed: Number(values.seed) }
const versionOf = (name) => JSON.parse(readFileSync(findPackageJSON(name, import.meta.url), "utf8")).version

const verify = (results) => {
  const sums = new Map()
  for (const { name, bare } of cases) if (bare !== true) sums.set(name, JSON.stringify(results.get(name).statuses))
  const [first] = sums.values()
  for (const [name, statuses] of sums)
    if (statuses !== first) throw new Error(`${name} came to ${statuses}, not ${first}`)
}

for (const shape of wanted) {
  const file = fileOf(folder, { ...options, shape })
  const runs = (name) => cases.some((one) => one.name === name)
  await runBench({
    bench: `engine, ${shape}`,
    file: fileURLToPath(new URL("case.mjs", import.meta.url)),
    cases: cases.map(({ name, script, option }) => ({ name, args: [script, file, ...(option ? [option] : [])] })),
    ratios: goals
      .filter(({ of, over }) => runs(of) && over.every(runs))
      .map(({ of, over, goal }) => ({
        name: over.length === 0 ? `${of}, ms` : `${of} / ${over.join(" or ")}`,
        of,
        over,
        goal
      })),
    rounds: Number(values.rounds),
    json: values.json,
    versions: { "@duckdb/node-api": versionOf("@duckdb/node-api") },
    verify
  })
}
