/**
 * Documents as suppliers and engineers send them: unpacked, in any encoding, recognised by their
 * content and never by their name alone.
 */

import type { TableHeader } from "../domain/Declaration.ts"
import { type FileSink, Unpacker } from "./archive/Unpack.ts"
import type { DecodedBom, Fail } from "./bom/BomBuilder.ts"
import { readBomJson } from "./bom/BomJson.ts"
import { readBomTable } from "./bom/BomTable.ts"
import { readCycloneDxXml } from "./bom/CycloneDxXml.ts"
import { ByteBuffer } from "./bytes.ts"
import { type Decoded, type DecodeOptions, type Decoder, type DocumentSource, Findings } from "./Decoded.ts"
import { ToUtf8 } from "./Encoding.ts"
import { formatOf } from "./Format.ts"
import { findLayout, HEAD_BYTES, type Layout } from "./table/Layout.ts"
import { crToLf, endsInCr } from "./table/LineEnds.ts"
import type { TableKind } from "./table/Mapping.ts"
import { readRows, type TableReader } from "./table/Table.ts"
import { UnreadableDocument } from "./UnreadableDocument.ts"
import { readWorkbook } from "./xlsx/Xlsx.ts"
import { decodeIec62474 } from "./xml/Iec62474.ts"
import { decodeIpc1752 } from "./xml/Ipc1752.ts"

/** Largest BOM in bytes, unpacked; it is read as a whole. */
export const MAX_BOM_BYTES = 256 * 1024 * 1024

export interface DocumentOptions extends DecodeOptions {
  /** What the document must be; found by its content when left out. */
  readonly as?: TableKind | undefined
}

/** What one stretch of a document gave; a BOM comes with the last. */
export interface DecodedDocument extends Decoded {
  readonly bom?: DecodedBom | undefined
}

/** Bytes go in by `push` in any pieces; call `end` once after the last. What was found is taken in between. */
export interface DocumentReader extends FileSink {
  /** What has been found since it was last taken, in the order of the document, as far as it is known by now. */
  readonly take: () => ReadonlyArray<DecodedDocument>
}

export interface DocumentDecoder {
  /** @throws UnreadableDocument when the document cannot be taken as a whole */
  readonly push: (chunk: Uint8Array) => DecodedDocument
  /** @throws UnreadableDocument as for `push` */
  readonly end: () => DecodedDocument
}

/**
 * Decodes a document: declarations as CSV or any other delimited table, XLSX, IPC-1752A/B XML,
 * IEC 62474 / chemSHERPA XML; BOMs as JSON, table, XLSX or CycloneDX; each also within gzip or zip.
 */
export const decodeDocument = (document: DocumentSource, options: DocumentOptions = {}): DocumentDecoder => {
  const reader = readDocument(document, options, readRows)
  return {
    push: (chunk) => {
      reader.push(chunk)
      return merged(reader.take())
    },
    end: () => {
      reader.end()
      return merged(reader.take())
    }
  }
}

/** Reads a document as {@link decodeDocument} does, with the rows of its tables read by `readTable`. */
export const readDocument = (
  document: DocumentSource,
  options: DocumentOptions,
  readTable: TableReader
): DocumentReader => {
  const collected = new Collected(document.name)
  const reading: Reading = { options, readTable, collected }
  const within = (inner: string) => ({
    ...document,
    name: inner === "" ? document.name : `${document.name}/${inner}`
  })
  const unpacker = new Unpacker(document.name, {
    file: (name) => new ToUtf8(new Content(within(name), reading, name === "" ? "whole" : "file")),
    workbook: (name, bytes) =>
      readWorkbook(within(name).name, bytes, (sheet, sheets) => {
        const place = sheets > 1 ? (name === "" ? sheet : `${name}/${sheet}`) : name
        return new Content(within(place), reading, sheets > 1 ? "sheet" : name === "" ? "whole" : "file")
      })
  })
  return {
    push: unpacker.push,
    end: () => {
      unpacker.end()
      collected.end()
    },
    take: () => collected.take()
  }
}

/** What all files of a document share. */
interface Reading {
  readonly options: DocumentOptions
  readonly readTable: TableReader
  readonly collected: Collected
}

/** What the decoders of all files of a document found since it was last taken. */
class Collected {
  readonly #document: string
  readonly #skipped: Array<UnreadableDocument> = []
  #places: Array<{ found: ReadonlyArray<Decoded> | undefined }> = []
  #bom: DecodedBom | undefined
  #header: TableHeader | undefined
  #read = 0

