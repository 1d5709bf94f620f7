/** A document whose large tables are decoded by several threads, and all else in this one. */
import * as Effect from "effect/Effect"
import { DecodingFailed, type DecodingOptions, documentOptions, type OpenDocument, unreadable } from "../../Decoding.ts"
import type { Decoded, DocumentSource } from "../../ingest/Decoded.ts"
import { type DocumentReader, readDocument } from "../../ingest/Document.ts"
import { EdgeJoiner } from "../../ingest/table/Edges.ts"
import { type Table, type TableReader, TableRows } from "../../ingest/table/Table.ts"
import type { SentTable } from "./messages.ts"
import { type Decoders, Spread } from "./Spread.ts"

export interface SpreadOptions {
  /** Bytes of a table that are decoded here before threads are asked for, and again when there are none. */
  readonly from: number
  readonly blockBytes: number
  /** Gives decoders for a table, or none when no thread is free. */
  readonly start: (table: SentTable) => Decoders | undefined
}

export class SpreadDocument implements OpenDocument {
  readonly #decoding: DecodingOptions
  readonly #options: SpreadOptions
  readonly #reader: DocumentReader
  #spreads: ReadonlyArray<Spread> = []

  constructor(document: DocumentSource, decoding: DecodingOptions, options: SpreadOptions) {
    this.#decoding = decoding
    this.#options = options
    this.#reader = readDocument(document, documentOptions(decoding), this.#readTable)
  }

  /** What comes in one large piece counts as several. */
  readonly push: OpenDocument["push"] = (chunk) => {
    const { from, blockBytes } = this.#options
    if (chunk.length <= from) return this.#reading(() => this.#reader.push(chunk))
    const pieces = Array.from({ length: Math.ceil(chunk.length / blockBytes) }, (_, index) =>
      chunk.subarray(index * blockBytes, (index + 1) * blockBytes)
    )
    return Effect.map(
      Effect.forEach(pieces, (piece) => this.#reading(() => this.#reader.push(piece))),
      (found) => found.flat()
    )
  }

  readonly end: OpenDocument["end"] = Effect.suspend(() => this.#reading(() => this.#reader.end()))

  readonly close: Effect.Effect<void> = Effect.promise(() => Promise.all(this.#spreads.map((spread) => spread.close())))

  #reading(read: () => void): ReturnType<OpenDocument["push"]> {
    return unreadable(read).pipe(
      Effect.andThen(Effect.suspend(() => (this.#spreads.some(({ mustWait }) => mustWait) ? this.#room : Effect.void))),
      Effect.andThen(Effect.sync(() => this.#reader.take()))
    )
  }

  readonly #room: Effect.Effect<void, DecodingFailed> = Effect.tryPromise({
    try: async () => {
      for (const spread of this.#spreads) await spread.wait()
      this.#spreads = this.#spreads.filter(({ ended }) => !ended)
    },
    catch: (error) => error
  }).pipe(Effect.catch((error) => (error instanceof DecodingFailed ? Effect.fail(error) : Effect.die(error))))

  readonly #readTable: TableReader = (table, reserve) => {
    const once = guessedOnce()
    const keep = () => {
      const give = reserve()
      return (found: ReadonlyArray<Decoded>) => give(found.map(once))
    }
    const rows = new TableRows(table)
    let spread: Spread | undefined
    let seen = 0
    return {
      push: (piece) => {
        if (spread !== undefined) {
          spread.push(piece)
          return
        }
        keep()([rows.push(piece)])
        seen += piece.length
        if (seen < this.#options.from) return
        seen = 0
        spread = this.#spread(table, rows, keep)
      },
      end: () => (spread === undefined ? keep()([rows.end()]) : spread.end())
    }
  }

  #spread(table: Table, rows: TableRows, reserve: Parameters<TableReader>[1]): Spread | undefined {
    const { document, layout } = table
    const { wanted, today } = this.#decoding
    const { unread } = rows
    if (unread === undefined) return undefined
    const decoders = this.#options.start({
      document,
      layout,
      today,
      wanted: wanted === undefined ? undefined : [...wanted.keys()]
    })
    if (decoders === undefined) return undefined
    const joiner = new EdgeJoiner(rows.percentHeader)
    joiner.join(rows.edges, 0)
    const spread = new Spread(table, unread, joiner, rows.rows, decoders, this.#options.blockBytes, reserve)
    this.#spreads = [...this.#spreads, spread]
    return spread
  }
}

/** Every block notices by itself that texts are not UTF-8; it is said of a table once. */
const guessedOnce = (): ((found: Decoded) => Decoded) => {
  const code = "encoding.guessed"
  let said = false
  return (found) => {
    if (!found.warnings.some((warning) => warning.code === code)) return found
    if (!said) {
      said = true
      return found
    }
    return { ...found, warnings: found.warnings.filter((warning) => warning.code !== code) }
  }
}
