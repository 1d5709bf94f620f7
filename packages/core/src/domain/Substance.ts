/** Substance identifiers and their check digits. */

const casPattern = /^([1-9]\d{1,6})-(\d\d)-(\d)$/

/**
 * Whether the text is a CAS number with the right check digit: the digits before it, counted
 * from the right and weighted by position, sum up to it modulo 10 (CAS Registry rule).
 */
export const isCas = (text: string): boolean => {
  const match = casPattern.exec(text)
  return match !== null && casCheckDigit(`${match[1]}${match[2]}`) === Number(match[3])
}

/** The check digit that belongs to the digits before it. */
export const casCheckDigit = (digits: string): number => {
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += (digits.length - index) * Number(digits[index])
  return sum % 10
}

const ecPattern = /^(\d{3})-(\d{3})-(\d)$/

/**
 * Whether the text is an EC or ECHA list number with the right check digit: the six digits before
 * it, weighted 1 to 6 from the left, sum up to it modulo 11. A remainder of 10 is issued only
 * for ELINCS numbers, which begin with 4, and carries the digit 1.
 */
export const isEc = (text: string): boolean => {
  const match = ecPattern.exec(text)
  if (match === null) return false
  const digits = `${match[1]}${match[2]}`
  let sum = 0
  for (let index = 0; index < 6; index++) sum += (index + 1) * Number(digits[index])
  const rest = sum % 11
  return rest === 10 ? digits.startsWith("4") && match[3] === "1" : rest === Number(match[3])
}
