/**
 * The rows of a table, decoded by several threads. Blocks are cut at the ends of lines, and each is
 * decoded as if a row began with its first byte, which is so unless a quoted cell holds that line end
 * or a quote is stray. The rows before it tell: when they end elsewhere, the block is decoded once
 * more from there. So what is found is what one thread finds, to the last remark and in the same order.
 */
import type { FileSink } from "../../ingest/archive/Unpack.ts"
import type { Decoded } from "../../ingest/Decoded.ts"
import type { Block } from "../../ingest/table/Block.ts"
import type { EdgeJoiner } from "../../ingest/table/Edges.ts"
import { unpack } from "../../ingest/table/PackedRows.ts"
import type { Unread } from "../../ingest/table/Records.ts"
import { emptyTable, type Table, type TableReader } from "../../ingest/table/Table.ts"
import { type Cut, Cutter } from "./Cutter.ts"
import type { Answer } from "./messages.ts"

/** What decodes blocks, several at a time. */
export interface Decoders {
  /** Blocks that can be given before one is answered. */
  readonly capacity: number
  readonly decode: (block: Block) => Promise<Answer>
  readonly close: () => Promise<void>
}

/** Where the rows of a block, and of all before it, end. */
interface End {
  readonly line: number
  /** What the next block has to begin with when that is not its first byte. */
  readonly unread: Unread | undefined
}

const nothing: Decoded = { declarations: [], rejects: [], warnings: [], accepted: 0, rejected: 0 }

const none = new Uint8Array(0)

export class Spread implements FileSink {
  readonly #table: Table
  readonly #joiner: EdgeJoiner
  #rows: number
  readonly #decoders: Decoders
  readonly #reserve: Parameters<TableReader>[1]
  readonly #cutter: Cutter
  /** Where the next block begins. */
  #from: Unread
  #end: Promise<End>
  /** Whether all bytes have been pushed. */
  ended = false
  readonly #unsettled: Array<Promise<End>> = []

  /**
   * @param unread where the rows that were read before end
   * @param joiner has taken them
   * @param rows how many they are
   */
  constructor(
    table: Table,
    unread: Unread,
    joiner: EdgeJoiner,
    rows: number,
    decoders: Decoders,
    blockBytes: number,
    reserve: Parameters<TableReader>[1]
  ) {
    this.#table = table
    this.#joiner = joiner
    this.#rows = rows
    this.#decoders = decoders
    this.#reserve = reserve
    this.#cutter = new Cutter(blockBytes)
    this.#from = { ...unread, line: 1 }
    this.#end = Promise.resolve({ line: unread.line, unread: undefined })
  }

  readonly push = (piece: Uint8Array): void => {
    const cut = this.#cutter.push(piece)
    if (cut !== undefined) this.#decode(cut, false)
  }

  readonly end = (): void => {
    this.ended = true
    this.#decode(this.#cutter.rest(), true)
  }

  /** Whether there is something to wait for before more bytes are pushed. */
  get mustWait(): boolean {
    return this.ended || this.#unsettled.length > this.#decoders.capacity
  }

  /** Waits until few enough blocks are worked on; behind the end, for all of them. Rejects with what a decoder does. */
  async wait(): Promise<void> {
    const most = this.ended ? 0 : this.#decoders.capacity
    while (this.#unsettled.length > most) {
      await this.#unsettled[0]
      this.#unsettled.shift()
    }
    if (this.ended) await this.#decoders.close()
  }

  readonly close = (): Promise<void> => this.#decoders.close()

  #decode({ bytes, pieces }: Cut, last: boolean): void {
    const block: Block = { bytes, pieces, from: this.#from, last }
    const offset = this.#from.offset + this.#from.bytes.length + bytes.length
    this.#from = { bytes: none, worthwhile: 0, skipping: false, line: 1, offset }
    this.#end = this.#settle(this.#end, this.#decoders.decode(block), block, this.#reserve())
    this.#end.catch(() => {}) // whoever waits is told
    this.#unsettled.push(this.#end)
  }

  async #settle(
    before: Promise<End>,
    guess: Promise<Answer>,
    block: Block,
    give: (found: ReadonlyArray<Decoded>) => void
  ): Promise<End> {
    const [{ line, unread }, guessed] = await Promise.all([before, guess])
    const answer =
      unread === undefined
        ? guessed
        : await this.#decoders.decode({ ...block, bytes: guessed.bytes, from: { ...unread, line: 1 } })
    give(this.#joined(answer, line, block.last))
    this.#cutter.recycle(answer.bytes)
    return { line: line + answer.lines, unread: answer.unread }
  }

  /** The rows of a block, with what is to be said of them beside those before; of the last one also of all rows. */
  #joined({ rows, edges }: Answer, line: number, last: boolean): ReadonlyArray<Decoded> {
    const found = unpack(rows, this.#table.document, line)
    for (const { accepted, rejected } of found) this.#rows += accepted + rejected
    const warnings = [...this.#joiner.join(edges, line - 1)]
    if (last) warnings.push(...this.#joiner.end())
    if (last && this.#rows === 0) warnings.push(emptyTable(this.#table.layout))
    return warnings.length === 0 ? found : [...found, { ...nothing, warnings }]
  }
}
