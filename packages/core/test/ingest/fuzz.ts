/**
 * Documents from a seed: tables whose good rows are known, among rows that are broken in ways that
 * files break, and files of every format with bytes changed. Whatever comes, a decoder ends, refuses
 * by name or reports, and never loses a good row.
 */
import { corpus } from "@certivo/core/testing/corpus"
import { decodeDocument, UnreadableDocument } from "../../src/ingest/index.ts"

export type Random = (below: number) => number

/** A small, seeded generator (mulberry32). */
export const randomOf = (seed: number): Random => {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

const pick = <A>(random: Random, items: ReadonlyArray<A>): A => items[random(items.length)] as A

const encoder = new TextEncoder()

const junk = [
  "n/a",
  "",
  "NaN",
  "-1",
  "12.5 mg/dm2",
  "#REF!",
  "<<5",
  "1e99999",
  "\u0000",
  "1,2,3",
  "5 %%",
  "7439-92-2",
  "٣",
  "\u202e",
  "🧪",
  "'",
  "=1+1",
  "9".repeat(400),
  "0x10",
  "1/2/3",
  "±",
  "--",
  "&amp;"
]
const substances = ["Lead", "Zinc", '"Al, 319.0"', '"Größe ""L"""', "鉛", "Bis(2-ethylhexyl) phthalate"]

export interface FuzzedTable {
  readonly bytes: Uint8Array
  /** Part numbers of the rows that must be accepted. */
  readonly good: ReadonlyArray<string>
}

/** A table of up to twelve rows; each is good, or broken in one or more ways. */
export const fuzzedTable = (random: Random): FuzzedTable => {
  const delimiter = pick(random, [",", ";", "\t", "|"])
  const eol = pick(random, ["\n", "\r\n"])
  const lines = [["part_number", "substance", "threshold_ppm", "substance_mass_mg", "cas"].join(delimiter)]
  const good: Array<string> = []
  const rows = random(12)
  for (let row = 0; row < rows; row++) {
    const part = `P-${row}-${random(1000)}`
    const cells = [
      part,
      pick(random, substances),
      pick(random, ["1000", "100"]),
      `${random(50)}.${10 + random(90)}`,
      pick(random, ["", "7439-92-1", "7440-43-9"])
    ]
    if (random(3) > 0) good.push(part)
    else breakRow(random, cells)
    lines.push(cells.join(delimiter))
  }
  const text = encoder.encode(lines.join(eol) + (random(2) === 0 ? eol : ""))
  return { bytes: text, good }
}

const breakRow = (random: Random, cells: Array<string>): void => {
  const cell = random(cells.length)
  switch (random(6)) {
    case 0:
      cells[cell] = pick(random, junk)
      return
    case 1:
      cells.splice(cell, 1 + random(3))
      return
    case 2:
      cells.push(pick(random, junk))
      return
    case 3:
      cells[cell] = `"${cells[cell]?.replaceAll('"', "")}`
      return
    case 4:
      cells[cell] = `"a"${cells[cell]?.replaceAll('"', "")}`
      return
    default:
      cells[cell] = String.fromCodePoint(1 + random(0xd000))
  }
}

/** A file of the corpus with a few bytes changed, cut or doubled. */
export const mutated = (random: Random): { readonly bytes: Uint8Array; readonly as: "declarations" | "bom" } => {
  const input = pick(random, corpus)
  let bytes = input.bytes.slice()
  for (let change = random(4); change >= 0 && bytes.length > 0; change--) {
    const at = random(bytes.length)
    const kind = random(4)
    if (kind === 0) bytes[at] = random(256)
    else if (kind === 1) bytes = bytes.slice(0, at)
    else if (kind === 2) bytes[at] = pick(random, [34, 10, 44, 60, 62, 0, 255, 59, 13])
    else bytes = Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(Math.max(0, at - random(40)))])
  }
  return { bytes, as: input.as }
}

/** Decodes; a refusal is a fine end, anything else that is thrown is not. */
const decode = (bytes: Uint8Array, as: "declarations" | "bom" | undefined, pieces: number) => {
  const decoder = decodeDocument({ name: "fuzz", sha256: "" }, as === undefined ? {} : { as })
  const parts = new Set<string>()
  let accepted = 0
  let rejected = 0
  try {
    for (let at = 0; at <= bytes.length; at += pieces) {
      const last = at + pieces > bytes.length
      const found = [decoder.push(bytes.subarray(at, at + pieces)), ...(last ? [decoder.end()] : [])]
      for (const one of found) {
        for (const { part } of one.declarations) parts.add(part)
        accepted += one.accepted
        rejected += one.rejected
      }
    }
  } catch (error) {
    if (error instanceof UnreadableDocument) return undefined
    throw error
  }
  return { parts, accepted, rejected }
}

/** Runs one input; gives what is wrong with the outcome, if anything. */
export const fuzzOnce = (seed: number): string | undefined => {
  const random = randomOf(seed)
  const pieces = pick(random, [1 << 20, 64, 5])
  if (random(4) === 0) {
    const { bytes, as } = mutated(random)
    decode(bytes, pick(random, [as, undefined]), pieces)
    return undefined
  }
  const { bytes, good } = fuzzedTable(random)
  const outcome = decode(bytes, "declarations", pieces)
  if (outcome === undefined) return "the table was refused"
  const lost = good.filter((part) => !outcome.parts.has(part))
  if (lost.length > 0) return `good rows were lost: ${lost.join(", ")}`
  return outcome.accepted < good.length ? "fewer rows were counted than are good" : undefined
}
