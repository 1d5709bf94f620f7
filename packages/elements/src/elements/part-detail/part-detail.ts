import type { CertivoClient } from "@certivo/api/client"
import type { Evidence, Finding, PartDetail } from "@certivo/api/types"
import { html, nothing, type PropertyDeclarations, type TemplateResult } from "lit"
import { DataTask } from "../../controllers/data-task.ts"
import { CertivoElement } from "../../internal/certivo-element.ts"
import { decimal, limit, plural, ppm, statusLabel } from "../../internal/format.ts"
import { tables, theme } from "../../theme.ts"
import "../badge/badge.define.ts"
import styles from "./part-detail.styles.ts"

/** Steps deeper than this are indented no further. */
const MAX_INDENT = 4

/**
 * Everything that is known about one part and why it has its status: facts, findings with their evidence, the proof,
 * what it is made of and what uses it.
 *
 * @element certivo-part-detail
 * @fires {RowActivateEvent} certivo-row-activate - Another part was chosen. Unless prevented, this element shows it.
 * @fires {LoadErrorEvent} certivo-load-error - The part could not be loaded.
 * @csspart header - Name and status.
 * @csspart facts - Part number, material, mass.
 * @csspart findings - The findings.
 * @csspart proof - The steps of the explanation.
 * @csspart error - The message of a failure.
 */
export class CertivoPartDetail extends CertivoElement {
  static override styles = [theme, tables, styles]
  static override properties: PropertyDeclarations = {
    partNumber: { attribute: "part-number", reflect: true },
    detail: { attribute: false }
  }
  declare partNumber: string
  /** Shown instead of asking the server, when given. */
  declare detail: PartDetail | undefined

  readonly #task: DataTask<readonly [CertivoClient | undefined, number, string], PartDetail>

  constructor() {
    super()
    this.partNumber = ""
    this.detail = undefined
    this.#task = new DataTask(this, {
      args: () => [this.activeClient, this.dataVersion, this.partNumber] as const,
      key: () => this.partNumber,
      run: ([client, , partNumber], signal) => (partNumber === "" ? undefined : client?.part(partNumber, signal)),
      onError: (error) => this.emitError(error)
    })
  }

  /** Asks for the part again. */
  refresh(): void {
    void this.#task.run()
  }

  #open(partNumber: string): void {
    if (this.emit("certivo-row-activate", { partNumber }, true)) this.partNumber = partNumber
  }

  protected override render(): TemplateResult {
    if (this.#task.error !== undefined && this.detail === undefined) {
      return this.renderError(this.#task.error, () => this.refresh())
    }
    const part = this.detail ?? this.#task.value
    if (part === undefined) return this.partNumber === "" ? html`` : this.renderSkeleton(6)
    return html`
      <header part="header">
        <h2>${part.name ?? part.partNumber}</h2>
        <certivo-badge status=${part.status}></certivo-badge>
      </header>
      <p class="headline">${part.explanation.headline}</p>
      <dl class="facts" part="facts">
        ${fact("Part number", part.partNumber)} ${fact("Material", part.material)}
        ${fact("Mass", part.mass === undefined ? undefined : `${decimal(part.mass.value)} ${part.mass.unit}`)}
        ${fact("Kind", part.assembly ? "Assembly" : "Single part")}
        ${fact("Declaration", part.declared ? "Received" : "Missing")}
        ${
          part.duty === "not-applicable"
            ? nothing
            : html`<div><dt>Duty to inform</dt><dd><certivo-badge status=${part.duty}></certivo-badge></dd></div>`
        }
      </dl>
      ${
        part.reasons.length === 0
          ? nothing
          : html`<h3>Why</h3>
              <ul class="reasons">
                ${part.reasons.map((reason) => html`<li>${reason.message}</li>`)}
              </ul>`
      }
      ${renderFindings(part)}
      ${
        part.explanation.steps.length === 0
          ? nothing
          : html`<h3>Proof</h3>
              <ol class="proof" part="proof">
                ${part.explanation.steps.map(
                  (step) => html`<li class="depth-${Math.min(step.depth, MAX_INDENT)}">${step.text}</li>`
                )}
              </ol>`
      }
      ${this.#renderChildren(part)} ${this.#renderUsedIn(part)}
    `
  }

  #renderChildren(part: PartDetail): TemplateResult | typeof nothing {
    if (part.children.length === 0) return nothing
    return html`
      <h3>Made of ${plural(part.children.length, "part")}</h3>
      <ul class="children">
        ${part.children.map(
          (child) => html`
            <li>
              <button class="link" type="button" @click=${() => this.#open(child.partNumber)}>${child.partNumber}</button>
              <span class="quiet">× ${decimal(child.quantity)}</span>
              <certivo-badge status=${child.status}></certivo-badge>
            </li>
          `
        )}
      </ul>
    `
  }

  #renderUsedIn(part: PartDetail): TemplateResult | typeof nothing {
    if (part.usedIn.length === 0) return nothing
    return html`
      <h3>Used in</h3>
      <ul class="used">
        ${part.usedIn.map(
          (partNumber) => html`
            <li><button class="link" type="button" @click=${() => this.#open(partNumber)}>${partNumber}</button></li>
          `
        )}
      </ul>
    `
  }
}

