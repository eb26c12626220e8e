import { addDays, dayOfWeek, daysBetween, type Day } from './day.ts'

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

export const isWeekend = (day: Day): boolean => [0, 6].includes(dayOfWeek(day))

export function isWorkingDay(calendar: WorkCalendar, day: Day): boolean {
  if (calendar.workdays.has(day)) return true
  return !calendar.holidays.has(day) && !isWeekend(day)
}

/** What an announcement 放假安排 says of a stretch of days. */
export interface AnnouncedSpan {
  /** 元旦, 春节 …; null where it is not said. */
  readonly name: string | null
  /** Free, or worked instead of another day 调休. */
  readonly use: 'off' | 'worked'
  readonly from: Day
  readonly to: Day
}

/** The days of a stretch, both ends included. */
export const daysOfSpan = ({ from, to }: Pick<AnnouncedSpan, 'from' | 'to'>): Day[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, n) => addDays(from, n))

/** A calendar in which an announcement is in force for a year, in place of what was known of it; it may reach into the years beside it. */
export function withAnnouncement(
  calendar: WorkCalendar,
  year: number,
  spans: readonly AnnouncedSpan[],
): WorkCalendar {
  const said = new Map(spans.flatMap((span) => daysOfSpan(span).map((day) => [day, span.use] as const)))
  const kept = (day: Day): boolean => !day.startsWith(`${year}-`) && !said.has(day)
  const days = [...said.keys()]
  return {
    holidays: new Set([
      ...[...calendar.holidays].filter(kept),
      ...days.filter((day) => said.get(day) === 'off' && !isWeekend(day)),
    ]),
    workdays: new Set([
      ...[...calendar.workdays].filter(kept),
      ...days.filter((day) => said.get(day) === 'worked' && isWeekend(day)),
    ]),
    announced: new Set([...calendar.announced, year]),
  }
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
