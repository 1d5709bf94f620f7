/** One tenant's data as maps. A transaction changes them in place and can take back what it changed. */
import type { AuditEntry } from "../../domain/Audit.ts"
import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import type { Mapping } from "../../domain/Mapping.ts"
import type { Override } from "../../domain/Override.ts"
import type { BomLine, Part } from "../../domain/Part.ts"
import type { DocumentRecord, Job, KeptRuleSet, PartRow, ProductRow } from "../../ports/Repository.ts"

export interface Staged {
  readonly chunks: ReadonlySet<number>
  /** Parts that the document declares. */
  readonly parts: ReadonlySet<string>
  readonly rejects: ReadonlyArray<RejectedRow>
  readonly warnings: ReadonlyArray<Reject>
}

export interface Tables {
  readonly revision: ReadonlyMap<"head", number>
  readonly documents: ReadonlyMap<string, DocumentRecord>
  readonly staged: ReadonlyMap<string, Staged>
  /** Declarations of a part, by the hash of their document. */
  readonly declarations: ReadonlyMap<string, ReadonlyMap<string, ReadonlyArray<Declaration>>>
  readonly parts: ReadonlyMap<string, Part>
  readonly lines: ReadonlyMap<string, ReadonlyArray<BomLine>>
  readonly parents: ReadonlyMap<string, ReadonlySet<string>>
  readonly products: ReadonlyMap<string, true>
  readonly verdicts: ReadonlyMap<string, ProductRow>
  readonly productParts: ReadonlyMap<string, ReadonlyArray<PartRow>>
  /** By the revision since which they were in force, in their order. */
  readonly rules: ReadonlyMap<number, ReadonlyArray<KeptRuleSet>>
  readonly overrides: ReadonlyMap<string, Override>
  readonly jobs: ReadonlyMap<string, Job>
  readonly mappings: ReadonlyMap<string, Mapping>
  /** By revision, in their order. */
  readonly audit: ReadonlyMap<number, AuditEntry>
}

export const tableNames = [
  "revision",
  "documents",
  "staged",
  "declarations",
  "parts",
  "lines",
  "parents",
  "products",
  "verdicts",
  "productParts",
  "rules",
  "overrides",
  "jobs",
  "mappings",
  "audit"
] as const satisfies ReadonlyArray<keyof Tables>

export const emptyTables = (): Tables => ({
  revision: new Map(),
  documents: new Map(),
  staged: new Map(),
  declarations: new Map(),
  parts: new Map(),
  lines: new Map(),
  parents: new Map(),
  products: new Map(),
  verdicts: new Map(),
  productParts: new Map(),
  rules: new Map(),
  overrides: new Map(),
  jobs: new Map(),
  mappings: new Map(),
  audit: new Map()
})

type KeyOf<Name extends keyof Tables> = Tables[Name] extends ReadonlyMap<infer Key, unknown> ? Key : never
type ValueOf<Name extends keyof Tables> = Tables[Name] extends ReadonlyMap<infer _Key, infer Value> ? Value : never

/** The tables, and a note of what each change replaced. One draft at a time may be open. */
export class Draft {
  readonly tables: Tables
  readonly #undo: Array<() => void> = []

  constructor(tables: Tables) {
    this.tables = tables
  }

  set<Name extends keyof Tables>(name: Name, key: KeyOf<Name>, value: ValueOf<Name>): void {
    const table = this.tables[name] as Map<unknown, unknown>
    const before = table.get(key)
    const known = table.has(key)
    this.#undo.push(() => (known ? table.set(key, before) : table.delete(key)))
    table.set(key, value)
  }

  delete<Name extends keyof Tables>(name: Name, key: KeyOf<Name>): void {
    const table = this.tables[name] as Map<unknown, unknown>
    if (!table.has(key)) return
    const before = table.get(key)
    this.#undo.push(() => table.set(key, before))
    table.delete(key)
  }

  rollback(): void {
    for (let undo = this.#undo.pop(); undo !== undefined; undo = this.#undo.pop()) undo()
  }
}
