import table from 'chinese-days/dist/chinese-days.json' with { type: 'json' }
import { isDay, type Day } from '#assessment/day'
import { isWeekend, withAnnouncement, type AnnouncedSpan, type WorkCalendar } from '#assessment/working-days'
import type { Transaction } from 'kysely'
import type { Source } from './source.ts'
import type { Tables } from './tables.ts'

const yearOf = (day: Day): number => Number(day.slice(0, 4))

const daysOf = (list: Readonly<Record<string, string>>): Day[] => Object.keys(list).filter(isDay).sort()

let read: WorkCalendar | undefined
/**
 * The arrangements announced for 2004 to 2026, from chinese-days. Its table is read rather than its functions
 * called: they compute in local time and give the wrong day west of UTC.
 */
export function announcedCalendar(): WorkCalendar {
  const holidays = daysOf(table.holidays)
  return (read ??= {
    holidays: new Set(holidays.filter((day) => !isWeekend(day))),
    workdays: new Set(daysOf(table.workdays).filter(isWeekend)),
    announced: new Set(holidays.map(yearOf)),
  })
}

/** 放假安排 of a year as somebody entered it. */
export interface HolidayAnnouncement {
  readonly id: string
  readonly year: number
  readonly spans: readonly AnnouncedSpan[]
  readonly reason: string | null
  readonly recordedBy: string | null
  readonly recordedAt: string
}

export async function insertAnnouncement(
  trx: Transaction<Tables>,
  { spans, ...row }: HolidayAnnouncement,
): Promise<void> {
  await trx
    .insertInto('holidayAnnouncements')
    .values({ ...row, spans: JSON.stringify(spans) })
    .execute()
}

/** What people entered, the first one first; the last of a year is in force. */
export async function listAnnouncements(db: Source): Promise<HolidayAnnouncement[]> {
  const rows = await db
    .selectFrom('holidayAnnouncements')
    .select(['id', 'year', 'spans', 'reason', 'recordedBy', 'recordedAt'])
    .orderBy('seq')
    .execute()
  return rows.map(({ spans, ...row }) => ({ ...row, spans: JSON.parse(spans) as AnnouncedSpan[] }))
}

const withAll = (calendar: WorkCalendar, announcements: readonly HolidayAnnouncement[]): WorkCalendar =>
  announcements.reduce((before, { year, spans }) => withAnnouncement(before, year, spans), calendar)

/** The working calendar as this installation knows it. */
export const loadCalendar = async (db: Source): Promise<WorkCalendar> =>
  withAll(announcedCalendar(), await listAnnouncements(db))

/** The calendars by which days may have been counted before a year was announced, or announced anew. */
export async function formerCalendars(db: Source, years: readonly number[]): Promise<WorkCalendar[]> {
  const announcements = await listAnnouncements(db)
  const now = withAll(announcedCalendar(), announcements)
  return years.flatMap((year) => {
    const of = announcements.filter((one) => one.year === year)
    const ofOthers = announcements.filter((one) => one.year !== year)
    return [
      withAnnouncement(now, year, []),
      ...(of.length > 0 ? [withAll(announcedCalendar(), ofOthers)] : []),
      ...of.slice(0, -1).map(({ spans }) => withAnnouncement(now, year, spans)),
    ]
  })
}
