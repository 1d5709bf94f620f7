/** Tables of declarations in the dialects that suppliers write, with good rows among rows that are broken. */
import { workbook } from "@certivo/core/testing/corpus"
import { type Amount, amountText, exactly, upTo } from "../../../src/domain/Amount.ts"
import * as Decimal from "../../../src/domain/Decimal.ts"
import { unitOf } from "../../../src/domain/Unit.ts"
import { latin1, utf8, utf16 } from "../../../src/testing/corpus/Case.ts"
import { junk, pick, type Random, type Sample, shuffled } from "./random.ts"

type Field = "part" | "substance" | "amount" | "threshold" | "cas" | "material" | "comment"

interface Column {
  readonly field: Field
  readonly header: string
}

interface Dialect {
  readonly delimiter: string
  readonly eol: string
  readonly encoding: "utf-8" | "utf-8 with mark" | "windows-1252" | "utf-16le" | "utf-16be"
  /** Whether decimals have a comma. */
  readonly comma: boolean
  readonly unit: string
  readonly columns: ReadonlyArray<Column>
}

const headers: Readonly<Record<Exclude<Field, "amount">, ReadonlyArray<string>>> = {
  part: ["part_number", "Part Number", "MPN", "Teilenummer", "Part No."],
  substance: ["substance", "Substance Name", "Stoff", "SUBSTANCE"],
  threshold: ["threshold_ppm", "Limit (ppm)"],
  cas: ["cas", "CAS No.", "CAS-Nr."],
  material: ["material", "Werkstoff"],
  comment: ["comment", "supplier", "Bemerkung"]
}

const amounts = [
  ["substance_mass_mg", "mg"],
  ["Substance Mass (g)", "g"],
  ["Concentration (ppm)", "ppm"],
  ["Concentration [%]", "%"]
] as const

const latin = ["Lead", "Zinc", "Al, 319.0", 'Größe "L"', "Bis(2-ethylhexyl) phthalate", "Ag; plated", "x | y"]
const beyondLatin = [...latin, "鉛", "Α\u0301λφα", "🧪 stuff"]
const comments = ["", "none", 'said "so"', "first line\nsecond line", "a, b; c", "\u00a0", "'quoted'", '""']

const dialectOf = (random: Random): Dialect => {
  const delimiter = pick(random, [",", ";", "\t", "|"])
  const [amount, unit] = pick(random, amounts)
  const optional = (["threshold", "cas", "material", "comment"] as const).filter(() => random(2) === 0)
  const columns = [
    { field: "amount" as const, header: amount },
    ...(["part", "substance", ...optional] as const).map((field) => ({ field, header: pick(random, headers[field]) }))
  ]
  return {
    delimiter,
    eol: pick(random, ["\n", "\r\n"]),
    encoding: pick(random, ["utf-8", "utf-8", "utf-8", "utf-8 with mark", "windows-1252", "utf-16le", "utf-16be"]),
    comma: delimiter !== "," && random(3) === 0,
    unit,
    columns: shuffled(random, columns)
  }
}

/** A good amount as a cell states it, and what that is. */
const amountOf = (random: Random, { comma, unit }: Dialect): { readonly cell: string; readonly amount: Amount } => {
  const number = `${random(50)}.${10 + random(90)}`
  const { canonical, factor } = unitOf(unit) as NonNullable<ReturnType<typeof unitOf>>
  const value = Decimal.multiply(Decimal.parse(number) as Decimal.Decimal, factor)
  const written = comma ? number.replace(".", ",") : number
  return random(8) === 0
    ? { cell: `< ${written}`, amount: upTo(canonical, value, true) }
    : { cell: written, amount: exactly(canonical, value) }
}

interface Row {
  readonly cells: ReadonlyArray<string>
  /** What it says when it is good. */
  readonly says: string | undefined
  /** Whether it can take rows behind it along: it has a stray quote. */
  readonly strays: boolean
}

const goodRow = (random: Random, dialect: Dialect, number: number): Row & { readonly says: string } => {
  const { cell, amount } = amountOf(random, dialect)
  const of: Readonly<Record<Field, string>> = {
    part: `P-${number}-${random(1000)}`,
    substance: pick(random, dialect.encoding === "windows-1252" ? latin : beyondLatin),
    amount: cell,
    threshold: pick(random, ["1000", "100"]),
    cas: pick(random, ["", "7439-92-1", "7440-43-9"]),
    material: pick(random, ["", "Brass", "Lötzinn", "PVC, black"]),
    comment: pick(random, comments)
  }
  return {
    cells: dialect.columns.map(({ field }) => of[field]),
    says: `${of.part} | ${of.substance} | ${amountText(amount)}`,
    strays: false
  }
}

