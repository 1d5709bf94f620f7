/** What a list is filtered by: a status, as a whole or by one regulation. */
import type { FindingStatus, RegulationStanding } from "@certivo/api/types"
import { html, nothing, type TemplateResult } from "lit"
import { dutyOrder, isFindingStatus, statusLabel, statusOrder } from "./format.ts"

export interface StatusFilter {
  readonly status: FindingStatus | ""
  readonly regulation: string
}

/** Statuses that rows can have by a regulation, or as a whole without one. */
const statusesBy = (standing: RegulationStanding | undefined): ReadonlyArray<FindingStatus> => {
  if (standing?.duty === undefined) return statusOrder
  const [worst, ...better] = dutyOrder
  const duties: ReadonlyArray<FindingStatus> = [worst ?? "unknown", "unknown", ...better, "not-applicable"]
  return standing.status === undefined ? duties : [...new Set([...statusOrder, ...duties])]
}

/** Two selects; `standings` are those of any row, from which the regulations are known. */
export const renderStatusFilter = (
  { status, regulation }: StatusFilter,
  standings: ReadonlyArray<RegulationStanding>,
  change: (filter: StatusFilter) => void
): TemplateResult => {
  const standingBy = (id: string) => standings.find((standing) => standing.regulation === id)
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value
  const changeRegulation = (next: string) =>
    change({ regulation: next, status: statusesBy(standingBy(next)).includes(status as FindingStatus) ? status : "" })
  return html`
    <select
      class="field"
      aria-label="Filter by status"
      @change=${(event: Event) => {
        const next = chosen(event)
        change({ regulation, status: isFindingStatus(next) ? next : "" })
      }}
    >
      <option value="" .selected=${status === ""}>All statuses</option>
      ${statusesBy(standingBy(regulation)).map(
        (one) => html`<option value=${one} .selected=${status === one}>${statusLabel[one]}</option>`
      )}
    </select>
    ${
      standings.length < 2
        ? nothing
        : html`
          <select
            class="field"
            aria-label="Regulation of the status"
            @change=${(event: Event) => changeRegulation(chosen(event))}
          >
            <option value="" .selected=${regulation === ""}>All regulations</option>
            ${standings.map(
              ({ regulation: id }) => html`<option value=${id} .selected=${regulation === id}>${id}</option>`
            )}
          </select>
        `
    }
  `
}

interface Standing {
  readonly status: FindingStatus
  readonly byRegulation: ReadonlyArray<RegulationStanding>
}

/** What a row shows: its status as a whole, or those it has by the regulation. */
export const shownStatuses = ({ status, byRegulation }: Standing, regulation: string): ReadonlyArray<FindingStatus> => {
  const by = byRegulation.find((standing) => standing.regulation === regulation)
  return by === undefined ? [status] : [by.status, by.duty].filter((one) => one !== undefined)
}
