import { isDay, type Day } from './day.ts'
import { format, hundredths, isDecimal, type Decimal, type Hundredths } from './rational.ts'

/*
 * Numbers and days as people type, paste and write them into spreadsheets (contract: the workbook). One reader for every cell and every field:
 * what it cannot read it refuses with a reason, and with what may have been meant.
 */

const blanks = /[\s\u200b\ufeff]+/g

/** Text as it is read: full-width forms as half-width ones, without blanks. */
export const typedText = (text: string): string => text.normalize('NFKC').replace(blanks, '')

export type TypedNumber =
  | { readonly value: Decimal }
  | { readonly refused: 'not-a-number' }
  /** A comma that separates no thousands: `1,5` may be 1.5. */
  | { readonly refused: 'odd-comma'; readonly offer: Decimal }

/** A decimal without sign, leading and trailing zeros that say nothing. */
export function plainDecimal(text: Decimal): Decimal {
  const negative = text.startsWith('-')
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.')
  const integer = whole.replace(/^0+(?=\d)/, '') || '0'
  const digits = fraction.replace(/0+$/, '')
  const value = digits === '' ? integer : `${integer}.${digits}`
  return negative && value !== '0' ? `-${value}` : value
}

/** Points as people write them: `1.5`. */
export const plainPoints = (points: Hundredths): Decimal => plainDecimal(format(hundredths(points)))

/** Points of a decimal; null for one with more than two decimals. */
export function pointsOf(value: Decimal): Hundredths | null {
  const [whole = '', fraction = ''] = value.split('.')
  return fraction.length > 2 ? null : Number(whole + fraction.padEnd(2, '0')) + 0
}

/** A number with or without 分, 个, 项, % and marks between thousands: `2分`, `１.５`, `1。5`, `1,500`, `85.50%` (= 85.5). */
export function typedNumber(text: string): TypedNumber {
  const bare = typedText(text)
    .replace(/^[−–]/, '-')
    .replace('。', '.')
    .replace(/[分个项%]$/, '')
  if (bare.length > 30) return { refused: 'not-a-number' }
  if (isDecimal(bare)) return { value: plainDecimal(bare) }
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(bare)) return { value: plainDecimal(bare.replaceAll(',', '')) }
  const dotted = bare.replace(',', '.')
  return isDecimal(dotted)
    ? { refused: 'odd-comma', offer: plainDecimal(dotted) }
    : { refused: 'not-a-number' }
}

/** Why a text is no number, or not one that its field may hold. */
export type TypedRefusal =
  'not-a-number' | 'odd-comma' | 'negative' | 'too-many-decimals' | 'not-whole' | 'too-large'
type Typed<Value> =
  | { readonly value: Value }
  | { readonly refused: Exclude<TypedRefusal, 'odd-comma'> }
  | { readonly refused: 'odd-comma'; readonly offer: Decimal }

/** Marks, not below 0 and with at most four decimals (contract: the workbook). */
export function typedMarks(text: string): Typed<Decimal> {
  const read = typedNumber(text)
  if (!('value' in read)) return read
  if (read.value.startsWith('-')) return { refused: 'negative' }
  return (read.value.split('.')[1] ?? '').length > 4 ? { refused: 'too-many-decimals' } : read
}

/** Points, not below 0 and with at most two decimals. */
export function typedPoints(text: string, most: Hundredths): Typed<Hundredths> {
  const read = typedNumber(text)
  if (!('value' in read)) return read
  const value = pointsOf(read.value)
  if (value === null) return { refused: 'too-many-decimals' }
  if (value < 0) return { refused: 'negative' }
  return value > most ? { refused: 'too-large' } : { value }
}

/** A whole number, not below 0. */
export function typedCount(text: string, most: number): Typed<number> {
  const read = typedNumber(text)
  if (!('value' in read)) return read
  if (read.value.startsWith('-')) return { refused: 'negative' }
  if (!/^\d+$/.test(read.value)) return { refused: 'not-whole' }
  return Number(read.value) > most ? { refused: 'too-large' } : { value: Number(read.value) }
}

const notApplicableWords = new Set(['不适用', '无', '/', '-', '—', 'na', 'n/a', 'notapplicable'])

