/** Statuses of restrictions and of duties to inform, and their lattices: the worst of several stands for all of them. */
import * as Schema from "effect/Schema"

/** Of a restriction, from best to worst; a proven failure stands above missing data. */
export const statuses = ["not-applicable", "compliant", "exempt", "unknown", "non-compliant"] as const

export const Status = Schema.Literals(statuses)
export type Status = (typeof statuses)[number]

/** Of a duty to inform, from best to worst; a duty is never called non-compliant. */
export const dutyStatuses = [
  "not-applicable",
  "not-contained",
  "below-threshold",
  "unknown",
  "above-threshold"
] as const

export const DutyStatus = Schema.Literals(dutyStatuses)
export type DutyStatus = (typeof dutyStatuses)[number]

/** Of a finding, which is about a restriction or a duty. */
export const FindingStatus = Schema.Literals([...statuses, "not-contained", "below-threshold", "above-threshold"])
export type FindingStatus = typeof FindingStatus.Type

const ranks: Readonly<Record<FindingStatus, number>> = {
  "not-applicable": 0,
  compliant: 1,
  "not-contained": 1,
  exempt: 2,
  "below-threshold": 2,
  unknown: 3,
  "non-compliant": 4,
  "above-threshold": 4
}

/** Position on its lattice, 0 (best) to 4 (worst). */
export const rank = (status: FindingStatus): number => ranks[status]

/** The worse of two statuses of one lattice. */
export const worse = <S extends FindingStatus>(a: S, b: S): S => (rank(a) >= rank(b) ? a : b)
