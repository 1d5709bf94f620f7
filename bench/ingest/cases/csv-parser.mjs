/** csv-parser as a stream, by its `data` event. Without headers its rows are objects with the places of the cells as keys. */
import { createReadStream } from "node:fs"
import { pipeline } from "node:stream/promises"
import csvParser from "csv-parser"
import { PIECE } from "../piece.mjs"
import { Columns } from "../validate.mjs"

export const read = async (file) => {
  const columns = new Columns()
  const parser = csvParser({ headers: false, skipLines: 1 })
  parser.on("data", (row) => columns.row(Object.values(row)))
  await pipeline(createReadStream(file, { highWaterMark: PIECE }), parser)
  return columns.result()
}
