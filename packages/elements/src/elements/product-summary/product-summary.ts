import type { CertivoClient } from "@certivo/api/client"
import type { Product, Status } from "@certivo/api/types"
import { html, nothing, type PropertyDeclarations, type SVGTemplateResult, svg, type TemplateResult } from "lit"
import { DataTask } from "../../controllers/data-task.ts"
import { CertivoElement } from "../../internal/certivo-element.ts"
import { count, plural, statusLabel, statusOrder } from "../../internal/format.ts"
import { statusIcon } from "../../internal/icons.ts"
import { tables, theme } from "../../theme.ts"
import "../badge/badge.define.ts"
import styles from "./product-summary.styles.ts"

interface Slice {
  readonly status: Status
  readonly parts: number
  readonly percent: number
}

/** Narrowest slice in percent: a single bad part among thousands must still be seen. */
const MIN_WIDTH = 1

const slicesOf = ({ summary }: Product): ReadonlyArray<Slice> => {
  const known = summary.compliant + summary.exempt + summary.unknown + summary.nonCompliant
  const parts: Readonly<Record<Status, number>> = {
    "non-compliant": summary.nonCompliant,
    unknown: summary.unknown,
    exempt: summary.exempt,
    compliant: summary.compliant,
    "not-applicable": Math.max(0, summary.parts - known)
  }
  const total = Math.max(1, summary.parts)
  return statusOrder
    .map((status) => ({ status, parts: parts[status], percent: (100 * parts[status]) / total }))
    .filter((slice) => slice.parts > 0)
}

/**
 * One product at a glance: its status, how many parts stand where, and how much of it is declared.
 *
 * @element certivo-product-summary
 * @fires {FilterChangeEvent} certivo-filter-change - A status was chosen or, with `undefined`, let go.
 * @fires {LoadErrorEvent} certivo-load-error - The product could not be loaded.
 * @csspart chart - The stacked bar.
 * @csspart legend - The counts below it.
 * @csspart error - The message of a failure.
 * @cssproperty --certivo-status-compliant-fill - Colour of a segment; likewise for the other statuses.
 */
export class CertivoProductSummary extends CertivoElement {
  static override styles = [theme, tables, styles]
  static override properties: PropertyDeclarations = {
    productId: { attribute: "product-id" },
    status: {},
    product: { attribute: false },
    asTable: { state: true }
  }
  declare productId: string
  /** The status that is chosen. */
  declare status: Status | ""
  /** Shown instead of asking the server, when given. */
  declare product: Product | undefined
  declare protected asTable: boolean

  readonly #task: DataTask<readonly [CertivoClient | undefined, number, string], Product>

  constructor() {
    super()
    this.productId = ""
    this.status = ""
    this.product = undefined
    this.asTable = false
    this.#task = new DataTask(this, {
      args: () => [this.activeClient, this.dataVersion, this.productId] as const,
      key: () => this.productId,
      run: ([client, , id], signal) => (id === "" ? undefined : client?.product(id, signal)),
      onError: (error) => this.emitError(error)
    })
  }

  /** Asks for the product again. */
  refresh(): void {
    void this.#task.run()
  }

  #choose(status: Status): void {
    this.status = this.status === status ? "" : status
    this.emit("certivo-filter-change", { status: this.status === "" ? undefined : this.status })
  }

  protected override render(): TemplateResult {
    if (this.#task.error !== undefined && this.product === undefined) {
      return this.renderError(this.#task.error, () => this.refresh())
    }
    const product = this.product ?? this.#task.value
    if (product === undefined) return this.productId === "" ? html`` : this.renderSkeleton(4)
    const slices = slicesOf(product)
    return html`
      <header>
        <h2>${product.name ?? product.partNumber}</h2>
        <certivo-badge status=${product.status}></certivo-badge>
      </header>
      <dl class="facts">
        <div><dt>Part number</dt><dd>${product.partNumber}</dd></div>
        <div><dt>Parts</dt><dd>${count(product.summary.parts)}</dd></div>
        <div><dt>Declared</dt><dd>${product.summary.declaredPartsPercent}&#8239;%</dd></div>
        ${
          product.duty === "not-applicable"
            ? nothing
            : html`<div><dt>Duty to inform</dt><dd><certivo-badge status=${product.duty}></certivo-badge></dd></div>`
        }
      </dl>
      <figure aria-label="Parts by status">
        ${this.#renderChart(slices)}
        <div class="chart-foot">
          ${this.asTable ? nothing : this.#renderLegend(slices)}
          <button
            class="link"
            type="button"
            aria-pressed=${this.asTable}
            @click=${() => {
              this.asTable = !this.asTable
            }}
          >
            Show as table
          </button>
        </div>
        ${this.asTable ? this.#renderTable(slices) : nothing}
      </figure>
    `
  }

  #renderChart(slices: ReadonlyArray<Slice>): TemplateResult {
    const widths = slices.map((slice) => Math.max(slice.percent, MIN_WIDTH))
    const scale = 100 / widths.reduce((sum, width) => sum + width, 0)
    let x = 0
    const segments = slices.map((slice, index): SVGTemplateResult => {
      const width = (widths[index] ?? 0) * scale
      const from = x
      x += width
      const other = this.status !== "" && this.status !== slice.status
      return svg`<rect
        class="segment ${slice.status} ${other ? "other" : ""}"
        x="${from}%" y="0" width="${Math.max(width - 0.25, 0.4)}%" height="100%"
        @click=${() => this.#choose(slice.status)}
      ><title>${statusLabel[slice.status]}: ${count(slice.parts)}</title></rect>`
    })
    const sentence = slices.map(({ status, parts }) => `${statusLabel[status]} ${count(parts)}`).join(", ")
    return html`
      <svg class="chart" part="chart" role="img" aria-label=${sentence === "" ? "No parts" : `Parts by status: ${sentence}`}>
        ${segments}
      </svg>
    `
  }

  #renderLegend(slices: ReadonlyArray<Slice>): TemplateResult {
    return html`
      <ul class="legend" part="legend">
        ${slices.map(
          ({ status, parts }) => html`
            <li>
              <button
                type="button"
                data-status=${status}
                aria-pressed=${this.status === status}
                @click=${() => this.#choose(status)}
              >
                <span class=${status}>${statusIcon(status)}</span>
                ${statusLabel[status]} <strong>${count(parts)}</strong>
              </button>
            </li>
          `
        )}
      </ul>
    `
  }

  #renderTable(slices: ReadonlyArray<Slice>): TemplateResult {
    return html`
      <div class="scroll">
        <table>
          <caption class="visually-hidden">Parts by status, of ${plural(
            slices.reduce((sum, { parts }) => sum + parts, 0),
            "part"
          )}</caption>
          <thead>
            <tr><th scope="col">Status</th><th scope="col" class="number">Parts</th><th scope="col" class="number">Share</th></tr>
          </thead>
          <tbody>
            ${slices.map(
              ({ status, parts, percent }) => html`
                <tr>
                  <th scope="row"><certivo-badge status=${status}></certivo-badge></th>
                  <td class="number">${count(parts)}</td>
                  <td class="number">${percent.toFixed(1)} %</td>
                </tr>
              `
            )}
          </tbody>
        </table>
      </div>
    `
  }
}
