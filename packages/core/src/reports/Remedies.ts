/** What to do about a reason why something is unknown, by its code. */

const remedies: Readonly<Record<string, string>> = {
  "declaration.missing":
    "Ask the supplier for a declaration of the part, or correct the part number in the one there is.",
  "bom.empty": "Send a BOM that lists what the product is made of.",
  "mass.missing": "State the mass of the part in the BOM, or ask for amounts as shares instead of masses.",
  "mass.zero": "Correct the mass of the part.",
  "substance.undeclared":
    "Ask for a statement about the substance, for a statement about the whole list, or for a full material declaration.",
  "members.missing": "Ask for a statement about the whole group of substances.",
  "disclosure.partial": "Ask what the rest of the mass consists of, or for a statement about the whole list.",
  "level.too_coarse": "Ask for amounts by homogeneous material.",
  "amount.unstated": "Ask how much of the substance there is.",
  "bound.too_coarse": "Ask for an upper bound at or below the limit.",
  "interval.straddles_limit": "Ask for a narrower range, or have the part tested.",
  "claim.version_missing": "Ask against which version of the list the statement was made.",
  "claim.stale_list": "Ask for a statement against the current list.",
  "claim.list": "Ask which substance is meant, and how much of it there is.",
  "evidence.expired": "Ask for a new declaration.",
  "evidence.conflicting": "Ask the supplier which of the statements holds.",
  "intention.unstated": "Ask whether the substance is added on purpose."
}

export const remedyOf = (code: string): string => remedies[code] ?? "Ask the supplier for evidence that settles it."
