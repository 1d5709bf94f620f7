/** The list of California's Office of Environmental Health Hazard Assessment under Proposition 65. */
import { dayOf, distinct, idOf, members, numbers, plain, readList, slug, typescript } from "./lib.mjs"

/** Marks of footnotes that stand glued to names, and letters and hyphens that were lost. */
const names = {
  "?-Methyl styrene (alpha-Methylstyrene)": "alpha-Methylstyrene",
  "2?Mercaptobenzothiazole": "2-Mercaptobenzothiazole",
  "p-chloro-?,?,?-trifluorotoluene (para-Chlorobenzotrifluoride, PCBTF)":
    "p-Chloro-alpha,alpha,alpha-trifluorotoluene (para-Chlorobenzotrifluoride, PCBTF)",
  "Butyl benzyl phthalate (BBP)d": "Butyl benzyl phthalate (BBP)",
  "Cyanide salts that readily dissociate in solution (expressed as cyanide)f":
    "Cyanide salts that readily dissociate in solution (expressed as cyanide)",
  "Hydrogen cyanidef": "Hydrogen cyanide",
  "Potassium cyanidef": "Potassium cyanide",
  "Sodium cyanidef": "Sodium cyanide",
  "Sulfur dioxidee": "Sulfur dioxide",
  "?9-Tetrahydrocannabinol (?9-THC)": "Delta-9-tetrahydrocannabinol (delta-9-THC)"
}

/**
 * CAS numbers that a spreadsheet took for dates and wrote as days since 1900: 3385-03-3 and
 * 7446-09-5. Read as digits, the first would be another substance's number with a right check digit.
 */
const serials = { 542449: "3385-03-3", 2025884: "7446-09-5" }

/** Medicines of two substances together; neither of them alone is the entry. */
const combinations = /^Norethisterone \(Norethindrone\) \//

/** What the list says beside names: `[Basis for listing changed …]`, `[Click here for …]`. */
const remarks = /\s*\[(?:basis|click)[^\]]*\]/gi

const nameOf = (cell) => names[plain(cell)] ?? plain(cell.replaceAll(remarks, ""))

const idsOf = (name, cell) => {
  const text = cell.replaceAll(/\s*-\s*/g, "-").trim()
  if (combinations.test(name) || /^-*$/.test(text)) return []
  return serials[text] === undefined ? numbers(text) : [serials[text]]
}

/** Safe harbour levels are of exposure a day; a mark of a footnote stands behind one of them. */
const levelOf = (cell, toxicity) => {
  const level = plain(cell.replaceAll("\n", "; ")).replace(/^(\d+)c$/, "$1")
  if (level === "") return []
  const unit = level.includes("/day") ? "" : " in µg/day"
  return [`${toxicity.includes("cancer") ? "NSRL" : "MADL"}${unit}: ${level}`]
}

const entryOf = (row) => {
  const name = nameOf(row.Chemical)
  const toxicity = plain(row["Type of Toxicity"])
    .replaceAll(/(developmental),? (?=male)/g, "$1, ")
    .toLowerCase()
  const levels = levelOf(row["NSRL or MADL (µg/day)a"], toxicity)
  return {
    name,
    toxicity,
    levels,
    listedOn: dayOf(row["Date Listed"]),
    rows: [{ cas: idsOf(name, row["CAS No."]), ec: "", names: [name] }]
  }
}

/** A chemical that was listed twice is one entry from its first day; rows without a date belong to the entry above. */
export const proposition65 = () => {
  const entries = new Map()
  let last
  for (const row of readList("oehha_prop65_2023-12-29.csv", { encoding: "latin1" })) {
    if (plain(row["Date Listed"]) === "") {
      const name = nameOf(row.Chemical)
      last.rows.push({ cas: idsOf(name, row["CAS No."]), ec: "", names: [name] })
      last.levels.push(...levelOf(row["NSRL or MADL (µg/day)a"], last.toxicity).map((level) => `${name}, ${level}`))
      continue
    }
    const entry = entryOf(row)
    const key = entry.rows[0].cas[0] ?? slug(entry.name)
    const before = entries.get(key)
    if (before === undefined) entries.set(key, entry)
    else {
      before.toxicity = [...new Set([...before.toxicity.split(", "), ...entry.toxicity.split(", ")])].join(", ")
      before.levels.push(...entry.levels)
      before.rows.push(...entry.rows)
      if (entry.listedOn < before.listedOn) before.listedOn = entry.listedOn
    }
    last = entries.get(key)
  }
  const list = [...entries.values()].map(({ name, toxicity, levels, listedOn, rows }) => {
    const own = members(rows)
    return { id: idOf(name, own), name, listedOn, reason: toxicity, note: levels.join("; "), members: own }
  })
  return typescript("proposition65List", "California Proposition 65 list of 29 December 2023, OEHHA.", distinct(list))
}
