/** The rejected rows of a check as files to correct and send again. */
import { writeFile } from "node:fs/promises"
import { type CheckResult, rejectsFile } from "@certivo/core"
import * as Effect from "effect/Effect"
import { CommandExit, exitCodes } from "./exit.ts"

/** One file for each declarations document that has rejects; the second and later get a number before the ending. */
export const writeRejects = (path: string, result: CheckResult) => {
  const documents = result.documents.filter(({ kind, rejected }) => kind === "declarations" && rejected > 0)
  return Effect.forEach(
    documents,
    ({ rejects, table }, index) =>
      Effect.tryPromise({
        try: () => writeFile(numbered(path, index), rejectsFile(table, rejects)),
        catch: (error) =>
          new CommandExit({
            code: exitCodes.unreadable,
            message: `${path} cannot be written: ${(error as Error).message}`
          })
      }),
    { discard: true }
  )
}

const numbered = (path: string, index: number): string =>
  index === 0 ? path : path.replace(/(\.[^./]*)?$/, (ending) => `-${index + 1}${ending}`)
