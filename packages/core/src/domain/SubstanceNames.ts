/**
 * Names that leave no doubt which substance is meant, with its CAS number. Only names that belong
 * to one number; "chromium" alone, for example, does not say which valence it has.
 * CAS and EC numbers: Directive 2011/65/EU guidance (FAQ), ECHA candidate list; all pass their check digits.
 */
import type { Declaration } from "./Declaration.ts"

const entries: ReadonlyArray<readonly [cas: string, ec: string, names: string]> = [
  ["7439-92-1", "231-100-4", "lead|pb|blei|plomb|plomo|piombo|鉛|铅"],
  ["7439-97-6", "231-106-7", "mercury|hg|quecksilber|mercure|mercurio|水銀|汞"],
  ["7440-43-9", "231-152-8", "cadmium|cd|cadmio|カドミウム|镉"],
  [
    "18540-29-9",
    "",
    "hexavalent chromium|chromium vi|chromium (vi)|cr(vi)|cr6+|crvi|cr vi|sechswertiges chrom|chrome hexavalent|cromo esavalente|cromo hexavalente|六価クロム|六价铬"
  ],
  ["117-81-7", "204-211-0", "dehp|bis(2-ethylhexyl) phthalate|di(2-ethylhexyl) phthalate"],
  ["85-68-7", "201-622-7", "bbp|benzyl butyl phthalate|butyl benzyl phthalate"],
  ["84-74-2", "201-557-4", "dbp|dibutyl phthalate"],
  ["84-69-5", "201-553-2", "dibp|diisobutyl phthalate"],
  ["1163-19-5", "214-604-9", "decabde|decabromodiphenyl ether|bis(pentabromophenyl) ether"],
  ["79-94-7", "201-236-9", "tbbpa|tetrabromobisphenol a"],
  ["1317-36-8", "215-267-0", "lead oxide|lead monoxide|lead(ii) oxide|pbo"],
  ["1309-60-0", "215-174-5", "lead dioxide|lead(iv) oxide|pbo2"],
  ["1314-41-6", "215-235-6", "lead tetroxide|red lead|pb3o4"],
  ["7758-97-6", "231-846-0", "lead chromate|lead(ii) chromate|pbcro4"],
  ["7446-14-2", "231-198-9", "lead sulfate|lead(ii) sulfate|pbso4"],
  ["598-63-0", "209-943-4", "lead carbonate|lead(ii) carbonate|pbco3"],
  ["12060-00-3", "235-038-9", "lead titanate|lead titanium trioxide"],
  ["12626-81-2", "235-727-4", "lead zirconate titanate|lead titanium zirconium oxide|pzt"],
  ["1306-19-0", "215-146-2", "cadmium oxide|cdo"],
  ["1306-23-6", "215-147-8", "cadmium sulfide"],
  ["1333-82-0", "215-607-8", "chromium trioxide|chromium(vi) oxide|cro3"],
  ["7778-50-9", "231-906-6", "potassium dichromate|k2cr2o7"],
  ["7789-00-6", "232-140-5", "potassium chromate"],
  ["7789-06-2", "232-142-6", "strontium chromate"],
  ["21908-53-2", "244-654-7", "mercury(ii) oxide|mercuric oxide"],
  ["1344-48-5", "215-696-3", "mercury(ii) sulfide|mercuric sulfide"],
  ["7487-94-7", "231-299-8", "mercury(ii) chloride|mercuric chloride|hgcl2"],
  ["32536-52-0", "251-087-9", "octabde|octabromodiphenyl ether"],
  ["32534-81-9", "251-084-2", "pentabde|pentabromodiphenyl ether"],
  ["13654-09-6", "237-137-2", "decabromobiphenyl"],
  ["84852-53-9", "284-366-9", "dbdpe|decabromodiphenyl ethane|1,1'-(ethane-1,2-diyl)bis[pentabromobenzene]"],
  ["13560-89-9", "236-948-9", "dechlorane plus"],
  ["25973-55-1", "247-384-8", "uv-328"],
  ["3896-11-5", "223-445-4", "uv-326|bumetrizole"],
  ["335-67-1", "206-397-9", "pfoa|perfluorooctanoic acid"],
  ["1763-23-1", "217-179-8", "pfos|perfluorooctane sulfonic acid|perfluorooctanesulfonic acid"],
  ["355-46-4", "206-587-1", "pfhxs|perfluorohexanesulfonic acid|perfluorohexane sulfonic acid"],
  ["307-24-4", "206-196-6", "pfhxa|perfluorohexanoic acid|undecafluorohexanoic acid"],
  ["375-95-1", "206-801-3", "pfna|perfluorononanoic acid"],
  ["335-76-2", "206-400-3", "pfda|perfluorodecanoic acid"],
  ["9002-84-0", "", "ptfe|polytetrafluoroethylene"],
  ["9002-86-2", "", "pvc|polyvinyl chloride|poly(vinyl chloride)"],
  ["85535-84-8", "287-476-5", "sccp|short chain chlorinated paraffins|short-chain chlorinated paraffins"],
  ["77-58-7", "201-039-8", "dbtdl|dibutyltin dilaurate"],
  ["683-18-1", "211-670-0", "dbtc|dibutyltin dichloride"],
  ["56-35-9", "200-268-0", "tbto|bis(tributyltin) oxide"],
  ["50-32-8", "200-028-5", "benzo[a]pyrene|benzo(a)pyrene"],
  ["68937-41-7", "273-066-3", "pip (3:1)|phenol, isopropylated phosphate (3:1)|phenol, isopropylated, phosphate (3:1)"],
  ["732-26-3", "211-989-5", "2,4,6-ttbp|2,4,6-tris(tert-butyl)phenol|2,4,6-tri-tert-butylphenol"],
  ["87-68-3", "201-765-5", "hcbd|hexachlorobutadiene"],
  ["87-86-5", "201-778-6", "pentachlorophenol"],
  ["118-74-1", "204-273-9", "hexachlorobenzene"],
  ["115-86-6", "204-112-2", "triphenyl phosphate"],
  ["1309-64-4", "215-175-0", "antimony trioxide|diantimony trioxide|sb2o3"],
  ["108-78-1", "203-615-4", "melamine"],
  ["872-50-4", "212-828-1", "nmp|n-methylpyrrolidone|n-methyl-2-pyrrolidone|1-methyl-2-pyrrolidone"],
  ["7440-38-2", "231-148-6", "arsenic"],
  ["7440-41-7", "231-150-7", "beryllium"],
  ["7440-36-0", "231-146-5", "antimony"],
  ["7440-48-4", "231-158-0", "cobalt"],
  ["7440-25-7", "231-135-5", "tantalum"],
  ["7440-33-7", "231-143-9", "tungsten|wolfram"],
  ["80-05-7", "201-245-8", "bisphenol a|bpa"],
  ["1303-86-2", "215-125-8", "diboron trioxide|boric oxide"],
  ["7440-02-0", "231-111-4", "nickel|ni"],
  ["7440-31-5", "231-141-8", "tin|sn"],
  ["7440-50-8", "231-159-6", "copper|cu"],
  ["7440-66-6", "231-175-3", "zinc|zn"],
  ["7440-22-4", "231-131-3", "silver|ag"],
  ["7440-57-5", "231-165-9", "gold|au"],
  ["7429-90-5", "231-072-3", "aluminium|aluminum|al"],
  ["7439-89-6", "231-096-4", "iron|fe"]
]