const fact = (label: string, value: string | undefined): TemplateResult | typeof nothing =>
  value === undefined ? nothing : html`<div><dt>${label}</dt><dd>${value}</dd></div>`

const evidence = ({ document, line, sha256 }: Evidence): TemplateResult =>
  html`<div class="evidence" title="SHA-256 ${sha256}">${document}, line ${line}</div>`

const decision = ({ by, on, reason, calculated }: NonNullable<Finding["override"]>): TemplateResult =>
  html`<small class="decision">
    Decided by ${by} on ${on}: ${reason}. The evidence by itself gives: ${statusLabel[calculated].toLowerCase()}.
  </small>`

const renderFinding = (finding: Finding): TemplateResult => html`
  <tr>
    <th scope="row">
      ${finding.substance.name}
      <small class="quiet">${finding.substance.cas === undefined ? "" : `CAS ${finding.substance.cas}`}</small>
    </th>
    <td><certivo-badge status=${finding.status}></certivo-badge></td>
    <td class="number" data-label="Found">${ppm(finding)}</td>
    <td class="number" data-label="Limit">${limit(finding)}</td>
    <td class="wide">
      ${finding.regulation}
      ${finding.outcome === undefined ? nothing : html`<small>A duty to ${finding.outcome === "warning" ? "warn" : "inform"}</small>`}
      ${finding.reason === undefined ? nothing : html`<small>${finding.reason.message}</small>`}
      ${(finding.notes ?? []).map((note) => html`<small>${note.message}</small>`)}
      ${finding.override === undefined ? nothing : decision(finding.override)}
    </td>
    <td class="wide">${finding.evidence.length === 0 ? "No evidence" : finding.evidence.map(evidence)}</td>
  </tr>
`

const renderFindings = (part: PartDetail): TemplateResult => {
  if (part.findings.length === 0)
    return html`<h3>Findings</h3><p class="quiet">There are no findings on this part itself.</p>`
  return html`
    <h3>Findings</h3>
    <div class="scroll" part="findings" role="region" aria-label="Findings" tabindex="0">
      <table class="findings">
        <thead>
          <tr>
            <th scope="col">Substance</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">Found</th>
            <th scope="col" class="number">Limit</th>
            <th scope="col">Rule</th>
            <th scope="col">Evidence</th>
          </tr>
        </thead>
        <tbody>
          ${part.findings.map(renderFinding)}
        </tbody>
      </table>
    </div>
    ${
      part.findingsOmitted === 0
        ? nothing
        : html`<p class="quiet">${plural(part.findingsOmitted, "further finding")} not listed; the worst are above.</p>`
    }
  `
}
