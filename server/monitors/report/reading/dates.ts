import { isDay, type Day } from '../../../assessment/day.ts'
import { numerals, ordinal } from './numerals.ts'
import type { Span } from './view.ts'

/** A day as a text writes it. */
export interface WrittenDay extends Span {
  readonly year: number
  readonly month: number
  readonly day: number
  /** Null where there is no such day, 2018年2月30日. */
  readonly iso: Day | null
}

const number = `\\d{1,2}|[${numerals}]{1,3}`
const pattern = new RegExp(
  `(?<![\\d.])(\\d{4}|[零〇○一二三四五六七八九]{4})(?:年(${number})月(${number})日|([./-])(\\d{1,2})\\4(\\d{1,2})(?![\\d.]))`,
  'g',
)

const pad = (value: number, length: number): string => String(value).padStart(length, '0')
export const isoDay = (year: number, month: number, day: number): Day | null => {
  const iso = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  return isDay(iso) ? iso : null
}

/** Every whole date in a text without spaces. */
export function daysIn(text: string): WrittenDay[] {
  return [...text.matchAll(pattern)].map((match) => {
    const [whole, yearText = '', monthText = match[5] ?? '', dayText = match[6] ?? ''] = match
    const [year, month, day] = [ordinal(yearText) ?? 0, ordinal(monthText) ?? 0, ordinal(dayText) ?? 0]
    return {
      start: match.index,
      end: match.index + whole.length,
      year,
      month,
      day,
      iso: isoDay(year, month, day),
    }
  })
}