const casByName = new Map(
  entries.flatMap(([cas, , names]) => names.split("|").map((name): [string, string] => [name, cas]))
)
const casByEc = new Map(entries.flatMap(([cas, ec]) => (ec === "" ? [] : [[ec, cas] as const])))
const nameByCas = new Map(entries.map(([cas, , names]) => [cas, names.split("|")[0] as string]))

/** The form in which names of substances are compared: without regard to case, blanks, width of letters and the spelling of sulfur. */
export const nameKey = (name: string): string => {
  const lower = name.trim().toLowerCase()
  return /^[a-z0-9 ()-]*$/.test(lower) && !lower.includes("sulph") && !lower.includes("  ")
    ? lower
    : lower.normalize("NFKC").toLowerCase().replaceAll(/sulph/g, "sulf").replaceAll(/\s+/g, " ").trim()
}

/** CAS number of a substance by a name that means no other; `undefined` for every other name, however near. */
export const casOfName = (name: string): string | undefined => casByName.get(nameKey(name))

export const casOfEc = (ec: string): string | undefined => casByEc.get(ec)

export const nameOfCas = (cas: string): string | undefined => nameByCas.get(cas)

/** What a declaration is looked up by: its CAS number, or else its EC number, or else the name as it is written. */
export const substanceOf = ({ cas, ec, substance }: Pick<Declaration, "cas" | "ec" | "substance">): string =>
  cas ?? ec ?? substance

/** All that a number or name may be looked up by. */
export const substancesNamed = (text: string): ReadonlyArray<string> => {
  const name = text.trim()
  return [...new Set([casOfEc(name) ?? casOfName(name) ?? name, name])]
}

const secret = /\b(proprietary|confidential|trade secret|undisclosed|not disclosed|not to declare|not declared)\b/
const rest =
  /^(system|secret|unknown|others?|other substances?|misc(ellaneous)?\.?( substances?)?|balance|remainder|rest|various|residual|n\/?a|-+)$/

/** Whether the supplier keeps back, or does not know, which substance it is: its amount is declared, and nothing else. */
export const isUndisclosed = ({
  substance,
  cas,
  ec
}: {
  readonly substance: string
  readonly cas: string | undefined
  readonly ec: string | undefined
}): boolean => {
  if (cas !== undefined || ec !== undefined) return false
  const name = nameKey(substance)
  return secret.test(name) || rest.test(name)
}
