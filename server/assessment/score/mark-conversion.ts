import { decimal, divide, exactly, format, multiply, type Decimal } from '../rational.ts'

/** Decimals kept where a converted mark does not end. */
export const conversionDecimals = 4

/**
 * An evaluator's mark on the scheme's full marks: given × full ÷ given full, exact where that ends, else rounded half up to four decimals.
 * Throws RangeError when the given full marks are 0.
 */
export function convertMark(given: Decimal, givenFull: Decimal, full: Decimal): Decimal {
  const value = divide(multiply(decimal(given), decimal(full)), decimal(givenFull))
  const text = exactly(value)
  return text.includes('/') ? format(value, conversionDecimals) : text
}
