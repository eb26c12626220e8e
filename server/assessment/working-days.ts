import { addDays, dayOfWeek, type Day } from './day.ts'

/**
 * The Chinese working calendar: weekends are free and weekdays worked, except as announced each year
 * (法定节假日 free, 调休 worked).
 */
export interface WorkCalendar {
  /** Weekdays that are free. */
  readonly holidays: ReadonlySet<Day>
  /** Weekend days that are worked. */
  readonly workdays: ReadonlySet<Day>
  /** Years whose arrangement is known; a deadline in any other year is provisional. */
  readonly announced: ReadonlySet<number>
}

export function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  if (calendar.workdays.has(day)) return true
  if (calendar.holidays.has(day)) return false
  const weekday = dayOfWeek(day)
  return weekday !== 0 && weekday !== 6
}

/** A ledger has few days and many findings, so each deadline is counted once per calendar. */
const counted = new WeakMap<WorkCalendar, Map<string, Day>>()

/** The `count`-th working day after `day`; the day itself is not counted. */
export function addWorkingDays(calendar: WorkCalendar, day: Day, count: number): Day {
  const known = counted.get(calendar) ?? new Map<string, Day>()
  counted.set(calendar, known)
  const key = `${day} ${count}`
  const before = known.get(key)
  if (before !== undefined) return before
  let reached = day
  for (let left = count; left > 0;) {
    reached = addDays(reached, 1)
    if (isWorkingDay(calendar, reached)) left--
  }
  known.set(key, reached)
  return reached
}

/** Working days after `from` up to and including `to`; negative when `to` is earlier. */
export function workingDaysBetween(calendar: WorkCalendar, from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(calendar, to, from)
  let count = 0
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day)) count++
  }
  return count
}

/** Whether the day falls in a year whose holidays have been announced. */
export function isAnnounced(calendar: WorkCalendar, day: Day): boolean {
  return calendar.announced.has(Number(day.slice(0, 4)))
}
