/** Decisions of people, by id and by the part that they are about. */
import { type Override, partKey } from "@certivo/core/domain"
import type { OverridesRequest } from "@certivo/core/ports"
import { type Database, pack, unpack } from "./database.ts"
import { keyedPage } from "./pages.ts"

export const putOverride = (db: Database, tenant: string, override: Override): void =>
  db.run(
    "INSERT OR REPLACE INTO override VALUES (?, ?, ?, ?)",
    tenant,
    override.id,
    partKey(override.part),
    pack(override)
  )

export const overridesOn = (db: Database, tenant: string, parts: ReadonlyArray<string>): ReadonlyArray<Override> =>
  [...new Set(parts)]
    .flatMap((part) => db.all("SELECT id, body FROM override WHERE tenant = ? AND part = ?", tenant, part))
    .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1))
    .map((row) => unpack<Override>(row.body))

export const overrides = (db: Database, tenant: string, { part, ...request }: OverridesRequest) =>
  keyedPage<Override>(db, request, {
    from: `override WHERE tenant = ? ${part === undefined ? "" : "AND part = ?"}`,
    values: part === undefined ? [tenant] : [tenant, part],
    order: ["id"],
    downwards: false
  })
