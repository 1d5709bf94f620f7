/** One case, in a process of its own: reads the file as a stream and prints its time, memory and counts. */
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { parse } from "csv-parse"
import { decodeDeclarations } from "../../packages/core/dist/ingest/index.js"

const [, , name, file] = process.argv

const certivo = async () => {
  let accepted = 0
  let rejected = 0
  const decoder = decodeDeclarations({ name: "bench.csv", sha256: "" })
  const take = (rows) => {
    accepted += rows.accepted
    rejected += rows.rejected
  }
  for await (const chunk of createReadStream(file)) take(decoder.push(chunk))
  take(decoder.end())
  return { accepted, rejected }
}

const number = /^\+?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/

const isGood = (row) =>
  row.length === 4 &&
  row[0].trim() !== "" &&
  row[1].trim() !== "" &&
  number.test(row[2].trim()) &&
  number.test(row[3].trim())

const csvParse = (check) => async () => {
  let accepted = 0
  let rejected = 0
  const parser = parse({ from_line: 2, relax_column_count: true, skip_empty_lines: true })
  parser.on("data", (row) => {
    if (!check || isGood(row)) accepted++
    else rejected++
  })
  await pipeline(createReadStream(file), parser)
  return { accepted, rejected }
}

const cases = { certivo, "csv-parse and checks": csvParse(true), "csv-parse, no checks": csvParse(false) }

const begun = performance.now()
const counts = await cases[name]()
const ms = performance.now() - begun
process.stdout.write(JSON.stringify({ ms, rssMb: process.resourceUsage().maxRSS / 1024, counts }))
