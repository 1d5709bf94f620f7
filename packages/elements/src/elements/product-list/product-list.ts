import type { FindingStatus, Product, RegulationStanding } from "@certivo/api/types"
import { html, nothing, type PropertyDeclarations, type PropertyValues, type TemplateResult } from "lit"
import { repeat } from "lit/directives/repeat.js"
import { KeysetRows, rowsText } from "../../controllers/keyset-rows.ts"
import { CertivoElement } from "../../internal/certivo-element.ts"
import { Debounce } from "../../internal/debounce.ts"
import { count, isFindingStatus, plural } from "../../internal/format.ts"
import { renderStatusFilter, shownStatuses } from "../../internal/status-filter.ts"
import { theme } from "../../theme.ts"
import "../badge/badge.define.ts"
import styles from "./product-list.styles.ts"

/**
 * The products a session may see, searched and paged on the server.
 *
 * @element certivo-product-list
 * @fires {RowActivateEvent} certivo-row-activate - A product was chosen.
 * @fires {FilterChangeEvent} certivo-filter-change - The status or its regulation was changed by hand.
 * @fires {LoadEvent} certivo-load - Products arrived.
 * @fires {LoadErrorEvent} certivo-load-error - Products could not be loaded.
 * @csspart search - The search box.
 * @csspart filter - The status and its regulation.
 * @csspart list - The list.
 * @csspart item - One product.
 * @csspart error - The message of a failure.
 */
export class CertivoProductList extends CertivoElement {
  static override styles = [theme, styles]
  static override properties: PropertyDeclarations = {
    search: {},
    status: {},
    regulation: {},
    selected: { reflect: true },
    selectable: { type: Boolean },
    pageSize: { type: Number, attribute: "page-size" }
  }
  declare search: string
  /** Shows only the products with this status. */
  declare status: FindingStatus | ""
  /** The rule set by which the status is meant and shown; as a whole when empty. */
  declare regulation: string
  /** Part number of the product that is marked. */
  declare selected: string
  /** Whether choosing a product marks it. */
  declare selectable: boolean
  declare pageSize: number

  readonly #debounce = new Debounce(this, 250)
  readonly #rows: KeysetRows<Product>
  /** Of the last product that was seen, which names the regulations also while none is found. */
  #standings: ReadonlyArray<RegulationStanding> = []

  constructor() {
    super()
    this.search = ""
    this.status = ""
    this.regulation = ""
    this.selected = ""
    this.selectable = false
    this.pageSize = 50
    const element = this
    this.#rows = new KeysetRows<Product>(this, {
      get pageSize() {
        return element.pageSize
      },
      load: (cursor, limit, signal) => {
        const client = this.activeClient
        if (client === undefined) throw new Error("There is no client")
        const status = isFindingStatus(this.status) ? this.status : undefined
        const [regulation, search] = [this.regulation || undefined, this.search || undefined]
        return client.products({ cursor, limit, status, regulation, search, signal })
      },
      onLoad: (total) => this.emit("certivo-load", { total }),
      onError: (error) => this.emitError(error)
    })
  }

  /** Asks for the products again. */
  refresh(): void {
    if (this.activeClient !== undefined) this.#rows.reset(true)
  }

  protected override willUpdate(changed: PropertyValues): void {
    const query = ["client", "contextClient", "search", "status", "regulation"].some((name) => changed.has(name))
    if (this.activeClient === undefined || !(query || changed.has("dataVersion"))) return
    if (!this.#rows.ready) this.#rows.show(0, 1)
    this.#rows.reset(!changed.has("client") && !changed.has("contextClient"))
  }

  #activate(partNumber: string): void {
    if (this.selectable) this.selected = partNumber
    this.emit("certivo-row-activate", { partNumber })
  }

  protected override render(): TemplateResult {
    const rows = this.#rows
    this.#standings = rows.row(0)?.byRegulation ?? this.#standings
    return html`
      <input
        class="field search"
        part="search"
        type="search"
        placeholder="Search products"
        aria-label="Search products"
        .value=${this.search}
        @input=${(event: InputEvent) => {
          const value = (event.target as HTMLInputElement).value
          this.#debounce.run(() => {
            this.search = value
          })
        }}
      />
      <div class="filter" part="filter">
        ${renderStatusFilter(this, this.#standings, ({ status, regulation }) => {
          this.status = status
          this.regulation = regulation
          this.emit("certivo-filter-change", { status: status || undefined, regulation: regulation || undefined })
        })}
      </div>
      ${this.#renderBody()}
      <div class="foot quiet">
        <span role="status">${rowsText(rows, "product")}</span>
        ${
          rows.ready && !rows.complete && !rows.failed
            ? html`<button class="button" type="button" ?disabled=${rows.loading} @click=${rows.more}>Show more</button>`
            : nothing
        }
      </div>
    `
  }

  #renderBody(): TemplateResult {
    const rows = this.#rows
    if (rows.error !== undefined) return this.renderError(rows.error, rows.retry)
    if (!rows.ready) return this.renderSkeleton(5)
    if (rows.total === 0) {
      const hint =
        this.search === "" && this.status === "" ? "Import a bill of materials to begin." : "No product matches."
      return html`<div class="message"><strong>No products</strong><span>${hint}</span></div>`
    }
    return html`
      <ul part="list" aria-label="Products" aria-busy=${rows.loading}>
        ${repeat(
          rows.loaded,
          (product) => product.partNumber,
          (product) => this.#renderItem(product)
        )}
      </ul>
    `
  }

  #renderItem(product: Product): TemplateResult {
    const { partNumber, name, status, summary } = product
    const current = partNumber === this.selected
    return html`
      <li>
        <button
          part="item"
          type="button"
          aria-current=${current ? "true" : nothing}
          @click=${() => this.#activate(partNumber)}
        >
          <span class="name">${name ?? partNumber}</span>
          <span class="quiet">${name === undefined ? "" : `${partNumber} · `}${plural(summary.parts, "part")}</span>
          <span class="state quiet">
            ${shownStatuses(product, this.regulation).map((one) => html`<certivo-badge status=${one}></certivo-badge>`)}
            ${this.regulation === "" ? concerns(status, summary) : ""}
          </span>
        </button>
      </li>
    `
  }
}

/** How many parts need attention, beside a badge that already names the worst of them. */
const concerns = (status: Product["status"], { nonCompliant, unknown }: Product["summary"]): string => {
  if (status === "unknown") return plural(unknown, "part")
  if (status !== "non-compliant") return ""
  return unknown === 0 ? plural(nonCompliant, "part") : `${plural(nonCompliant, "part")}, ${count(unknown)} unknown`
}
