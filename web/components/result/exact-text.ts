import { format, hundredths, type Hundredths } from '#assessment/rational'
import { signed } from '../../locales/figures.ts'
import { exactValue } from './exact-value.ts'

/** An exact score with two decimals and a true minus sign. */
export const rounded = (text: string): string => signed(format(exactValue(text)))

/** Points in hundredths with two decimals: 150 → `1.50`. */
export const points = (value: Hundredths): string => signed(format(hundredths(value)))

/** A decimal without the zeros that say nothing: `100.00` → `100`. */
export const brief = (text: string): string => signed(text.includes('.') ? text.replace(/\.?0+$/, '') : text)
