import type { FindingStatus } from "@certivo/api/types"
import { html, LitElement, type PropertyDeclarations, type TemplateResult } from "lit"
import { isFindingStatus, statusLabel } from "../../internal/format.ts"
import { statusIcon } from "../../internal/icons.ts"
import { theme } from "../../theme.ts"
import styles from "./badge.styles.ts"

/**
 * A status as a shape and a word; colour only repeats them.
 *
 * @element certivo-badge
 * @csspart badge - The pill.
 * @cssproperty --certivo-status-compliant-on - Text of a compliant badge; likewise for the other statuses.
 */
export class CertivoBadge extends LitElement {
  static override styles = [theme, styles]
  static override properties: PropertyDeclarations = { status: {} }
  /**
   * Of a restriction: `non-compliant`, `unknown`, `exempt`, `compliant`, `not-applicable`; of a duty to inform also
   * `above-threshold`, `below-threshold`, `not-contained`.
   */
  declare status: FindingStatus

  constructor() {
    super()
    this.status = "unknown"
  }

  protected override render(): TemplateResult {
    const status = isFindingStatus(this.status) ? this.status : "unknown"
    return html`<span part="badge" class=${status}>${statusIcon(status)}${statusLabel[status]}</span>`
  }
}
