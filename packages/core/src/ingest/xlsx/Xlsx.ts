/**
 * Workbooks (`.xlsx`, ECMA-376): the sheets as CSV bytes, so that a sheet is read exactly as a
 * CSV file is. Cells come as a person sees them where it matters: percent formats as percent,
 * dates as dates, errors as errors.
 */
import { unzipSync } from "fflate"
import { UnreadableDocument } from "../UnreadableDocument.ts"
import { type Attributes, XmlReader } from "../xml/XmlReader.ts"
import { readSheet } from "./Sheet.ts"

/** Most bytes the parts of a workbook may unpack to. */
export const MAX_WORKBOOK_UNPACKED = 1024 ** 3

const wanted = /^xl\/(workbook\.xml|_rels\/workbook\.xml\.rels|styles\.xml|sharedStrings\.xml|worksheets\/[^/]+\.xml)$/i

export interface SheetSink {
  /** The rows of one sheet as CSV; line n is row n of the sheet. */
  readonly push: (csv: Uint8Array) => void
  readonly end: () => void
}

/**
 * Reads all visible sheets in their order; `sheet` is told how many there are.
 *
 * @throws UnreadableDocument when the bytes are no workbook, or too large a one
 */
export const readWorkbook = (
  document: string,
  bytes: Uint8Array,
  sheet: (name: string, sheets: number) => SheetSink
): void => {
  const parts = unpack(document, bytes)
  const part = (path: string): Uint8Array | undefined => parts.get(path.toLowerCase())
  const workbook = part("xl/workbook.xml")
  if (workbook === undefined)
    throw new UnreadableDocument({
      document,
      code: "document.content_type",
      detail: "it is a zip file, but no workbook"
    })
  const targets = new Map<string, string>()
  each(document, part("xl/_rels/workbook.xml.rels"), (name, at) => {
    if (name === "Relationship") targets.set(at.Id ?? "", (at.Target ?? "").replace(/^\/?(xl\/)?/, "xl/"))
  })
  const sheets: Array<{ readonly name: string; readonly path: string }> = []
  let date1904 = false
  each(document, workbook, (name, at) => {
    if (name === "workbookPr") date1904 = at.date1904 === "1" || at.date1904 === "true"
    if (name === "sheet" && (at.state ?? "visible") === "visible")
      sheets.push({
        name: at.name ?? "",
        path: targets.get(at.id ?? "") ?? `xl/worksheets/sheet${sheets.length + 1}.xml`
      })
  })
  const context = {
    document,
    strings: sharedStrings(document, part("xl/sharedStrings.xml")),
    formats: formatsOf(document, part("xl/styles.xml")),
    date1904
  }
  for (const { name, path } of sheets) {
    const xml = part(path)
    if (xml !== undefined) readSheet(xml, context, sheet(name, sheets.length))
  }
}

const unpack = (document: string, bytes: Uint8Array): ReadonlyMap<string, Uint8Array> => {
  let total = 0
  try {
    const found = unzipSync(bytes, {
      filter: (file) => {
        if (!wanted.test(file.name)) return false
        total += file.originalSize
        if (total > MAX_WORKBOOK_UNPACKED || (total > 64 * 1024 ** 2 && total > 250 * bytes.length))
          throw new UnreadableDocument({
            document,
            code: "archive.ratio",
            detail: "the workbook unpacks to far more than a workbook may"
          })
        return true
      }
    })
    return new Map(Object.entries(found).map(([name, content]) => [name.toLowerCase(), content]))
  } catch (error) {
    if (error instanceof UnreadableDocument) throw error
    throw new UnreadableDocument({
      document,
      code: "archive.unreadable",
      detail: `the workbook is damaged: ${(error as Error).message}`
    })
  }
}

const each = (
  document: string,
  xml: Uint8Array | undefined,
  open: (name: string, attributes: Attributes) => void
): void => {
  if (xml === undefined) return
  const reader = new XmlReader(document, { open, close: () => {} })
  reader.push(xml)
  reader.end()
}

/** Text of each shared string; phonetic guides are left out. */
const sharedStrings = (document: string, xml: Uint8Array | undefined): ReadonlyArray<string> => {
  if (xml === undefined) return []
  const strings: Array<string> = []
  let text = ""
  let inText = false
  let phonetic = 0
  const reader = new XmlReader(document, {
    open: (name) => {
      if (name === "si") text = ""
      if (name === "rPh") phonetic++
      inText = name === "t" && phonetic === 0
    },
    close: (name) => {
      if (name === "si") strings.push(text)
      if (name === "rPh") phonetic--
      inText = false
    },
    text: (piece) => {
      if (inText) text += piece
    }
  })
  reader.push(xml)
  reader.end()
  return strings
}

export type CellFormat = "general" | "percent" | "date"

const builtInDates = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 27, 30, 36, 45, 46, 47, 50, 57])

/** What each cell style shows a number as. */
const formatsOf = (document: string, xml: Uint8Array | undefined): ReadonlyArray<CellFormat> => {
  const custom = new Map<number, string>()
  const formats: Array<CellFormat> = []
  let inCells = false
  if (xml === undefined) return formats
  const reader = new XmlReader(document, {
    open: (name, at) => {
      if (name === "numFmt") custom.set(Number(at.numFmtId), at.formatCode ?? "")
      if (name === "cellXfs") inCells = true
      if (name === "xf" && inCells) formats.push(formatOf(Number(at.numFmtId ?? 0), custom))
    },
    close: (name) => {
      if (name === "cellXfs") inCells = false
    }
  })
  reader.push(xml)
  reader.end()
  return formats
}

const formatOf = (id: number, custom: ReadonlyMap<number, string>): CellFormat => {
  if (id === 9 || id === 10) return "percent"
  if (builtInDates.has(id)) return "date"
  const code = (custom.get(id) ?? "").replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, "")
  return code.includes("%") ? "percent" : /[dmyhs]/i.test(code) && !/^general$/i.test(code) ? "date" : "general"
}
