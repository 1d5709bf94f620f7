/** Reports as people read them in a terminal of 80 columns. */
import * as Decimal from "../domain/Decimal.ts"
import type { Evidence, Finding } from "../domain/Verdict.ts"
import { concentrationText } from "../engine/proof/Words.ts"
import type { ReportHead } from "./Judgement.ts"
import type { Path } from "./Paths.ts"

export const WIDTH = 80

/** Cut, with an ellipsis, or filled up to a width. */
export const cell = (text: string, width: number): string =>
  text.length > width ? `${text.slice(0, width - 1)}…` : text.padEnd(width)

/** Numbers stand right. */
export const numberCell = (text: string, width: number): string => text.padStart(width)

export const ruleLine = "-".repeat(WIDTH)

/** Lines of at most 80 columns, broken at blanks, all but the first with a deeper indent. */
export const wrapped = (text: string, indent = 0, hanging = indent + 2): ReadonlyArray<string> => {
  const lines: Array<string> = []
  let line = " ".repeat(indent)
  let isEmpty = true
  const flush = () => {
    lines.push(line)
    line = " ".repeat(hanging)
    isEmpty = true
  }
  for (const word of text.split(" ").flatMap((one) => pieces(one, WIDTH - hanging))) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) flush()
    line += isEmpty ? word : ` ${word}`
    isEmpty = false
  }
  lines.push(line)
  return lines
}

/** A word that fits no line is cut into several. */
const pieces = (word: string, width: number): ReadonlyArray<string> => {
  const cut: Array<string> = []
  for (let at = 0; at === 0 || at < word.length; at += width) cut.push(word.slice(at, at + width))
  return cut
}

export const titleLines = (
  { product: { partNumber, name } }: Pick<ReportHead<string>, "product">,
  title: string
): ReadonlyArray<string> => [
  ...wrapped(`${partNumber}${name === undefined ? "" : `  ${name}`}`),
  ...wrapped(title, 0, 0)
]

export const textOf = (lines: ReadonlyArray<string>): string => `${lines.map((line) => line.trimEnd()).join("\n")}\n`

export const pathText = (path: Path): string => path.join(" > ")

/** Items up to a bound, then how many more there are. */
export const listed = <A>(
  items: ReadonlyArray<A>,
  most: number,
  lines: (item: A) => ReadonlyArray<string>,
  indent = 2
): ReadonlyArray<string> => [
  ...items.slice(0, most).flatMap(lines),
  ...(items.length > most ? [`${" ".repeat(indent)}… and ${items.length - most} more; --format json lists all`] : [])
]

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`

/** The concentration with its limit: `1300 ppm, limit 1000 ppm`. A value just above its limit never reads as equal to it. */
export const measuredText = (finding: Finding): string => {
  const shown = concentrationText(finding)
  const limit = finding.limitPpm === undefined ? "" : `limit ${finding.limitPpm} ppm`
  if (shown === "") return limit
  const fails = finding.status !== "compliant" && finding.ppm !== undefined && finding.ppm === finding.limitPpm
  return `${fails ? "just above " : ""}${shown} ppm${limit === "" ? "" : `, ${limit}`}`
}

/** Percent with two decimals, rounded down: 100 only when nothing is missing. */
export const percentText = (part: Decimal.Decimal, whole: Decimal.Decimal): string => {
  if (Decimal.isZero(whole)) return "0.00"
  const scale = Math.max(part.scale, whole.scale)
  const lift = (value: Decimal.Decimal) => value.coefficient * 10n ** BigInt(scale - value.scale)
  const hundredths = (lift(part) * 10_000n) / lift(whole)
  return `${hundredths / 100n}.${String(hundredths % 100n).padStart(2, "0")}`
}

export const evidenceText = ({ document, line }: Evidence): string => `${document} line ${line}`
