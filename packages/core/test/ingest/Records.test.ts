import { assert, describe, it } from "@effect/vitest"
import { parse } from "csv-parse/sync"
import * as Schema from "effect/Schema"
import { MAX_CELLS } from "../../src/ingest/table/Batch.ts"
import { cellText, cellTexts } from "../../src/ingest/table/CellText.ts"
import { type ForeignDialect, ForeignRecords } from "../../src/ingest/table/ForeignRecords.ts"
import { MAX_RECORD_BYTES, RecordReader } from "../../src/ingest/table/Records.ts"

const encoder = new TextEncoder()

const read = (text: string, pieces: number, delimiter = ",", isRow: (cells: string) => boolean = () => false) => {
  const records: Array<ReadonlyArray<string>> = []
  const lines: Array<number> = []
  const problems: Array<readonly [string, number]> = []
  const reader = new RecordReader(delimiter.charCodeAt(0), {
    records: (found) => {
      for (let record = 0; record < found.length; record++) {
        const cells = cellTexts(found, record, MAX_CELLS)
        records.push([...cells, ...new Array((found.counts[record] as number) - cells.length).fill("")])
        lines.push(found.lines[record] as number)
      }
    },
    isRow: (found, first, count) =>
      isRow(Array.from({ length: count }, (_, cell) => cellText(found, first + cell)).join(",")),
    problem: (code, line) => problems.push([code, line])
  })
  const bytes = encoder.encode(text)
  for (let at = 0; at < bytes.length; at += pieces) reader.push(bytes.subarray(at, at + pieces))
  reader.end()
  return { records, lines, problems }
}

const Cell = Schema.Union([
  Schema.String.check(Schema.isPattern(/^[a-z0-9äß€ .]{0,6}$/)),
  Schema.String.check(Schema.isPattern(/^"([a-z,]|""|\r\n|\n|€){0,6}"$/))
])
const Rows = Schema.Array(Schema.NonEmptyArray(Cell))

const foreign = (text: string, pieces: number, dialect: ForeignDialect, strays = true) => {
  const records: Array<ReadonlyArray<string>> = []
  const places: Array<readonly [number, number]> = []
  const problems: Array<readonly [string, number]> = []
  const reader = new ForeignRecords(dialect, {
    records: (found) => {
      for (let record = 0; record < found.length; record++) {
        records.push(cellTexts(found, record, MAX_CELLS))
        places.push([found.lines[record] as number, found.offsets[record] as number])
      }
    },
    isRow: (_records, _first, cells) => strays && cells === 2,
    problem: (code, line) => problems.push([code, line])
  })
  const bytes = encoder.encode(text)
  for (let at = 0; at < bytes.length; at += pieces) reader.push(bytes.subarray(at, at + pieces))
  reader.end()
  return { records, places, problems }
}

const written = (rows: ReadonlyArray<ReadonlyArray<string>>, { delimiter, quote, escape: mark }: ForeignDialect) =>
  rows.map((cells) =>
    cells
      .map(
        (cell) =>
          `${quote}${cell.replaceAll(/["'\\]/g, (found) => (found === quote || found === mark ? mark + found : found))}${quote}`
      )
      .join(delimiter)
  )