const quoted = (random: Random, text: string, delimiter: string): string =>
  text.includes(delimiter) || /["\r\n]/.test(text) || random(8) === 0 ? `"${text.replaceAll('"', '""')}"` : text

const written = (random: Random, row: Row, { delimiter }: Dialect): string =>
  row.cells.map((text) => quoted(random, text, delimiter)).join(delimiter)

/** Values that leave it open how the table writes its decimals are no fair neighbours of decimals with a comma. */
const junkOf = (random: Random, { comma }: Dialect): string => {
  const text = pick(random, junk)
  return comma && /\d[.,]\d/.test(text) ? "n/a" : text
}

const brokenRow = (random: Random, dialect: Dialect, row: Row): { readonly text: string; readonly strays: boolean } => {
  const { delimiter } = dialect
  const cells = [...row.cells]
  const at = random(cells.length)
  const bare = () => cells[at]?.replaceAll(/["\r\n]/g, "") ?? ""
  const asWritten = (strays: boolean) => ({ text: written(random, { ...row, cells }, dialect), strays })
  const raw = (cell: string) => ({
    text: cells.map((text, index) => (index === at ? cell : quoted(random, text, delimiter))).join(delimiter),
    strays: true
  })
  switch (random(7)) {
    case 0:
      cells[at] = junkOf(random, dialect)
      return asWritten(false)
    case 1:
      cells.splice(at, Math.min(1 + random(3), cells.length - 1))
      return asWritten(false)
    case 2:
      cells.push(junkOf(random, dialect))
      return asWritten(false)
    case 3:
      return raw(`"${bare()}`)
    case 4:
      return raw(`"a"${bare()}`)
    case 5:
      return raw(`${bare()}"`)
    default:
      cells[at] = String.fromCodePoint(0xa1 + random(dialect.encoding === "windows-1252" ? 0x5f : 0xd000))
      return asWritten(false)
  }
}

const encoded = (text: string, encoding: Dialect["encoding"]): Uint8Array => {
  switch (encoding) {
    case "utf-8":
      return utf8(text)
    case "utf-8 with mark":
      return utf8(`\uFEFF${text}`)
    case "windows-1252":
      return latin1(text)
    default:
      return utf16(text, encoding === "utf-16le" ? "le" : "be", true)
  }
}

const preambles = ["", "Declaration of conformity", "ACME", "Date: 2026-01-15"]

/** A table of up to nine rows. */
export const fuzzedTable = (random: Random): Sample => {
  const dialect = dialectOf(random)
  const { delimiter, eol, columns } = dialect
  const lines = Array.from({ length: random(4) === 0 ? random(4) : 0 }, () => pick(random, preambles))
  lines.push(columns.map(({ header }) => quoted(random, header, delimiter)).join(delimiter))
  const good: Array<string> = []
  let strays = false
  let rows = 0
  for (let number = random(10); number > 0; number--) {
    const row = goodRow(random, dialect, number)
    if (random(3) > 0) {
      good.push(row.says)
      lines.push(written(random, row, dialect))
      rows++
    } else {
      const broken = brokenRow(random, dialect, row)
      strays ||= broken.strays
      lines.push(broken.text)
      if (broken.text !== "") rows++
    }
    if (random(12) === 0) lines.push("")
  }
  const bytes = encoded(lines.join(eol) + (random(2) === 0 ? eol : ""), dialect.encoding)
  return { name: "fuzz.csv", bytes, as: "declarations", good, rows: strays ? undefined : rows }
}

/** The same as a workbook. */
export const fuzzedWorkbook = (random: Random): Sample => {
  const dialect: Dialect = { ...dialectOf(random), encoding: "utf-8", comma: false, delimiter: "," }
  const good: Array<string> = []
  const rows: Array<ReadonlyArray<string>> = []
  const count = random(8)
  for (let number = 0; number < count; number++) {
    const row = goodRow(random, dialect, number)
    const cells = row.cells.map((text) => text.replaceAll("\n", " "))
    if (random(3) > 0) good.push(row.says)
    else cells[random(cells.length)] = pick(random, junk).replaceAll("\u0000", "")
    rows.push(cells)
    if (random(12) === 0) rows.push([])
  }
  const bytes = workbook([dialect.columns.map(({ header }) => header), ...rows])
  return { name: "fuzz.xlsx", bytes, as: "declarations", good, rows: undefined }
}
