import type { FindingStatus, Part, RegulationStanding } from "@certivo/api/types"
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { KeysetRows, rowsText } from "../../controllers/keyset-rows.ts"
import { VirtualRows } from "../../controllers/virtual-rows.ts"
import { CertivoElement } from "../../internal/certivo-element.ts"
import { Debounce } from "../../internal/debounce.ts"
import { isFindingStatus } from "../../internal/format.ts"
import { renderStatusFilter, type StatusFilter } from "../../internal/status-filter.ts"
import { theme } from "../../theme.ts"
import "../badge/badge.define.ts"
import { type Column, narrowColumns, wideColumns } from "./columns.ts"
import styles from "./compliance-table.styles.ts"
import { moveFocus } from "./grid-keys.ts"

const HEAD_HEIGHT = 36
const NARROW_BELOW = 560

/**
 * The parts of a product with their status, for any number of parts: only the rows in view are in the page, and pages
 * are asked for as the scroll comes near them.
 *
 * @element certivo-compliance-table
 * @fires {RowActivateEvent} certivo-row-activate - A part was opened by click or Enter.
 * @fires {FilterChangeEvent} certivo-filter-change - The status, its regulation or the search was changed by hand.
 * @fires {LoadEvent} certivo-load - Rows arrived.
 * @fires {LoadErrorEvent} certivo-load-error - Rows could not be loaded.
 * @csspart toolbar - Filter, search and count.
 * @csspart table - The scrolling grid.
 * @csspart header-row - The row of column names.
 * @csspart row - One part.
 * @csspart cell - One cell.
 * @csspart status-badge - The badge of a row.
 * @csspart error - The message of a failure.
 * @cssproperty --certivo-color-selected - Background of the part that is open.
 */
export class CertivoComplianceTable extends CertivoElement {
  static override styles = [theme, styles]
  static override properties: PropertyDeclarations = {
    productId: { attribute: "product-id" },
    status: {},
    regulation: {},
    search: {},
    selected: {},
    pageSize: { type: Number, attribute: "page-size" },
    rowHeight: { type: Number, attribute: "row-height" },
    active: { state: true },
    narrow: { state: true }
  }
  declare productId: string
  /** Shows only the parts with this status. */
  declare status: FindingStatus | ""
  /** The rule set by which the status is meant and shown; as a whole when empty. */
  declare regulation: string
  declare search: string
  /** Part number of the row that is marked as open. */
  declare selected: string
  declare pageSize: number
  declare rowHeight: number
  declare protected active: { readonly row: number; readonly column: number }
  declare protected narrow: boolean

  readonly #debounce = new Debounce(this, 250)
  readonly #rows: KeysetRows<Part>
  readonly #virtual: VirtualRows
  #resize: ResizeObserver | undefined
  #focusPending = false
  /** Of the last row that was seen, which names the regulations also while no row is found. */
  #standings: ReadonlyArray<RegulationStanding> = []

