import type { Day } from '../../assessment/day.ts'
import type { Decimal, Hundredths } from '../../assessment/rational.ts'
import { plainDecimal, plainPoints } from '../../assessment/typed.ts'
import { decimalOf } from './cell.ts'
import { printable } from './printable.ts'

/** What can be written into a cell. */
export type Value = string | number | Date | null

/**
 * Text exactly as given: never a formula, since it is written as a string into a cell formatted as text; what would be
 * read as an escape is escaped; what a file cannot hold is left out.
 */
export function textValue(text: string): string {
  return printable(text).replace(/_(?=x[0-9a-f]{4}_)/gi, '_x005F_')
}

/** A decimal as a number where a spreadsheet can hold it exactly, else as text. */
export function numberValue(value: Decimal): number | string {
  const number = Number(value)
  return decimalOf(number) === plainDecimal(value) ? number : value
}

export const dayValue = (day: Day): Date => new Date(`${day}T00:00:00Z`)
export const hundredthsValue = (value: Hundredths): number | string => numberValue(plainPoints(value))
