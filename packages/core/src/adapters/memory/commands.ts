/** Every change of a tenant's data, as a value that can be applied, written down and applied again. */
import type { AuditEntry } from "../../domain/Audit.ts"
import type { Declaration } from "../../domain/Declaration.ts"
import type { Mapping } from "../../domain/Mapping.ts"
import type { Override } from "../../domain/Override.ts"
import type { Bom } from "../../domain/Part.ts"
import { type JudgedBy, noRuleSets } from "../../domain/Rules.ts"
import { rank } from "../../domain/Status.ts"
import type { ProductVerdict } from "../../domain/Verdict.ts"
import type { DocumentRecord, Job, KeptRuleSet, PartRow, StagedChunk } from "../../ports/Repository.ts"
import { partRowOf, verdictFromBefore } from "../../ports/verdicts.ts"
import { compareKeys } from "./pages.ts"
import type { Draft } from "./state.ts"

export type Command =
  | { readonly does: "nextRevision" }
  | { readonly does: "appendAudit"; readonly entry: AuditEntry }
  | { readonly does: "discardStaged"; readonly sha256: string }
  | { readonly does: "stage"; readonly sha256: string; readonly chunk: StagedChunk }
  | { readonly does: "putDocument"; readonly document: DocumentRecord }
  | { readonly does: "putMapping"; readonly name: string; readonly mapping: Mapping }
  | { readonly does: "deleteMapping"; readonly name: string }
  | { readonly does: "putBom"; readonly bom: Bom }
  | { readonly does: "putRules"; readonly ruleSets: ReadonlyArray<KeptRuleSet>; readonly since: number }
  | { readonly does: "putOverride"; readonly override: Override }
  | {
      readonly does: "putVerdict"
      readonly verdict: ProductVerdict
      readonly revision: number
      readonly judgedBy: JudgedBy
    }
  | { readonly does: "putJob"; readonly job: Job }

export const headOf = (draft: Draft): number => draft.tables.revision.get("head") ?? 0

type Appliers = {
  readonly [Does in Command["does"]]: (draft: Draft, command: Extract<Command, { readonly does: Does }>) => void
}

const appliers: Appliers = {
  nextRevision: (draft) => draft.set("revision", "head", headOf(draft) + 1),
  appendAudit: (draft, { entry }) => {
    if (!draft.tables.audit.has(entry.revision)) draft.set("audit", entry.revision, entry)
  },
  discardStaged: (draft, { sha256 }) => discardStaged(draft, sha256),
  stage: (draft, { sha256, chunk }) => stage(draft, sha256, chunk),
  putDocument: (draft, { document }) => {
    if (!draft.tables.documents.has(document.sha256)) draft.set("documents", document.sha256, document)
  },
  putMapping: (draft, { name, mapping }) => draft.set("mappings", name, mapping),
  deleteMapping: (draft, { name }) => draft.delete("mappings", name),
  putBom: (draft, { bom }) => putBom(draft, bom),
  putRules: (draft, { ruleSets, since }) => draft.set("rules", since, ruleSets),
  putOverride: (draft, { override }) => draft.set("overrides", override.id, override),
  putVerdict: (draft, { verdict, revision, judgedBy = noRuleSets }) =>
    putVerdict(draft, verdictFromBefore(verdict), revision, judgedBy),
  putJob: (draft, { job }) => draft.set("jobs", job.id, job)
}

/** Applies a change; the same change on the same data always gives the same data. */
export const apply = (draft: Draft, command: Command): void => appliers[command.does](draft, command as never)

const discardStaged = (draft: Draft, sha256: string): void => {
  if (draft.tables.documents.has(sha256)) return
  for (const part of draft.tables.staged.get(sha256)?.parts ?? []) {
    const left = new Map(draft.tables.declarations.get(part))
    left.delete(sha256)
    draft.set("declarations", part, left)
  }
  draft.delete("staged", sha256)
}

const nothingStaged = { chunks: new Set<number>(), parts: new Set<string>(), rejects: [], warnings: [] }

const stage = (draft: Draft, sha256: string, chunk: StagedChunk): void => {
  if (draft.tables.documents.has(sha256)) return
  const before = draft.tables.staged.get(sha256) ?? nothingStaged
  if (before.chunks.has(chunk.index)) return
  const byPart = Map.groupBy(chunk.declarations, (declaration) => declaration.part)
  for (const [part, declarations] of byPart) {
    const known = draft.tables.declarations.get(part)
    const all = [...(known?.get(sha256) ?? []), ...declarations].sort(byLine)
    draft.set("declarations", part, new Map(known).set(sha256, all))
  }
  draft.set("staged", sha256, {
    chunks: new Set([...before.chunks, chunk.index]),
    parts: new Set([...before.parts, ...byPart.keys()]),
    rejects: [...before.rejects, ...chunk.rejects],
    warnings: [...before.warnings, ...chunk.warnings]
  })
}

const byLine = (a: Declaration, b: Declaration): number => a.source.line - b.source.line

const putBom = (draft: Draft, bom: Bom): void => {
  const { lines, parents } = draft.tables
  for (const part of bom.parts.values()) draft.set("parts", part.key, part)
  for (const [parent, children] of bom.lines) {
    for (const { child } of lines.get(parent) ?? []) draft.set("parents", child, without(parents.get(child), parent))
    for (const { child } of children) draft.set("parents", child, new Set([...(parents.get(child) ?? []), parent]))
    draft.set("lines", parent, children)
  }
  draft.set("products", bom.product, true)
}

const without = (set: ReadonlySet<string> | undefined, key: string): ReadonlySet<string> =>
  new Set([...(set ?? [])].filter((entry) => entry !== key))

const putVerdict = (draft: Draft, verdict: ProductVerdict, revision: number, judgedBy: JudgedBy): void => {
  const { parts, ...row } = verdict
  draft.set("verdicts", verdict.key, { ...row, revision, judgedBy })
  const rows = parts.map(partRowOf).sort((a, b) => compareKeys(partSortKey(a), partSortKey(b)))
  draft.set("productParts", verdict.key, rows)
}

export const partSortKey = (row: PartRow): ReadonlyArray<string | number> => [-rank(row.status), row.key]
