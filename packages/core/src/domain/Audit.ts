/**
 * The audit trail: what changed a tenant's data, one entry for each revision, each bound to the one before it by a hash.
 * Who has kept the hash of an entry can tell later that nothing up to it was changed, taken out or put in.
 */
import * as Schema from "effect/Schema"
import { canonical, hashOf } from "./Hash.ts"

export const ChangeKind = Schema.Literals([
  "document.imported",
  "mapping.saved",
  "mapping.deleted",
  "rules.changed",
  "overrides.added",
  "override.withdrawn",
  "products.judged"
])

export interface Change {
  /** ISO 8601, UTC, by the clock of the process that made it. */
  readonly at: string
  /** Who made it, where that is known. */
  readonly by?: string | undefined
  readonly did: typeof ChangeKind.Type
  /** What it was made to: the SHA-256 of a document, the name of a mapping, the hash of rule sets, the id of an override. */
  readonly subject: string
  /** More about it, in plain JSON: counts of an import, the columns of a mapping. */
  readonly detail: Readonly<Record<string, unknown>>
}

export interface AuditEntry extends Change {
  /** The tenant's revision that the change made. */
  readonly revision: number
  /** `hash` of the entry before this one; empty in the first. */
  readonly previous: string
  /** `hashOf("audit/1", [canonical(all other members)])`. */
  readonly hash: string
}

/** The first entry of a trail that does not follow from what stands before it. */
export interface BrokenTrail {
  readonly revision: number
  /** Completes "Revision 7 …". */
  readonly reason: string
}

const hashOfContent = (content: Omit<AuditEntry, "hash">): string => hashOf("audit/1", [canonical(content)])

/** The entry of a change that made `revision`, behind the last entry of the trail, if there is one. */
export const auditEntry = (
  last: AuditEntry | undefined,
  revision: number,
  { at, by, did, subject, detail }: Change
): AuditEntry => {
  const previous = last?.hash ?? ""
  const content = canonical({ revision, at, by, did, subject, detail, previous }) as Omit<AuditEntry, "hash">
  return { ...content, hash: hashOfContent(content) }
}

/**
 * The first entry that was changed, or in front of which something was taken out or put in; undefined when all follow.
 * A trail may be verified piece by piece: `before` is the entry in front of these. What was cut off at the end shows only
 * by a hash, or the revision, that is known from elsewhere.
 *
 * ```ts
 * verifyTrail(entries) // { revision: 7, reason: "is not what its hash was made of: it was changed" }
 * ```
 */
export const verifyTrail = (entries: Iterable<AuditEntry>, before?: AuditEntry): BrokenTrail | undefined => {
  let last = before
  for (const entry of entries) {
    const reason = whyNot(last, entry)
    if (reason !== undefined) return { revision: entry.revision, reason }
    last = entry
  }
  return undefined
}

const whyNot = (last: AuditEntry | undefined, { hash, ...content }: AuditEntry): string | undefined => {
  if (hashOfContent(content) !== hash) return "is not what its hash was made of: it was changed"
  if (last === undefined) return content.previous === "" ? undefined : "is not the first: entries before it are missing"
  if (content.revision !== last.revision + 1) return `stands behind revision ${last.revision}: an entry is missing`
  return content.previous === last.hash ? undefined : `does not follow revision ${last.revision}: one was replaced`
}
