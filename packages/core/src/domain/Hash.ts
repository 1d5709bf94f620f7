/** SHA-256, synchronous and the same in Node, worker and browser. */
import { sha256 } from "@noble/hashes/sha2.js"
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js"

/** `sha256:` and the hex digest of a domain tag and a canonical JSON array. */
export const hashOf = (tag: string, value: ReadonlyArray<unknown>): string =>
  `sha256:${bytesToHex(sha256(utf8ToBytes(`${tag}\n${JSON.stringify(value)}`)))}`

/** Hashes bytes that arrive in chunks. */
export const hasher = (): { readonly update: (chunk: Uint8Array) => void; readonly digest: () => string } => {
  const state = sha256.create()
  return { update: (chunk) => void state.update(chunk), digest: () => bytesToHex(state.digest()) }
}

/** Plain data with its keys in order and nothing undefined, so that equal data has equal text. */
export const canonical = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value !== "object" || value === null) return value
  const entries = Object.entries(value).filter(([, item]) => item !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(entries.map(([key, item]) => [key, canonical(item)]))
}

/** Whether plain data says the same, whatever the order of its keys. */
export const hasSameContent = (a: unknown, b: unknown): boolean =>
  a === b || JSON.stringify(canonical(a)) === JSON.stringify(canonical(b))
