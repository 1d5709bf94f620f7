/** Well-formed tables, which csv-parse must read alike. */
import { parse } from "csv-parse/sync"
import { MAX_CELLS } from "../../../src/ingest/table/Batch.ts"
import { cellTexts } from "../../../src/ingest/table/CellText.ts"
import { RecordReader } from "../../../src/ingest/table/Records.ts"
import { utf8 } from "../../../src/testing/corpus/Case.ts"
import { pick, type Random } from "./random.ts"

const bare = ["", "a", "12.5", "ä", "€uro", " b ", "Lead", "x y", "'", "鉛"]
const inside = ['""', ",", ";", "\n", "\r\n", "a", "€", "\t", "|", " "]

const cellOf = (random: Random): string => {
  if (random(3) > 0) return pick(random, bare)
  let text = ""
  for (let length = random(6); length > 0; length--) text += pick(random, inside)
  return `"${text}"`
}

/** What differs, if anything. */
export const differsFromPeer = (random: Random): string | undefined => {
  const delimiter = pick(random, [",", ";", "\t", "|"])
  const eol = pick(random, ["\n", "\r\n"])
  const lines = Array.from({ length: random(6) }, () =>
    Array.from({ length: 1 + random(5) }, () => cellOf(random)).join(delimiter)
  )
  const text = lines.join(eol) + (random(2) === 0 ? eol : "")
  const expected = parse(text, {
    delimiter,
    record_delimiter: eol,
    relax_column_count: true,
    skip_empty_lines: true
  })
  const found: Array<ReadonlyArray<string>> = []
  let problem: string | undefined
  const reader = new RecordReader(delimiter.charCodeAt(0), {
    records: (records) => {
      for (let record = 0; record < records.length; record++) found.push(cellTexts(records, record, MAX_CELLS))
    },
    isRow: () => false,
    problem: (code) => {
      problem = code
    }
  })
  const bytes = utf8(text)
  const piece = 1 + random(40)
  for (let at = 0; at < bytes.length; at += piece) reader.push(bytes.subarray(at, at + piece))
  reader.end()
  if (problem === undefined && JSON.stringify(found) === JSON.stringify(expected)) return undefined
  return `csv-parse reads ${JSON.stringify(text)} as ${JSON.stringify(expected)}, not ${problem ?? JSON.stringify(found)}`
}
