/** Nodes waiting for their turn, each once, those of the lowest level first. */
export class LevelQueue {
  /** The next node of the same level and one more; `END` for the last, `OUT` for nodes that do not wait. */
  #next: Int32Array
  /** Of each level the first node and one more, or `NONE`. */
  #first: Int32Array = new Int32Array(64)
  #waiting = 0
  /** Below this level no node waits. */
  #lowest = 0

  constructor(nodes: number) {
    this.#next = new Int32Array(nodes)
  }

  /** Whether the node was not waiting already. */
  push(node: number, level: number): boolean {
    if (this.#next[node] !== OUT) return false
    if (level >= this.#first.length) this.#first = grown(this.#first, 2 * level)
    const first = this.#first[level] as number
    this.#next[node] = first === NONE ? END : first
    this.#first[level] = node + 1
    if (this.#waiting === 0 || level < this.#lowest) this.#lowest = level
    this.#waiting++
    return true
  }

  /** The next node, or -1 when none waits. */
  pop(): number {
    if (this.#waiting === 0) return -1
    while (this.#first[this.#lowest] === NONE) this.#lowest++
    const node = (this.#first[this.#lowest] as number) - 1
    const next = this.#next[node] as number
    this.#next[node] = OUT
    this.#first[this.#lowest] = next === END ? NONE : next
    this.#waiting--
    return node
  }

  clear(): void {
    while (this.pop() >= 0);
  }

  grow(nodes: number): void {
    this.#next = grown(this.#next, nodes)
  }
}

const END = -1
const OUT = 0
const NONE = 0

const grown = (numbers: Int32Array, length: number): Int32Array => {
  const larger = new Int32Array(length)
  larger.set(numbers)
  return larger
}
