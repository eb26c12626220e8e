import { isDay, type Day } from '#assessment/day'

/** What a text says as a day; `none` is a date that no calendar has, `unread` is no date at all. */
export type DayRead = { readonly day: Day } | { readonly fault: 'none' | 'unread' }

const written = [
  /^(\d{4})([-./])(\d{1,2})\2(\d{1,2})$/,
  /^(\d{4})(年)(\d{1,2})月(\d{1,2})日?$/,
  /^(\d{4})()(\d{2})(\d{2})$/,
]

/**
 * Reads a day as people write it: `2018-02-10`, `2018.2.10`, `2018/2/10`, `2018年2月10日`, `20180210`, full-width too. A day
 * is never put right in silence: 30 February is none, and a day without its year is not read.
 */
export function readDay(text: string): DayRead {
  const plain = text.normalize('NFKC').replace(/\s/g, '')
  const found = written.map((pattern) => pattern.exec(plain)).find((match) => match !== null)
  if (!found) return { fault: 'unread' }
  const [, year = '', , month = '', date = ''] = found
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
  return isDay(day) ? { day } : { fault: 'none' }
}
