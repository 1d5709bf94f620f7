import type { Part } from "@certivo/api/types"
import { html, nothing, type TemplateResult } from "lit"
import { decimal, limit, ppm, shownPpm } from "../../internal/format.ts"
import { statusIcon } from "../../internal/icons.ts"
import { shownStatuses } from "../../internal/status-filter.ts"

export interface Column {
  readonly id: string
  readonly label: string
  readonly className: string
  /** Its status is that by the regulation, when there is one. */
  readonly cell: (part: Part, regulation: string) => TemplateResult | string
}

const text = (value: string | undefined): TemplateResult | string =>
  value === undefined
    ? html`<span class="quiet" aria-label="not given">–</span>`
    : html`<span title=${value}>${value}</span>`

const concentration = ({ worst }: Part): TemplateResult =>
  worst === undefined
    ? html`<span class="quiet" aria-label="no finding">–</span>`
    : html`<span class=${worst.status === "non-compliant" ? "over" : ""} title="${ppm(worst)}, limit ${limit(worst)}"
        >${shownPpm(worst)}<span class="quiet"> / ${
          worst.limitPpm === undefined ? "–" : decimal(worst.limitPpm)
        }</span></span
      >`

const status: Column = {
  id: "status",
  label: "Status",
  className: "",
  cell: (part, regulation) =>
    html`${shownStatuses(part, regulation).map(
      (one) => html`<certivo-badge part="status-badge" status=${one}></certivo-badge>`
    )}${
      part.duty === "above-threshold" && regulation === ""
        ? html`<span class="duty" title="There is a duty to inform">${statusIcon(part.duty)}<span class="visually-hidden"
            >Duty to inform</span
          ></span>`
        : nothing
    }`
}

export const wideColumns: ReadonlyArray<Column> = [
  status,
  { id: "part-number", label: "Part number", className: "part", cell: (part) => text(part.partNumber) },
  { id: "name", label: "Name", className: "", cell: (part) => text(part.name) },
  { id: "material", label: "Material", className: "", cell: (part) => text(part.material) },
  { id: "quantity", label: "Quantity", className: "number", cell: (part) => text(decimal(part.quantity)) },
  {
    id: "mass",
    label: "Mass",
    className: "number",
    cell: (part) => text(part.mass === undefined ? undefined : `${decimal(part.mass.value)} ${part.mass.unit}`)
  },
  { id: "substance", label: "Worst substance", className: "", cell: (part) => text(part.worst?.substance.name) },
  { id: "ppm", label: "ppm / limit", className: "number", cell: concentration }
]

/** What fits a phone: the name goes below the part number. */
export const narrowColumns: ReadonlyArray<Column> = [
  {
    id: "part-number",
    label: "Part",
    className: "part",
    cell: (part) =>
      html`<span>${part.partNumber}${part.name === undefined ? nothing : html`<small>${part.name}</small>`}</span>`
  },
  status
]
