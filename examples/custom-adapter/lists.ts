/** Products, and the parts of each: rows in the order in which they are read, in pages that begin behind a key. */
import { type ProductVerdict, rank, statuses } from "@certivo/core/domain"
import { type PartsRequest, partRowOf } from "@certivo/core/ports"
import { type Database, pack } from "./database.ts"
import { keyedPage } from "./pages.ts"

const searchText = (...texts: ReadonlyArray<string | undefined>) => texts.join("\n").toLowerCase()

/** 0 for the worst status, so that ascending order is worst first. */
const place = (status: ProductVerdict["status"]) => statuses.length - 1 - rank(status)

/** The list of products is named by the empty text, that of a product's parts by its key. */
export const putVerdict = (db: Database, tenant: string, verdict: ProductVerdict, revision: number): void => {
  const { parts, ...row } = verdict
  const put = (list: string, rank: number, key: string, search: string, body: unknown) =>
    db.run("INSERT OR REPLACE INTO listed VALUES (?, ?, ?, ?, ?, ?)", tenant, list, rank, key, search, pack(body))
  put("", 0, verdict.key, searchText(verdict.partNumber, verdict.name), { ...row, revision })
  db.run("DELETE FROM listed WHERE tenant = ? AND list = ?", tenant, verdict.key)
  for (const part of parts)
    put(
      verdict.key,
      place(part.status),
      part.key,
      searchText(part.partNumber, part.name, part.material),
      partRowOf(part)
    )
}

export const page = <A>(db: Database, tenant: string, list: string, { status, ...request }: PartsRequest) =>
  keyedPage<A>(db, request, {
    from: `listed WHERE tenant = ? AND list = ? AND instr(search, ?) > 0 ${status === undefined ? "" : "AND rank = ?"}`,
    values: [tenant, list, request.search?.toLowerCase() ?? "", ...(status === undefined ? [] : [place(status)])],
    order: ["rank", "key"],
    downwards: false
  })
