/**
 * Files inside files: gzip and zip, streamed, with caps on size and ratio, so that a few
 * kilobytes never become terabytes. What is not packed passes through.
 */
import { Gunzip, Unzip, type UnzipFile, UnzipInflate } from "fflate"
import { ByteBuffer } from "../bytes.ts"
import { UnreadableDocument } from "../UnreadableDocument.ts"

/** Most bytes a packed document may unpack to. */
export const MAX_UNPACKED_BYTES = 64 * 1024 ** 3

/** Most bytes that one packed byte may become, once {@link RATIO_APPLIES_FROM} have been unpacked. */
export const MAX_RATIO = 250
export const RATIO_APPLIES_FROM = 64 * 1024 ** 2

/** Most files in an archive. */
export const MAX_ENTRIES = 10_000

/** Largest workbook (`.xlsx`), packed; it is held in memory because its parts refer to each other. */
export const MAX_WORKBOOK_BYTES = 64 * 1024 ** 2

const MAX_DEPTH = 2

/** Deflate makes at most 1032 bytes of one, so a piece this small unpacks to at most 16 MiB. */
const PIECE = 1 << 14

const SNIFF = 4

/** Takes the bytes of one unpacked file. */
export interface FileSink {
  readonly push: (chunk: Uint8Array) => void
  readonly end: () => void
}

/** What to do with the files found; `name` is empty when the document was no archive. */
export interface Unpacked {
  readonly file: (name: string) => FileSink
  readonly workbook: (name: string, bytes: Uint8Array) => void
}

type Kind = "gzip" | "zip" | "plain"

const kindOf = (head: Uint8Array): Kind =>
  head[0] === 0x1f && head[1] === 0x8b
    ? "gzip"
    : head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5)
      ? "zip"
      : "plain"

/** Unpacks one document. Bytes go in by `push` in any pieces; errors are thrown as {@link UnreadableDocument}. */
export class Unpacker implements FileSink {
  readonly #document: string
  readonly #name: string
  readonly #unpacked: Unpacked
  readonly #depth: number
  #head: ByteBuffer | undefined = new ByteBuffer()
  #inner: FileSink | undefined

  constructor(document: string, unpacked: Unpacked, name = "", depth = 0) {
    this.#document = document
    this.#unpacked = unpacked
    this.#name = name
    this.#depth = depth
  }