const Anything = Schema.Array(
  Schema.Array(Schema.String.check(Schema.isPattern(/^([abß€,;:'"\\ ]|\n|\r\n){0,8}$/))).check(
    Schema.isMinLength(2),
    Schema.isMaxLength(4)
  )
)

describe("ForeignRecords", () => {
  it.prop(
    "reads what is written in any dialect, with the line and byte of each record, however the bytes are cut",
    {
      rows: Anything,
      dialect: Schema.Literals(["'|'|,", "'|\\|;", '"|\\|,', '"|"|::', "'|'|\t", '"|\\|||']),
      pieces: Schema.Literals([1, 3, 64, 100_000])
    },
    ({ rows, dialect, pieces }) => {
      const [quote = "", mark = "", ...delimiter] = dialect.split("|")
      const way = { quote, escape: mark, delimiter: delimiter.join("|") }
      const lines = written(rows, way)
      const { records, places, problems } = foreign(lines.map((line) => `${line}\n\n`).join(""), pieces, way, false)
      assert.deepStrictEqual(problems, [])
      assert.deepStrictEqual(records, rows)
      let at = 0
      let line = 1
      for (const [index, text] of lines.entries()) {
        assert.deepStrictEqual(places[index], [line, at])
        at += encoder.encode(text).length + 2
        line += text.split("\n").length + 1
      }
    }
  )

  const way = { quote: "'", escape: "'", delimiter: "," }

  it("loses one line to an apostrophe that never closes, and none of the others", () => {
    const { problems, records } = foreign("a,1\nb,'2\nc,3\nd,4\n", 5, way)
    assert.deepStrictEqual(records, [
      ["a", "1"],
      ["c", "3"],
      ["d", "4"]
    ])
    assert.deepStrictEqual(problems, [["quote.unterminated", 2]])
  })

  it("loses one line to an apostrophe that closes rows later", () => {
    const { problems, records } = foreign("a,1\nb,'2\nc,3\nd,4'\ne,5\n", 5, way)
    assert.deepStrictEqual(
      records.map(([first]) => first),
      ["a", "c", "d", "e"]
    )
    assert.deepStrictEqual(problems, [["quote.unterminated", 2]])
  })

  it("passes over lines without end, and megabytes behind an open quote", { timeout: 60_000 }, () => {
    const long = `a,1\n${"x".repeat(3 * MAX_RECORD_BYTES)}\nb,2\n`
    assert.deepStrictEqual(foreign(long, 65_536, way).problems, [["row.too_long", 2]])
    const good = "b,2\n".repeat(MAX_RECORD_BYTES / 2)
    const { problems, records } = foreign(`a,'1\n${good}`, 65_536, way)
    assert.strictEqual(records.length, MAX_RECORD_BYTES / 2)
    assert.deepStrictEqual(problems, [["quote.unterminated", 1]])
  })
})

describe("RecordReader", () => {
  it.prop(
    "reads what csv-parse reads, however the bytes are cut",
    {
      rows: Rows,
      delimiter: Schema.Literals([",", ";", "\t", "|"]),
      crlf: Schema.Boolean,
      last: Schema.Boolean,
      pieces: Schema.Literals([1, 2, 3, 7, 64, 100_000])
    },
    ({ rows, delimiter, crlf, last, pieces }) => {
      const eol = crlf ? "\r\n" : "\n"
      const text = rows.map((cells) => cells.join(delimiter)).join(eol) + (last ? eol : "")
      const expected: ReadonlyArray<ReadonlyArray<string>> = parse(text, {
        relax_column_count: true,
        delimiter,
        record_delimiter: eol,
        skip_empty_lines: true
      })
      const found = read(text, pieces, delimiter)
      assert.deepStrictEqual(found.records, expected)
      assert.deepStrictEqual(found.problems, [])
    }
  )

  it("counts the line a record begins on, with newlines inside quotes", () => {
    const { lines } = read('a,"1\n2\n3"\nb,2\n\nc,3', 3)
    assert.deepStrictEqual(lines, [1, 4, 6])
  })

  it("loses one line to a quote that never closes, and none of the others", () => {
    const { problems, records } = read('a,1\nb,"2\nc,3\nd,4\n', 5)
    assert.deepStrictEqual(records, [
      ["a", "1"],
      ["c", "3"],
      ["d", "4"]
    ])
    assert.deepStrictEqual(problems, [["quote.unterminated", 2]])
  })

  it("reports text behind a closing quote and goes on", () => {
    const { problems, records } = read('"a"x,1\nb,2', 4)
    assert.deepStrictEqual(records, [["b", "2"]])
    assert.deepStrictEqual(problems, [["quote.invalid", 1]])
  })

  it("passes over a line without end, and reads on behind it", () => {
    const { problems, records } = read(`a,1\n${"x".repeat(3 * MAX_RECORD_BYTES)}\nb,2`, 65_536)
    assert.deepStrictEqual(records, [
      ["a", "1"],
      ["b", "2"]
    ])
    assert.deepStrictEqual(problems, [["row.too_long", 2]])
  })

  it("finds the good rows behind an open quote that is followed by megabytes", () => {
    const rows = MAX_RECORD_BYTES >> 8
    const good = `b,${"2".repeat(1021)}\n`.repeat(rows)
    const { problems, records } = read(`a,"1\n${good}`, 65_536)
    assert.strictEqual(records.length, rows)
    assert.deepStrictEqual(problems, [["quote.unterminated", 1]])
  })

  it("takes no longer for a line of many open quotes than for any other", () => {
    const lines = 20_000
    const { problems, records } = read('a","b\nb,2\n'.repeat(lines), 65_536, ",", (cells) => cells === "b,2")
    assert.strictEqual(records.length, lines)
    assert.strictEqual(problems.length, lines)
  })

  it.each([1 << 12, 1 << 16, 1 << 22])("refuses a record above the limit, also in pieces of %i bytes", (pieces) => {
    const fits = "x".repeat(MAX_RECORD_BYTES - 4)
    const { problems, records } = read(`1,"${fits}"\n1,${fits}y\n1,${fits}yy\nb,2`, pieces)
    assert.deepStrictEqual(
      records.map((cells) => cells[1]?.length),
      [MAX_RECORD_BYTES - 3, 1]
    )
    assert.deepStrictEqual(problems, [
      ["row.too_long", 1],
      ["row.too_long", 3]
    ])
  })

  it("counts a hundred thousand cells", () => {
    const { records } = read(`${",".repeat(99_999)}\n`, 4096)
    assert.strictEqual(records[0]?.length, 100_000)
  })
})
