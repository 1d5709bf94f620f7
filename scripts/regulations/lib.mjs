/** What the lists of authorities have in common. */
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { parse } from "csv-parse/sync"
import { root } from "../lib/run.mjs"

const folder = join(root, "packages/core/regulations-data")

/** Rows of a list as objects by header; `skip` lines stand before the header. */
export const readList = (name, { skip = 0, encoding = "utf8" } = {}) =>
  parse(readFileSync(join(folder, name)).toString(encoding), {
    bom: true,
    columns: true,
    from_line: skip + 1,
    relax_column_count: true,
    skip_empty_lines: true
  })

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

/** `23-Jan-2024` or `1-Jan-90` as `2024-01-23`; the lists begin in 1987, so 87 to 99 are of the last century. */
export const dayOf = (text) => {
  const [, day, month, year] = /^(\d{1,2})-([A-Z][a-z]{2})-(\d{2}|\d{4})$/.exec(text.trim()) ?? []
  if (day === undefined || !months.includes(month)) throw new Error(`${text} is not a date`)
  const full = year.length === 4 ? year : `${Number(year) >= 87 ? "19" : "20"}${year}`
  return `${full}-${String(months.indexOf(month) + 1).padStart(2, "0")}-${day.padStart(2, "0")}`
}

export const plain = (text) =>
  text
    .normalize("NFKC")
    .replaceAll(/[‘’]/g, "'")
    .replaceAll(/[“”]/g, '"')
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll(/\s+/g, " ")
    .replaceAll(/(?<=['\d])- (?=[A-Za-z])/g, "-")
    .trim()

const greek = { α: "alpha", β: "beta", γ: "gamma", ω: "omega", μ: "mu", κ: "kappa", Δ: "delta" }

/** An id of letters, digits and hyphens from a name. */
export const slug = (name, length = 60) =>
  plain(name)
    .replaceAll(/[αβγωμκΔ]/g, (letter) => greek[letter])
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, length)
    .replace(/-$/, "")

/** CAS or EC numbers of a cell; a hyphen stands for none. */
export const numbers = (cell) => [...cell.matchAll(/\d{2,7}-\d{2,3}-\d/g)].map(([number]) => number)

const casPattern = /^\d{2,7}-\d\d-\d$/

/** A name as it is matched, and without the abbreviation in brackets behind it, and that by itself: `UV-328`, `DEHP`. */
const spellings = (name) => {
  const text = plain(name).replaceAll(/[;|]/g, ",")
  const [, long, short] = /^(.{3,}) \(([A-Z][A-Z0-9-]{2,})\)$/.exec(text) ?? []
  return [text, ...(short === undefined ? [] : [long, short])].map((spelling) => spelling.toLowerCase())
}

/**
 * Members of one entry, each once by CAS number, as `cas|ec|formula|name;name`. A semicolon or bar
 * within a name would end it, and becomes a comma.
 */
export const members = (rows) => {
  const byKey = new Map()
  for (const { cas, ec, names } of rows)
    for (const number of cas.length > 0 ? cas : [""]) {
      const key = number || ec || names.join()
      const before = byKey.get(key) ?? { cas: number, ec: "", names: new Set() }
      before.ec ||= cas.length > 1 ? "" : ec
      for (const name of names) for (const spelling of spellings(name)) before.names.add(spelling)
      byKey.set(key, before)
    }
  return [...byKey.values()].map(({ cas, ec, names }) => `${cas}|${ec}||${[...names].join(";")}`)
}

/** What a rule of a list entry is called: its one CAS or EC number, which no editor rewords, else its name. */
export const idOf = (name, entry) => {
  if (entry.length === 1) {
    const [cas, ec] = entry[0].split("|")
    if (casPattern.test(cas)) return cas
    if (ec !== "") return ec
  }
  return slug(name)
}

/** Keeps ids apart where several entries would have the same. */
export const distinct = (entries) => {
  const seen = new Set()
  for (const entry of entries) {
    if (seen.has(entry.id)) entry.id = slug(entry.name)
    for (let next = 2, id = entry.id; seen.has(entry.id); next++) entry.id = `${id}-${next}`
    seen.add(entry.id)
  }
  return entries
}

/** TypeScript of a list, an entry a line. */
export const typescript = (name, comment, entries) =>
  [
    `/** ${comment} Made by scripts/regulations/generate.mjs; not to be edited. */`,
    'import type { Listed } from "../data/Listed.ts"',
    "",
    `export const ${name}: ReadonlyArray<Listed> = [`,
    entries
      .map(({ id, name, listedOn, reason, note, effectiveFrom, members }) =>
        JSON.stringify([id, name, listedOn, reason, note ?? "", effectiveFrom ?? listedOn, members])
      )
      .join(",\n"),
    "]",
    ""
  ].join("\n")
