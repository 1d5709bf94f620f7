/** What threads are told and answer. */
import type { DecodedBlock } from "../../ingest/table/Block.ts"
import type { Layout } from "../../ingest/table/Layout.ts"
import type { Table } from "../../ingest/table/Table.ts"

/** A table as a thread is told of it once. */
export interface SentTable {
  readonly document: Table["document"]
  readonly layout: Layout
  readonly today: string | undefined
  /** Keys of the parts whose declarations are kept; all when left out. */
  readonly wanted: ReadonlyArray<string> | undefined
}

/** The bytes of a block come back, to be decoded again or filled anew. */
export interface Answer extends DecodedBlock {
  readonly bytes: Uint8Array<ArrayBuffer>
}

export const tableOf = ({ document, layout, today, wanted }: SentTable): Table => {
  const parts = wanted === undefined ? undefined : new Set(wanted)
  return {
    document,
    layout,
    options: { today, wanted: parts === undefined ? undefined : (part) => parts.has(part) },
    start: { line: 1, offset: 0 }
  }
}
