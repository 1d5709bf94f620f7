/**
 * Gives equal texts one string. A slice of a chunk keeps the whole chunk alive in memory,
 * so a text seen for the first time is copied.
 */
export class Interner {
  readonly #known = new Map<string, string>()
  readonly #limit: number

  constructor(limit = 1 << 16) {
    this.#limit = limit
  }

  get(text: string): string {
    const known = this.#known.get(text)
    if (known !== undefined) return known
    if (this.#known.size >= this.#limit) this.#known.clear()
    const copy = detach(text)
    this.#known.set(copy, copy)
    return copy
  }
}

/** Engines copy slices shorter than this anyway (13 characters in V8). */
const SHORT = 13

/** A copy that shares no memory with the text it was cut from. */
export const detach = (text: string): string =>
  text.length < SHORT ? text : (JSON.parse(JSON.stringify(text)) as string)
