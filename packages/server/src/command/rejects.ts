/** The rejected rows of a check as files to correct and send again. */
import { type CheckResult, rejectsFile } from "@certivo/core"
import { Flag } from "effect/cli"
import * as Effect from "effect/Effect"
import { writeText } from "./files.ts"

export const rejectsFlag = Flag.String("rejects").pipe(
  Flag.withDescription("Write rejected rows here as CSV, to correct and send again"),
  Flag.optional
)

/** One file for each declarations document that has rejects; the second and later get a number before the ending. */
export const writeRejects = (path: string, result: CheckResult) => {
  const documents = result.documents.filter(({ kind, rejected }) => kind === "declarations" && rejected > 0)
  return Effect.forEach(
    documents,
    ({ rejects, table }, index) => writeText(numbered(path, index), rejectsFile(table, rejects)),
    { discard: true }
  )
}

export const numbered = (path: string, index: number): string =>
  index === 0 ? path : path.replace(/(\.[^./]*)?$/, (ending) => `-${index + 1}${ending}`)
