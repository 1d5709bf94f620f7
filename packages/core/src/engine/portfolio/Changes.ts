/** Parts whose status is another now, in columns: a change of a rule can move most of a portfolio. */
import { type PartStatuses, type Rollup, type Statuses, statusesOf } from "./Statuses.ts"

/** A part whose status, everything below it included, is another now. */
export interface StatusChange {
  readonly part: number
  /** Place among the rule sets. */
  readonly ruleSet: number
  readonly before: PartStatuses
  readonly after: PartStatuses
}

/** Changes by one rule set. */
export interface Shifts {
  readonly parts: Array<number>
  readonly before: Array<Statuses>
  readonly after: Array<Statuses>
}

export const noShifts = (): Shifts => ({ parts: [], before: [], after: [] })

/** Takes note of a part, if its statuses differ. */
export const addShift = (shifts: Shifts, part: number, before: Statuses, after: Statuses): void => {
  if (before === after) return
  shifts.parts.push(part)
  shifts.before.push(before)
  shifts.after.push(after)
}

/**
 * Each part and rule set whose status is another now, once.
 *
 * @example
 * ```ts
 * const changes = portfolio.preview(edits)
 * changes.length // how many
 * for (const { part, before, after } of changes) console.log(part, before.status, after.status)
 * ```
 */
export class StatusChanges implements Iterable<StatusChange> {
  readonly length: number
  /** By rule set. */
  readonly #shifts: ReadonlyArray<Shifts>
  readonly #rollup: Rollup

  constructor(shifts: ReadonlyArray<Shifts>, rollup: Rollup) {
    this.length = shifts.reduce((sum, { parts }) => sum + parts.length, 0)
    this.#shifts = shifts
    this.#rollup = rollup
  }

  *[Symbol.iterator](): Generator<StatusChange> {
    const { unpack } = statusesOf(this.#rollup)
    for (const [ruleSet, { parts, before, after }] of this.#shifts.entries())
      for (let at = 0; at < parts.length; at++)
        yield {
          part: parts[at] as number,
          ruleSet,
          before: unpack(before[at] as Statuses),
          after: unpack(after[at] as Statuses)
        }
  }
}
