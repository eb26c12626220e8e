import { addDays, isDay, type Day } from '../../assessment/day.ts'
import { isDecimal, type Decimal } from '../../assessment/rational.ts'

/** What a cell holds; `undefined` for an empty one. */
export type Cell =
  | string
  | number
  | boolean
  | { readonly day: Day }
  /** An error value such as #N/A, or a formula whose result was never computed. */
  | { readonly fault: string }

/** The fault of a formula that the writing program left without a result. */
export const uncomputed = '='

const lastSerial = 2_958_465
const leapBug = 60

/** The day of a date serial; undefined for one that no day has (the 29 February 1900 of the 1900 system, a time alone). */
export function dayOfSerial(serial: number, from1904: boolean): Day | undefined {
  const count = Math.floor(serial)
  if (from1904) return count >= 0 && count <= lastSerial - 1462 ? addDays('1904-01-01', count) : undefined
  if (count < 1 || count > lastSerial || count === leapBug) return undefined
  return addDays('1899-12-30', count < leapBug ? count + 1 : count)
}

/** A number at the 15 significant digits that spreadsheets show and compute with, without an exponent. */
export function decimalOf(value: number): Decimal {
  const [mantissa = '', exponent = '0'] = value.toExponential(14).split('e')
  const negative = mantissa.startsWith('-')
  const digits = mantissa.replace(/[-.]/g, '')
  const point = Number(exponent) + 1
  const integer = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const fraction = (point > 0 ? digits.slice(point) : '0'.repeat(-point) + digits).replace(/0+$/, '')
  const text = fraction === '' ? integer : `${integer}.${fraction}`
  return negative && !/^[0.]*$/.test(text) ? `-${text}` : text
}

const edges = /^[\s\u200b\ufeff]+|[\s\u200b\ufeff]+$/g

/** Text without the blanks around it, however wide. */
const trimmed = (text: string): string => text.replace(edges, '')

/** A word as people type it: full-width or half-width, with or without blanks. */
export const word = (text: string): string => text.normalize('NFKC').replace(/[\s\u200b\ufeff]+/g, '')

/** What a person sees in the cell, for names and messages. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return trimmed(cell)
  if (typeof cell === 'number') return decimalOf(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return 'day' in cell ? cell.day : cell.fault
}

/** The exact number in a cell, typed as a number or as text; undefined when there is none. */
export function numberOf(cell: Cell): Decimal | undefined {
  if (typeof cell === 'number') return decimalOf(cell)
  if (typeof cell !== 'string') return undefined
  const text = word(cell)
  return isDecimal(text) && text.length <= 30 ? plain(text) : undefined
}

/** A decimal without sign, leading and trailing zeros that say nothing. */
export function plain(text: Decimal): Decimal {
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const integer = whole.replace(/^0+(?=\d)/, '') || '0'
  const digits = fraction.replace(/0+$/, '')
  const value = digits === '' ? integer : `${integer}.${digits}`
  return negative && value !== '0' ? `-${value}` : value
}

/** A ledger has few days and many rows, so each text is looked at once; the size keeps hostile files from filling it. */
const daysByText = new Map<string, Day | undefined>()
const mostDays = 20_000

function dayOfText(text: string): Day | undefined {
  if (daysByText.has(text)) return daysByText.get(text)
  const trim = trimmed(text).normalize('NFKC')
  const day = isDay(trim) ? trim : undefined
  if (daysByText.size < mostDays) daysByText.set(text, day)
  return day
}

/** The day in a cell: a real date, or text as YYYY-MM-DD; undefined when there is none. */
export function dayOf(cell: Cell): Day | undefined {
  if (typeof cell === 'object' && 'day' in cell) return cell.day
  return typeof cell === 'string' ? dayOfText(cell) : undefined
}
