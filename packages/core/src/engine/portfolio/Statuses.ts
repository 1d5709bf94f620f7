/**
 * The two statuses of a part, of its restrictions and of its duties to inform, in one byte: as many bits as the
 * rank, restrictions in the low half and duties in the high half. The worst of several is then their bitwise or,
 * on both lattices at once.
 */
import { type DutyStatus, dutyStatuses, rank, type Status, statuses } from "../../domain/Status.ts"

/** Both statuses of a part, packed; what the bits mean depends on the {@link Rollup}. */
export type Statuses = number

/** Whether a proven failure stands above missing data, or missing data above everything. */
export type Rollup = "fail-dominates" | "unknown-dominates"

/** Bits of the ranks 0 to 4. */
const bits: Readonly<Record<Rollup, ReadonlyArray<number>>> = {
  "fail-dominates": [0b0000, 0b0001, 0b0011, 0b0111, 0b1111],
  "unknown-dominates": [0b0000, 0b0001, 0b0011, 0b1111, 0b0111]
}

/** Both statuses of a part. */
export interface PartStatuses {
  readonly status: Status
  readonly duty: DutyStatus
}

const packing = (rollup: Rollup) => {
  const code = bits[rollup]
  const restriction = (status: Status): Statuses => code[rank(status)] as number
  const duty = (status: DutyStatus): Statuses => (code[rank(status)] as number) << 4
  const unpacked = new Map<Statuses, PartStatuses>()
  for (const status of statuses)
    for (const one of dutyStatuses) unpacked.set(restriction(status) | duty(one), { status, duty: one })
  return { restriction, duty, unpack: (packed: Statuses) => unpacked.get(packed) as PartStatuses }
}

const packings = { "fail-dominates": packing("fail-dominates"), "unknown-dominates": packing("unknown-dominates") }

/**
 * Packs and unpacks statuses.
 *
 * @example
 * ```ts
 * const { restriction, duty, unpack } = statusesOf("fail-dominates")
 * unpack(restriction("compliant") | restriction("unknown") | duty("below-threshold"))
 * // => { status: "unknown", duty: "below-threshold" }
 * ```
 */
export const statusesOf = (rollup: Rollup) => packings[rollup]
