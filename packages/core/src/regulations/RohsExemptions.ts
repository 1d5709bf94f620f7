/**
 * Exemptions of Directive 2011/65/EU, Annex III, for lead. Caps and dates come from secondary
 * sources on Directives (EU) 2025/1802, 2025/2363 and 2025/2364 (OJ of 21 November 2025); check
 * the Official Journal before relying on them. 6(b) and its sub-entries are left out: the
 * sources disagree on their dates or tie them to categories of equipment.
 */
import type { Exemption, Member, Source } from "../engine/Rule.ts"

const leadMember: Member = { cas: "7439-92-1", names: ["lead", "pb"] }
const source: Source = {
  text: "2011/65/EU Annex III, as reported by secondary sources of November 2025",
  standing: "secondary"
}

const lead = (id: string, scope: string, maxPpm: string | undefined, lastDay: string): Exemption => ({
  id,
  members: [leadMember],
  scope,
  ...(maxPpm === undefined ? {} : { maxPpm }),
  lastDay,
  source
})

export const rohsExemptions: ReadonlyArray<Exemption> = [
  lead("6(a)", "lead in steel for machining and in galvanised steel", "3500", "2026-12-11"),
  lead("6(a)-I", "lead in steel for machining", "3500", "2027-06-30"),
  lead("6(a)-II", "lead in batch hot-dip galvanised steel", "2000", "2027-06-30"),
  lead("6(c)", "lead in copper alloys", "40000", "2027-06-30"),
  lead("7(a)", "lead in high melting temperature solders", undefined, "2027-06-30"),
  lead("7(c)-I", "lead in glass or ceramic of components", undefined, "2027-06-30"),
  lead("7(c)-II", "lead in dielectric ceramic of capacitors from 125 V AC or 250 V DC", undefined, "2027-12-31")
]
