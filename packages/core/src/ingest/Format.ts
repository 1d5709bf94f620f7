/** The format of a document by its first bytes. */
import { xmlFormatOf } from "./xml/detectXml.ts"

export type Format = "table" | "json" | "ipc-1752" | "iec-62474" | "cyclonedx-xml"

/** Bytes that no text holds: so many of all, and no fewer, show that it is none. A few are dirt in a short text. */
const CONTROL_SHARE = 0.02
const LEAST_CONTROL = 8

const decoder = new TextDecoder()

/** Beginnings of files that are nobody's declaration, with what to do about them. */
const foreign: ReadonlyArray<readonly [bytes: string, what: string]> = [
  ["%PDF", "it is a PDF; ask the supplier for IPC-1752A XML, a workbook or CSV"],
  ["\u00d0\u00cf\u0011\u00e0", "it is an old Office file (.xls, .doc); save it as .xlsx or CSV"],
  ["7z\u00bc\u00af", "it is a 7z archive; send zip or gzip"],
  ["Rar!", "it is a RAR archive; send zip or gzip"],
  ["{\\rtf", "it is a text document; save its table as CSV"],
  ["\u0089PNG", "it is a picture"],
  ["\u00ff\u00d8\u00ff", "it is a picture"]
]

/** @throws what `fail` makes, for content that is none of the formats */
export const formatOf = (head: Uint8Array, fail: (code: string, detail: string) => Error): Format => {
  const beginning = String.fromCharCode(...head.subarray(0, 8))
  const known = foreign.find(([bytes]) => beginning.startsWith(bytes))
  if (known !== undefined) throw fail("document.content_type", known[1])
  if (controlShare(head) > CONTROL_SHARE)
    throw fail("document.content_type", "it is no text, workbook or archive that can be read")
  if (isTable(head)) return "table"
  const text = decoder.decode(head)
  const trimmed = text.replace(/^\uFEFF/, "").trimStart()
  if (trimmed.startsWith("{") || /^\[\s*[{"[\]]/.test(trimmed)) return "json"
  if (!trimmed.startsWith("<")) return "table"
  const { format, root } = xmlFormatOf(trimmed)
  if (format !== "html" && /<!DOCTYPE/i.test(trimmed))
    throw fail("xml.dtd_forbidden", "it declares a document type; remove the <!DOCTYPE …> declaration")
  if (format === "ipc-1752" || format === "iec-62474" || format === "cyclonedx-xml") return format
  if (format === "html")
    throw fail("document.content_type", "it is a web page, perhaps a sign-in page that was saved in place of the file")
  if (/^office:document/.test(root) || root === "document-content")
    throw fail("document.unsupported_format", "it is an OpenDocument sheet (.ods); save it as .xlsx or CSV")
  throw fail(
    "document.unsupported_format",
    `its root element <${root.slice(0, 60)}> is that of no format that can be read`
  )
}

const BLANKS = [9, 10, 13, 32]

/** Whether the first character that is not blank already shows that it is no XML and no JSON. */
const isTable = (head: Uint8Array): boolean => {
  const first = head.find((byte) => !BLANKS.includes(byte)) ?? 0
  return first < 128 && first > 32 && !"<{[".includes(String.fromCharCode(first))
}

/** Share of bytes that no text holds. */
const controlShare = (head: Uint8Array): number => {
  const length = Math.min(head.length, 4096)
  let control = 0
  for (let at = 0; at < length; at++) {
    const byte = head[at] as number
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13 && byte !== 12) control++
  }
  return control < LEAST_CONTROL ? 0 : control / length
}
