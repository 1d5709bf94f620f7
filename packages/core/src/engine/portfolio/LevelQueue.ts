/** Nodes waiting for their turn, each once, those of the lowest level first. */
export class LevelQueue {
  /** The next node of the same level and one more; `END` for the last, `OUT` for nodes that do not wait. */
  #next: Int32Array
  readonly #first = new Map<number, number>()
  /** Levels that have nodes waiting, as a binary heap. */
  readonly #heap: Array<number> = []

  constructor(nodes: number) {
    this.#next = new Int32Array(nodes)
  }

  push(node: number, level: number): void {
    if (this.#next[node] !== OUT) return
    const first = this.#first.get(level)
    this.#next[node] = first === undefined ? END : first + 1
    this.#first.set(level, node)
    if (first === undefined) sink(this.#heap, level)
  }

  /** The next node, or -1 when none waits. */
  pop(): number {
    const level = this.#heap[0]
    if (level === undefined) return -1
    const node = this.#first.get(level) as number
    const next = this.#next[node] as number
    this.#next[node] = OUT
    if (next === END) {
      this.#first.delete(level)
      removeTop(this.#heap)
    } else this.#first.set(level, next - 1)
    return node
  }

  clear(): void {
    while (this.pop() >= 0);
  }

  grow(nodes: number): void {
    const next = new Int32Array(nodes)
    next.set(this.#next)
    this.#next = next
  }
}

const END = -1
const OUT = 0

const sink = (heap: Array<number>, value: number): void => {
  let at = heap.length
  while (at > 0) {
    const above = (at - 1) >> 1
    if ((heap[above] as number) <= value) break
    heap[at] = heap[above] as number
    at = above
  }
  heap[at] = value
}

const removeTop = (heap: Array<number>): void => {
  const last = heap.pop() as number
  if (heap.length === 0) return
  let at = 0
  for (let below = 1; below < heap.length; below = 2 * at + 1) {
    if (below + 1 < heap.length && (heap[below + 1] as number) < (heap[below] as number)) below++
    if ((heap[below] as number) >= last) break
    heap[at] = heap[below] as number
    at = below
  }
  heap[at] = last
}