  constructor() {
    super()
    this.productId = ""
    this.status = ""
    this.regulation = ""
    this.search = ""
    this.selected = ""
    this.pageSize = 200
    this.rowHeight = 40
    this.active = { row: 0, column: 0 }
    this.narrow = false
    const element = this
    this.#rows = new KeysetRows<Part>(this, {
      get pageSize() {
        return element.pageSize
      },
      load: (cursor, limit, signal) => {
        const client = this.activeClient
        if (client === undefined) throw new Error("There is no client")
        const status = isFindingStatus(this.status) ? this.status : undefined
        const [regulation, search] = [this.regulation || undefined, this.search || undefined]
        return client.parts(this.productId, { cursor, limit, status, regulation, search, signal })
      },
      onLoad: (total) => this.emit("certivo-load", { total }),
      onError: (error) => this.emitError(error)
    })
    this.#virtual = new VirtualRows(this, {
      viewport: () => this.#viewport,
      count: () => this.#rows.reachable,
      rowHeight: () => this.#height,
      headHeight: () => HEAD_HEIGHT,
      onWindow: (first, last) => this.#rows.show(first, last + this.pageSize / 2)
    })
  }

  get #viewport(): HTMLElement | null {
    return this.renderRoot?.querySelector<HTMLElement>(".viewport") ?? null
  }

  get #columns(): ReadonlyArray<Column> {
    return this.narrow ? narrowColumns : wideColumns
  }

  get #height(): number {
    return this.narrow ? Math.max(56, this.rowHeight) : Math.max(24, this.rowHeight)
  }

  /** Asks for the rows again; the ones shown stay until the new ones arrive. */
  refresh(): void {
    if (this.activeClient !== undefined && this.productId !== "") this.#rows.reset(true)
  }

  /** Moves the focus to the cell that had it last. */
  override focus(options?: FocusOptions): void {
    this.renderRoot.querySelector<HTMLElement>("[data-cell][tabindex='0']")?.focus(options)
  }

  override connectedCallback(): void {
    super.connectedCallback()
    this.#resize = new ResizeObserver(([entry]) => {
      this.narrow = (entry?.contentRect.width ?? NARROW_BELOW) < NARROW_BELOW
    })
    this.#resize.observe(this)
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback()
    this.#resize?.disconnect()
  }

  protected override willUpdate(changed: PropertyValues): void {
    const source = changed.has("client") || changed.has("contextClient") || changed.has("productId")
    const query = changed.has("status") || changed.has("regulation") || changed.has("search")
    if (this.activeClient !== undefined && this.productId !== "") {
      if (source || query) {
        this.active = { row: 0, column: Math.min(this.active.column, this.#columns.length - 1) }
        this.#virtual.scrollToTop()
        this.#rows.reset(!source)
      } else if (changed.has("dataVersion")) this.#rows.reset(true)
    }
    if (changed.has("narrow")) this.active = { row: this.active.row, column: 0 }
  }

  protected override updated(): void {
    if (!this.#focusPending) return
    const { row, column } = this.active
    const cell = this.renderRoot.querySelector<HTMLElement>(`[data-cell="${row}:${column}"]`)
    if (cell === null) return
    this.#focusPending = false
    cell.focus({ preventScroll: true })
    cell.scrollIntoView({ block: "nearest", inline: "nearest" })
  }

  #filter({ status, regulation }: StatusFilter, search: string): void {
    this.status = status
    this.regulation = regulation
    this.search = search
    this.emit("certivo-filter-change", { status: status || undefined, regulation: regulation || undefined, search })
  }

  #activate(row: number): void {
    const part = this.#rows.row(row)
    if (part !== undefined) this.emit("certivo-row-activate", { partNumber: part.partNumber })
  }

  readonly #onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Enter" && !event.defaultPrevented) {
      this.#activate(this.active.row)
      return
    }
    const bounds = { rows: this.#rows.reachable, columns: this.#columns.length, page: this.#virtual.pageRows }
    const next = moveFocus(event, this.active, bounds)
    if (next === undefined) return
    event.preventDefault()
    this.active = next
    this.#focusPending = true
    this.#virtual.scrollToRow(next.row)
  }

  readonly #onClick = (event: MouseEvent): void => {
    const cell = (event.target as Element).closest<HTMLElement>("[data-cell]")
    if (cell === null) return
    const [row = 0, column = 0] = (cell.dataset.cell ?? "").split(":").map(Number)
    this.active = { row, column }
    this.#activate(row)
  }

  protected override render(): TemplateResult {
    const rows = this.#rows
    const busy = rows.loading && !rows.ready
    return html`
      ${this.#renderToolbar()}
      <div class="frame ${this.narrow ? "narrow" : ""}">
        <div
          class="viewport"
          part="table"
          role="grid"
          aria-label="Parts and their compliance"
          aria-readonly="true"
          aria-rowcount=${rows.exact ? rows.total + 1 : -1}
          aria-colcount=${this.#columns.length}
          aria-busy=${busy}
          @scroll=${this.#virtual.onScroll}
          @scrollend=${this.#virtual.onScrollEnd}
          @keydown=${this.#onKeyDown}
          @click=${this.#onClick}
        >
          <div class="head" part="header-row" role="row" aria-rowindex="1">
            ${this.#columns.map(
              ({ label, className }, index) => html`
                <div
                  class="cell ${className}"
                  role="columnheader"
                  aria-colindex=${index + 1}
                  tabindex=${rows.ready && rows.total > 0 ? nothing : index === 0 ? 0 : nothing}
                >
                  <span>${label}</span>
                </div>
              `
            )}
          </div>
          <div class="body" role="presentation" .style=${`block-size:${this.#virtual.space}px`}>
            <div class="layer" role="rowgroup">
              ${repeat(
                this.#visible(),
                (row) => row,
                (row) => this.#renderRow(row)
              )}
            </div>
          </div>
        </div>
        ${this.#renderNotice()}
      </div>
    `
  }

  /** The rows in view and, in order, the one that holds the focus, which would be lost if it left the page. */
  #visible(): ReadonlyArray<number> {
    const { first, last } = this.#virtual
    if (!this.#rows.ready) return []
    const rows = Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index)
    const { row } = this.active
    if (row >= this.#rows.reachable) return rows
    return row < first ? [row, ...rows] : row >= last ? [...rows, row] : rows
  }

  #renderRow(row: number): TemplateResult {
    const part = this.#rows.row(row)
    const selected = part !== undefined && part.partNumber === this.selected
    return html`
      <div
        class="row"
        part="row"
        role="row"
        aria-rowindex=${row + 2}
        aria-selected=${selected}
        .style=${`block-size:${this.#height}px;transform:translateY(${this.#virtual.offset(row)}px)`}
      >
        ${this.#columns.map(
          ({ className, cell, id }, column) => html`
            <div
              class="cell ${className}"
              part="cell"
              role=${id === "part-number" ? "rowheader" : "gridcell"}
              aria-colindex=${column + 1}
              data-cell="${row}:${column}"
              tabindex=${row === this.active.row && column === this.active.column ? 0 : -1}
            >
              ${part === undefined ? html`<div class="skeleton"></div>` : cell(part, this.regulation)}
            </div>
          `
        )}
      </div>
    `
  }

  #renderToolbar(): TemplateResult {
    const rows = this.#rows
    this.#standings = rows.row(0)?.byRegulation ?? this.#standings
    return html`
      <div class="toolbar" part="toolbar">
        <input
          class="field search"
          type="search"
          placeholder="Search parts"
          aria-label="Search parts"
          .value=${this.search}
          @input=${(event: InputEvent) => {
            const value = (event.target as HTMLInputElement).value
            this.#debounce.run(() => this.#filter(this, value))
          }}
        />
        ${renderStatusFilter(this, this.#standings, (filter) => this.#filter(filter, this.search))}
        <span class="total quiet" role="status">
          ${rowsText(rows, "part")}
        </span>
      </div>
    `
  }

  #renderNotice(): TemplateResult | typeof nothing {
    const rows = this.#rows
    if (rows.error !== undefined) {
      return html`<div class=${rows.ready ? "banner" : "notice"}>${this.renderError(rows.error, rows.retry)}</div>`
    }
    if (rows.failed || this.productId === "") return nothing
    if (!rows.ready) return html`<div class="notice">${this.renderSkeleton(6)}</div>`
    if (rows.total > 0) return nothing
    const filtered = this.status !== "" || this.search !== ""
    return html`
      <div class="notice">
        <div class="message">
          <strong>${filtered ? "No part matches" : "No parts"}</strong>
          ${
            filtered
              ? html`<button class="button" type="button" @click=${() => this.#filter({ status: "", regulation: "" }, "")}>Clear filter and search</button>`
              : html`<span>This product has no parts yet.</span>`
          }
        </div>
      </div>
    `
  }
}
