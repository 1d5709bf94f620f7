/**
 * Rows into the database and pages out of it, against PostgreSQL's own programs: a file of a million dirty
 * declarations to committed rows over `psql \copy` of the same rows into the same table with the same indexes, and
 * pages of a list of five million over the same SQL by pgbench. Makes databases of its own and drops them.
 *
 * `--pages N` takes another number of rows for the pages, none with 0. `DATABASE_URL` must name a superuser, whom
 * row-level security lets copy into the tables.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { fileOf } from "../ingest/generate.mjs"
import { runBench } from "../lib/runner.mjs"
import { measure as importOnce } from "./cases/import.mjs"
import { scriptOf } from "./cases/page.mjs"
import { create, drop, psql, run } from "./database.mjs"
import { fill, limit, pages } from "./pages.mjs"
import { migrate } from "./store.mjs"

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "1000000" },
    pages: { type: "string" },
    seed: { type: "string", default: "42" },
    json: { type: "boolean", default: false }
  }
})
const rows = Number(values.rows)
const listed = Number(values.pages ?? 5 * rows)
const SECONDS = 2

const folder = mkdtempSync(join(tmpdir(), "certivo-bench-storage-"))
const { file, expected } = await fileOf(fileURLToPath(new URL("../../.cache/bench", import.meta.url)), {
  rows,
  seed: Number(values.seed)
})

/** Loading, with the rows for psql dumped by a first import. */
const loading = async () => {
  if (rows === 0) return []
  const dump = join(folder, "declaration.tsv")
  await importOnce(file, dump)
  return [
    { name: "import", args: ["import", file] },
    { name: "psql \\copy", args: ["copy", dump] }
  ]
}

const names = listed === 0 ? [] : Object.keys(pages(listed))

/** Reading, from a list filled once. */
const reading = async (url) => {
  if (listed === 0) return []
  await migrate(url)
  // An index that is built over all rows is built faster than one that grows with them.
  const index = await psql(url, "SELECT pg_get_indexdef('product_part_search'::regclass)")
  await psql(url, "DROP INDEX product_part_search", fill(listed), index, "VACUUM ANALYZE product_part", "CHECKPOINT")
  const cases = []
  for (const [index, name] of names.entries()) {
    const script = join(folder, `${index}.sql`)
    writeFileSync(script, await scriptOf(url, name, listed))
    cases.push(
      { name, args: ["page", url, name, String(listed), String(SECONDS)] },
      { name: `${name}, pgbench`, args: ["pgbench", url, script, String(SECONDS)] }
    )
  }
  return cases
}

/** Goals are set beforehand, for a million rows and five million listed, and never loosened. */
const ratios = () => [
  ...(rows === 0 ? [] : [{ of: "import", over: "psql \\copy", goal: 1.6 }]),
  ...names.map((name) => ({ of: name, over: `${name}, pgbench`, goal: 1.5 })),
  ...names.slice(1).map((name) => ({ of: name, over: names[0], goal: 1.3 })),
  ...(listed === 0 ? [] : [{ of: "searched, common, deep", over: "searched, common", goal: 1.3 }])
]

const verify = (results) => {
  for (const [name, { counts, items }] of results) {
    if (counts !== undefined && counts.accepted !== expected.accepted)
      throw new Error(`${name}: ${counts.accepted} rows, expected ${expected.accepted}`)
    if (items !== undefined && (items === 0 || (items < limit && name !== "searched, rare")))
      throw new Error(`${name}: a page of ${items} rows`)
  }
}

const url = await create()
try {
  const cases = [...(await loading()), ...(await reading(url))]
  await runBench({
    bench: "storage",
    file: fileURLToPath(new URL("case.mjs", import.meta.url)),
    cases,
    ratios: ratios().map(({ of, over, goal }) => ({ name: `${of} / ${over}`, of, over, goal })),
    rounds: Number(values.rounds),
    json: values.json,
    versions: { postgresql: await psql(url, "SHOW server_version"), pgbench: await run("pgbench", ["--version"]) },
    verify
  })
} finally {
  await drop(url)
  rmSync(folder, { recursive: true, force: true })
}
