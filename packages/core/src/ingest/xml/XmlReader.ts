/**
 * XML as a stream of elements, in constant memory. Document types are refused outright, so that no
 * entity can be declared; only the five of XML itself are known. Names are local names. The bytes
 * are UTF-8, whatever encoding the document says it has.
 */
import sax from "sax"
import { UnreadableDocument } from "../UnreadableDocument.ts"

export interface XmlSink {
  /** `line` is the one the tag begins on, from 1. */
  readonly open: (name: string, attributes: Attributes, line: number) => void
  readonly close: (name: string) => void
  readonly text?: ((text: string) => void) | undefined
}

/**
 * Attribute values by local name; empty text and absent are told apart. `xmlns` is the namespace that
 * the tag declares for its own name, if it does.
 */
export type Attributes = Readonly<Record<string, string | undefined>>

/** Deepest nesting of elements. */
export const MAX_DEPTH = 256

/** Longest tag, and longest text from one tag to the next, in characters. */
export const MAX_LENGTH = 1 << 20

/** Bytes parsed at a time; after each, a value that never ends is noticed. */
const PIECE = 1 << 16

/** What sax keeps to itself: the last character, the document type so far, and its state. */
interface Internals {
  c: string
  doctype: string | boolean
  state: number
  bufferCheckPosition: number
}

type Parser = sax.SAXParser & Internals

const { STATE } = sax as unknown as { readonly STATE: Readonly<Record<string, number>> }

export class XmlReader {
  readonly #document: string
  readonly #sink: XmlSink
  readonly #parser: Parser
  readonly #decoder = new TextDecoder("utf-8")
  #attributes: Record<string, string> = {}
  #line = 1
  #depth = 0
  #hasRoot = false
  /** Position and line that the current tag, or the text behind the last one, begins at. */
  #since = 0
  #sinceLine = 1
  #failure: UnreadableDocument | undefined

  constructor(document: string, sink: XmlSink) {
    this.#document = document
    this.#sink = sink
    const parser = sax.parser(true, { position: true, strictEntities: true } as sax.SAXOptions) as Parser
    this.#parser = parser
    // sax looks entities up with what every object inherits; `&constructor;` is none.
    parser.ENTITIES = Object.assign(Object.create(null), { amp: "&", gt: ">", lt: "<", quot: '"', apos: "'" })
    parser.bufferCheckPosition = Number.POSITIVE_INFINITY
    parser.ondoctype = () => this.#check()
    parser.onerror = (error) => this.#malformed(error.message.split("\n")[0] ?? "")
    parser.onopentagstart = () => this.#begin()
    parser.onattribute = (attribute) => this.#attribute(attribute)
    parser.onopentag = (tag) => this.#open(tag.name)
    parser.onclosetag = (name) => this.#close(name)
    const { text } = sink
    if (text === undefined) return
    parser.ontext = parser.oncdata = (piece) => {
      if (this.#failure === undefined) text(piece)
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
    if (!this.#hasRoot) this.#malformed("it holds no element")
    if (this.#failure !== undefined) throw this.#failure
  }

  #write(text: string): void {
    if (this.#failure === undefined) {
      this.#parser.write(text)
      this.#check()
    }
    if (this.#failure !== undefined) throw this.#failure
  }

  #begin(): void {
    if (!this.#check()) return
    this.#line = this.#parser.line + (this.#parser.c === "\n" ? 0 : 1)
    this.#attributes = Object.create(null)
    this.#mark(this.#line)
  }

  #attribute({ name, value }: { readonly name: string; readonly value: string }): void {
    // sax passes over an attribute that it has seen before, in silence.
    this.#parser.tag.attributes = {}
    if (name in this.#attributes) this.#malformed(`Duplicate attribute ${name.slice(0, 60)}`)
    this.#attributes[name] = value
  }

  #open(name: string): void {
    if (!this.#check()) return
    this.#mark()
    this.#hasRoot = true
    if (++this.#depth > MAX_DEPTH) this.#stop("xml.too_large", `elements are nested more than ${MAX_DEPTH} deep`)
    else this.#sink.open(localName(name), localNames(name, this.#attributes), this.#line)
  }

  #close(name: string): void {
    if (!this.#check()) return
    this.#mark()
    this.#depth--
    this.#sink.close(localName(name))
  }

  #mark(line = this.#parser.line + 1): void {
    this.#since = this.#parser.position
    this.#sinceLine = line
  }

  /** Whether there is nothing to refuse so far; the outcome must not depend on how the bytes are cut. */
  #check(): boolean {
    if (this.#failure !== undefined) return false
    const { doctype, position, state } = this.#parser
    if (doctype !== "" || state === STATE.DOCTYPE)
      this.#stop("xml.dtd_forbidden", "it declares a document type; remove the <!DOCTYPE …> declaration")
    else if (position - this.#since > MAX_LENGTH)
      this.#stop("xml.too_large", `a tag or text that begins on line ${this.#sinceLine} is longer than 1 MiB`)
    return this.#failure === undefined
  }

  #malformed(reason: string): void {
    if (this.#check()) this.#stop("xml.malformed", `line ${this.#parser.line + 1} is not well-formed XML: ${reason}`)
    ;(this.#parser as { error: Error | null }).error = null
  }

  #stop(code: string, detail: string): void {
    this.#failure ??= new UnreadableDocument({ document: this.#document, code, detail })
  }
}

const localName = (name: string): string => name.slice(name.lastIndexOf(":") + 1)

/** Of two attributes with the same local name the one without a prefix counts. */
const localNames = (tag: string, written: Readonly<Record<string, string>>): Attributes => {
  const attributes: Record<string, string> = Object.create(null)
  const names = Object.keys(written)
  for (const name of names) {
    const local = localName(name)
    if (name.startsWith("xmlns:")) continue
    if (local === name || !(local in written)) attributes[local] = written[name] as string
  }
  const colon = tag.lastIndexOf(":")
  const namespace = colon < 0 ? undefined : written[`xmlns:${tag.slice(0, colon)}`]
  if (namespace !== undefined) attributes.xmlns = namespace
  return attributes
}
