import type { FindingStatus } from "@certivo/api/types"
import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit"

const shapes: Readonly<Record<FindingStatus, SVGTemplateResult>> = {
  compliant: svg`<circle cx="8" cy="8" r="7" fill="currentColor" stroke="none"/><path d="m4.8 8.3 2.2 2.2 4.2-4.6"/>`,
  exempt: svg`<path d="M8 .8 14 3v4.6c0 3.6-2.5 6.2-6 7.6-3.5-1.4-6-4-6-7.6V3z" fill="currentColor" stroke="none"/><path d="M5 7.8h6"/>`,
  unknown: svg`<path d="M8 .6 15.4 8 8 15.4.6 8z" fill="currentColor" stroke="none"/><path d="M6.2 6.5a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.8.6-.8 1.2m0 1.9v.2"/>`,
  "non-compliant": svg`<path d="M4.9.9h6.2l4 4v6.2l-4 4H4.9l-4-4V4.9z" fill="currentColor" stroke="none"/><path d="m5.4 5.4 5.2 5.2m0-5.2-5.2 5.2"/>`,
  "not-applicable": svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M5 8h6" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`,
  "above-threshold": svg`<path d="M2.4 1h11.2v9.6L8 15.2l-5.6-4.6z" fill="currentColor" stroke="none"/><path d="M8 4v4m0 2.4v.1"/>`,
  "below-threshold": svg`<path d="M2.4 1h11.2v9.6L8 15.2l-5.6-4.6z" fill="currentColor" stroke="none"/><path d="m5 7.2 2.2 2.2 3.8-4.2"/>`,
  "not-contained": svg`<circle cx="8" cy="8" r="6.2" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="m5 8.2 2.2 2.2 3.8-4.2" stroke="currentColor" stroke-width="1.6" stroke-linecap="round"/>`
}

/** Each status has a shape of its own, so that it is told apart without colour. */
export const statusIcon = (status: FindingStatus): TemplateResult => html`
  <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
    <g class="icon" fill="none" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round">
      ${shapes[status]}
    </g>
  </svg>
`
