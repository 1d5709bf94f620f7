import type { Mapping } from "../../domain/Mapping.ts"

/** One kind of dirt that suppliers' files have, as a small file with what must come of it. */

export interface CorpusCase {
  /** Number of the kind of dirt, 1 to 46; 0 for clean files of a format. */
  readonly kind: number
  readonly title: string
  /** Name of the file. */
  readonly name: string
  readonly bytes: Uint8Array
  readonly as: "declarations" | "bom"
  /** What a person states about the columns and the dialect. */
  readonly mapping?: Mapping | undefined
  readonly expected: Expected
}

export interface Expected {
  /** Code that the document as a whole is refused with; nothing else is looked at then. */
  readonly refused?: string
  readonly accepted?: number
  /** `line column code`. */
  readonly rejects?: ReadonlyArray<string>
  readonly warnings?: ReadonlyArray<string>
  /** `part | substance | CAS or EC number or - | amount`, with ` | material` and ` | exemption` when there are any. */
  readonly says?: ReadonlyArray<string>
  /** `parent > quantity child`; parts with a mass or material as `part: mass g, material`. */
  readonly bom?: ReadonlyArray<string>
  /** `part: status reason` of the findings about part A, a piece of 10 g of one material, judged by EU RoHS as of a day. */
  readonly judged?: { readonly asOf: string; readonly finding: string; readonly code: string }
}

const encoder = new TextEncoder()

export const utf8 = (text: string): Uint8Array => encoder.encode(text)

export const utf16 = (text: string, order: "le" | "be", mark: boolean): Uint8Array => {
  const units = [...(mark ? `\uFEFF${text}` : text)].join("")
  const bytes = new Uint8Array(2 * units.length)
  for (let at = 0; at < units.length; at++) {
    const code = units.charCodeAt(at)
    bytes[2 * at + (order === "le" ? 0 : 1)] = code & 0xff
    bytes[2 * at + (order === "le" ? 1 : 0)] = code >> 8
  }
  return bytes
}

/** Text of one byte a character, as windows-1252 writes it. */
export const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0) & 0xff)

/** A declarations table. */
export const declarations = (
  kind: number,
  title: string,
  content: string | Uint8Array,
  expected: Expected,
  name = "declarations.csv"
): CorpusCase => ({
  kind,
  title,
  name,
  bytes: typeof content === "string" ? utf8(content) : content,
  as: "declarations",
  expected
})

export const bom = (
  kind: number,
  title: string,
  content: string | Uint8Array,
  expected: Expected,
  name = "EG-200.csv"
): CorpusCase => ({
  ...declarations(kind, title, content, expected, name),
  as: "bom"
})
