/**
 * Memory of the decoder on documents that are large or broken. Nothing is on disk: the parent makes the bytes, a child
 * for each document decodes them in chunks of 64 KiB and says how much memory it took at most. Like a server, the
 * child keeps nothing of what was decoded. Exits with 1 when the counts are not those that were written.
 *
 * By hand: `node bench/ingest/memory.mjs [--gb N] [--seed N] [--only rows,line,quote,bad] [--json]`
 */
import { spawn } from "node:child_process"
import { cpus, totalmem } from "node:os"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"
import { declarations, header } from "./generate.mjs"

const CHUNK = 1 << 16
const LINE_BYTES = 1e9
const BEHIND_QUOTE_BYTES = 200e6
const FLAGS = ["--optimize-for-size"]

const { values } = parseArgs({
  options: {
    gb: { type: "string", default: "5" },
    seed: { type: "string", default: "42" },
    only: { type: "string" },
    json: { type: "boolean", default: false },
    child: { type: "boolean", default: false }
  }
})
const seed = Number(values.seed)

/** The child: decodes its standard input and prints one line of JSON. */
const decode = async () => {
  const { declarationDecoder } = await import("./decoder.mjs")
  const decoder = declarationDecoder()
  const idleMb = process.memoryUsage.rss() / 2 ** 20
  const codes = {}
  let accepted = 0
  let rejected = 0
  let warnings = 0
  let decodeMs = 0
  const take = (step) => {
    const begun = performance.now()
    const decoded = step()
    decodeMs += performance.now() - begun
    accepted += decoded.accepted
    rejected += decoded.rejected
    warnings += decoded.warnings?.length ?? 0
    for (const { code } of decoded.rejects) codes[code] = (codes[code] ?? 0) + 1
  }
  let bytes = 0
  let chunk = new Uint8Array(CHUNK)
  let filled = 0
  let refused
  const begun = performance.now()
  try {
    for await (const piece of process.stdin) {
      bytes += piece.length
      for (let at = 0; at < piece.length; ) {
        const part = piece.subarray(at, at + CHUNK - filled)
        chunk.set(part, filled)
        at += part.length
        filled += part.length
        if (filled < CHUNK) continue
        const full = chunk
        take(() => decoder.push(full))
        chunk = new Uint8Array(CHUNK)
        filled = 0
      }
    }
    take(() => decoder.push(chunk.subarray(0, filled)))
    take(() => decoder.end())
  } catch (error) {
    // A document that is refused as a whole is an answer; anything else is a failure.
    if (typeof error?.code !== "string" || typeof error.detail !== "string") throw error
    refused = error.code
  }
  const seconds = (performance.now() - begun) / 1000
  const peakMb = process.resourceUsage().maxRSS / 1024
  const decodeSeconds = decodeMs / 1000
  process.stdout.write(
    JSON.stringify({ bytes, seconds, decodeSeconds, idleMb, peakMb, accepted, rejected, warnings, codes, refused })
  )
}

const good = (number) => `PN-${number},Acme Metals,FR-4,Lead,7439-92-1,0.5,1000,,DOC-${number}\n`

/** A good row, a line of so many bytes, a good row. */
function* longLine(bytes) {
  yield Buffer.from(`${header}\n${good(1)}`)
  const piece = Buffer.alloc(CHUNK, "x")
  for (let left = bytes; left > 0; left -= CHUNK) yield piece.subarray(0, Math.min(left, CHUNK))
  yield Buffer.from(`\n${good(2)}`)
}

/** A row with a quote that is never closed, and good rows without any quote behind it. */
const openQuote = (bytes) => {
  let rows = 0
  function* chunks() {
    let text = `${header}\nPN-0,"Acme Metals,FR-4,Lead,7439-92-1,0.5,1000,,DOC-0\n`
    for (let written = 0; written < bytes; text = "") {
      while (text.length < CHUNK) text += good(++rows)
      written += text.length
      yield Buffer.from(text)
    }
  }
  return { chunks: chunks(), expected: () => ({ accepted: rows, rejected: 1 }) }
}

