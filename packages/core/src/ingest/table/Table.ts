/** Rows of a table whose layout is known, as a decoder. */
import type { DecodeOptions, Decoder } from "../Decoded.ts"
import { DeclarationTable } from "./DeclarationTable.ts"
import type { Layout } from "./Layout.ts"
import { RecordReader } from "./Records.ts"

/**
 * Decodes the declarations of a table. Bytes are UTF-8 or windows-1252 and begin with the first
 * byte of the head that the layout was found in.
 *
 * @param start where that byte stands in the document
 * @throws UnreadableDocument when columns are missing or not sure
 */
export const decodeTableRows = (
  document: { readonly name: string; readonly sha256: string },
  layout: Layout,
  start: number,
  options: DecodeOptions
): Decoder => {
  const table = new DeclarationTable(document, layout, options)
  const reader = new RecordReader(layout.delimiter, table, layout.line, start + layout.offset)
  let before = layout.offset
  return {
    push: (chunk) => {
      const skipped = Math.min(before, chunk.length)
      before -= skipped
      reader.push(chunk.subarray(skipped))
      return table.taken()
    },
    end: () => {
      reader.end()
      table.finish()
      return table.taken()
    }
  }
}
