/** Rows of a table whose layout is known, as a decoder. */
import type { Reject } from "../../domain/Declaration.ts"
import { type Decoded, type DecodeOptions, type Decoder, remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { withoutComments } from "./Comments.ts"
import { DeclarationTable } from "./DeclarationTable.ts"
import { openRecords } from "./Dialects.ts"
import type { Layout } from "./Layout.ts"

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
  const code = "row.comment"
  let comments: Array<Reject> = []
  const sink = withoutComments(layout.comments, table, (line, offset, value) =>
    comments.push(remark({ line, offset, column: "", code, value, message: messageOf(code, "") }))
  )
  const reader = openRecords(layout, sink, layout.line, start + layout.offset)
  let before = layout.offset
  const taken = (): Decoded => {
    const found = table.taken()
    if (comments.length === 0) return found
    const warnings = [...found.warnings, ...comments]
    comments = []
    return { ...found, warnings }
  }
  return {
    push: (chunk) => {
      const skipped = Math.min(before, chunk.length)
      before -= skipped
      reader.push(chunk.subarray(skipped))
      return taken()
    },
    end: () => {
      reader.end()
      table.finish()
      return taken()
    }
  }
}
