/** Rows of a table whose layout is known, as a decoder. */
import type { Reject } from "../../domain/Declaration.ts"
import type { FileSink } from "../archive/Unpack.ts"
import { type Decoded, type DecodeOptions, type Decoder, type DocumentSource, remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { withoutComments } from "./Comments.ts"
import { type DeclarationPlan, planOf } from "./DeclarationPlan.ts"
import { DeclarationTable } from "./DeclarationTable.ts"
import { openRecords } from "./Dialects.ts"
import type { Edges } from "./Edges.ts"
import type { Layout } from "./Layout.ts"
import { RecordReader, type Unread } from "./Records.ts"

/** A table of declarations, of which the rows are to be read. */
export interface Table {
  readonly document: DocumentSource
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
  readonly #layout: Layout
  readonly #table: DeclarationTable
  readonly #reader: FileSink
  #comments: Array<Reject> = []
  /** Rows by now. */
  rows = 0

  /**
   * @param isBlock whether the rows are some of a table, of which nothing is to be said as a whole
   * @throws UnreadableDocument when columns are missing or not sure
   */
  constructor(
    { document, layout, options, start }: Table,
    plan = planOf(document.name, layout, options),
    isBlock = false
  ) {
    this.#layout = layout
    this.#table = new DeclarationTable(document, layout, plan, isBlock)
    const code = "row.comment"
    const sink = withoutComments(layout.comments, this.#table, (line, offset, value) =>
      this.#comments.push(remark({ line, offset, column: "", code, value, message: messageOf(code, "") }))
    )
    this.#reader = openRecords(layout, sink, start.line, start.offset)
  }

  /** Some rows of a table, which go on where others stood; `plan` is that of the table, and knows values of other rows. */
  static after(table: Table, plan: DeclarationPlan, unread: Unread): TableRows {
    const rows = new TableRows(table, plan, true)
    if (rows.#reader instanceof RecordReader) rows.#reader.resume(unread)
    rows.#table.taken()
    return rows
  }

  /** Where another reader can go on; none can in tables with comments or in foreign dialects. */
  get unread(): Unread | undefined {
    return this.#layout.comments === undefined && this.#reader instanceof RecordReader ? this.#reader.unread : undefined
  }

  get percentHeader(): string | undefined {
    return this.#table.percentHeader
  }

  get edges(): Edges {
    return this.#table.edges
  }

  push(chunk: Uint8Array): Decoded {
    this.#reader.push(chunk)
    return this.#taken()
  }

  /** Gives the last rows, and says what there is to say of all of them. */
  end(): Decoded {
    this.#reader.end()
    this.#table.finish()
    const last = this.#taken()
    return this.rows > 0 ? last : { ...last, warnings: [...last.warnings, emptyTable(this.#layout)] }
  }

  /** Gives the last rows of a block that ends its table. */
  endBlock(): Decoded {
    this.#reader.end()
    return this.#taken()
  }

  #taken(): Decoded {
    const found = this.#table.taken()
    this.rows += found.accepted + found.rejected
    if (this.#comments.length === 0) return found
    const warnings = [...found.warnings, ...this.#comments]
    this.#comments = []
    return { ...found, warnings }
  }
}

export const emptyTable = ({ line }: Layout): Reject => {
  const code = "document.empty"
  return remark({ line: Math.max(1, line - 1), column: "", code, value: "", message: messageOf(code, "") })
}
