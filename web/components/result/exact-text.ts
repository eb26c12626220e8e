import { format, hundredths, type Hundredths } from '#assessment/rational'
import { signed } from '../../locales/figures.ts'
import { exactValue } from './exact-value.ts'

/** An exact score with two decimals and a true minus sign. */
export const rounded = (text: string): string => signed(format(exactValue(text)))

/** Points in hundredths with two decimals: 150 → `1.50`. */
export const points = (value: Hundredths): string => signed(format(hundredths(value)))

/** An exact value in digits: all of them where they end, else six decimals and an ellipsis. */
export const exactDigits = (text: string): string =>
  text.includes('/') ? `${signed(format(exactValue(text), 6, 'down'))}…` : brief(text)

/** A decimal without the zeros that say nothing: `100.00` → `100`. */
export const brief = (text: string): string => signed(text.includes('.') ? text.replace(/\.?0+$/, '') : text)
