/** Rows of a table whose layout is known, as a decoder. */
import type { FileSink } from "../archive/Unpack.ts"
import type { Decoded, DecodeOptions, Decoder } from "../Decoded.ts"
import { DeclarationTable } from "./DeclarationTable.ts"
import type { Layout } from "./Layout.ts"
import { RecordReader, type Unread } from "./Records.ts"

/** A table of declarations, of which the rows are to be read. */
export interface Table {
  readonly document: { readonly name: string; readonly sha256: string }
  readonly layout: Layout
  readonly options: DecodeOptions
  /** Where its first row begins. */
  readonly start: { readonly line: number; readonly offset: number }
}

/**
 * Reads the rows of a table; the bytes begin with its first row. `reserve` keeps the place of what
 * is found next; what it returns takes that, at once or later.
 *
 * @throws UnreadableDocument when columns are missing or not sure
 */
export type TableReader = (table: Table, reserve: () => (found: ReadonlyArray<Decoded>) => void) => FileSink

/** Reads rows here and now. */
export const readRows: TableReader = (table, reserve) => {
  const rows = new TableRows(table)
  const add = (found: Decoded) => reserve()([found])
  return { push: (chunk) => add(rows.push(chunk)), end: () => add(rows.end()) }
}

/** Decodes the rows of a table. Bytes are UTF-8 or windows-1252. */
export class TableRows implements Decoder {
  readonly #table: DeclarationTable
  readonly #reader: RecordReader

  /** @throws UnreadableDocument when columns are missing or not sure */
  constructor({ document, layout, options, start }: Table) {
    this.#table = new DeclarationTable(document, layout, options)
    this.#reader = new RecordReader(layout.delimiter, this.#table, start.line, start.offset)
  }

  /** Rows that go on where others stood. What is to be said of the table as a whole has been said. */
  static after(table: Table, unread: Unread): TableRows {
    const rows = new TableRows(table)
    rows.#reader.resume(unread)
    rows.#table.taken()
    return rows
  }

  get unread(): Unread {
    return this.#reader.unread
  }

  push(chunk: Uint8Array): Decoded {
    this.#reader.push(chunk)
    return this.#table.taken()
  }

  end(): Decoded {
    this.#reader.end()
    return this.#table.taken()
  }
}
