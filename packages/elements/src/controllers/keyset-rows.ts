import type { CertivoError } from "@certivo/api/client"
import type { ReactiveController, ReactiveControllerHost } from "lit"
import { isAbort, toCertivoError } from "../internal/certivo-element.ts"
import { plural } from "../internal/format.ts"

export interface KeysetPage<R> {
  readonly items: ReadonlyArray<R>
  readonly page: {
    readonly next?: string
    readonly total: { readonly count: number; readonly type: "exact" | "at_least" }
    /** Whether all that is listed is judged by the rule sets in force. */
    readonly current?: boolean
  }
}

export interface KeysetOptions<R> {
  readonly pageSize: number
  readonly load: (cursor: string | undefined, limit: number, signal: AbortSignal) => Promise<KeysetPage<R>>
  readonly onLoad?: (total: number) => void
  readonly onError?: (error: CertivoError) => boolean
}

/** Pages whose rows stay in memory; older ones keep their cursor only and are asked for again. */
const MAX_PAGES = 60
/** Rows beyond the last known page that can be scrolled to. A keyset has to be walked, so a jump is bounded. */
const LOOK_AHEAD = 5000
const STALE_CURSOR: ReadonlyArray<number> = [400, 409, 410]

/** Rows by index over pages by cursor: walks forward as far as the window needs, one request at a time. */
export class KeysetRows<R> implements ReactiveController {
  readonly #host: ReactiveControllerHost
  readonly #options: KeysetOptions<R>
  #pages = new Map<number, ReadonlyArray<R>>()
  /** Where each known page starts, and the cursor that fetches it. */
  #starts: Array<{ readonly row: number; readonly cursor: string | undefined }> = []
  #total = 0
  #exact = false
  #current = true
  #end: number | undefined
  #error: CertivoError | undefined
  #failed = false
  #window = { first: 0, last: 0 }
  #abort: AbortController | undefined
  #started = false
  #interrupted = false
  #stale = false

  constructor(host: ReactiveControllerHost, options: KeysetOptions<R>) {
    this.#host = host
    this.#options = options
    host.addController(this)
  }

  /** Rows known or promised by the server. */
  get total(): number {
    return this.#end ?? this.#total
  }
  get exact(): boolean {
    return this.#exact || this.#end !== undefined
  }
  /** Whether the last page that came says that all of the list is judged by the rule sets in force. */
  get current(): boolean {
    return this.#current
  }
  /** Rows that a scroll can reach now. */
  get reachable(): number {
    if (this.#end !== undefined) return this.#end
    const frontier = this.#starts.at(-1)?.row ?? 0
    const total = this.#exact ? this.#total : Math.max(this.#total, frontier + this.#options.pageSize)
    return Math.min(total, frontier + LOOK_AHEAD)
  }
  get error(): CertivoError | undefined {
    return this.#error
  }
  /** Whether loading stopped on an error, shown or not. */
  get failed(): boolean {
    return this.#failed
  }
  get loading(): boolean {
    return this.#abort !== undefined
  }
  /** Whether a first page has arrived. */
  get ready(): boolean {
    return this.#pages.size > 0
  }
  get complete(): boolean {
    return this.#end !== undefined
  }
  /** Rows of the pages walked so far, in order. */
  get loaded(): ReadonlyArray<R> {
    return [...this.#pages.entries()].sort(([a], [b]) => a - b).flatMap(([, rows]) => rows)
  }

  row(index: number): R | undefined {
    const page = this.#pageOf(index)
    const start = this.#starts[page]
    return start === undefined ? undefined : this.#pages.get(page)?.[index - start.row]
  }

  /** Starts over. Rows of the same query stay on the page until the new ones arrive. */
  reset(keepRows = false): void {
    this.#abort?.abort()
    this.#abort = undefined
    this.#error = undefined
    this.#failed = false
    this.#started = true
    this.#stale = keepRows && this.ready
    if (!this.#stale) this.#clear()
    this.#pump()
  }

  /** The rows that are looked at, the last one not included. */
  show(first: number, last: number): void {
    this.#window = { first, last }
    if (this.#started) this.#pump()
  }

  /** One more page at the end. */
  readonly more = (): void => this.show(0, (this.#starts.at(-1)?.row ?? 0) + 1)

  readonly retry = (): void => {
    // A cursor that the server no longer takes would be refused for ever: the walk begins anew.
    if (STALE_CURSOR.includes(this.#error?.status ?? 0)) {
      this.reset(true)
      return
    }
    this.#error = undefined
    this.#failed = false
    this.#pump()
  }

  hostConnected(): void {
    if (!this.#interrupted) return
    this.#interrupted = false
    this.#pump()
  }

  hostDisconnected(): void {
    if (this.#abort === undefined) return
    this.#interrupted = true
    this.#abort.abort()
    this.#abort = undefined
  }

  #clear(): void {
    this.#pages = new Map()
    this.#starts = [{ row: 0, cursor: undefined }]
    this.#total = 0
    this.#exact = false
    this.#end = undefined
    this.#stale = false
  }

  #pageOf(index: number): number {
    let low = 0
    let high = this.#starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#starts[middle]?.row ?? 0) <= index) low = middle
      else high = middle - 1
    }
    return low
  }

  #wanted(): number | undefined {
    if (this.#stale) return 0
    const last = Math.min(this.#window.last, this.reachable)
    const to = this.#pageOf(Math.max(last - 1, 0))
    for (let page = this.#pageOf(this.#window.first); page <= to; page++) if (!this.#pages.has(page)) return page
    const frontier = this.#starts.length - 1
    return last > (this.#starts[frontier]?.row ?? 0) && !this.#pages.has(frontier) ? frontier : undefined
  }

  #pump(): void {
    if (this.#abort !== undefined || this.#failed) return
    const page = this.#wanted()
    if (page === undefined) return
    const abort = new AbortController()
    this.#abort = abort
    const cursor = this.#stale ? undefined : this.#starts[page]?.cursor
    this.#host.requestUpdate()
    this.#options.load(cursor, this.#options.pageSize, abort.signal).then(
      (result) => {
        if (abort.signal.aborted) return
        this.#abort = undefined
        if (this.#stale) this.#clear()
        this.#store(page, result)
        this.#host.requestUpdate()
        this.#options.onLoad?.(this.total)
        this.#pump()
      },
      (cause: unknown) => {
        if (abort.signal.aborted || isAbort(cause)) return
        this.#abort = undefined
        this.#failed = true
        const error = toCertivoError(cause)
        this.#error = (this.#options.onError?.(error) ?? true) ? error : undefined
        this.#host.requestUpdate()
      }
    )
  }

  #store(page: number, { items, page: { current = true, next, total } }: KeysetPage<R>): void {
    this.#pages.delete(page)
    this.#pages.set(page, items)
    const end = (this.#starts[page]?.row ?? 0) + items.length
    this.#total = Math.max(total.count, end)
    this.#exact = total.type === "exact"
    this.#current = current
    if (page === this.#starts.length - 1) {
      if (next === undefined || items.length === 0) this.#end = end
      else this.#starts.push({ row: end, cursor: next })
    }
    for (const old of this.#pages.keys()) {
      if (this.#pages.size <= MAX_PAGES) break
      this.#pages.delete(old)
    }
  }
}

/** How many rows there are, and whether some verdicts do not hold today; nothing before they are known. */
export const rowsText = (rows: KeysetRows<unknown>, one: string): string =>
  rows.ready
    ? `${rows.exact ? "" : "more than "}${plural(rows.total, one)}${rows.current ? "" : ", not all judged by the rules of today yet"}`
    : ""
