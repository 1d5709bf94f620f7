/**
 * XML as a stream of elements, in constant memory. Document types are refused outright, so that no
 * entity can be declared; only the five of XML itself are known. Names are local names.
 */
import sax from "sax"
import { UnreadableDocument } from "../UnreadableDocument.ts"

export interface XmlSink {
  readonly open: (name: string, attributes: Attributes, line: number) => void
  readonly close: (name: string) => void
  readonly text?: ((text: string) => void) | undefined
}

/** Attribute values by local name; empty text and absent are told apart. */
export type Attributes = Readonly<Record<string, string | undefined>>

/** Deepest nesting of elements. */
export const MAX_DEPTH = 256

/** Pieces small enough for the parser to notice a value that never ends before it grows large. */
const PIECE = 1 << 15

export class XmlReader {
  readonly #document: string
  readonly #parser: sax.SAXParser
  readonly #decoder = new TextDecoder("utf-8")
  #depth = 0
  #failure: UnreadableDocument | undefined

  constructor(document: string, sink: XmlSink) {
    this.#document = document
    const parser = sax.parser(true, { position: true, strictEntities: true } as sax.SAXOptions)
    this.#parser = parser
    parser.ondoctype = () =>
      this.#stop("xml.dtd_forbidden", "it declares a document type; remove the <!DOCTYPE …> declaration")
    parser.onerror = (error) => {
      const reason = error.message.split("\n")[0] ?? ""
      if (/max buffer length/i.test(reason))
        this.#stop("xml.too_large", `line ${parser.line + 1} holds a tag or value of more than 64 KiB`)
      else this.#stop("xml.malformed", `line ${parser.line + 1} is not well-formed XML: ${reason}`)
    }
    parser.onopentag = (tag) => {
      if (this.#failure !== undefined) return
      if (++this.#depth > MAX_DEPTH)
        return this.#stop("xml.too_large", `elements are nested more than ${MAX_DEPTH} deep`)
      sink.open(localName(tag.name), attributesOf(tag as sax.Tag), parser.line + 1)
    }
    parser.onclosetag = (name) => {
      if (this.#failure !== undefined) return
      this.#depth--
      sink.close(localName(name))
    }
    const { text } = sink
    if (text !== undefined) {
      parser.ontext = text
      parser.oncdata = text
    }
  }

  /** @throws UnreadableDocument when the bytes are no XML, or more than this reader takes */
  push(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; at += PIECE)
      this.#write(this.#decoder.decode(chunk.subarray(at, at + PIECE), { stream: true }))
  }

  /** @throws UnreadableDocument as for `push` */
  end(): void {
    this.#write(this.#decoder.decode())
    this.#parser.close()
    if (this.#failure !== undefined) throw this.#failure
  }

  #write(text: string): void {
    if (this.#failure === undefined) this.#parser.write(text)
    if (this.#failure !== undefined) throw this.#failure
  }

  #stop(code: string, detail: string): void {
    this.#failure ??= new UnreadableDocument({ document: this.#document, code, detail })
    ;(this.#parser as { error: Error | null }).error = null
  }
}

const localName = (name: string): string => name.slice(name.indexOf(":") + 1)

const attributesOf = (tag: sax.Tag): Attributes => {
  const attributes: Record<string, string> = {}
  for (const [name, value] of Object.entries(tag.attributes)) attributes[localName(name)] = value
  return attributes
}
