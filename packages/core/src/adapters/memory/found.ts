/** What is looked for, by going through everything. */
import type { Declaration } from "../../domain/Declaration.ts"
import { substanceOf, substancesNamed } from "../../domain/SubstanceNames.ts"
import type { DeclarationsBy, DocumentRecord, DocumentsRequest } from "../../ports/Repository.ts"
import { compareKeys } from "./pages.ts"
import type { Tables } from "./state.ts"

interface Found {
  readonly declaration: Declaration
  readonly key: ReadonlyArray<string | number>
}

const isMeant = (by: DeclarationsBy): ((declaration: Declaration) => boolean) => {
  if ("substance" in by) {
    const meant = new Set(substancesNamed(by.substance))
    return (declaration) => meant.has(substanceOf(declaration))
  }
  if ("supplier" in by) return ({ source }) => source.supplier === by.supplier
  if ("material" in by) return ({ material }) => material === by.material
  return ({ source }) => source.sha256 === by.document
}

/** In the order in which documents became current, and by line within each. */
export const declarationsBy = ({ declarations, documents }: Tables, by: DeclarationsBy): ReadonlyArray<Found> => {
  const meant = isMeant(by)
  const found: Array<Found> = []
  for (const [part, byDocument] of declarations)
    for (const [sha256, rows] of byDocument) {
      const document = documents.get(sha256)
      if (document === undefined) continue
      for (const [index, declaration] of rows.entries())
        if (meant(declaration))
          found.push({ declaration, key: [document.revision, sha256, declaration.source.line, part, index] })
    }
  return found.sort((a, b) => compareKeys(a.key, b.key))
}

/** Those that arrived last first. */
export const documentsBetween = (
  documents: Iterable<DocumentRecord>,
  { named, since = "", until = "9999-12-31" }: DocumentsRequest
): ReadonlyArray<DocumentRecord> =>
  [...documents]
    .filter(({ arrived = "", name }) => arrived >= since && arrived <= until && (named ?? name) === name)
    .sort((a, b) => compareKeys(arrivalKey(b), arrivalKey(a)))

export const arrivalKey = ({ arrived, sha256 }: DocumentRecord): ReadonlyArray<string> => [arrived ?? "", sha256]