  constructor(document: string) {
    this.#document = document
  }

  /** Counts a file that is one of ours. */
  opened(): void {
    this.#read++
  }

  /** Passes over a file or sheet that is none of ours, as long as another one is. */
  skip(refused: UnreadableDocument): void {
    this.#skipped.push(refused)
  }

  /** Whether rows under this header can stand in the one file of rejects that a document has. */
  fits(header: TableHeader): boolean {
    this.#header ??= header
    return this.#header.headers.join("\n") === header.headers.join("\n")
  }

  /** @throws UnreadableDocument when no file of the document was one of ours */
  end(): void {
    const [first] = this.#skipped
    if (this.#read === 0)
      throw (
        first ??
        new UnreadableDocument({ document: this.#document, code: "header.missing", detail: "it holds no table" })
      )
    const findings = new Findings()
    for (const { document, code, detail } of this.#skipped)
      findings.warn({ line: 0, column: document, code: "document.part_skipped", value: code, message: `${detail}.` })
    this.reserve()([findings.take()])
  }

  /** Keeps the place of what is found next; what is found behind it is taken after it. */
  reserve(): (found: ReadonlyArray<Decoded>) => void {
    const place: { found: ReadonlyArray<Decoded> | undefined } = { found: undefined }
    this.#places.push(place)
    return (found) => {
      place.found = found
    }
  }

  setBom(bom: DecodedBom, again: () => Error): void {
    if (this.#bom !== undefined) throw again()
    this.#bom = bom
  }

  take(): ReadonlyArray<DecodedDocument> {
    const open = this.#places.findIndex(({ found }) => found === undefined)
    const known = this.#places.splice(0, open < 0 ? this.#places.length : open)
    const taken: Array<DecodedDocument> = known.flatMap(({ found = [] }) => found.filter(saysSomething))
    if (this.#bom !== undefined) taken.push({ ...noRows, bom: this.#bom })
    this.#bom = undefined
    return taken
  }
}

const noRows: Decoded = { declarations: [], rejects: [], warnings: [], accepted: 0, rejected: 0 }

const saysSomething = ({ declarations, rejects, warnings, accepted, table }: Decoded): boolean =>
  declarations.length + rejects.length + warnings.length + accepted > 0 || table !== undefined

const merged = (found: ReadonlyArray<DecodedDocument>): DecodedDocument => {
  const [only] = found
  if (found.length === 1 && only !== undefined) return only
  const bom = found.find((one) => one.bom !== undefined)?.bom
  return {
    table: found.find((one) => one.table !== undefined)?.table,
    declarations: found.flatMap((one) => [...one.declarations]),
    rejects: found.flatMap((one) => one.rejects),
    warnings: found.flatMap((one) => one.warnings),
    accepted: found.reduce((sum, one) => sum + one.accepted, 0),
    rejected: found.reduce((sum, one) => sum + one.rejected, 0),
    ...(bom === undefined ? {} : { bom })
  }
}

/** The document itself, or a file or sheet within it. */
type Part = "whole" | "file" | "sheet"

/** Why a file in an archive is passed over; any other refusal is one of the archive. */
const notOurs = new Set(["document.content_type", "document.unsupported_format", "header.missing"])

const nothing: FileSink = { push: () => {}, end: () => {} }

/** One unpacked file: waits for enough bytes to tell what it is, then hands them to its decoder. */
class Content implements FileSink {
  readonly #document: DocumentSource
  readonly #options: DocumentOptions
  readonly #reading: Reading
  readonly #part: Part
  #fits = true
  #head: ByteBuffer | undefined = new ByteBuffer()
  #inner: FileSink | undefined

  constructor(document: DocumentSource, reading: Reading, part: Part) {
    this.#part = part
    this.#document = document
    this.#options = reading.options
    this.#reading = reading
  }

  readonly push = (chunk: Uint8Array): void => {
    if (this.#head === undefined) {
      this.#inner?.push(chunk)
      return
    }
    this.#head.push(chunk)
    if (this.#head.length >= HEAD_BYTES) this.#begin()
  }

  readonly end = (): void => {
    if (this.#head !== undefined) this.#begin()
    this.#inner?.end()
  }

  readonly #fail: Fail = (code, detail) => new UnreadableDocument({ document: this.#document.name, code, detail })

  #begin(): void {
    const { bytes } = this.#head as ByteBuffer
    this.#head = undefined
    const start = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
    this.#inner = this.#opened(bytes.subarray(start, HEAD_BYTES), start)
    this.#inner.push(bytes.subarray(start))
  }

  #opened(head: Uint8Array, start: number): FileSink {
    try {
      const decoder = this.#decoderOf(head, start)
      this.#reading.collected.opened()
      return decoder
    } catch (error) {
      const passOver =
        error instanceof UnreadableDocument &&
        (this.#part === "sheet" || (this.#part === "file" && notOurs.has(error.code)))
      if (!passOver) throw error
      this.#reading.collected.skip(error)
      return nothing
    }
  }

  #decoderOf(head: Uint8Array, start: number): FileSink {
    const format = formatOf(head, this.#fail)
    switch (format) {
      case "ipc-1752":
        return this.#declarations(decodeIpc1752(this.#document, this.#options), "IPC-1752")
      case "iec-62474":
        return this.#declarations(decodeIec62474(this.#document, this.#options), "IEC 62474")
      case "cyclonedx-xml":
        if (this.#options.as === "declarations")
          throw this.#fail("document.not_declarations", "it is CycloneDX, which holds BOMs and no declarations")
        return this.#bom((bytes) => readCycloneDxXml(this.#document.name, bytes, this.#fail))
      case "json":
        if (this.#options.as === "declarations")
          throw this.#fail("document.not_declarations", "it is JSON, which holds BOMs and no declarations")
        return this.#bom((bytes) => readBomJson(bytes, this.#fail))
      case "table":
        return endsInCr(head)
          ? crToLf(
              this.#table(
                head.map((byte) => (byte === 13 ? 10 : byte)),
                start
              )
            )
          : this.#table(head, start)
    }
  }

  #table(head: Uint8Array, start: number): FileSink {
    const kinds = this.#options.as === undefined ? (["declarations", "bom"] as const) : [this.#options.as]
    const layout = findLayout(this.#document.name, head, kinds, this.#options.mapping)
    return layout.kind === "bom"
      ? this.#bom((bytes) => readBomTable(this.#document.name, bytes, layout, start, this.#fail))
      : this.#rows(layout, start)
  }

  #rows(layout: Layout, start: number): FileSink {
    const table = {
      document: this.#document,
      layout,
      options: this.#options,
      start: { line: layout.line, offset: start + layout.offset }
    }
    const rows = this.#reading.readTable(table, () => this.#reserve())
    let before = layout.offset
    return {
      push: (chunk) => {
        const skipped = Math.min(before, chunk.length)
        before -= skipped
        rows.push(chunk.subarray(skipped))
      },
      end: rows.end
    }
  }

  #declarations(decoder: Decoder, what: string): FileSink {
    if (this.#options.as === "bom") throw this.#fail("document.not_a_bom", `it is ${what}, not a BOM`)
    const add = (found: Decoded) => this.#reserve()([found])
    return { push: (chunk) => add(decoder.push(chunk)), end: () => add(decoder.end()) }
  }

  #reserve(): (found: ReadonlyArray<Decoded>) => void {
    const take = this.#reading.collected.reserve()
    return (found) => take(found.map((one) => this.#placed(one)))
  }

  /** Remarks about a file inside an archive say which; rows under another header than the first lose their cells. */
  #placed(found: Decoded): Decoded {
    if (found.table !== undefined) this.#fits = this.#reading.collected.fits(found.table)
    if (this.#part === "whole") return found
    const document = this.#document.name
    return {
      ...found,
      rejects: found.rejects.map((reject) => ({ ...reject, document, ...(this.#fits ? {} : { cells: [] }) })),
      warnings: found.warnings.map((warning) => ({ ...warning, document }))
    }
  }

  #bom(read: (bytes: Uint8Array) => DecodedBom): FileSink {
    const chunks: Array<Uint8Array> = []
    let size = 0
    return {
      push: (chunk) => {
        size += chunk.length
        if (size > MAX_BOM_BYTES) throw this.#fail("bom.too_large", "the BOM is larger than 256 MiB")
        chunks.push(chunk.slice())
      },
      end: () => {
        const bytes = new Uint8Array(size)
        let offset = 0
        for (const chunk of chunks) {
          bytes.set(chunk, offset)
          offset += chunk.length
        }
        this.#reading.collected.setBom(read(bytes), () =>
          this.#fail("bom.several", "the archive holds several BOMs; send one at a time")
        )
      }
    }
  }
}
