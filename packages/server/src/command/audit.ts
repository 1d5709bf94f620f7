/** `certivo audit`: what changed a tenant's data, and whether that record is whole. */
import { type AuditEntry, type BrokenTrail, verifyTrail } from "@certivo/core"
import { Repository, type TenantId } from "@certivo/core/ports"
import { Command, Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import { CommandExit, exitCodes } from "./exit.ts"
import { writeOut } from "./files.ts"
import { dataFlag, existingStore, orUnreadable, tenantFlag } from "./store.ts"
import { cell } from "./text.ts"

const ENTRIES_PER_PAGE = 1000

export const auditCommand = Command.make(
  "audit",
  {
    data: dataFlag,
    tenant: tenantFlag,
    verify: Flag.Boolean("verify").pipe(
      Flag.withDescription("Say only whether each entry follows from those before it"),
      Flag.withDefault(false)
    )
  },
  Effect.fn(function* ({ data, tenant, verify }) {
    const { storeOf } = yield* Effect.promise(() => import("../store.ts"))
    const store = storeOf(yield* existingStore(data))
    yield* orUnreadable(Effect.provide(verify ? verified(tenant) : listed(tenant), store))
  })
).pipe(Command.withDescription("List what changed the data, when and by whom"))

/** Hands over the trail page by page, from its first entry on. */
const pages = Effect.fnUntraced(function* <E, R>(
  tenant: TenantId,
  take: (entries: ReadonlyArray<AuditEntry>) => Effect.Effect<void, E, R>
) {
  const repository = yield* Repository
  for (let after = 0; ; ) {
    const entries = yield* repository.auditTrail(tenant, { after, limit: ENTRIES_PER_PAGE })
    const last = entries.at(-1)
    if (last === undefined) return
    yield* take(entries)
    after = last.revision
  }
})

const line = (revision: string, at: string, by: string, did: string, subject: string): string =>
  `${revision.padStart(8)} ${cell(at, 20)} ${cell(by, 9)} ${cell(did, 18)} ${cell(subject, 21)}`.trimEnd()

const lineOf = ({ at, by = "", detail, did, revision, subject }: AuditEntry): string =>
  line(String(revision), `${at.slice(0, 19)}Z`, by, did, String(detail.name ?? idsIn(detail) ?? subject))

const idsIn = ({ overrides, ruleSets = overrides }: AuditEntry["detail"]): string | undefined =>
  Array.isArray(ruleSets) ? ruleSets.map(({ id }) => id).join(", ") : undefined

const listed = Effect.fnUntraced(function* (tenant: TenantId) {
  yield* writeOut(`${line("revision", "at (UTC)", "by", "did", "what")}\n${"-".repeat(80)}\n`)
  yield* pages(tenant, (entries) => writeOut(entries.map((entry) => `${lineOf(entry)}\n`).join("")))
})

const verified = Effect.fnUntraced(function* (tenant: TenantId) {
  const head = yield* (yield* Repository).revision(tenant)
  let last: AuditEntry | undefined
  let count = 0
  yield* pages(
    tenant,
    Effect.fnUntraced(function* (entries) {
      const found = verifyTrail(entries, last)
      if (found !== undefined) return yield* broken(found)
      last = entries.at(-1)
      count += entries.length
    })
  )
  if ((last?.revision ?? 0) < head) return yield* broken({ revision: head, reason: "has no entry: the end is missing" })
  yield* writeOut(
    `${count} entries hold${last === undefined ? "" : `, up to revision ${last.revision}\n${last.hash}`}\n`
  )
})

const broken = ({ reason, revision }: BrokenTrail) =>
  new CommandExit({
    code: exitCodes.nonCompliant,
    message: `The audit trail is broken: revision ${revision} ${reason}`
  })
