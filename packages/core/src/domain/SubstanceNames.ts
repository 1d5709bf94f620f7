/**
 * Names that leave no doubt which substance is meant, with its CAS number. Only names that belong
 * to one number; "chromium" alone, for example, does not say which valence it has.
 * CAS and EC numbers: Directive 2011/65/EU guidance (FAQ), ECHA candidate list; all pass their check digits.
 */

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

const normalised = (name: string): string =>
  name.normalize("NFKC").toLowerCase().replaceAll(/sulph/g, "sulf").replaceAll(/\s+/g, " ").trim()

/** CAS number of a substance by a name that means no other; `undefined` for every other name, however near. */
export const casOfName = (name: string): string | undefined => casByName.get(normalised(name))

export const casOfEc = (ec: string): string | undefined => casByEc.get(ec)

export const nameOfCas = (cas: string): string | undefined => nameByCas.get(cas)
