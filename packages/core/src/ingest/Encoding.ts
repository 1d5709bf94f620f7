/** Text of any encoding that can be told for sure, as UTF-8. */

import type { FileSink } from "./archive/Unpack.ts"
import { ByteBuffer } from "./bytes.ts"

/** Bytes that hold the declaration of an XML document. */
const SNIFF_BYTES = 256

/** Bytes looked at to tell UTF-16 without a byte order mark. */
const UTF16_BYTES = 64

const encoder = new TextEncoder()

type Utf16 = "utf-16le" | "utf-16be"

/** UTF-16 by its byte order mark, or by the zero bytes that ASCII text has in it. */
const utf16Of = (head: Uint8Array): Utf16 | undefined => {
  if (head[0] === 0xff && head[1] === 0xfe) return "utf-16le"
  if (head[0] === 0xfe && head[1] === 0xff) return "utf-16be"
  let even = 0
  let odd = 0
  const pairs = Math.min(head.length, UTF16_BYTES) >> 1
  for (let at = 0; at < 2 * pairs; at += 2) {
    if (head[at] === 0) even++
    if (head[at + 1] === 0) odd++
  }
  if (pairs < 4) return undefined
  return odd > 0.7 * pairs && even === 0 ? "utf-16le" : even > 0.7 * pairs && odd === 0 ? "utf-16be" : undefined
}

/** The encoding an XML document declares, when it is one that is known and not UTF-8 itself. */
const declaredIn = (head: Uint8Array): string | undefined => {
  const declared = /^<\?xml\s[^>]*?encoding\s*=\s*["']([\w.:-]{1,40})["']/.exec(String.fromCharCode(...head))?.[1]
  if (declared === undefined) return undefined
  try {
    const { encoding } = new TextDecoder(declared)
    return /^utf-/.test(encoding) ? undefined : encoding
  } catch {
    return undefined
  }
}

/** Passes bytes on as UTF-8; bytes that are neither UTF-16 nor declared to be something else pass as they are. */
export class ToUtf8 implements FileSink {
  readonly #sink: FileSink
  #head: ByteBuffer | undefined = new ByteBuffer()
  #decoder: TextDecoder | undefined

  constructor(sink: FileSink) {
    this.#sink = sink
  }

  readonly push = (chunk: Uint8Array): void => {
    if (this.#head === undefined) {
      this.#pass(chunk)
      return
    }
    this.#head.push(chunk)
    if (this.#head.length >= SNIFF_BYTES) this.#begin()
  }

  readonly end = (): void => {
    if (this.#head !== undefined) this.#begin()
    if (this.#decoder !== undefined) this.#sink.push(encoder.encode(this.#decoder.decode()))
    this.#sink.end()
  }

  #begin(): void {
    const { bytes: head } = this.#head as ByteBuffer
    this.#head = undefined
    const encoding = utf16Of(head) ?? declaredIn(head.subarray(0, SNIFF_BYTES))
    if (encoding !== undefined) this.#decoder = new TextDecoder(encoding)
    this.#pass(head)
  }

  #pass(chunk: Uint8Array): void {
    if (this.#decoder === undefined) this.#sink.push(chunk)
    else this.#sink.push(encoder.encode(this.#decoder.decode(chunk, { stream: true })))
  }
}
