/** A preview as text of 80 columns, as JSON and as CSV, written product by product. */
import { csvCell, type PreviewedDocument, type PreviewedPart, type PreviewedProduct } from "@certivo/core"
import { cell } from "./text.ts"

export type PreviewFormat = "text" | "json" | "csv"

/** What is written before the first product, for each, and behind the last. */
export interface PreviewWriter {
  readonly head: string
  readonly product: (product: PreviewedProduct) => string
  readonly foot: () => string
}

/** Parts that are listed of one product. */
const MAX_PARTS = 20

export const previewIn = (format: PreviewFormat, documents: ReadonlyArray<PreviewedDocument>): PreviewWriter =>
  format === "json" ? asJson(documents) : format === "csv" ? asCsv : asText(documents)

const asJson = (documents: ReadonlyArray<PreviewedDocument>): PreviewWriter => {
  let products = 0
  return {
    head: `{"documents":${JSON.stringify(documents)},"products":[`,
    product: (product) => `${products++ === 0 ? "" : ","}\n${JSON.stringify(product)}`,
    foot: () => "\n]}\n"
  }
}

const columns = ["product", "part_number", "name", "before_status", "before_duty", "after_status", "after_duty"]

const row = (cells: ReadonlyArray<string | undefined>): string =>
  `${cells.map((text = "") => csvCell(text)).join(",")}\r\n`

const asCsv: PreviewWriter = {
  head: `\uFEFF${row(columns)}`,
  product: (product) =>
    [product, ...product.parts]
      .map(({ partNumber, name, before, after }) =>
        row([product.partNumber, partNumber, name, before.status, before.duty, after.status, after.duty])
      )
      .join(""),
  foot: () => ""
}

const line = (part: string, before: string, after: string): string =>
  `${`${cell(part, 32)} ${cell(before, 23)} ${cell(after, 23)}`.trimEnd()}\n`

const asText = (documents: ReadonlyArray<PreviewedDocument>): PreviewWriter => {
  let [products, parts] = [0, 0]
  return {
    head: [
      ...documents.map(documentLine),
      ...(documents.length === 0 ? [] : ["\n"]),
      line("product or part", "now", "then"),
      `${"-".repeat(80)}\n`
    ].join(""),
    product: (product) => {
      products++
      parts += product.parts.length
      const more = product.parts.length - MAX_PARTS
      return [
        partLines("", product),
        ...product.parts.slice(0, MAX_PARTS).map((part) => partLines("  ", part)),
        ...(more > 0 ? [`  … and ${more} more; --format json or csv lists all\n`] : [])
      ].join("")
    },
    foot: () =>
      products === 0
        ? "Nothing would change.\n"
        : `\n${products} ${products === 1 ? "product" : "products"} would stand otherwise or hold parts that would: ${parts} in all\n`
  }
}

const documentLine = ({ accepted, isKnown, name, rejected }: PreviewedDocument): string => {
  const counts = `${accepted} of ${accepted + rejected} rows acceptable`
  return `${name}: ${counts}${isKnown ? "; there already" : ""}\n`
}

const partLines = (indent: string, part: PreviewedPart): string => {
  const { partNumber, name } = part
  return differences(part)
    .map(([now, then], index) =>
      line(index > 0 ? "" : `${indent}${partNumber}${name === undefined ? "" : `  ${name}`}`, now, then)
    )
    .join("")
}

/** What differs: the status, the duty, or where neither does, how it stands by the first regulation by which it does. */
const differences = ({ before, after }: PreviewedPart): ReadonlyArray<readonly [string, string]> => {
  const found: Array<readonly [string, string]> = []
  if (before.status !== after.status) found.push([before.status, after.status])
  if (before.duty !== after.duty) found.push([`duty ${before.duty}`, `duty ${after.duty}`])
  if (found.length > 0) return found
  for (const { regulation, status, duty } of after.byRegulation) {
    const then = before.byRegulation.find((one) => one.regulation === regulation)
    if (then === undefined) continue
    if (then.status !== status) return [[`${regulation} ${then.status}`, `${regulation} ${status}`]]
    if (then.duty !== duty) return [[`${regulation} ${then.duty}`, `${regulation} ${duty}`]]
  }
  return [[before.status, after.status]]
}
