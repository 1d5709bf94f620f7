/** Well-formed XML from plain data: attributes and children in the order they are given. */

export interface Element {
  readonly name: string
  /** Attributes without a value are left out. */
  readonly attributes: Readonly<Record<string, string | undefined>>
  readonly children: ReadonlyArray<Element>
}

export const element = (
  name: string,
  attributes: Element["attributes"] = {},
  children: ReadonlyArray<Element> = []
): Element => ({ name, attributes, children })

export const xmlText = (root: Element): string => `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, "")}`

const lines = ({ name, attributes, children }: Element, indent: string): string => {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${escaped(value)}"`]))
    .join("")
  return children.length === 0
    ? `${indent}<${name}${written}/>\n`
    : `${indent}<${name}${written}>\n${children.map((child) => lines(child, `${indent}  `)).join("")}${indent}</${name}>\n`
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;"
}

/** Characters that XML 1.0 does not allow become the replacement character. */
const escaped = (value: string): string =>
  value
    .toWellFormed()
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "\uFFFD")
    .replaceAll(/[&<>"\t\n\r]/g, (character) => entities[character] as string)
