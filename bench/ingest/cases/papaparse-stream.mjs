/** Papa Parse on a stream, chunk by chunk. The stream decodes: Papa Parse would split characters between chunks. */
import { createReadStream } from "node:fs"
import Papa from "papaparse"
import { PIECE } from "../piece.mjs"
import { Columns } from "../validate.mjs"

export const read = (file) =>
  new Promise((resolve, reject) => {
    const columns = new Columns()
    let isHeader = true
    Papa.parse(createReadStream(file, { encoding: "utf8", highWaterMark: PIECE }), {
      delimiter: ",",
      skipEmptyLines: true,
      chunk: ({ data }) => {
        for (let row = isHeader ? 1 : 0; row < data.length; row++) columns.row(data[row])
        isHeader = false
      },
      complete: () => resolve(columns.result()),
      error: reject
    })
  })
