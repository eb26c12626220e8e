import ical from 'ical-generator'
import type { Day } from '#assessment/day'
import { printable } from '../spreadsheet/printable.ts'

/** Something that is due on a day. */
export interface CalendarEntry {
  /** Stays the same while its day moves, so that calendars move it too. */
  readonly uid: string
  readonly on: Day
  readonly summary: string
  readonly description: string
}

/**
 * An iCalendar file (RFC 5545) of all-day events: days without a time zone, since what is due on a day is due on that day wherever one reads it.
 */
export function calendarText(name: string, entries: readonly CalendarEntry[], stamp: Date): string {
  const calendar = ical({
    name: printable(name),
    prodId: { company: 'Zhengheng', product: 'Calendar', language: 'ZH' },
  })
  calendar.ttl(3600)
  for (const { uid, on, summary, description } of entries) {
    calendar.createEvent({
      id: uid,
      start: new Date(`${on}T00:00:00Z`),
      allDay: true,
      summary: printable(summary),
      description: printable(description),
      stamp,
    })
  }
  return calendar.toString()
}
