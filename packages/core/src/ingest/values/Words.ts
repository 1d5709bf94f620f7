/** Yes and no in the ways forms answer, nothing in the ways people write it, and exemptions as they claim them. */
import { plain } from "./Numbers.ts"

/** Whether a spreadsheet shows an error in place of the cell's value. */
export const isFormulaError = (text: string): boolean =>
  text.includes("#") && /^#(ref!|div\/0!|name\?|value!|num!|null!|spill!|calc!|bezug!|wert!|zahl!)$/i.test(text.trim())

/** Whether the text stands for an empty cell: `-`, `N/A`, `NULL`. */
export const saysNothing = (text: string): boolean => /^(-*|#?n\s?[/.]\s?a\.?|null|nan|#nv)$/i.test(plain(text))

const yes =
  /^(y|yes|true|1|x|✓|✔|ja|oui|si|sí|sì|sim|是|有|はい|含有|c|contained|contains|present|compliant|pass|passed|ok|konform|conforme)$/
const no =
  /^(n|no|false|0|nein|non|não|否|无|無|不含|いいえ|なし|nc|not contained|not present|absent|non-?compliant|not compliant|fail|failed|nicht konform|non conforme)$/
const exempt =
  /^(compliant (with|by) ex(emptions?)?\.?|compliant w\/\s?ex\.?|exempt(ed)?|yes (with|w\/) exemptions?|konform mit ausnahmen?)$/

/** What an answer says; `undefined` for words that are not known, `blank` when there is none. */
export const readAnswer = (text: string): "yes" | "no" | "exempt" | "blank" | undefined => {
  const word = plain(text).toLowerCase()
  if (/^(-*|n\/?a|unknown|tbd|\?|nicht bekannt)$/.test(word)) return "blank"
  if (exempt.test(word)) return "exempt"
  return yes.test(word) ? "yes" : no.test(word) ? "no" : undefined
}

/** A claimed exemption in the form of the annexes, `6(c)`, `7(c)-I`; several are joined by a comma. */
export const readExemption = (text: string): { readonly text: string; readonly known: boolean } => {
  const claims = plain(text)
    .split(/[,;&\n]|\s+and\s+/)
    .map((claim) => claim.trim())
    .filter((claim) => claim !== "")
  const read = claims.map(canonical)
  return {
    text: claims.map((claim, index) => read[index] ?? claim).join(", "),
    known: read.every((claim) => claim !== undefined)
  }
}

/** Entry number, optional letter, optional roman or arabic sub-entry. */
const exemption =
  /^(?:(?:eu\s*)?rohs\s*)?(?:annex\s*)?(?:(iii|iv)\b[\s:.-]*)?(?:exemption\s*)?(\d{1,2})\s*\(?([a-z])?\)?(?:[\s-]*\(?([ivx]{1,5}|\d{1,2})\)?)?$/i

const canonical = (claim: string): string | undefined => {
  const match = exemption.exec(claim)
  if (match === null) return undefined
  const [, , entry, letter, sub] = match
  return `${entry}${letter === undefined ? "" : `(${letter.toLowerCase()})`}${sub === undefined ? "" : `-${roman(sub)}`}`
}

const romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X"]

/** Sub-entries are roman in the annexes, also where a form writes them otherwise. */
const roman = (sub: string): string => romans[Number(sub) - 1] ?? sub.toUpperCase()
