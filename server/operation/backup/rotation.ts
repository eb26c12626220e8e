import { addDays, dayOfWeek, type Day } from '#assessment/day'

/** How many daily backups stay: of the newest days, and the newest of each week and month that has any. */
export const kept = { days: 7, weeks: 4, months: 12 } as const

const pattern = /^zhengheng-(\d{4}-\d{2}-\d{2})\.backup$/

/** What the backup of a day is called. */
export const nameOn = (day: Day): string => `zhengheng-${day}.backup`

/** The day of a daily backup; undefined when the file is none. */
export const dayOf = (name: string): Day | undefined => pattern.exec(name)?.[1]

/** The Monday of a day's week. */
const weekOf = (day: Day): string => addDays(day, -((dayOfWeek(day) + 6) % 7))

/** The newest day of each of the newest periods. */
function newest(days: readonly Day[], periodOf: (day: Day) => string, count: number): Day[] {
  const byPeriod = new Map<string, Day>()
  for (const day of days) if (!byPeriod.has(periodOf(day))) byPeriod.set(periodOf(day), day)
  return [...byPeriod.values()].slice(0, count)
}

/**
 * Which files of a folder of backups may go. It counts the backups that there are and never asks what day it is, so that a clock set wrong
 * throws away nothing.
 */
export function surplus(names: readonly string[]): string[] {
  const days = names.flatMap((name) => dayOf(name) ?? []).sort()
  const newestFirst = days.reverse()
  const stay = new Set([
    ...newestFirst.slice(0, kept.days),
    ...newest(newestFirst, weekOf, kept.weeks),
    ...newest(newestFirst, (day) => day.slice(0, 7), kept.months),
  ])
  return newestFirst.filter((day) => !stay.has(day)).map(nameOn)
}
