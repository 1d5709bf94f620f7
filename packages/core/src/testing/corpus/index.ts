/** Files as suppliers send them, with what must come of each: for tests of importers of any kind. */
import type { CorpusCase } from "./Case.ts"
import { dialects } from "./dialects.ts"
import { formats } from "./formats.ts"
import { rows } from "./rows.ts"
import { values } from "./values.ts"

export type { CorpusCase, Expected } from "./Case.ts"
export { workbook } from "./formats.ts"

export const corpus: ReadonlyArray<CorpusCase> = [...values, ...rows, ...dialects, ...formats]
