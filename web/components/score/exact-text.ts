import { decimal, divide, format, hundredths, type Hundredths, type Rational } from '#assessment/rational'
import { signed } from '../../locales/format.ts'

/** The value of an exact score as the engine writes it: a decimal, or a fraction where no decimal ends. */
export function exactValue(text: string): Rational {
  const [over = '', under] = text.split('/')
  return under === undefined ? decimal(over) : divide(decimal(over), decimal(under))
}

/** An exact score with two decimals and a true minus sign. */
export const rounded = (text: string): string => signed(format(exactValue(text)))

/** Points in hundredths with two decimals: 150 → `1.50`. */
export const points = (value: Hundredths): string => signed(format(hundredths(value)))

/** A decimal without the zeros that say nothing: `100.00` → `100`. */
export const brief = (text: string): string => signed(text.includes('.') ? text.replace(/\.?0+$/, '') : text)
