/** Substance identifiers. */

const casPattern = /^([1-9]\d{1,6})-(\d\d)-(\d)$/

/**
 * Whether the text is a CAS number with the right check digit: the digits before it, counted
 * from the right and weighted by position, sum up to it modulo 10 (CAS Registry rule).
 */
export const isCas = (text: string): boolean => {
  const match = casPattern.exec(text)
  if (match === null) return false
  const digits = `${match[1]}${match[2]}`
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += (digits.length - index) * Number(digits[index])
  return sum % 10 === Number(match[3])
}
