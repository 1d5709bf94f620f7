/** Products, and the parts of each: rows in the order in which they are read, in pages that begin behind a key. */
import { type JudgedBy, lastDayHeld, type ProductVerdict, rank, statuses } from "@certivo/core/domain"
import { type ListRequest, type PartRow, type ProductRow, partRowOf } from "@certivo/core/ports"
import { type Database, pack } from "./database.ts"
import { keyedPage } from "./pages.ts"

const searchText = (...texts: ReadonlyArray<string | undefined>) => texts.join("\n").toLowerCase()

/** 0 for the worst status, so that ascending order is worst first. */
const place = (status: ProductVerdict["status"]) => statuses.length - 1 - rank(status)

/**
 * The list of products is named by the empty text, that of a product's parts by its key. How a row stands is a row of its
 * own for each regulation; as a whole it stands by the one without a name.
 */
export const putVerdict = (
  db: Database,
  tenant: string,
  verdict: ProductVerdict,
  revision: number,
  judgedBy: JudgedBy
): void => {
  const { parts, ...product } = verdict
  const put = (list: string, rank: number, search: string, row: ProductRow | PartRow) => {
    db.run("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?, ?)", tenant, list, rank, row.key, search, pack(row))
    for (const { regulation, status, duty } of [{ regulation: "", ...row, duty: undefined }, ...row.byRegulation])
      for (const one of new Set([status, duty]))
        if (one !== undefined)
          db.run("INSERT INTO standing VALUES (?, ?, ?, ?, ?, ?)", tenant, list, regulation, one, rank, row.key)
  }
  db.run("DELETE FROM standing WHERE tenant = ? AND list = '' AND key = ?", tenant, verdict.key)
  for (const table of ["listed", "standing"])
    db.run(`DELETE FROM ${table} WHERE tenant = ? AND list = ?`, tenant, verdict.key)
  db.run("INSERT OR REPLACE INTO judged VALUES (?, ?, ?, ?)", tenant, verdict.key, judgedBy.hash, lastDayHeld(judgedBy))
  put("", 0, searchText(verdict.partNumber, verdict.name), { ...product, revision, judgedBy })
  for (const part of parts)
    put(verdict.key, place(part.status), searchText(part.partNumber, part.name, part.material), partRowOf(part))
}

export const page = <A>(
  db: Database,
  tenant: string,
  list: string,
  { status, regulation = "", ...request }: ListRequest
) => {
  const stands = status === undefined ? "" : "JOIN standing USING (tenant, list, rank, key)"
  const so = status === undefined ? "" : "AND regulation = ? AND status = ?"
  return keyedPage<A>(db, request, {
    from: `listed ${stands} WHERE tenant = ? AND list = ? AND instr(search, ?) > 0 ${so}`,
    values: [tenant, list, request.search?.toLowerCase() ?? "", ...(status === undefined ? [] : [regulation, status])],
    order: ["rank", "key"],
    downwards: false
  })
}
