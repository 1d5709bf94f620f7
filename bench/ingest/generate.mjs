/**
 * Declaration rows as suppliers send them, the same for the same options, in constant memory: every row follows
 * from the seed and its number. About a hundred bytes a row, ten rows a part, one row in a hundred bad.
 *
 * By hand: `node bench/ingest/generate.mjs out.csv [--rows N] [--seed N] [--shuffled] [--crlf] [--padded]`
 */
import { createHash } from "node:crypto"
import { createWriteStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { fileURLToPath } from "node:url"
import { parseArgs } from "node:util"

export const header =
  "part_number,supplier,material,substance,cas,substance_mass_mg,threshold_ppm,exemption,document_ref"

/** The ten of RoHS, and thirty of the candidate list of 22 May 2024 with their numbers. */
export const substances = [
  ["Lead", "7439-92-1", 1000],
  ["Mercury", "7439-97-6", 1000],
  ["Cadmium", "7440-43-9", 100],
  ["Hexavalent chromium", "18540-29-9", 1000],
  ["Polybrominated biphenyls (PBB)", "59536-65-1", 1000],
  ["Decabromodiphenyl ether", "1163-19-5", 1000],
  ["Bis(2-ethylhexyl) phthalate (DEHP)", "117-81-7", 1000],
  ["Benzyl butyl phthalate (BBP)", "85-68-7", 1000],
  ["Dibutyl phthalate (DBP)", "84-74-2", 1000],
  ["Diisobutyl phthalate", "84-69-5", 1000],
  ["Bumetrizole (UV-326)", "3896-11-5", 1000],
  ["Melamine", "108-78-1", 1000],
  ["4,4'-sulphonyldiphenol", "80-09-1", 1000],
  ["N-(hydroxymethyl)acrylamide", "924-42-5", 1000],
  ["Phenol, dodecyl-, branched", "121158-58-5", 1000],
  ["Phenol, 4-dodecyl, branched", "210555-94-5", 1000],
  ["Boric acid, sodium salt", "1333-73-9", 1000],
  ["Trisodium orthoborate", "14312-40-4", 1000],
  ["Alkanes, C14-17, chloro", "85535-85-9", 1000],
  ["glutaral", "111-30-8", 1000],
  ["1,4-dioxane", "123-91-1", 1000],
  ["Dioctyltin dilaurate", "3648-18-8", 1000],
  ["Butyl 4-hydroxybenzoate", "94-26-8", 1000],
  ["2-methylimidazole", "693-98-1", 1000],
  ["Diisohexyl phthalate", "71850-09-4", 1000],
  ["4-tert-butylphenol", "98-54-4", 1000],
  ["2-methoxyethyl acetate", "110-49-6", 1000],
  ["Pyrene", "129-00-0", 1000],
  ["Phenanthrene", "85-01-8", 1000],
  ["Fluoranthene", "206-44-0", 1000],
  ["Terphenyl, hydrogenated", "61788-32-7", 1000],
  ["Octamethylcyclotetrasiloxane", "556-67-2", 1000],
  ["Ethylenediamine", "107-15-3", 1000],
  ["Dicyclohexyl phthalate", "84-61-7", 1000],
  ["Chrysene", "218-01-9", 1000],
  ["Cadmium oxide", "1306-19-0", 100],
  ["Anthracene", "120-12-7", 1000],
  ["Trichloroethylene", "79-01-6", 1000],
  ["Cobalt dichloride", "7646-79-9", 1000],
  ["Acrylamide", "79-06-1", 1000]
]

const suppliers = [
  "Acme Metals",
  "Größe & Söhne",
  "日本電線",
  "Smith, Jones Ltd",
  "Kondensator AG",
  "Thales Élec",
  "Nordic PCB",
  'Hand"s GmbH',
  "Shenzhen Hua",
  "Delta Polymers"
]
const materials = [
  "Solder SAC305",
  "Lötzinn",
  "PVC, black",
  'Cable "AWG 22"',
  "CuZn39Pb3",
  "FR-4",
  "PA66-GF30",
  "陶瓷",
  "Steel, galvanised",
  "NBR",
  "Glass",
  "Ag plating"
]
const leadExemptions = ["", "6(c)", "7(a)", "7(c)-I"]

/** The kinds of bad rows; `typed` are those that a typed reader sees: cells or numbers that cannot be read. */
export const kinds = [
  { name: "empty mass" },
  { name: "n/a", typed: true },
  { name: "NaN" },
  { name: "negative" },
  { name: "no part number" },
  { name: "no substance" },
  { name: "CAS check digit" },
  { name: "too few cells", typed: true, ragged: true },
  { name: "too many cells", typed: true, ragged: true },
  { name: "unit of area", typed: true }
]

/** Numbers below a bound that follow from the seed and the row's number (mulberry32). */
class Draws {
  #state = 0
  start(seed, index) {
    this.#state = (Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b)) | 0
    this.below(2)
  }
  below(bound) {
    this.#state = (this.#state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * bound)
  }
}

const quoted = (text) => (/[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const supplierCells = suppliers.map(quoted)
const materialCells = materials.map(quoted)
const substanceCells = substances.map(([name]) => quoted(name))

/** Thirty rows are three parts of five, ten and fifteen rows. */
const partOf = (index) => {
  const within = index % 30
  return 3 * Math.floor(index / 30) + (within < 5 ? 0 : within < 15 ? 1 : 2)
}

const order = (rows, seed, shuffled) => {
  if (!shuffled) return (position) => position
  const indexes = Uint32Array.from({ length: rows }, (_, index) => index)
  const draws = new Draws()
  draws.start(seed, -2)
  for (let last = rows - 1; last > 0; last--) {
    const other = draws.below(last + 1)
    const kept = indexes[last]
    indexes[last] = indexes[other]
    indexes[other] = kept
  }
  return (position) => indexes[position]
}

const PIECE = 1 << 16

/**
 * @param badIn one row in so many is bad
 * @param padded gives ragged rows nine cells, with an empty mass, so that they stay bad
 * @param until ends the rows behind so many bytes
 * @returns `chunks`, bytes to iterate over once, and `expected`, what a reader must have found in those taken so far
 */
export const declarations = ({
  rows = Number.POSITIVE_INFINITY,
  seed = 1,
  shuffled = false,
  crlf = false,
  padded = false,
  badIn = 100,
  until = Number.POSITIVE_INFINITY
}) => {
  const end = crlf ? "\r\n" : "\n"
  const bad = new Array(kinds.length).fill(0)
  const draws = new Draws()
  let written = 0
  let massMg = 0

  const row = (index) => {
    draws.start(seed, index)
    const part = partOf(index)
    // The rows of a part name different substances, as they do in a real declaration.
    const which = (part * 7 + (index % 30)) % substances.length
    const kind = draws.below(badIn) === 0 ? draws.below(kinds.length) : -1
    const [, number, threshold] = substances[which]
    let partNumber = `PN-${String(part).padStart(6, "0")}-${"ABCD"[part % 4]}`
    const supplier = supplierCells[(part * 13) % suppliers.length]
    const material = materialCells[draws.below(materials.length)]
    let substance = substanceCells[which]
    // One row in eight gives no number.
    let cas = draws.below(8) === 0 ? "" : number
    let mass = `${draws.below(50)}.${String(draws.below(1_000_000)).padStart(6, "0")}`
    const exemption = which === 0 ? leadExemptions[draws.below(leadExemptions.length)] : ""
    const documentRef = `DOC-2026-${String(part * 17).padStart(8, "0")}`
    const isRagged = kind >= 0 && kinds[kind].ragged === true
    if (kind < 0) massMg += Number(mass)
    else bad[kind]++
    if (kind === 0) mass = ""
    else if (kind === 1) mass = "n/a"
    else if (kind === 2) mass = "NaN"
    else if (kind === 3) mass = `-${mass}`
    else if (kind === 4) partNumber = draws.below(2) === 0 ? "" : "  "
    else if (kind === 5) {
      // Nor a number: a reader that knows substances could find the name by it.
      substance = draws.below(2) === 0 ? "" : "  "
      cas = ""
    } else if (kind === 6) cas = `${number.slice(0, -1)}${(Number(number.at(-1)) + 1 + draws.below(9)) % 10}`
    else if (kind === 9) mass = "12.5 mg/dm2"
    if (isRagged && padded) mass = ""
    const start = `${partNumber},${supplier},${material},${substance},${cas}`
    if (isRagged && !padded && kind === 7) return draws.below(2) === 0 ? start : `${start},${mass},${threshold}`
    const whole = `${start},${mass},${threshold},${exemption},${documentRef}`
    return isRagged && !padded ? `${whole},see,attachment` : whole
  }

  function* chunks() {
    const at = order(rows, seed, shuffled)
    let bytes = 0
    let text = `${header}${end}`
    for (; written < rows && bytes < until; written++) {
      text += row(at(written)) + end
      if (text.length >= PIECE) {
        const piece = Buffer.from(text)
        bytes += piece.length
        text = ""
        yield piece
      }
    }
    if (text !== "") yield Buffer.from(text)
  }

  return {
    chunks: chunks(),
    expected: () => {
      const rejected = bad.reduce((sum, count) => sum + count, 0)
      return {
        rows: written,
        accepted: written - rejected,
        rejected,
        massMg,
        typed: kinds.reduce((sum, { typed }, kind) => sum + (typed === true ? bad[kind] : 0), 0),
        kinds: Object.fromEntries(kinds.map(({ name }, kind) => [name, bad[kind]]))
      }
    }
  }
}

/** Writes rows to a file, with what a reader must find in it beside it, as `<file>.json`. */
export const write = async (file, options) => {
  mkdirSync(dirname(file), { recursive: true })
  const { chunks, expected } = declarations(options)
  await pipeline(Readable.from(chunks), createWriteStream(`${file}.part`))
  writeFileSync(`${file}.json`, JSON.stringify(expected()))
  renameSync(`${file}.part`, file)
}

const self = fileURLToPath(import.meta.url)

/** A file of such rows in `folder`, written unless this very generator has written it before. */
export const fileOf = async (folder, options) => {
  const key = createHash("sha256").update(readFileSync(self)).update(JSON.stringify(options)).digest("hex")
  const file = join(folder, `ingest-${key.slice(0, 16)}.csv`)
  if (!existsSync(file)) await write(file, options)
  return { file, expected: JSON.parse(readFileSync(`${file}.json`, "utf8")) }
}

if (import.meta.main) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rows: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      shuffled: { type: "boolean", default: false },
      crlf: { type: "boolean", default: false },
      padded: { type: "boolean", default: false }
    }
  })
  if (positionals.length !== 1) throw new Error("Name the file to write")
  await write(positionals[0], { ...values, rows: Number(values.rows), seed: Number(values.seed) })
}
