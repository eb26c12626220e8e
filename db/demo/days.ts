import { addDays, type Day } from '#assessment/day'
import { ruleDay, type Scheme } from '#assessment/rule/scheme'
import { addWorkingDays, isWorkingDay, type WorkCalendar } from '#assessment/working-days'

/** The last working day on or before a day. */
export function workingDayBy(calendar: WorkCalendar, day: Day): Day {
  let reached = day
  while (!isWorkingDay(calendar, reached)) reached = addDays(reached, -1)
  return reached
}

/** The working day `count` working days after a day, or before it when negative; 0 gives the day itself. */
export function shift(calendar: WorkCalendar, day: Day, count: number): Day {
  if (count >= 0) return addWorkingDays(calendar, day, count)
  let reached = day
  for (let left = -count; left > 0; left--) reached = workingDayBy(calendar, addDays(reached, -1))
  return reached
}

/** The year under assessment on a day: the last one until its last milestone, the circular, has passed. */
export function assessedYear(scheme: Scheme, today: Day): number {
  const year = Number(today.slice(0, 4))
  const last = scheme.milestones
    .map(({ due }) => ruleDay(year - 1, due))
    .sort()
    .at(-1)
  return last !== undefined && today <= last ? year - 1 : year
}

/** A moment in Chinese office hours (UTC+8) of a day: minutes after nine in the morning, at most seven hours. */
export function momentOn(day: Day, minutes: number): string {
  const hour = String(1 + Math.floor(Math.min(minutes, 419) / 60)).padStart(2, '0')
  const minute = String(Math.floor(Math.min(minutes, 419)) % 60).padStart(2, '0')
  return `${day}T${hour}:${minute}:00.000Z`
}
