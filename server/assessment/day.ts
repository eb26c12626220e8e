/** A calendar day written `YYYY-MM-DD`. Days compare as text. */
export type Day = string

const MS_PER_DAY = 86_400_000
const pattern = /^(\d{4})-(\d{2})-(\d{2})$/

/** Whether the text is a day that exists, e.g. not 2018-02-30. */
export function isDay(text: string): boolean {
  const match = pattern.exec(text)
  return match !== null && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text
}

/** The day `count` calendar days later (earlier when negative). */
export function addDays(day: Day, count: number): Day {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * MS_PER_DAY).toISOString().slice(0, 10)
}

/** Calendar days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / MS_PER_DAY)
}

/** 0 = Sunday … 6 = Saturday. */
export function dayOfWeek(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay()
}

/** The later of two days. */
export function later(a: Day, b: Day): Day {
  return a > b ? a : b
}

const CHINA_OFFSET = 8 * 3_600_000

/** The calendar day in China (UTC+8, no summer time), wherever the server stands. */
export const dayInChina = (moment: Date): Day =>
  new Date(moment.getTime() + CHINA_OFFSET).toISOString().slice(0, 10)

/** A moment on China's clock with its offset, to the second: `2018-02-10T10:00:00+08:00`. */
export const momentInChina = (moment: Date): string =>
  `${new Date(moment.getTime() + CHINA_OFFSET).toISOString().slice(0, 19)}+08:00`