const documents = {
  rows: {
    name: `${values.gb} GB of rows, 1 % bad`,
    make: () => declarations({ seed, until: Number(values.gb) * 1e9 })
  },
  line: {
    name: "one line of 1 GB",
    make: () => ({ chunks: longLine(LINE_BYTES), expected: () => ({ accepted: 2, rejected: 1 }) })
  },
  quote: { name: "open quote, 200 MB behind it", make: () => openQuote(BEHIND_QUOTE_BYTES) },
  bad: { name: "a million bad rows", make: () => declarations({ seed, rows: 1e6, badIn: 1 }) }
}

/** Streams the bytes to a child; resolves with what it printed. */
const measure = async (chunks) => {
  const self = fileURLToPath(import.meta.url)
  const child = spawn(process.execPath, [...FLAGS, self, "--child"], { stdio: ["pipe", "pipe", "inherit"] })
  let output = ""
  child.stdout.on("data", (data) => {
    output += data
  })
  const closed = new Promise((resolve, reject) => {
    child.once("error", reject)
    child.once("close", resolve)
  })
  // A child that refuses the document stops reading; what it printed says so.
  await pipeline(Readable.from(chunks), child.stdin).catch((error) => {
    if (error.code !== "EPIPE" && error.code !== "ERR_STREAM_PREMATURE_CLOSE") throw error
  })
  const code = await closed
  if (code !== 0) throw new Error(`The child ended with ${code}`)
  return JSON.parse(output)
}

const round = (value, digits) => Number(value.toFixed(digits))

const report = async () => {
  const ids = values.only?.split(",") ?? Object.keys(documents)
  const cases = []
  for (const id of ids) {
    if (!Object.hasOwn(documents, id)) throw new Error(`Name documents: ${Object.keys(documents).join(", ")}`)
    const { name, make } = documents[id]
    const { chunks, expected } = make()
    const found = await measure(chunks)
    const { accepted, rejected } = expected()
    cases.push({
      id,
      name,
      megabytes: Math.round(found.bytes / 1e6),
      seconds: round(found.seconds, 2),
      decodeSeconds: round(found.decodeSeconds, 2),
      idleMb: Math.round(found.idleMb),
      peakMb: Math.round(found.peakMb),
      accepted: found.accepted,
      rejected: found.rejected,
      warnings: found.warnings,
      codes: found.codes,
      ...(found.refused === undefined ? {} : { refused: found.refused }),
      expected: { accepted, rejected },
      agrees: found.accepted === accepted && found.rejected === rejected
    })
  }
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`
  const whole = { bench: "ingest memory", machine, flags: FLAGS, cases }
  process.stdout.write(values.json ? `${JSON.stringify(whole)}\n` : table(whole))
  if (cases.some(({ agrees }) => !agrees)) process.exitCode = 1
}

const table = ({ bench, machine, flags, cases }) =>
  [
    `${bench} on ${machine} ${flags.join(" ")}`,
    "",
    `${"document".padEnd(30)}${["MB", "seconds", "decoding", "idle MB", "peak MB", "accepted", "rejected"].map((name) => name.padStart(10)).join("")}`,
    ...cases.flatMap((c) => [
      `${c.name.padEnd(30)}${[c.megabytes, c.seconds, c.decodeSeconds, c.idleMb, c.peakMb, c.accepted, c.rejected].map((value) => String(value).padStart(10)).join("")}`,
      ...(c.refused === undefined ? [] : [`  refused as a whole: ${c.refused}`]),
      ...(c.agrees ? [] : [`  EXPECTED ${c.expected.accepted} accepted and ${c.expected.rejected} rejected`])
    ]),
    ""
  ].join("\n")

await (values.child ? decode() : report())