  readonly push = (chunk: Uint8Array): void => {
    if (this.#head === undefined) {
      this.#inner?.push(chunk)
      return
    }
    this.#head.push(chunk)
    if (this.#head.length >= SNIFF) this.#begin()
  }

  readonly end = (): void => {
    if (this.#head !== undefined) this.#begin()
    this.#inner?.end()
  }

  #begin(): void {
    const { bytes: head } = this.#head as ByteBuffer
    this.#head = undefined
    const kind = kindOf(head)
    if (kind !== "plain" && this.#depth === MAX_DEPTH)
      throw this.#fail("archive.nested", "archives within archives within archives are not opened")
    this.#inner =
      kind === "plain"
        ? this.#unpacked.file(this.#name)
        : new InPieces(kind === "gzip" ? this.#gzip() : this.#zip(), PIECE)
    this.#inner.push(head)
  }

  #fail(code: string, detail: string): UnreadableDocument {
    return new UnreadableDocument({ document: this.#document, code, detail })
  }

  #nested(name: string): Unpacker {
    return new Unpacker(this.#document, this.#unpacked, name, this.#depth + 1)
  }

  #gzip(): FileSink {
    const inner = this.#nested(this.#name)
    const gauge = new Gauge((code, detail) => this.#fail(code, detail))
    const gunzip = new Gunzip((chunk) => {
      gauge.out(chunk.length)
      inner.push(chunk)
    })
    return {
      push: (chunk) => {
        gauge.in(chunk.length)
        this.#guarded(() => gunzip.push(chunk, false))
      },
      end: () => {
        this.#guarded(() => gunzip.push(new Uint8Array(0), true))
        inner.end()
      }
    }
  }

  #zip(): FileSink {
    const gauge = new Gauge((code, detail) => this.#fail(code, detail))
    let packed: Array<Uint8Array> | undefined = []
    let size = 0
    let workbook = false
    let entries = 0
    const unzip = new Unzip((file) => {
      if (++entries > MAX_ENTRIES)
        throw this.#fail("archive.too_many_files", `the archive holds more than ${MAX_ENTRIES} files`)
      if (/^(\[Content_Types\]\.xml|xl\/)/.test(file.name)) workbook = true
      else if (!workbook) this.#extract(file, gauge)
    })
    unzip.register(UnzipInflate)
    return {
      push: (chunk) => {
        if (workbook || entries === 0) {
          size += chunk.length
          if (size > MAX_WORKBOOK_BYTES && workbook)
            throw this.#fail("workbook.too_large", "a workbook may have 64 MiB; save the sheet as CSV")
          packed?.push(chunk)
        }
        gauge.in(chunk.length)
        if (!workbook) this.#guarded(() => unzip.push(chunk, false))
        if (!workbook && entries > 0) packed = undefined
      },
      end: () => {
        if (workbook) this.#unpacked.workbook(this.#name, joined(packed ?? [], size))
        else this.#guarded(() => unzip.push(new Uint8Array(0), true))
        if (!workbook && entries === 0)
          throw this.#fail("archive.unreadable", "the archive holds no file that can be read")
      }
    }
  }

  #extract(file: UnzipFile, gauge: Gauge): void {
    if (file.name.endsWith("/") || /(^|\/)(__MACOSX\/|\.)/.test(file.name)) return
    const inner = this.#nested(this.#name === "" ? file.name : `${this.#name}/${file.name}`)
    file.ondata = (error, chunk, final) => {
      if (error !== null)
        throw isDamage(error)
          ? this.#fail("archive.unreadable", `${file.name} cannot be unpacked: ${error.message}`)
          : error
      gauge.out(chunk.length)
      inner.push(chunk)
      if (final) inner.end()
    }
    file.start()
  }

  /** Turns the errors of the unpacking library into ours. */
  #guarded(run: () => void): void {
    try {
      run()
    } catch (error) {
      if (!isDamage(error)) throw error
      throw this.#fail("archive.unreadable", `the packed bytes are damaged: ${error.message}`)
    }
  }
}

/** Whether an error is one of the unpacking library, and not of what the unpacked bytes were given to. */
const isDamage = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && typeof error.code === "number"

/** Hands bytes on in pieces of one size, so that nothing depends on how they arrived. */
class InPieces implements FileSink {
  readonly #sink: FileSink
  readonly #size: number
  #waiting = new ByteBuffer()

  constructor(sink: FileSink, size: number) {
    this.#sink = sink
    this.#size = size
  }

  readonly push = (chunk: Uint8Array): void => {
    let at = 0
    while (this.#waiting.length + chunk.length - at >= this.#size) {
      const missing = this.#size - this.#waiting.length
      this.#waiting.push(chunk.subarray(at, at + missing))
      at += missing
      this.#flush()
    }
    this.#waiting.push(chunk.subarray(at))
  }

  readonly end = (): void => {
    this.#flush()
    this.#sink.end()
  }

  #flush(): void {
    const { bytes } = this.#waiting
    this.#waiting = new ByteBuffer()
    if (bytes.length > 0) this.#sink.push(bytes)
  }
}

/** Counts bytes on both sides of an unpacking. */
class Gauge {
  readonly #fail: (code: string, detail: string) => UnreadableDocument
  #in = 0
  #out = 0

  constructor(fail: (code: string, detail: string) => UnreadableDocument) {
    this.#fail = fail
  }

  in(bytes: number): void {
    this.#in += bytes
  }

  out(bytes: number): void {
    this.#out += bytes
    if (this.#out > MAX_UNPACKED_BYTES) throw this.#fail("archive.too_large", "it unpacks to more than 64 GiB")
    if (this.#out > RATIO_APPLIES_FROM && this.#out > MAX_RATIO * this.#in)
      throw this.#fail("archive.ratio", `it unpacks to more than ${MAX_RATIO} times its size`)
  }
}

const joined = (chunks: ReadonlyArray<Uint8Array>, size: number): Uint8Array => {
  const all = new Uint8Array(size)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.length
  }
  return all
}
