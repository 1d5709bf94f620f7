/** Rule sets from files: JSON by the schema of rule sets, or a customer's list as a table. */
import type { RuleSet } from "../engine/Rule.ts"
import { ByteBuffer } from "../ingest/bytes.ts"
import { ToUtf8 } from "../ingest/Encoding.ts"
import { textOfBytes } from "../ingest/table/CellText.ts"
import { fromJson } from "./RuleSetJson.ts"
import { fromTable } from "./RuleTable.ts"
import { unreadable } from "./UnreadableRuleSet.ts"

/** Largest file that is read as a rule set. */
export const MAX_RULE_SET_BYTES = 32 * 1024 * 1024

const OPENING_BRACE = 0x7b

/**
 * Reads a rule set: JSON that fits the schema of {@link RuleSet}, or a table of restricted substances with a header,
 * in UTF-8, UTF-16 or windows-1252. What a table leaves out is taken to be usual: level `article`, a concentration
 * above the limit, counted as the compound, a prohibition.
 *
 * @throws UnreadableRuleSet with every problem, its place and what to do
 */
export const readRuleSet = (name: string, bytes: Uint8Array): RuleSet => {
  if (bytes.length > MAX_RULE_SET_BYTES)
    throw unreadable(name, [{ code: "file.too_large", value: "", message: "a rule set may have at most 32 MiB" }])
  if (bytes[0] === 0x50 && bytes[1] === 0x4b)
    throw unreadable(name, [{ code: "file.workbook", value: "", message: "is a workbook; save its sheet as CSV" }])
  const plain = utf8(bytes)
  const isJson = plain.find((byte) => byte > 0x20) === OPENING_BRACE
  return isJson ? fromJson(name, textOfBytes(plain).text) : fromTable(name, plain)
}

/** UTF-8, or windows-1252 as it is, without a byte order mark. */
const utf8 = (bytes: Uint8Array): Uint8Array => {
  const read = new ByteBuffer()
  const decoder = new ToUtf8({ push: (chunk) => read.push(chunk), end: () => {} })
  decoder.push(bytes)
  decoder.end()
  const whole = read.bytes
  return whole[0] === 0xef && whole[1] === 0xbb && whole[2] === 0xbf ? whole.subarray(3) : whole
}
