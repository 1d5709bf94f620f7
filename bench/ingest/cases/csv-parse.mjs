/** csv-parse as a stream of arrays, by its `data` event. */
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import { parse } from "csv-parse"
import { PIECE } from "../piece.mjs"
import { Columns } from "../validate.mjs"

export const read = async (file) => {
  const columns = new Columns()
  const parser = parse({ from_line: 2, relax_column_count: true, skip_empty_lines: true })
  parser.on("data", (cells) => columns.row(cells))
  await pipeline(createReadStream(file, { highWaterMark: PIECE }), parser)
  return columns.result()
}
