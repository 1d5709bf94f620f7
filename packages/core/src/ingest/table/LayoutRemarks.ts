/** What is to be said of a table as a whole. */
import type { Remark } from "../Decoded.ts"
import { messageOf } from "../Messages.ts"
import { dialectText } from "./Dialects.ts"
import type { Layout } from "./Layout.ts"
import { SURE } from "./Mapping.ts"

/** Before its first row. `answers` says whether yes/no columns are read. */
export const remarksOn = (layout: Layout, answers: boolean): ReadonlyArray<Remark> => {
  const { columns, preamble, line, guessed, foreign } = layout
  const found: Array<Remark> = []
  const say = (code: string, column: string, value: string) =>
    found.push({ line: Math.max(1, line - 1), column, code, value, message: messageOf(code, column) })
  if (guessed && foreign !== undefined) say("table.dialect", "", dialectText(foreign))
  if (preamble > 0) say("header.preamble", "", String(preamble))
  for (const { header, mapping, confidence } of columns) {
    const unused = mapping?.field === "answer" ? !answers : confidence < SURE
    if (mapping !== undefined && mapping.field !== "ignore" && unused) say("mapping.column_ignored", header, header)
  }
  return found
}

export const encodingGuessed = (): Remark => {
  const code = "encoding.guessed"
  return { line: 0, column: "", code, value: "windows-1252", message: messageOf(code, "") }
}
