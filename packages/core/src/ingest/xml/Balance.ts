/** Whether what is listed adds up to the whole it is listed for. */

import type { Amount } from "../../domain/Amount.ts"
import * as Decimal from "../../domain/Decimal.ts"

/** Per mille of the whole that rounding may take or add, and from which on the list cannot be right. */
const FULL_LOW = 995
const FULL_HIGH = 1005
const IMPOSSIBLE = 1050

export class Balance {
  readonly #wholeMg: Decimal.Decimal | undefined
  #sumMg: Decimal.Decimal | undefined = Decimal.zero
  #count = 0

  /** @param wholeMg mass of the whole; without one nothing can be told */
  constructor(wholeMg: Decimal.Decimal | undefined) {
    this.#wholeMg = wholeMg
  }

  /** Adds a mass, or a share of the whole; a vague one, or none, leaves the sum unknown. */
  add(amount: Amount | undefined): void {
    this.#count++
    const mg = amount === undefined ? undefined : this.#massOf(amount)
    this.#sumMg = this.#sumMg === undefined || mg === undefined ? undefined : Decimal.add(this.#sumMg, mg)
  }

  /** What the sum is instead of the whole, in words; `undefined` when it fits, or is not known. */
  get off(): { readonly text: string; readonly impossible: boolean } | undefined {
    const [sum, whole] = [this.#sumMg, this.#wholeMg]
    if (sum === undefined || whole === undefined || this.#count === 0 || Decimal.isZero(whole)) return undefined
    const against = (perMille: number) =>
      Decimal.compare(Decimal.shift(sum, 3), Decimal.multiply(whole, Decimal.fromInteger(perMille)))
    if (against(FULL_LOW) >= 0 && against(FULL_HIGH) <= 0) return undefined
    const percent = Decimal.quotientText(Decimal.shift(sum, 2), whole, 4)
    return {
      text: `${Decimal.toText(sum)} mg of ${Decimal.toText(whole)} mg, ${percent} %`,
      impossible: against(IMPOSSIBLE) > 0
    }
  }

  #massOf({ unit, low, high }: Amount): Decimal.Decimal | undefined {
    if (high === undefined || Decimal.compare(low, high) !== 0) return undefined
    if (unit === "mg") return high
    return this.#wholeMg === undefined ? undefined : Decimal.shift(Decimal.multiply(high, this.#wholeMg), -6)
  }
}
