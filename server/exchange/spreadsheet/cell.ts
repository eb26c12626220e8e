import { addDays, type Day } from '../../assessment/day.ts'
import type { Decimal } from '../../assessment/rational.ts'
import { typedDay, typedNumber, typedText, type TypedDay, type TypedNumber } from '../../assessment/typed.ts'
import { dayInChina } from '../../today.ts'

/** What a cell holds; `undefined` for an empty one. */
export type Cell =
  | string
  | number
  | boolean
  /** The time, `HH:MM:SS`, where the cell holds one. */
  | { readonly day: Day; readonly time?: string }
  /** An error value such as #N/A, or a formula whose result was never computed. */
  | { readonly fault: string }

/** The fault of a formula that the writing program left without a result. */
export const uncomputed = '='

const lastSerial = 2_958_465
const leapBug = 60

/** The time of day of a date serial, rounded to the second, and whether that makes it the next day. */
export function timeOfSerial(serial: number): { readonly time: string; readonly isNextDay: boolean } {
  const seconds = Math.round((serial - Math.floor(serial)) * 86_400)
  const two = (value: number): string => String(value).padStart(2, '0')
  const time = `${two(Math.floor(seconds / 3600) % 24)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  return { time, isNextDay: seconds === 86_400 }
}

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
export const word = typedText

/** What a person sees in the cell, for names and messages. */
export function textOf(cell: Cell): string {
  if (typeof cell === 'string') return trimmed(cell)
  if (typeof cell === 'number') return decimalOf(cell)
  if (typeof cell === 'boolean') return cell ? 'TRUE' : 'FALSE'
  return 'day' in cell ? cell.day : cell.fault
}

/** The exact number in a cell, or why there is none. */
export function numberIn(cell: Cell): TypedNumber {
  if (typeof cell === 'number') return { value: decimalOf(cell) }
  return typeof cell === 'string' ? typedNumber(cell) : { refused: 'not-a-number' }
}

/** The same; undefined when there is none. */
export function numberOf(cell: Cell): Decimal | undefined {
  const read = numberIn(cell)
  return 'value' in read ? read.value : undefined
}

/** A number that a percent format shows, as it is shown: 0.855 with two decimals is `85.50%`. */
export function percentShown(value: number, digits: number): string {
  const shifted = decimalOf(value * 100)
  const [whole = '0', fraction = ''] = shifted.replace('-', '').split('.')
  const units =
    BigInt(whole + fraction.slice(0, digits).padEnd(digits, '0')) +
    (Number(fraction[digits] ?? 0) >= 5 ? 1n : 0n)
  const text = units.toString().padStart(digits + 1, '0')
  const shown = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`
  return `${shifted.startsWith('-') ? '-' : ''}${shown}%`
}

/** A ledger has few days and many rows, so each text is looked at once; the size keeps hostile files from filling it. */
const daysByText = new Map<string, TypedDay>()
const mostDays = 20_000

/** The day in a cell, a real date or typed, or why there is none. */
export function dayIn(cell: Cell): TypedDay {
  const text = typeof cell === 'object' && 'day' in cell ? cell.day : typeof cell === 'string' ? cell : ''
  const before = daysByText.get(text)
  if (before !== undefined) return before
  const read = typedDay(text, dayInChina(new Date()))
  if (daysByText.size < mostDays) daysByText.set(text, read)
  return read
}

/** A day with its time, `HH:MM:SS`; null when the cell holds none. */
export function momentOf(cell: Cell): { readonly day: Day; readonly time: string } | null {
  if (typeof cell === 'object' && 'day' in cell)
    return 'value' in dayIn(cell) ? { day: cell.day, time: cell.time ?? '00:00:00' } : null
  if (typeof cell !== 'string') return null
  const [, date = '', hour = '', minute = '', second = '00'] =
    /^\s*(\S+?)[\sT]+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*$/.exec(cell.normalize('NFKC')) ?? []
  const read = dayIn(date)
  if (!('value' in read) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  return { day: read.value, time: `${hour.padStart(2, '0')}:${minute}:${second}` }
}
