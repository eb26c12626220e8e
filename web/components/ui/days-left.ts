import type { Day } from '#assessment/day'
import { workingDaysBetween, type WorkCalendar } from '#assessment/working-days'

/** The days of an assessment's calendar that differ from an ordinary week, as the server sends them. */
export interface CalendarDays {
  readonly holidays: readonly Day[]
  readonly workdays: readonly Day[]
  readonly announced: readonly number[]
}

export const workCalendar = (days: CalendarDays): WorkCalendar => ({
  holidays: new Set(days.holidays),
  workdays: new Set(days.workdays),
  announced: new Set(days.announced),
})

/** Working days left until a deadline, of those allowed from the notification; negative when it has passed. */
export function daysLeft(asOf: Day, notifiedOn: Day | null, deadline: Day, calendar: WorkCalendar) {
  return {
    left: workingDaysBetween(calendar, asOf, deadline),
    of: workingDaysBetween(
      calendar,
      notifiedOn !== null && notifiedOn < deadline ? notifiedOn : asOf,
      deadline,
    ),
  }
}
