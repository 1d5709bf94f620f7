/**
 * Runs cases as child processes, interleaved in rounds, so that what disturbs one disturbs its
 * peers; reports medians and ratios paired by round.
 */
import { spawn } from "node:child_process"
import { cpus, totalmem } from "node:os"
import { parseArgs } from "node:util"

/** Options every benchmark takes. */
export const options = (defaults) => {
  const { values } = parseArgs({
    options: { rounds: { type: "string" }, rows: { type: "string" }, json: { type: "boolean", default: false } }
  })
  const count = (text, fallback) => (text === undefined ? fallback : Number(text))
  return { rounds: count(values.rounds, defaults.rounds), rows: count(values.rows, defaults.rows), json: values.json }
}

/** Runs one case file; it prints one line of JSON, its result. Time and memory are its own, from inside. */
const measure = (file, args) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...args], { stdio: ["ignore", "pipe", "inherit"] })
    let output = ""
    child.stdout.on("data", (data) => {
      output += data
    })
    child.once("error", reject)
    child.once("close", (code) =>
      code === 0 ? resolve(JSON.parse(output)) : reject(new Error(`${file} ${args.join(" ")} ended with ${code}`))
    )
  })

const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

const round = (value, digits) => Number(value.toFixed(digits))

/**
 * @param cases `{ name, args }` each
 * @param ratios `{ name, of, over, goal }` each; a ratio holds when its median is at most the goal, if it has one. `over`
 *   is a case, or several of which the fastest in each round counts; over none, the goal is one of milliseconds
 * @param verify called with the results of each round; throws when the cases do not agree
 */
export const runBench = async ({ bench, file, cases, ratios, rounds, json, versions, verify }) => {
  const samples = new Map(cases.map(({ name }) => [name, []]))
  for (let index = 0; index < rounds; index++) {
    const results = new Map()
    for (const { name, args } of cases) {
      const result = await measure(file, args)
      samples.get(name).push(result)
      results.set(name, result)
    }
    verify(results)
  }
  const report = {
    bench,
    machine: `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`,
    versions,
    cases: cases.map(({ name }) => {
      const times = samples.get(name).map((sample) => sample.ms)
      return {
        name,
        medianMs: round(median(times), 3),
        minMs: round(Math.min(...times), 3),
        maxMs: round(Math.max(...times), 3),
        rssMb: Math.round(Math.max(...samples.get(name).map((sample) => sample.rssMb)))
      }
    }),
    ratios: ratios.map(({ name, of, over, goal }) => {
      const peers = [over].flat()
      const fastest = (index) => Math.min(...peers.map((peer) => samples.get(peer)[index].ms))
      const paired = samples.get(of).map((sample, index) => sample.ms / (peers.length === 0 ? 1 : fastest(index)))
      const middle = round(median(paired), 5)
      return {
        name,
        median: middle,
        min: round(Math.min(...paired), 5),
        max: round(Math.max(...paired), 5),
        ...(goal === undefined ? {} : { goal, holds: middle <= goal })
      }
    })
  }
  process.stdout.write(json ? `${JSON.stringify(report)}\n` : table(report))
}

const verdict = ({ goal, holds }) => (goal === undefined ? "no goal" : `goal ${goal}: ${holds ? "held" : "MISSED"}`)

const table = ({ bench, machine, cases, ratios }) =>
  [
    `${bench} on ${machine}`,
    "",
    `${"case".padEnd(30)}${"median ms".padStart(12)}${"min".padStart(10)}${"max".padStart(10)}${"RSS MB".padStart(9)}`,
    ...cases.map((c) =>
      [
        c.name.padEnd(30),
        String(c.medianMs).padStart(12),
        String(c.minMs).padStart(10),
        String(c.maxMs).padStart(10),
        String(c.rssMb).padStart(9)
      ].join("")
    ),
    "",
    ...ratios.map((r) => `${r.name}: ${r.median} (${r.min}–${r.max}), ${verdict(r)}`),
    ""
  ].join("\n")
