/**
 * Exact decimals. A value is `coefficient × 10^-scale`; nothing is ever rounded
 * except by the functions whose name says so, which are for display only.
 */

/** An exact decimal number: `coefficient / 10^scale`. */
export interface Decimal {
  readonly coefficient: bigint
  readonly scale: number
}

/** Most digits, and largest exponent, a number may be written with. Longer text is refused, never rounded. */
export const MAX_DIGITS = 1000

const pattern = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,5}))?$/

export const zero: Decimal = { coefficient: 0n, scale: 0 }

/**
 * Reads a number as people and spreadsheets write it (`12.5`, `.5`, `1.2E-04`).
 * Returns `undefined` for anything else, and for numbers beyond {@link MAX_DIGITS}.
 */
export const parse = (text: string): Decimal | undefined => {
  if (text.length <= MAX_SAFE_LENGTH) {
    const short = parseShort(text)
    if (short !== undefined) return short
  }
  if (text.length > MAX_DIGITS + 10) return undefined
  const match = pattern.exec(text)
  if (match === null) return undefined
  const whole = match[2] ?? ""
  const fraction = match[3] ?? ""
  if (whole === "" && fraction === "") return undefined
  const exponent = match[4] === undefined ? 0 : Number(match[4])
  if (Math.abs(exponent) > MAX_DIGITS) return undefined
  const digits = BigInt(whole + fraction)
  return normalise(match[1] === "-" ? -digits : digits, fraction.length - exponent)
}

/** Digits and a point of this length stay below 2^53, where a double is exact. */
const MAX_SAFE_LENGTH = 16

/** Plain digits with at most one point, without a BigInt for each step; anything else is left to the pattern. */
const parseShort = (text: string): Decimal | undefined => {
  let coefficient = 0
  let scale = -1
  let digits = 0
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - 48
    if (digit === -2 && scale < 0) scale = 0
    else if (digit < 0 || digit > 9) return undefined
    else {
      coefficient = coefficient * 10 + digit
      digits++
      if (scale >= 0) scale++
    }
  }
  if (digits === 0 || digits > 15) return undefined
  if (coefficient === 0) return zero
  if (scale < 0) scale = 0
  while (scale > 0 && coefficient % 10 === 0) {
    coefficient /= 10
    scale--
  }
  return { coefficient: BigInt(coefficient), scale }
}

const normalise = (coefficient: bigint, scale: number): Decimal => {
  if (coefficient === 0n) return zero
  if (scale < 0) return { coefficient: coefficient * 10n ** BigInt(-scale), scale: 0 }
  while (scale > 0 && coefficient % 10n === 0n) {
    coefficient /= 10n
    scale--
  }
  return { coefficient, scale }
}

export const fromInteger = (value: number | bigint): Decimal => ({ coefficient: BigInt(value), scale: 0 })

export const isNegative = (value: Decimal): boolean => value.coefficient < 0n
export const isZero = (value: Decimal): boolean => value.coefficient === 0n

export const multiply = (a: Decimal, b: Decimal): Decimal => normalise(a.coefficient * b.coefficient, a.scale + b.scale)

export const add = (a: Decimal, b: Decimal): Decimal => {
  const scale = Math.max(a.scale, b.scale)
  return normalise(lift(a, scale) + lift(b, scale), scale)
}

export const negate = (value: Decimal): Decimal => ({ coefficient: -value.coefficient, scale: value.scale })

const lift = (value: Decimal, scale: number): bigint => value.coefficient * 10n ** BigInt(scale - value.scale)

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => {
  const scale = Math.max(a.scale, b.scale)
  const difference = lift(a, scale) - lift(b, scale)
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** Moves the decimal point: `value × 10^places`. */
export const shift = (value: Decimal, places: number): Decimal => normalise(value.coefficient, value.scale - places)

/** The shortest plain text of the value: no exponent, no trailing zeros. `parse(toText(x))` equals `x`. */
export const toText = (value: Decimal): string => {
  const negative = value.coefficient < 0n
  const digits = (negative ? -value.coefficient : value.coefficient).toString().padStart(value.scale + 1, "0")
  const point = digits.length - value.scale
  const text = value.scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`
  return negative ? `-${text}` : text
}

/**
 * The quotient rounded half-even to `significant` digits, as plain text. For display only.
 *
 * @param numerator not negative
 * @param denominator above zero
 */
export const quotientText = (numerator: Decimal, denominator: Decimal, significant = 6): string => {
  if (numerator.coefficient === 0n) return "0"
  const scale = Math.max(numerator.scale, denominator.scale)
  const top = lift(numerator, scale)
  const bottom = lift(denominator, scale)
  let exponent = top.toString().length - bottom.toString().length
  if (compareScaled(top, bottom, exponent) < 0) exponent--
  const places = significant - 1 - exponent
  const scaledTop = places >= 0 ? top * 10n ** BigInt(places) : top
  const scaledBottom = places >= 0 ? bottom : bottom * 10n ** BigInt(-places)
  let quotient = scaledTop / scaledBottom
  const twice = (scaledTop % scaledBottom) * 2n
  if (twice > scaledBottom || (twice === scaledBottom && quotient % 2n === 1n)) quotient++
  return toText(normalise(quotient, places))
}

const compareScaled = (top: bigint, bottom: bigint, exponent: number): number => {
  const left = exponent >= 0 ? top : top * 10n ** BigInt(-exponent)
  const right = exponent >= 0 ? bottom * 10n ** BigInt(exponent) : bottom
  return left < right ? -1 : left > right ? 1 : 0
}
