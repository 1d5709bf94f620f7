/** Which XML format a document is, by its root element. */

export type XmlFormat = "ipc-1752" | "iec-62474" | "html" | "cyclonedx-xml" | "unknown"

export interface FoundXml {
  readonly format: XmlFormat
  /** Local name of the root element; empty when there is none. */
  readonly root: string
}

const prolog = /^\uFEFF?(?:\s+|<\?[\s\S]*?\?>|<!--[\s\S]*?-->)*/
const doctype = /^<!doctype\s+([^\s>[]+)[^>[]*(?:\[[\s\S]*?\]\s*)?>\s*/i
const rootTag = /^<([^\s/>"'=]+)((?:[^>"']|"[^"]*"|'[^']*')*)/

/** Skips comments and instructions and looks at the first element; `head` is the beginning of the text. */
export const xmlFormatOf = (head: string): FoundXml => {
  const body = head.slice((prolog.exec(head)?.[0] ?? "").length)
  const type = doctype.exec(body)
  if (type?.[1]?.toLowerCase() === "html") return { format: "html", root: "html" }
  const content = type === null ? body : body.slice(type[0].length)
  const match = rootTag.exec(content.slice((prolog.exec(content)?.[0] ?? "").length))
  const name = match?.[1] ?? ""
  const root = name.slice(name.lastIndexOf(":") + 1)
  return { format: formatOf(root, match?.[2] ?? ""), root }
}

const formatOf = (root: string, attributes: string): XmlFormat => {
  if (/^(html|head|body)$/i.test(root)) return "html"
  if (/webstds\.ipc\.org\/175x|1752-[12]\b/i.test(attributes) || root === "MainDeclaration") return "ipc-1752"
  if (/std\.iec\.ch\/iec62474/i.test(attributes) || (root === "Main" && /62474/.test(attributes))) return "iec-62474"
  return root === "bom" && /cyclonedx\.org\/schema/i.test(attributes) ? "cyclonedx-xml" : "unknown"
}
