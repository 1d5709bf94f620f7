/** Declarations and documents that are looked for, in pages that begin behind a key. */
import { type Declaration, substancesNamed } from "@certivo/core/domain"
import type { DeclarationsBy, DeclarationsRequest, DocumentRecord, DocumentsRequest } from "@certivo/core/ports"
import type { Database } from "./database.ts"
import { keyedPage } from "./pages.ts"

/** A condition with its values, and the columns that rows of which it holds are read by. */
const soughtBy = (
  by: DeclarationsBy
): readonly [where: string, values: ReadonlyArray<string>, order: ReadonlyArray<string>] => {
  if ("substance" in by) {
    const names = substancesNamed(by.substance)
    return [`substance IN (${names.map(() => "?").join(", ")})`, names, ["id"]]
  }
  if ("supplier" in by) return ["supplier = ?", [by.supplier], ["id"]]
  if ("material" in by) return ["material = ?", [by.material], ["id"]]
  return ["sha256 = ?", [by.document], ["line", "id"]]
}

export const findDeclarations = (db: Database, tenant: string, { by, ...request }: DeclarationsRequest) => {
  const [where, values, order] = soughtBy(by)
  return keyedPage<Declaration>(db, request, {
    from: `(SELECT declaration.* FROM declaration JOIN document USING (tenant, sha256)) WHERE tenant = ? AND ${where}`,
    values: [tenant, ...values],
    order,
    downwards: false
  })
}

export const documents = (db: Database, tenant: string, { named, since, until, ...request }: DocumentsRequest) =>
  keyedPage<DocumentRecord>(db, request, {
    from: `document WHERE tenant = ? AND arrived >= ? AND arrived <= ? ${named === undefined ? "" : "AND name = ?"}`,
    values: [tenant, since ?? "", until ?? "9999-12-31", ...(named === undefined ? [] : [named])],
    order: ["arrived", "sha256"],
    downwards: true
  })
