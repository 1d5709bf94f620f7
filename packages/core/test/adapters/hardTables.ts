/** Tables from a seed that are hard to cut: cells of several lines, stray quotes, repetitions, any dialect and encoding. */
import { gzipSync, zipSync } from "fflate"
import type { Random } from "../ingest/fuzz/random.ts"

const pick = <A>(random: Random, items: ReadonlyArray<A>): A => items[random(items.length)] as A

const utf16 = (text: string): Uint8Array => {
  const units = Uint16Array.from(`\uFEFF${text}`, (_, at) => `\uFEFF${text}`.charCodeAt(at))
  return new Uint8Array(units.buffer)
}

const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)

const substances = ["Lead", "Cadmium", "Zinc", "Größe", "Bis(2-ethylhexyl) phthalate", "Lead\u0000"]
const amounts = ["1.5", "0.25", "12", "n/a", "", "-1", "<0.1", "5 mg", "1 - 2", "7 %"]

/** Rows of one table; few in some, thousands in others. */
const rowsOf = (random: Random, rows: number): string => {
  const delimiter = pick(random, [",", ";", "\t", "|"])
  const eol = pick(random, ["\n", "\r\n"])
  const severalLines = pick(random, [0, 3, 60])
  const stray = pick(random, [0, 0, 40, 300])
  const quoted = (text: string): string => `"${text}"`
  const amount = pick(random, ["substance_mass_mg", "concentration_%"])
  const lines: Array<string> = []
  for (let line = pick(random, [0, 0, 3]); line > 0; line--) lines.push(`Declaration of Acme, page ${line}`)
  lines.push(
    ["part_number", "note", "substance", "cas", "threshold_ppm", "material", "part_mass_mg", amount].join(delimiter)
  )
  for (let row = 0; row < rows; row++) {
    const note =
      severalLines > 0 && random(severalLines) === 0 ? quoted(`first${eol}""second""${eol}${eol}last`) : "plain"
    const cells = [
      `P-${Math.floor(row / 7)}`,
      stray > 0 && random(stray) === 0 ? pick(random, ['"open', '"a"b', 'say "so"', '"']) : note,
      pick(random, substances),
      pick(random, ["", "7439-92-1", "7439-92-2", "7439-92-1; 7440-43-9"]),
      pick(random, ["1000", "100", "x"]),
      row % 3 === 0 ? "Brass" : pick(random, ["", " PVC"]),
      pick(random, ["", "3", "30"]),
      pick(random, random(3) === 0 ? amounts : amounts.slice(0, 3))
    ]
    if (random(100) === 0) cells.pop()
    lines.push(random(80) === 0 ? "" : cells.join(delimiter))
  }
  return lines.join(eol) + pick(random, ["", eol])
}

export const hardTable = (
  random: Random,
  rows = pick(random, [3, 40, 400])
): { readonly name: string; readonly bytes: Uint8Array } => {
  const text = rowsOf(random, rows)
  const bytes = pick(random, [utf8, utf8, utf16, latin1])(text)
  switch (random(8)) {
    case 0:
      return { name: "table.csv.gz", bytes: gzipSync(bytes) }
    case 1:
      return {
        name: "tables.zip",
        bytes: zipSync({ "a.csv": bytes, "b.csv": utf8(rowsOf(random, 30)), "c.csv": bytes })
      }
    default:
      return { name: "table.csv", bytes }
  }
}
