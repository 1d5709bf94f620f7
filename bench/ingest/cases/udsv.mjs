/** uDSV chunk by chunk. It takes every row to be as wide as the header, so it reads the padded file. */
import { createReadStream } from "node:fs"
import { inferSchema, initParser } from "udsv"
import { PIECE } from "../piece.mjs"
import { Columns } from "../validate.mjs"

export const read = async (file) => {
  const columns = new Columns()
  const take = (cells) => {
    columns.row(cells)
  }
  let parser
  for await (const text of createReadStream(file, { encoding: "utf8", highWaterMark: PIECE })) {
    parser ??= initParser(inferSchema(text))
    parser.chunk(text, parser.stringArrs, take)
  }
  parser?.end()
  return columns.result()
}
