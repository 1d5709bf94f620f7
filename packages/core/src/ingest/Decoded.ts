/** What decoders give: declarations, and what is to be said of the rows they stand in. */
import type { Declaration, Reject, RejectedRow, TableHeader } from "../domain/Declaration.ts"
import type { Declarations } from "../domain/Declarations.ts"
import type { Mapping } from "../domain/Mapping.ts"
import type { Source } from "../domain/Part.ts"
import { detach } from "./Interner.ts"

export type { Declarations }

/** A document as its rows name it. */
export interface DocumentSource {
  readonly name: string
  readonly sha256: string
  /** The day it arrived, `YYYY-MM-DD`, when a store knows it. */
  readonly arrived?: string | undefined
}

/** What a document says of its statements. */
export type Stated = Pick<Source, "issued" | "supplier">

/** Where a statement stands. */
export const sourceOf = (document: DocumentSource, line: number, { issued, supplier }: Stated): Source => ({
  document: document.name,
  sha256: document.sha256,
  line,
  ...(document.arrived === undefined ? {} : { arrived: document.arrived }),
  ...(issued === undefined ? {} : { issued }),
  ...(supplier === undefined ? {} : { supplier })
})

/** What one stretch of bytes gave. */
export interface Decoded {
  readonly declarations: Declarations
  readonly rejects: ReadonlyArray<RejectedRow>
  /** About rows that were accepted. */
  readonly warnings: ReadonlyArray<Reject>
  /** Good rows in this stretch, including those that `wanted` left out. */
  readonly accepted: number
  readonly rejected: number
  /** Set once, when a table's header is known. */
  readonly table?: TableHeader | undefined
}

export interface DecodeOptions {
  /** What the columns of a table hold; found by their names when left out. */
  readonly mapping?: Mapping | undefined
  /** Keeps only declarations of these parts; the others are validated and counted all the same. */
  readonly wanted?: ((partKey: string) => boolean) | undefined
  /** The day the document arrived, `YYYY-MM-DD`; later dates in it are remarked on. */
  readonly today?: string | undefined
}

/** Bytes go in by `push` in any pieces; call `end` once after the last. */
export interface Decoder {
  /** @throws UnreadableDocument when the document cannot be taken as a whole */
  readonly push: (chunk: Uint8Array) => Decoded
  /** @throws UnreadableDocument as for `push` */
  readonly end: () => Decoded
}

export interface Remark {
  readonly line: number
  readonly offset?: number | undefined
  readonly column: string
  readonly code: string
  readonly value: string
  readonly message: string
  readonly suggestion?: string | undefined
}

const MAX_EXCERPT = 200

/** Characters of the cells of a rejected row that are kept. */
export const MAX_REJECTED_TEXT = 4096

/** A remark with a bounded excerpt of the value it is about, sharing no memory with the document. */
export const remark = ({ line, offset, column, code, value, message, suggestion }: Remark): Reject => ({
  line,
  ...(offset === undefined ? {} : { offset }),
  column,
  code,
  value: detach(value.length > MAX_EXCERPT ? `${value.slice(0, MAX_EXCERPT)}…` : value),
  message,
  ...(suggestion === undefined ? {} : { suggestion: detach(suggestion) })
})

/** Collects what a decoder finds until it is taken. */
export class Findings {
  #declarations: Array<Declaration> = []
  #rejects: Array<RejectedRow> = []
  #warnings: Array<Reject> = []
  #accepted = 0
  #rejected = 0

  /** Counts one good row; `declarations` are those of it that are wanted. */
  accept(...declarations: ReadonlyArray<Declaration>): void {
    this.#accepted++
    for (const declaration of declarations) this.#declarations.push(declaration)
  }

  reject(found: Remark, cells: ReadonlyArray<string> = []): void {
    this.#rejected++
    this.#rejects.push({ ...remark(found), cells })
  }

  warn(found: Remark): void {
    this.#warnings.push(remark(found))
  }

  take(): Decoded {
    const taken: Decoded = {
      declarations: this.#declarations,
      rejects: this.#rejects,
      warnings: this.#warnings,
      accepted: this.#accepted,
      rejected: this.#rejected
    }
    this.#declarations = []
    this.#rejects = []
    this.#warnings = []
    this.#accepted = 0
    this.#rejected = 0
    return taken
  }
}
