/** One tenant's data as maps that a transaction copies before it first writes to them. */
import type { Declaration, Reject, RejectedRow } from "../../domain/Declaration.ts"
import type { Mapping } from "../../domain/Mapping.ts"
import type { BomLine, Part } from "../../domain/Part.ts"
import type { DocumentRecord, Job, PartRow, ProductRow } from "../../ports/Repository.ts"

export interface Staged {
  readonly chunks: ReadonlySet<number>
  readonly declarations: ReadonlyArray<Declaration>
  readonly rejects: ReadonlyArray<RejectedRow>
  readonly warnings: ReadonlyArray<Reject>
}

export interface Tables {
  readonly revision: Map<"head", number>
  readonly documents: Map<string, DocumentRecord>
  readonly staged: Map<string, Staged>
  readonly parts: Map<string, Part>
  readonly lines: Map<string, ReadonlyArray<BomLine>>
  readonly parents: Map<string, ReadonlySet<string>>
  readonly products: Map<string, true>
  readonly verdicts: Map<string, ProductRow>
  readonly productParts: Map<string, ReadonlyArray<PartRow>>
  readonly jobs: Map<string, Job>
  readonly mappings: Map<string, Mapping>
}

export const emptyTables = (): Tables => ({
  revision: new Map(),
  documents: new Map(),
  staged: new Map(),
  parts: new Map(),
  lines: new Map(),
  parents: new Map(),
  products: new Map(),
  verdicts: new Map(),
  productParts: new Map(),
  jobs: new Map(),
  mappings: new Map()
})

/** What a transaction sees: the committed tables, and its own copies of those it has written to. */
export class Draft {
  readonly #committed: Tables
  readonly #written: { -readonly [Name in keyof Tables]?: Tables[Name] } = {}

  constructor(committed: Tables) {
    this.#committed = committed
  }

  read<Name extends keyof Tables>(name: Name): Tables[Name] {
    return this.#written[name] ?? this.#committed[name]
  }

  write<Name extends keyof Tables>(name: Name): Tables[Name] {
    this.#written[name] ??= new Map(this.#committed[name] as Map<never, never>) as unknown as Tables[Name]
    return this.#written[name] as Tables[Name]
  }

  commit(): Tables {
    return { ...this.#committed, ...this.#written }
  }
}
