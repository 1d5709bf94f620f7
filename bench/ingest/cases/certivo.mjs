/** Certivo's decoder in a bare loop over the chunks of a stream. */
import { createReadStream } from "node:fs"
import { PIECE } from "../piece.mjs"
import { decoding } from "./decode.mjs"

export const read = async (file) => {
  const { push, end, result } = decoding()
  for await (const chunk of createReadStream(file, { highWaterMark: PIECE })) push(chunk)
  end()
  return result()
}
