/** Builds rejects with bounded excerpts of the values they are about. */
import type { Reject } from "../domain/Declaration.ts"
import { detach } from "./Interner.ts"

const MAX_EXCERPT = 200

export const reject = (line: number, column: string, code: string, value: string, message: string): Reject => ({
  line,
  column,
  code,
  value: detach(value.length > MAX_EXCERPT ? `${value.slice(0, MAX_EXCERPT)}…` : value),
  message
})
