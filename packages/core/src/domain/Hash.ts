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
