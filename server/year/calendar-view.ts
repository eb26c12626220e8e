import { z } from 'zod'
import type { WorkCalendar } from '#assessment/working-days'

/** The days that differ from an ordinary week, so that pages can count working days left. */
export const calendarSchema = z
  .object({ holidays: z.array(z.string()), workdays: z.array(z.string()), announced: z.array(z.int()) })
  .meta({ id: 'WorkCalendar' })

/** The calendar of an assessed year and the one after, in which its last deadlines fall. */
export function calendarOf(calendar: WorkCalendar, year: number): z.infer<typeof calendarSchema> {
  const within = (day: string): boolean => day.startsWith(`${year}-`) || day.startsWith(`${year + 1}-`)
  return {
    holidays: [...calendar.holidays].filter(within),
    workdays: [...calendar.workdays].filter(within),
    announced: [...calendar.announced].filter((one) => one === year || one === year + 1),
  }
}
