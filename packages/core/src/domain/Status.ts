/** Statuses of a restriction and their lattice: the worst of several stands for all of them. */
import * as Schema from "effect/Schema"

/** From best to worst; a proven failure stands above missing data. */
export const statuses = ["not-applicable", "compliant", "exempt", "unknown", "non-compliant"] as const

export const Status = Schema.Literals(statuses)
export type Status = (typeof statuses)[number]

/** Position on the lattice, 0 (best) to 4 (worst). */
export const rank = (status: Status): number => statuses.indexOf(status)

export const worse = (a: Status, b: Status): Status => (rank(a) >= rank(b) ? a : b)
