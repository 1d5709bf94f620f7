/** What is said of the rows of a table: why some are refused, and what is odd about others. */
import type { Reject, RejectedRow } from "../../domain/Declaration.ts"
import { MAX_REJECTED_TEXT, remark } from "../Decoded.ts"
import { detach } from "../Interner.ts"
import { messageOf } from "../Messages.ts"
import type { Records } from "./Batch.ts"
import { cellText, cellTexts, excerptOf } from "./CellText.ts"
import type { RecordProblem } from "./Records.ts"

/** The row at hand. */
export interface Place {
  readonly records: Records
  readonly record: number
  /** Its first cell. */
  readonly first: number
  readonly line: number
  readonly offset: number
}

export const placeOf = (records: Records, record: number): Place => ({
  records,
  record,
  first: records.first[record] as number,
  line: records.lines[record] as number,
  offset: records.offsets[record] as number
})

const MAX_REJECTED_CELLS = 200

export class RowRemarks {
  readonly #headers: ReadonlyArray<string>
  #rejects: Array<RejectedRow> = []
  #warnings: Array<Reject> = []

  constructor(headers: ReadonlyArray<string>) {
    this.#headers = headers
  }

  refuse(place: Place, cell: number, code: string, suggestion?: string): void {
    this.#rejects.push({ ...this.#remarkOn(place, cell, code, suggestion), cells: cellsOf(place) })
  }

  refuseWidth(place: Place, cells: number): void {
    const { line, offset } = place
    const message = `The row has ${cells} cells, the header ${this.#headers.length}. Quote cells that contain the delimiter.`
    const found = remark({ line, offset, column: "", code: "row.column_count", value: String(cells), message })
    this.#rejects.push({ ...found, cells: cellsOf(place) })
  }

  /** Refuses what is no record. */
  refuseText(code: RecordProblem, line: number, offset: number, excerpt: Uint8Array): void {
    const text = excerptOf(excerpt)
    const found = remark({ line, offset, column: "", code, value: text, message: messageOf(code, "") })
    this.#rejects.push({ ...found, cells: [text] })
  }

  warn(place: Place, cell: number, code: string): void {
    this.#warnings.push(this.#remarkOn(place, cell, code))
  }

  say(line: number, code: string, column = "", value = ""): void {
    this.#warnings.push(remark({ line, column, code, value, message: messageOf(code, column) }))
  }

  take(): { readonly rejects: ReadonlyArray<RejectedRow>; readonly warnings: ReadonlyArray<Reject> } {
    const taken = { rejects: this.#rejects, warnings: this.#warnings }
    this.#rejects = []
    this.#warnings = []
    return taken
  }

  #remarkOn({ records, first, line, offset }: Place, cell: number, code: string, suggestion?: string): Reject {
    const column = this.#headers[cell] ?? ""
    const value = cellText(records, first + cell).trim()
    return remark({ line, offset, column, code, value, message: messageOf(code, column), suggestion })
  }
}

/** The cells of a row, as far as they are worth keeping. */
const cellsOf = ({ records, record }: Place): ReadonlyArray<string> => {
  const kept: Array<string> = []
  let left = MAX_REJECTED_TEXT
  for (const text of cellTexts(records, record, MAX_REJECTED_CELLS)) {
    if (left <= 0) break
    kept.push(text.length <= left ? text : detach(text.slice(0, left)))
    left -= text.length
  }
  return kept
}
