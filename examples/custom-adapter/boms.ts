/** Parts and the lines between them. */
import type { Bom, BomLine, Part } from "@certivo/core/domain"
import { changedBy } from "@certivo/core/ports"
import { type Database, pack, unpack } from "./database.ts"

export const putBom = (db: Database, tenant: string, bom: Bom): ReadonlyArray<string> => {
  const changed = changedBy(bom, {
    part: (key) => partOf(db, tenant, key),
    lines: (parent) => linesOf(db, tenant, parent)
  })
  for (const part of bom.parts.values())
    db.run(
      `INSERT INTO part VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
       SET number = excluded.number, product = max(product, excluded.product), body = excluded.body`,
      tenant,
      part.key,
      part.partNumber,
      part.key === bom.product ? 1 : 0,
      pack(part)
    )
  for (const [parent, lines] of bom.lines) {
    db.run("DELETE FROM line WHERE tenant = ? AND parent = ?", tenant, parent)
    for (const [position, line] of lines.entries())
      db.run("INSERT INTO line VALUES (?, ?, ?, ?, ?)", tenant, parent, position, line.child, pack(line))
  }
  return changed
}

export const partOf = (db: Database, tenant: string, key: string): Part | undefined =>
  db.all("SELECT body FROM part WHERE tenant = ? AND key = ?", tenant, key).map((row) => unpack<Part>(row.body))[0]

export const linesOf = (db: Database, tenant: string, parent: string): ReadonlyArray<BomLine> =>
  db
    .all("SELECT body FROM line WHERE tenant = ? AND parent = ? ORDER BY position", tenant, parent)
    .map((row) => unpack<BomLine>(row.body))

/** The product with everything below it, each part once. */
export const bomOf = (db: Database, tenant: string, product: string): Bom | undefined => {
  const parts = new Map<string, Part>()
  const lines = new Map<string, ReadonlyArray<BomLine>>()
  const waiting = [product]
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const part = parts.has(key) ? undefined : partOf(db, tenant, key)
    if (part === undefined) continue
    parts.set(key, part)
    const below = linesOf(db, tenant, key)
    if (below.length > 0) lines.set(key, below)
    for (const { child } of below) waiting.push(child)
  }
  return parts.has(product) ? { product, parts, lines } : undefined
}

/** The products that hold one of the parts, or are one, by key. */
export const productsAbove = (
  db: Database,
  tenant: string,
  parts: ReadonlyArray<string>
): ReadonlyArray<{ readonly key: string; readonly number: string }> =>
  db
    .all(
      `WITH RECURSIVE above (key) AS (
         SELECT value FROM json_each(?) UNION
         SELECT parent FROM line JOIN above ON child = above.key WHERE tenant = ?)
       SELECT part.key, number FROM part JOIN above USING (key) WHERE tenant = ? AND product ORDER BY part.key`,
      JSON.stringify(parts),
      tenant,
      tenant
    )
    .map((row) => ({ key: String(row.key), number: String(row.number) }))