/** Whether somebody who fills in marks says that a leaf is none of theirs. */
export const saysNotApplicable = (text: string): boolean =>
  notApplicableWords.has(typedText(text).toLowerCase())

const notEntries =
  /^(满分|分值|总分值|平均|均值|合计|总计|小计|共计|最高|最低|中位|标准差|备注|注[:：]|说明|填表|制表|审核人|单位(名称)?$|考核对象|序号)/

/** Whether a text opens a row that people put among the entries of a table: sums, averages, notes, the header again. */
export const opensNoEntry = (text: string): boolean => notEntries.test(typedText(text))

export type TypedDay =
  | { readonly value: Day }
  | { readonly refused: 'not-a-day' | 'day-out-of-range' }
  /** A month and a day; with a year given, the day that may have been meant. */
  | { readonly refused: 'day-without-year'; readonly offer: Day | null }

/** The first day that the program knows. */
export const FIRST_DAY = '2000-01-01'
/** Years after the present one. */
const YEARS_AHEAD = 10

/** The last day that may be written down, ten years after today. */
export const lastDay = (today: Day): Day => {
  const year = String(Number(today.slice(0, 4)) + YEARS_AHEAD).padStart(4, '0')
  return isDay(year + today.slice(4)) ? year + today.slice(4) : `${year}-02-28`
}

/** Whether a day lies where days may lie (contract: between 2000-01-01 and ten years after today). */
export const isInRange = (day: Day, today: Day): boolean => day >= FIRST_DAY && day <= lastDay(today)

const two = (digits: string | undefined): string => (digits ?? '').padStart(2, '0')
const separated = /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/
const chinese = /^(\d{4})年(\d{1,2})月(\d{1,2})[日号]$/
const compact = /^(\d{4})(\d{2})(\d{2})$/
const withoutYear = /^(?:(\d{1,2})[-./](\d{1,2})|(\d{1,2})月(\d{1,2})[日号]?)$/

/** A day that exists: `2018-02-10`, `2018.2.10`, `2018/2/10`, `2018年2月10日`, in full-width digits as well. `year` is offered where none is typed. */
export function typedDay(text: string, today: Day, year: number | null = null): TypedDay {
  const bare = typedText(text)
  const [, y = '', , m, d] = separated.exec(bare) ?? []
  const [, cy = '', cm, cd] = chinese.exec(bare) ?? compact.exec(bare) ?? []
  const day = `${y || cy}-${two(m ?? cm)}-${two(d ?? cd)}`
  if (isDay(day)) return isInRange(day, today) ? { value: day } : { refused: 'day-out-of-range' }
  const short = withoutYear.exec(bare)
  if (!short) return { refused: 'not-a-day' }
  const offer = `${year ?? 2000}-${two(short[1] ?? short[3])}-${two(short[2] ?? short[4])}`
  if (!isDay(offer)) return { refused: 'not-a-day' }
  return { refused: 'day-without-year', offer: year === null ? null : offer }
}

/** A day among days: of an assessment, say. */
export interface Span {
  readonly from: Day
  readonly until: Day
}

/**
 * A day typed where only those from `from` until `until` make sense. One without a year (`12-1`, `12月1日`) is the one that lies there; where
 * several do, the last that is not after `today`, else the first.
 */
export function typedDayWithin(
  text: string,
  { from, until }: Span,
  today: Day,
): TypedDay | { readonly refused: 'day-outside' } {
  const isInside = (day: Day): boolean => day >= from && day <= until
  const [first, last] = [from, until].map((day) => Number(day.slice(0, 4))) as [number, number]
  const read = typedDay(text, today, first)
  if ('value' in read) return isInside(read.value) ? read : { refused: 'day-outside' }
  if (read.refused !== 'day-without-year') return read
  const years = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const inside = years.flatMap((year) => {
    const inYear = typedDay(text, today, year)
    return 'offer' in inYear && inYear.offer !== null && isInside(inYear.offer) ? [inYear.offer] : []
  })
  const value = inside.findLast((day) => day <= today) ?? inside[0]
  return value === undefined ? { refused: 'day-outside' } : { value }
}
