import type { ReactiveController, ReactiveControllerHost } from "lit"

/** Heights up to this are safe in every engine; beyond it the scroll space is a scaled image of the rows. */
export const MAX_SCROLL_SPACE = 8_000_000
const OVERSCAN = 6

export interface VirtualRowsOptions {
  readonly viewport: () => HTMLElement | null
  readonly count: () => number
  readonly rowHeight: () => number
  /** Height of what sticks to the top of the viewport. */
  readonly headHeight: () => number
  readonly onWindow?: (first: number, last: number) => void
}

/** Which rows of fixed height are to be drawn, and where, for any number of rows. */
export class VirtualRows implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: VirtualRowsOptions
  #virt = 0
  #lastTop = 0
  #height = 0
  #frame = 0
  #observer: ResizeObserver | undefined
  #observed: HTMLElement | null = null

  constructor(host: ReactiveControllerHost, options: VirtualRowsOptions) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  get #total(): number {
    return this.#options.count() * this.#options.rowHeight()
  }
  /** Height of the element that makes the viewport scroll. */
  get space(): number {
    return Math.min(this.#total, MAX_SCROLL_SPACE)
  }
  get #pixelMax(): number {
    return Math.max(this.space - this.#height, 0)
  }
  get #virtualMax(): number {
    return Math.max(this.#total - this.#height, 0)
  }
  /** Whole rows that fit. */
  get pageRows(): number {
    return Math.max(1, Math.floor(this.#height / this.#options.rowHeight()))
  }
  get first(): number {
    return Math.max(0, Math.floor(this.#virt / this.#options.rowHeight()) - OVERSCAN)
  }
  /** One past the last row drawn. */
  get last(): number {
    const visible = Math.ceil((this.#virt + this.#height) / this.#options.rowHeight())
    return Math.min(this.#options.count(), visible + OVERSCAN)
  }

  /** Offset of a row from the top of the layer; a row far outside is parked just out of sight. */
  offset(row: number): number {
    const height = this.#options.rowHeight()
    const y = row * height - this.#virt
    const slack = (OVERSCAN + 2) * height
    return Math.max(-slack, Math.min(y, this.#height + slack))
  }

  readonly onScroll = (): void => {
    if (this.#frame === 0) this.#frame = requestAnimationFrame(this.#flush)
  }

  readonly onScrollEnd = (): void => {
    // Both events arrive before the frame does; re-basing first would lose the last delta.
    this.#flush()
    const viewport = this.#options.viewport()
    if (viewport === null || this.#total <= MAX_SCROLL_SPACE) return
    viewport.scrollTop = Math.round((this.#virt / this.#virtualMax) * this.#pixelMax)
    this.#lastTop = viewport.scrollTop
  }

  scrollToRow(row: number): void {
    const height = this.#options.rowHeight()
    const top = row * height
    if (top < this.#virt) this.#moveTo(top)
    else if (top + height > this.#virt + this.#height) this.#moveTo(top + height - this.#height)
  }

  scrollToTop(): void {
    this.#moveTo(0)
  }

  hostConnected(): void {
    this.#observer = new ResizeObserver(() => this.#measure())
    this.#observed = null
    this.#host.requestUpdate()
  }

  hostDisconnected(): void {
    this.#observer?.disconnect()
    this.#observer = undefined
    this.#observed = null
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  hostUpdated(): void {
    const viewport = this.#options.viewport()
    if (viewport !== this.#observed) {
      if (this.#observed !== null) this.#observer?.unobserve(this.#observed)
      if (viewport !== null) this.#observer?.observe(viewport)
      this.#observed = viewport
    }
    if (this.#virt > this.#virtualMax) this.#moveTo(this.#virtualMax)
    this.#options.onWindow?.(this.first, this.last)
  }

  #measure(): void {
    const height = Math.max(0, (this.#options.viewport()?.clientHeight ?? 0) - this.#options.headHeight())
    if (height === this.#height) return
    this.#height = height
    this.#host.requestUpdate()
  }

  #moveTo(virtual: number): void {
    this.#virt = Math.max(0, Math.min(virtual, this.#virtualMax))
    const viewport = this.#options.viewport()
    if (viewport !== null) {
      const max = this.#virtualMax
      const top = max === 0 ? 0 : this.#total <= MAX_SCROLL_SPACE ? this.#virt : (this.#virt / max) * this.#pixelMax
      viewport.scrollTop = Math.round(top)
      this.#lastTop = viewport.scrollTop
    }
    this.#host.requestUpdate()
  }

  readonly #flush = (): void => {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
    const viewport = this.#options.viewport()
    if (viewport === null) return
    const top = viewport.scrollTop
    const delta = top - this.#lastTop
    this.#lastTop = top
    if (delta === 0) return
    const jump = Math.abs(delta) > 4 * this.#height || top <= 0 || top >= this.#pixelMax - 1
    if (this.#total <= MAX_SCROLL_SPACE) this.#virt = Math.min(top, this.#virtualMax)
    else if (jump) this.#virt = Math.min(1, top / this.#pixelMax) * this.#virtualMax
    else this.#virt = Math.max(0, Math.min(this.#virt + delta, this.#virtualMax))
    this.#host.requestUpdate()
  }
}
