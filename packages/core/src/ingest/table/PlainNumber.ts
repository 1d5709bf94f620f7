/**
 * Reads a number straight from the bytes of a cell when it is nothing but digits and a point, and
 * short enough for a double to hold its digits exactly. Anything else is left to the careful path.
 */
import type { Records } from "./Batch.ts"

const MAX_EXACT_DIGITS = 15
const ZERO = 48

export class PlainNumber {
  readonly #point: number

  /** @param point the byte of the decimal point or comma; without one, only integers are plain */
  constructor(point: "." | "," | undefined) {
    this.#point = point === undefined ? -1 : point.charCodeAt(0)
  }

  /** The digits as an integer. */
  coefficient = 0
  /** Digits behind the point. */
  scale = 0

  /** Whether the cell is such a number; its parts are then in `coefficient` and `scale`. */
  read({ bytes, starts, ends }: Records, cell: number): boolean {
    const start = starts[cell] as number
    const end = ends[cell] as number
    const mark = this.#point
    const first = bytes[start]
    if (end === start || end - start > MAX_EXACT_DIGITS + 1 || first === mark) return false
    if (first === ZERO && end - start > 1 && bytes[start + 1] !== mark) return false
    let coefficient = 0
    let point = -1
    for (let at = start; at < end; at++) {
      const byte = bytes[at] as number
      if (byte === mark && point < 0) point = at
      else if (byte < ZERO || byte > ZERO + 9) return false
      else coefficient = coefficient * 10 + byte - ZERO
    }
    if (point === end - 1 || (point < 0 && end - start > MAX_EXACT_DIGITS)) return false
    this.coefficient = coefficient
    this.scale = point < 0 ? 0 : end - point - 1
    return true
  }
}
