/**
 * A stretch of a table's rows that is decoded by itself, as if a row began with its first byte. When
 * the rows before it end elsewhere, it is decoded once more from there. Its pieces are those in which
 * one reader of the whole table would have got the bytes, so both find the same.
 */
import { ByteBuffer } from "../bytes.ts"
import type { Decoded } from "../Decoded.ts"
import { planOf } from "./DeclarationPlan.ts"
import type { Edges } from "./Edges.ts"
import { type PackedRows, RowPacker } from "./PackedRows.ts"
import type { Unread } from "./Records.ts"
import { type Table, TableRows } from "./Table.ts"

export interface Block {
  /** Ends with a line, where it holds one. */
  readonly bytes: Uint8Array<ArrayBuffer>
  /** Length of each piece, one behind the other; the last one is cut off where the block ends. */
  readonly pieces: ReadonlyArray<number>
  /** Where its reader stands at first, on line 1. */
  readonly from: Unread
  /** Whether the table ends with it. */
  readonly last: boolean
}

export interface DecodedBlock {
  readonly rows: PackedRows
  readonly edges: Edges
  /** Lines behind the one it begins on. */
  readonly lines: number
  /** Where the next block is to begin when that is not its first byte. */
  readonly unread: Unread | undefined
}

/** Values of a column that are remembered from block to block: what is sent of each block is numbered among them. */
const MAX_ENTRIES = 1 << 14

/** Decodes blocks of a table in any order. What it learns of values serves all of them. */
export const blockDecoder = (table: Table): ((block: Block) => DecodedBlock) => {
  const plan = planOf(table.document.name, table.layout, table.options)
  return (block) => {
    for (const { dictionary } of [plan.part, ...plan.keyed]) dictionary.trim(MAX_ENTRIES)
    return decodeBlock(TableRows.after(table, plan, block.from), block)
  }
}

const decodeBlock = (reader: TableRows, { bytes, pieces, last }: Block): DecodedBlock => {
  const packer = new RowPacker()
  let at = 0
  const push = (length: number): Decoded => {
    at += length
    return reader.push(bytes.subarray(at - length, at))
  }
  for (const length of last ? pieces : pieces.slice(0, -1)) packer.add(push(length))
  if (last) {
    packer.add(reader.endBlock())
    const { line } = reader.unread as Unread
    return { rows: packer.packed(), edges: reader.edges, lines: line - 1, unread: undefined }
  }
  const before = reader.unread as Unread
  const edges = reader.edges
  const ending = bytes.subarray(at)
  const found = push(ending.length)
  const after = reader.unread as Unread
  if (!isSettled(after, found)) {
    const unread = { ...before, bytes: joined(before.bytes, ending) }
    return { rows: packer.packed(), edges, lines: before.line - 1, unread }
  }
  packer.add(found)
  return { rows: packer.packed(), edges: reader.edges, lines: after.line - 1, unread: undefined }
}

const joined = (...parts: ReadonlyArray<Uint8Array>): Uint8Array => {
  const all = new ByteBuffer()
  for (const part of parts) all.push(part)
  return all.bytes
}

/** Whether more bytes would have changed nothing of what was found. */
const isSettled = ({ bytes, skipping }: Unread, { rejects }: Decoded): boolean =>
  bytes.length === 0 &&
  !skipping &&
  !rejects.some(({ code }) => code === "quote.unterminated" || code === "row.too_long")
