/** Which XML format a document is, by its root element. */

export type XmlFormat = "ipc-1752" | "iec-62474" | "html" | "unknown"

/** Skips the prolog and looks at the first element; `head` is the beginning of the text. */
export const xmlFormatOf = (head: string): { readonly format: XmlFormat; readonly root: string } => {
  const body = head.replace(/^\uFEFF/, "").replace(/^(\s+|<\?[^>]*\?>|<!--[\s\S]*?-->|<!doctype[^>]*>)*/i, "")
  const match = /^<([^\s/>]+)([^>]*)>?/.exec(body)
  const root = match?.[1] ?? ""
  const name = root.slice(root.indexOf(":") + 1)
  const attributes = match?.[2] ?? ""
  if (/^(html|head|body)$/i.test(name) || /<!doctype\s+html/i.test(head)) return { format: "html", root: name }
  if (name === "MainDeclaration" || /webstds\.ipc\.org\/175x/.test(attributes))
    return { format: "ipc-1752", root: name }
  if (/std\.iec\.ch\/iec62474/i.test(attributes) || (name === "Main" && /62474/.test(attributes)))
    return { format: "iec-62474", root: name }
  return { format: "unknown", root: name }
}
