/** The proof as a page of its own: no script, nothing loaded, readable by a screen reader and on paper. */
import type { FindingStatus } from "../../domain/Status.ts"
import type { Proof, ProofNode } from "./Proof.ts"

const marks: Readonly<Record<FindingStatus, string>> = {
  "non-compliant": "✕",
  "above-threshold": "!",
  unknown: "?",
  exempt: "◐",
  compliant: "✓",
  "below-threshold": "✓",
  "not-contained": "✓",
  "not-applicable": "–"
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { margin: 0; color: light-dark(#1a2230, #e8ecf2); background: light-dark(#fff, #12161d); }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.3rem; line-height: 1.35; overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: .25rem 2rem; margin: 0 0 1.5rem; }
dt { color: light-dark(#556070, #a3adba); font-size: .85rem; }
dd { margin: 0; overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding-inline-start: 1.1rem; border-inline-start: 2px solid light-dark(#dde2ea, #323b48); }
main > ul { padding: 0; border: 0; }
li { padding: .2rem 0; overflow-wrap: anywhere; }
summary { cursor: pointer; border-radius: 4px; }
summary:focus-visible, a:focus-visible { outline: 2px solid light-dark(#1d5fd1, #8ab4ff); outline-offset: 2px; }
a { color: light-dark(#1d5fd1, #8ab4ff); }
.mark { display: inline-block; min-width: 1.3em; font-weight: 700; text-align: center; }
.non-compliant > .mark { color: light-dark(#b3202f, #ff8d97); }
.above-threshold > .mark { color: light-dark(#8a3f9e, #e0a3f0); }
.unknown > .mark { color: light-dark(#835500, #f2c063); }
.exempt > .mark { color: light-dark(#5243b5, #b8aefc); }
.compliant > .mark, .below-threshold > .mark, .not-contained > .mark { color: light-dark(#17703f, #7fd6a2); }
.rule, .remedy, .override { font-weight: 550; }
.source, .evidence, .note, .omitted { color: light-dark(#556070, #a3adba); font-size: .9rem; font-weight: 400; }
.term, .sum, .comparison { font-variant-numeric: tabular-nums; }
@media print {
  :root { color-scheme: light; font-size: 11pt; }
  main { max-width: none; padding: 0; }
  li { break-inside: avoid-page; }
  details::details-content { content-visibility: visible; display: block; block-size: auto; }
  summary { list-style: none; }
}`

/** A whole HTML document; texts of documents are escaped. */
export const proofHtml = (proof: Proof): string => {
  const { root, asOf, knownAt, engine } = proof
  const facts: ReadonlyArray<readonly [string, string | undefined]> = [
    [root.role === "product" ? "Product" : root.role === "assembly" ? "Assembly" : "Part", root.partNumber],
    ["Name", root.name],
    ["Status", root.status],
    ["Duty to inform", root.duty === "not-applicable" ? undefined : root.duty],
    ["Law as of", asOf],
    ["Evidence known at", knownAt],
    ["Engine", engine]
  ]
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(root.partNumber)}: ${root.status}</title>
<style>${style}
</style>
</head>
<body>
<main>
<h1>${escaped(root.text)}</h1>
<dl>${facts.map(([name, value]) => (value === undefined ? "" : `<div><dt>${name}</dt><dd>${escaped(value)}</dd></div>`)).join("")}</dl>
${list(root.children)}
</main>
</body>
</html>
`
}

const list = (nodes: ReadonlyArray<ProofNode>): string =>
  nodes.length === 0 ? "" : `<ul>\n${nodes.map((node) => `<li>${item(node)}</li>`).join("\n")}\n</ul>`

const item = (node: ProofNode): string => {
  const { kind, children } = node
  const status = "status" in node ? node.status : undefined
  const mark = status === undefined ? "" : `<span class="mark" aria-hidden="true">${marks[status]}</span> `
  const name = status === undefined ? kind : `${kind} ${status}`
  if (children.length === 0) return `<div class="${name}">${mark}${content(node)}</div>`
  const open = status === undefined || status === "non-compliant" || status === "above-threshold" ? " open" : ""
  return `<details${open}><summary class="${name}">${mark}${content(node)}</summary>\n${list(children)}</details>`
}

const content = (node: ProofNode): string => {
  const url = node.kind === "source" ? node.source.url : undefined
  return url !== undefined && /^https?:\/\//i.test(url)
    ? `<a href="${escaped(url)}" rel="noreferrer">${escaped(node.text)}</a>`
    : escaped(node.text)
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;"
}

const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (sign) => entities[sign] as string)
