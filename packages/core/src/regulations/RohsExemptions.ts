/**
 * Exemptions of Directive 2011/65/EU, Annex III, for lead. Caps and dates come from secondary sources on Directives
 * (EU) 2025/1802, 2025/2363 and 2025/2364 (OJ of 21 November 2025); check the Official Journal before relying on them.
 */
import type { Exemption } from "../engine/Rule.ts"
import { lead } from "./data/Metals.ts"

const source = (text: string, url: string) => ({ text, url, standing: "secondary", taken: "2026-11-23" }) as const

const annex = "2011/65/EU Annex III, as amended by (EU) 2025/2364"
const huak = source(annex, "https://www.huak-cer.com")
const globalnorm = source(annex, "https://www.globalnorm.de")
const cap = source(`${annex}; cap: (EU) 2018/741`, "https://www.legislation.gov.uk/eudr/2018/741")
const disputed = (other: string) =>
  source(`${annex}; sources disagree on the last day, the other one is ${other}`, "https://www.huak-cer.com")

const exemption = (
  id: string,
  scope: string,
  lastDay: string,
  from: Exemption["source"],
  rest: Partial<Exemption> = {}
): Exemption => ({ id, members: lead, scope, lastDay, source: from, ...rest })

/** Industrial monitoring and control instruments, and all other equipment. */
const industrial = { categories: ["9-industrial", "11"] }

const roman = ["I", "II", "III", "IV", "V", "VI", "VII"]

/**
 * Where the last day depends on the category of equipment, the earlier one stands without a category and the later
 * one names its categories: an unknown category never makes an exemption last longer.
 */
export const rohsExemptions: ReadonlyArray<Exemption> = [
  exemption("6(a)", "lead in steel for machining and in galvanised steel", "2026-12-11", huak, { maxPpm: "3500" }),
  exemption("6(a)-I", "lead in steel for machining", "2027-06-30", globalnorm, { maxPpm: "3500" }),
  exemption("6(a)-II", "lead in batch hot-dip galvanised steel", "2027-06-30", globalnorm, { maxPpm: "2000" }),
  exemption("6(b)", "lead in aluminium", "2026-06-11", disputed("2027-06-11"), { maxPpm: "4000" }),
  exemption("6(b)-I", "lead in aluminium made of lead-bearing scrap", "2027-06-11", disputed("2027-06-30"), {
    maxPpm: "4000",
    ...industrial
  }),
  exemption("6(b)-I", "lead in aluminium made of lead-bearing scrap", "2026-12-11", huak, { maxPpm: "4000" }),
  exemption("6(b)-II", "lead in aluminium for machining", "2027-06-30", globalnorm, { maxPpm: "4000", ...industrial }),
  exemption("6(b)-II", "lead in aluminium for machining", "2027-03-28", disputed("2027-06-11"), { maxPpm: "4000" }),
  exemption(
    "6(b)-III",
    "lead in aluminium casting alloys made of scrap, categories 1 to 8, 9 other than industrial, and 10",
    "2027-06-30",
    globalnorm,
    { maxPpm: "3000" }
  ),
  exemption("6(c)", "lead in copper alloys", "2027-06-30", cap, { maxPpm: "40000" }),
  exemption("7(a)", "lead in high melting temperature solders with 85 % lead or more", "2027-06-30", globalnorm, {
    minPpm: "850000"
  }),
  ...roman.map((number) =>
    exemption(
      `7(a)-${number}`,
      "lead in high melting temperature solders, for the uses of the narrowed entry",
      "2027-12-31",
      globalnorm
    )
  ),
  exemption("7(c)-I", "lead in glass or ceramic of components", "2027-06-30", globalnorm),
  exemption("7(c)-II", "lead in dielectric ceramic of capacitors from 125 V AC or 250 V DC", "2027-12-31", globalnorm),
  exemption("7(c)-V", "lead in glass of components, for the uses of the narrowed entry", "2027-12-31", globalnorm),
  exemption("7(c)-VI", "lead in ceramic of components, for the uses of the narrowed entry", "2027-12-31", globalnorm)
]
